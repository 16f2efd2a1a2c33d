"""The streams of one account: reads its log once for all of them and delivers.

One pump answers the doorbell. It reads past the account's cursor, encodes, and steps every idle subscriber. Who would have to wait
is left alone: a task of its own writes what it missed, from the ring of recent frames or from the log, until it is idle again.
"""

import asyncio
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime

import structlog
from starlette.types import Message

from resolutionflow.events import frames
from resolutionflow.events.frames import HEARTBEAT, LAST, Chunk, Frame, Json, Reason
from resolutionflow.events.limits import Limits
from resolutionflow.events.metrics import BEHIND, CUT, DELIVERED, LAG, RESYNCS, STREAMS
from resolutionflow.events.reader import AWAY, LogReader, TooOld
from resolutionflow.events.recent import Recent
from resolutionflow.events.rings import Ring
from resolutionflow.events.subscribers import GONE, Listener, State, Subscriber
from resolutionflow.platform.background import Background
from resolutionflow.platform.ids import AccountId, SessionId, UserId

log = structlog.get_logger()
_NEWS_AT_ONCE = 200
_SLICE = 500
_HEARTBEAT_KEY = "heartbeat"


@dataclass(frozen=True, slots=True)
class Questions:
    """What the streams ask of the features above; the composition root answers."""

    may_stream: Callable[[AccountId, set[Listener]], Awaitable[set[Listener]]]
    """Which of these may still listen."""
    session_signals: Callable[[AccountId, frozenset[SessionId]], Awaitable[list[tuple[frozenset[UserId], Json]]]]
    """For each session, who hears `session_changed` and what it says (with its `session_id`)."""
    people_signals: Callable[[AccountId, frozenset[UserId]], Awaitable[dict[UserId, Json]]]
    """What `notification_changed` says to each of these people."""


@dataclass(frozen=True, slots=True)
class Means:
    """What all audiences of a process share."""

    reader: LogReader
    questions: Questions
    limits: Limits
    background: Background
    stepping: bool


