"""Replies under way in this process. A reply runs on when whoever asked for it hangs up; the steps it leads to are written all the same.

An edge like a route or a reaction: it opens short units of work and holds none while it waits for an assistant.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import aclosing
from uuid import UUID

import structlog
from prometheus_client import Counter, Histogram
from sqlalchemy.exc import SQLAlchemyError

from resolutionflow.assistant.base import Answered, AssistantFailure, Part, Text
from resolutionflow.platform.background import Background
from resolutionflow.platform.db import Work
from resolutionflow.platform.failpoints import failpoint
from resolutionflow.platform.ids import AccountId
from resolutionflow.sessions.actions import turns
from resolutionflow.sessions.actions.turns import Reply, Running
from resolutionflow.sessions.policy.turns import RENEW_SECONDS

log = structlog.get_logger()
REPLIES = Counter("resolutionflow_replies_total", "Replies of the assistant ended, by who wrote them", ["source", "outcome"])
FIRST_WORD = Histogram(
    "resolutionflow_reply_first_word_seconds", "Time from taking a turn to its first word", buckets=(0.01, 0.05, 0.25, 1, 2.5, 5, 10, 30)
)
LONGEST_REPLY = 100_000
Answering = Callable[[Running], AsyncIterator[Part]]
"""How the composition root lets an assistant reply to a turn."""


class Conversation:
    """One reply: its pieces as they come, ended by None, and then whether it was written."""

    def __init__(self) -> None:
        self.pieces: asyncio.Queue[str | None] = asyncio.Queue()
        self.failure: AssistantFailure | None = None

    async def deltas(self) -> AsyncIterator[str]:
        while (piece := await self.pieces.get()) is not None:
            yield piece

    async def ended(self) -> None:
        async for _ in self.deltas():
            pass


class Conversations:
    def __init__(self, work: Work, answering: Answering) -> None:
        self._work = work
        self._answering = answering
        self._tasks: dict[UUID, asyncio.Task[None]] = {}
        self._background = Background()

    def begin(self, account_id: AccountId, running: Running) -> Conversation:
        """Reply to a turn that was taken and committed."""
        conversation = Conversation()
        task = self._background.start(self._run(account_id, running, conversation))
        self._tasks[running.turn_id] = task
        task.add_done_callback(lambda _: self._tasks.pop(running.turn_id, None))
        return conversation

    async def stop(self, turn_id: UUID) -> None:
        """Close the assistant's connection of a stopped turn, where it is this process that replies."""
        if task := self._tasks.get(turn_id):
            task.cancel()

    def drain(self) -> None:
        """On SIGTERM: what is under way ends as interrupted, so that responses end and it can be taken again."""
        for task in self._tasks.values():
            task.cancel()

    async def close(self) -> None:
        await self._background.close()

    async def _run(self, account_id: AccountId, running: Running, conversation: Conversation) -> None:
        try:
            try:
                reply = await self._gather(account_id, running, conversation)
            except AssistantFailure as failure:
                conversation.failure = failure
            except asyncio.CancelledError:
                asyncio.current_task().uncancel()  # type: ignore[union-attr]  # it is this task; the turn is still to be ended
                conversation.failure = turns.INTERRUPTED
            except Exception:
                log.exception("assistant_failed", turn_id=str(running.turn_id))
                conversation.failure = AssistantFailure("failed", "The assistant failed. Your message is saved; try the reply again.")
            else:
                failpoint("before_reply_is_written")
                async with self._work(account_id) as db:
                    if not await turns.finish(db, running, reply):
                        conversation.failure = turns.MOVED_ON
                _count(running, reply.answered, conversation.failure)
                return
            async with self._work(account_id) as db:
                await turns.fail(db, running, conversation.failure)
            _count(running, None, conversation.failure)
        except (SQLAlchemyError, OSError):
            log.exception("reply_not_written", turn_id=str(running.turn_id))
            conversation.failure = turns.INTERRUPTED  # its lease ends by itself
        finally:
            conversation.pieces.put_nowait(None)

    async def _gather(self, account_id: AccountId, running: Running, conversation: Conversation) -> Reply:
        reply, began = Reply(), time.perf_counter()
        renewing = asyncio.create_task(self._renew(account_id, running, asyncio.current_task()))
        try:
            async with aclosing(self._answering(running)) as parts:  # type: ignore[type-var]  # they are asynchronous generators
                async for part in parts:
                    if not reply.text and isinstance(part, Text):
                        FIRST_WORD.observe(time.perf_counter() - began)
                    reply.add(part)
                    if isinstance(part, Text):
                        conversation.pieces.put_nowait(part.text)
                        failpoint("in_mid_stream")
                    if len(reply.text) > LONGEST_REPLY:
                        raise AssistantFailure("model_answer_too_large", "The reply was too long and was cut off. Try it again.")
        finally:
            renewing.cancel()
        if reply.answered is None:
            raise AssistantFailure("model_answer_invalid", "The reply broke off. Your message is saved; try the reply again.")
        return reply

    async def _renew(self, account_id: AccountId, running: Running, reply: asyncio.Task[None] | None) -> None:
        """Keep the lease; a reply nobody waits for any more (stopped in another process) is ended."""
        while True:
            await asyncio.sleep(RENEW_SECONDS)
            try:
                async with self._work(account_id) as db:
                    wanted = await turns.renew(db, running)
            except (SQLAlchemyError, OSError):
                continue  # the lease outlives two missed renewals
            if not wanted and reply is not None:
                reply.cancel()
                return


def _count(running: Running, answered: Answered | None, failure: AssistantFailure | None) -> None:
    """For the operator: no text, and never which person."""
    source, outcome = answered.source.value if answered else "none", failure.code if failure else "done"
    REPLIES.labels(source, outcome).inc()
    about = {"session_id": str(running.session_id), "turn_id": str(running.turn_id), "attempt": running.attempt}
    log.info(
        "reply_ended", source=source, outcome=outcome, tokens=answered.tokens if answered else failure.tokens if failure else 0, **about
    )
