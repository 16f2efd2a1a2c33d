"""The streams' reads of the log, each in a short unit of work: no stream ever holds a connection."""

import asyncio
from collections.abc import Collection, Sequence

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from resolutionflow.events import frames, queries
from resolutionflow.events.frames import Frame
from resolutionflow.events.metrics import READS
from resolutionflow.events.queries import NumberedEvent
from resolutionflow.platform.db import Work
from resolutionflow.platform.ids import AccountId

AWAY = (DBAPIError, PoolTimeout, OSError)
"""What a database that is away or overrun raises; whoever catches it says what happens instead."""
_REPLAYS_AT_ONCE = 4


class TooOld(Exception):
    """The log has events past the number asked for, but no longer all their bodies."""


class LogReader:
    def __init__(self, work: Work) -> None:
        self._work = work
        self._turn = asyncio.Semaphore(_REPLAYS_AT_ONCE)

    async def head(self, account_id: AccountId) -> int:
        async with self._work(account_id) as db:
            return await queries.head(db)

    async def heads(self, account_ids: Collection[AccountId]) -> dict[AccountId, int]:
        async with self._work(None) as db:
            return await queries.heads(db, account_ids)

    async def is_replayable(self, account_id: AccountId, number: int) -> bool:
        async with self._turn, self._work(account_id) as db:
            return await queries.is_replayable(db, number)

    async def news(self, account_id: AccountId, number: int, *, limit: int) -> Sequence[NumberedEvent]:
        """What is new past the account's cursor; raises `TooOld`."""
        READS.labels("account").inc()
        async with self._work(account_id) as db:
            return _whole(await queries.after(db, number, limit=limit), number)

    async def replay(self, account_id: AccountId, number: int, *, upto: int) -> list[Frame]:
        """What one subscriber missed; few at a time, so that a wave of them leaves connections for the requests. Raises `TooOld`."""
        async with self._turn, self._work(account_id) as db:
            READS.labels("subscriber").inc()
            events = await queries.after(db, number, upto=upto)
        return [frames.event(each) for each in _whole(events, number)]


def _whole(events: Sequence[NumberedEvent], number: int) -> Sequence[NumberedEvent]:
    for expected, each in enumerate(events, start=number + 1):
        if each.number != expected or each.body is None:
            raise TooOld
    return events
