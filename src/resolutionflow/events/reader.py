"""The streams' reads of the log, each a single glance: no stream ever holds a connection."""

import asyncio
from collections.abc import Collection, Sequence

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from resolutionflow.events import frames, queries
from resolutionflow.events.frames import Frame
from resolutionflow.events.metrics import READS
from resolutionflow.events.queries import NumberedEvent
from resolutionflow.platform.db.glances import Glances
from resolutionflow.platform.ids import AccountId

AWAY = (DBAPIError, PoolTimeout, OSError)
"""What a database that is away or overrun raises; whoever catches it says what happens instead."""
_REPLAYS_AT_ONCE = 3


class TooOld(Exception):
    """The log has events past the number asked for, but no longer all their bodies."""


class LogReader:
    def __init__(self, glances: Glances) -> None:
        self._glances = glances
        self._turn = asyncio.Semaphore(_REPLAYS_AT_ONCE)

    async def head(self, account_id: AccountId) -> int:
        return await queries.last_number(self._glances, account_id)

    async def heads(self, account_ids: Collection[AccountId]) -> dict[AccountId, int]:
        return await queries.heads(self._glances, account_ids)

    async def is_replayable(self, account_id: AccountId, number: int) -> bool:
        async with self._turn:
            return await queries.is_replayable(self._glances, account_id, number)

    async def news(self, account_id: AccountId, number: int, *, limit: int) -> Sequence[NumberedEvent]:
        """What is new past the account's cursor; raises `TooOld`."""
        READS.labels("account").inc()
        return _whole(await queries.after(self._glances, account_id, number, limit=limit), number)

    async def replay(self, account_id: AccountId, number: int, *, upto: int) -> list[Frame]:
        """What one subscriber missed; few at a time, so that a wave of them does not hold up what is new. Raises `TooOld`."""
        async with self._turn:
            READS.labels("subscriber").inc()
            events = await queries.after(self._glances, account_id, number, upto=upto)
        return [frames.event(each) for each in _whole(events, number)]


def _whole(events: Sequence[NumberedEvent], number: int) -> Sequence[NumberedEvent]:
    for expected, each in enumerate(events, start=number + 1):
        if each.number != expected or each.body is None:
            raise TooOld
    return events