class Audience:
    def __init__(self, account_id: AccountId, means: Means) -> None:
        self.account_id = account_id
        self.members: set[Subscriber] = set()
        self.by_person: defaultdict[UserId, set[Subscriber]] = defaultdict(set)
        self.cursor = 0
        self.recent = Recent(means.limits.recent_events)
        self._means = means
        self._is_open = False
        self._opening = asyncio.Lock()
        self._rung: Ring | None = None
        self._is_pumping = False

    # Coming and going

    async def open(self) -> None:
        """Take the present as the cursor, once; what rang meanwhile is looked after then."""
        async with self._opening:
            if not self._is_open:
                self.cursor = await self._means.reader.head(self.account_id)
                self._is_open = True
        self._look()

    def join(self, subscriber: Subscriber) -> None:
        self.members.add(subscriber)
        self.by_person[subscriber.listener.user_id].add(subscriber)
        STREAMS.inc()

    def leave(self, subscriber: Subscriber) -> None:
        subscriber.state = State.GONE
        self.members.discard(subscriber)
        theirs = self.by_person[subscriber.listener.user_id]
        theirs.discard(subscriber)
        if not theirs:
            del self.by_person[subscriber.listener.user_id]
        STREAMS.dec()

    def follow(self, subscriber: Subscriber, position: int) -> None:
        """From here on it gets everything past `position`."""
        subscriber.position = position
        if subscriber.state is State.OPENING:
            subscriber.state = State.IDLE
            if self._is_missing_something(subscriber):
                self._write_apart(subscriber)
        elif subscriber.state is State.ENDING:
            self._close(subscriber, is_writing=False)

    def end(self, subscriber: Subscriber) -> None:
        """Finish the response, so that the client comes again; cut it where that would have to wait."""
        if subscriber.state in (State.ENDING, State.GONE):
            return
        before, subscriber.state = subscriber.state, State.ENDING
        if before is not State.OPENING:
            self._close(subscriber, is_writing=before is State.WRITING)

    def _close(self, subscriber: Subscriber, *, is_writing: bool) -> None:
        if self._means.stepping:
            if not subscriber.step(LAST):
                self._cut(subscriber)
        elif not is_writing:
            self._means.background.start(self._finish(subscriber))

    def _cut(self, subscriber: Subscriber) -> None:
        subscriber.state = State.GONE
        CUT.inc()
        subscriber.cut()

    # The pump

    def ring(self, ring: Ring) -> None:
        """Something happened in this account; many rings while the pump is busy are one."""
        self._rung = ring if self._rung is None else self._rung.merged_with(ring)
        self._look()

    def _look(self) -> None:
        if self._is_open and self._rung is not None and not self._is_pumping:
            self._is_pumping = True
            self._means.background.start(self._pump())

    async def _pump(self) -> None:
        """Rights first: who lost them does not get what was committed with that."""
        try:
            while (ring := self._rung) is not None and self.members:
                self._rung = None
                try:
                    if ring.access:
                        await self.judge()
                    if ring.numbered:
                        await self._advance()
                    await self._tell(ring)
                except AWAY as error:  # the poll rings again for events, the heartbeat judges again; signals are fetched after a break
                    log.warning("stream_pump_failed", account_id=str(self.account_id), cause=type(error).__name__)
        finally:
            self._is_pumping = False

    async def _advance(self) -> None:
        while True:
            try:
                news = await self._means.reader.news(self.account_id, self.cursor, limit=_NEWS_AT_ONCE)
            except TooOld:  # this process slept for longer than bodies are kept: everybody is told to reload
                self.cursor = await self._means.reader.head(self.account_id)
                self.recent.forget()
                for subscriber in list(self.members):
                    self._write_apart(subscriber)
                return
            if not news:
                return
            LAG.observe(max(0.0, time.time() - news[-1].occurred_at.timestamp()))
            encoded = [frames.event(each) for each in news]
            for chunk in frames.in_chunks(encoded):
                first, self.cursor = self.cursor, chunk.last
                self.recent.add(chunk.frames)
                await self._deliver(chunk, first)
            if len(news) < _NEWS_AT_ONCE:
                return

    async def _deliver(self, chunk: Chunk, first: int) -> None:
        """In slices, so that requests get the loop. Only who stands exactly before the chunk is stepped; others go on by themselves."""
        message = frames.body(chunk.data)
        written = 0
        for place, subscriber in enumerate(list(self.members), start=1):
            if subscriber.state is State.IDLE and subscriber.position < chunk.last:
                if self._means.stepping and subscriber.position == first and subscriber.step(message):
                    subscriber.position = chunk.last
                    written += 1
                else:
                    self._write_apart(subscriber)
            if place % _SLICE == 0:
                await asyncio.sleep(0)
        DELIVERED.inc(written * len(chunk.frames))

    async def _tell(self, ring: Ring) -> None:
        """The unnumbered signals, each to the people it is for, if they are here."""
        here = frozenset(self.by_person)
        people = here if ring.people is None else here & ring.people
        if people:
            for person, data in (await self._means.questions.people_signals(self.account_id, people)).items():
                self._signal(frozenset([person]), "notification_changed", "notification_changed", data)
        if ring.sessions and here:
            for audience, data in await self._means.questions.session_signals(self.account_id, ring.sessions):
                self._signal(audience, "session_changed", f"session_changed {data['session_id']}", data)

    def _signal(self, people: frozenset[UserId], kind: str, key: str, data: Json) -> None:
        frame = frames.signal(kind, data)
        message = frames.body(frame)
        for person in people & self.by_person.keys():
            for subscriber in list(self.by_person[person]):
                if not (self._means.stepping and subscriber.state is State.IDLE and subscriber.step(message)):
                    self._owe(subscriber, key, frame)

    def _owe(self, subscriber: Subscriber, key: str, frame: bytes) -> None:
        subscriber.owed[key] = frame
        self._write_apart(subscriber)

    # The rounds

    async def judge(self) -> None:
        """End the streams of those who may no longer listen."""
        listeners = {subscriber.listener for subscriber in self.members}
        allowed = await self._means.questions.may_stream(self.account_id, listeners)
        for subscriber in list(self.members):
            if subscriber.listener in listeners and subscriber.listener not in allowed:
                self.end(subscriber)

    async def beat(self) -> None:
        """A sign of life to each, and the end of those whose token or time is over."""
        now, oldest = datetime.now(UTC), time.monotonic() - self._means.limits.stream_seconds
        message = frames.body(HEARTBEAT)
        for place, subscriber in enumerate(list(self.members), start=1):
            if subscriber.listener.expires_at <= now or subscriber.opened_at <= oldest:
                self.end(subscriber)
            elif not (self._means.stepping and subscriber.state is State.IDLE and subscriber.step(message)):
                self._owe(subscriber, _HEARTBEAT_KEY, HEARTBEAT)
            if place % _SLICE == 0:
                await asyncio.sleep(0)

    # Who cannot be stepped

    def _is_missing_something(self, subscriber: Subscriber) -> bool:
        return subscriber.position < self.cursor or bool(subscriber.owed)

    def _write_apart(self, subscriber: Subscriber) -> None:
        if subscriber.state is State.IDLE:
            subscriber.state = State.WRITING
            BEHIND.inc()
            self._means.background.start(self._write(subscriber))

    async def _write(self, subscriber: Subscriber) -> None:
        """Write until nothing is missing. Between that look and being idle there is no await, so nothing slips through."""
        try:
            while subscriber.state is State.WRITING and self._is_missing_something(subscriber):
                for chunk in frames.in_chunks(await self._missed(subscriber)):
                    await self._send(subscriber, chunk.data)
                    subscriber.position = chunk.last
                    DELIVERED.inc(len(chunk.frames))
                if subscriber.owed:
                    owed, subscriber.owed = subscriber.owed, {}
                    await self._send(subscriber, b"".join(owed.values()))
            if subscriber.state is State.WRITING:
                subscriber.state = State.IDLE
        except AWAY as error:  # the client comes again, and waits until the database answers
            log.warning("stream_replay_failed", account_id=str(self.account_id), cause=type(error).__name__)
            self.end(subscriber)
        if subscriber.state is State.ENDING and not self._means.stepping:
            await self._finish(subscriber)

    async def _send(self, subscriber: Subscriber, data: bytes) -> None:
        if subscriber.state is State.WRITING:
            await self._within_limit(subscriber, frames.body(data))

    async def _finish(self, subscriber: Subscriber) -> None:
        await self._within_limit(subscriber, LAST)

    async def _within_limit(self, subscriber: Subscriber, message: Message) -> None:
        try:
            async with asyncio.timeout(self._means.limits.write_seconds):
                await subscriber.send(message)
        except GONE:  # a timeout is an OSError
            self._cut(subscriber)

    async def _missed(self, subscriber: Subscriber) -> list[Frame]:
        if subscriber.position >= self.cursor:
            return []
        if self.recent.reaches_back_to(subscriber.position):
            return self.recent.after(subscriber.position)
        try:
            return await self._means.reader.replay(self.account_id, subscriber.position, upto=self.cursor)
        except TooOld:
            RESYNCS.labels(Reason.TOO_OLD).inc()
            subscriber.owed["resync"] = frames.resync(Reason.TOO_OLD, self.cursor)
            subscriber.position = self.cursor
            return []
