"""The live part of one process: hears the doorbell, keeps the audiences, goes its rounds, and ends everything on shutdown."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Self

import structlog
from starlette.types import Send

from resolutionflow.events.audience import Audience, Means, Questions
from resolutionflow.events.frames import Reason
from resolutionflow.events.limits import Limits
from resolutionflow.events.metrics import RESYNCS
from resolutionflow.events.reader import AWAY, LogReader
from resolutionflow.events.rings import Ring
from resolutionflow.events.subscribers import Listener, Subscriber
from resolutionflow.events.transports.base import Doorbell
from resolutionflow.platform.background import Background
from resolutionflow.platform.db.glances import Glances
from resolutionflow.platform.errors import TooManyRequests, Unavailable
from resolutionflow.platform.ids import AccountId

log = structlog.get_logger()
_NUMBER = re.compile(r"[0-9]{1,19}")


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the log a stream begins: `position` is the id before the first one it will get."""

    position: int
    resync: Reason | None = None


class Hub:
    """`async with hub:` hears and serves; `stepping` is right only where `send` suspends before it writes (uvicorn)."""

    def __init__(self, glances: Glances, doorbell: Doorbell, *, questions: Questions, limits: Limits, stepping: bool = True) -> None:
        self.limits = limits
        self._glances = glances
        self._doorbell = doorbell
        self._background = Background()
        self._reader = LogReader(glances)
        self._means = Means(self._reader, questions, limits, self._background, stepping)
        self._audiences: dict[AccountId, Audience] = {}
        self._is_draining = False

    async def __aenter__(self) -> Self:
        await self._glances.open()
        self._background.start(self._doorbell.listen(self._ring, self._ring_all))
        self._background.start(_every(self.limits.poll_seconds, self._poll))
        self._background.start(_every(self.limits.heartbeat_seconds, self._beat))
        return self

    async def __aexit__(self, *_: object) -> None:
        self.drain()
        await self._background.close()
        await self._glances.close()

    @property
    def is_listening(self) -> bool:
        """Whether the doorbell is connected; without it events come by the poll."""
        return self._doorbell.is_up

    @property
    def open_streams(self) -> int:
        return sum(len(audience.members) for audience in self._audiences.values())

    @property
    def accounts(self) -> int:
        """How many accounts somebody listens to in this process."""
        return len(self._audiences)

    # Streams

    def admit(self, listener: Listener, send: Send, cut: Callable[[], object]) -> Subscriber:
        """Take a place in its account's audience; raises `TooManyRequests` past the caps and `Unavailable` on shutdown."""
        if self._is_draining:
            raise Unavailable("The server is restarting. Connect again in a moment.")
        audience = self._audiences.get(listener.account_id) or Audience(listener.account_id, self._means)
        if len(audience.by_person.get(listener.user_id, ())) >= self.limits.streams_per_user:
            raise TooManyRequests("You have too many live connections open. Close a tab.", retry_after=int(self.limits.heartbeat_seconds))
        if len(audience.members) >= self.limits.streams_per_account:
            raise TooManyRequests("Your account has too many live connections open.", retry_after=int(self.limits.heartbeat_seconds))
        self._audiences[listener.account_id] = audience
        subscriber = Subscriber(listener, send, cut)
        audience.join(subscriber)
        return subscriber

    async def place(self, subscriber: Subscriber, asked: str) -> Place:
        """Where a stream that asks for everything past id `asked` begins; empty asks for the present."""
        audience = self._audience_of(subscriber)
        await audience.open()
        if not asked:
            return Place(audience.cursor)
        resync = await self._judge(audience, asked)
        if resync is None:
            return Place(int(asked))
        RESYNCS.labels(resync).inc()
        return Place(audience.cursor, resync)

    async def _judge(self, audience: Audience, asked: str) -> Reason | None:
        if _NUMBER.fullmatch(asked) is None:
            return Reason.UNREADABLE
        number = int(asked)
        if number > audience.cursor:
            head = await self._reader.head(audience.account_id)
            self._ring(Ring(audience.account_id, numbered=True))
            return Reason.FUTURE if number > head else None
        if number == audience.cursor or audience.recent.reaches_back_to(number):
            return None
        return None if await self._reader.is_replayable(audience.account_id, number) else Reason.TOO_OLD

    def follow(self, subscriber: Subscriber, position: int) -> None:
        self._audience_of(subscriber).follow(subscriber, position)

    def leave(self, subscriber: Subscriber) -> None:
        audience = self._audience_of(subscriber)
        audience.leave(subscriber)
        if not audience.members:
            del self._audiences[audience.account_id]

    def drain(self) -> None:
        """End every stream now and refuse new ones: clients resume elsewhere, or here after the restart, by their last id."""
        self._is_draining = True
        for audience in list(self._audiences.values()):
            for subscriber in list(audience.members):
                audience.end(subscriber)

    def _audience_of(self, subscriber: Subscriber) -> Audience:
        return self._audiences[subscriber.listener.account_id]

    # The doorbell and its net

    def _ring(self, ring: Ring) -> None:
        if (audience := self._audiences.get(ring.account_id)) is not None:
            audience.ring(ring)

    def _ring_all(self) -> None:
        """Rings may have been missed: of events, and of rights that ended."""
        for account_id in list(self._audiences):
            self._ring(Ring(account_id, numbered=True, access=True))

    async def _poll(self) -> None:
        if not self._audiences:
            return
        for account_id, head in (await self._reader.heads(list(self._audiences))).items():
            audience = self._audiences.get(account_id)
            if audience is not None and head > audience.cursor:
                audience.ring(Ring(account_id, numbered=True))

    async def _beat(self) -> None:
        for audience in list(self._audiences.values()):
            try:
                await audience.judge()
            except AWAY as error:
                log.warning("stream_rights_unknown", account_id=str(audience.account_id), cause=type(error).__name__)
            await audience.beat()


async def _every(seconds: float, round_: Callable[[], Awaitable[None]]) -> None:
    while True:
        await asyncio.sleep(seconds)
        try:
            await round_()
        except AWAY as error:
            log.warning("stream_round_failed", cause=type(error).__name__)
        except Exception:
            log.exception("stream_round_failed")
