"""Reads of the event log after a cursor."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import exists, select, text

from resolutionflow.events.models import Event, EventCounter
from resolutionflow.platform.db import Db
from resolutionflow.platform.ids import AccountId

_HEADS = text("select account_id, last_number from app.event_heads(:accounts)")


class NumberedEvent(NamedTuple):
    number: int
    type: str
    occurred_at: datetime
    body: dict[str, Any] | None


async def after(db: Db, number: int, *, upto: int | None = None, limit: int = 200) -> Sequence[NumberedEvent]:
    """The account's numbered events past `number`, in order. Numbers are gap-free in what is committed, so a cursor loses nothing."""
    rows = select(Event.number, Event.type, Event.occurred_at, Event.body).where(Event.number > number).order_by(Event.number).limit(limit)
    if upto is not None:
        rows = rows.where(Event.number <= upto)
    return [NumberedEvent(*row) for row in await db.execute(rows)]


async def head(db: Db) -> int:
    """The account's last number; 0 where nothing happened yet."""
    return await db.scalar(select(EventCounter.last_number)) or 0


async def is_replayable(db: Db, number: int) -> bool:
    """Whether the event after `number` still has its body. Bodies are emptied from the oldest on, so one look tells."""
    return bool(await db.scalar(select(exists().where(Event.number == number + 1, Event.body.is_not(None)))))


async def heads(db: Db, accounts: Collection[AccountId]) -> dict[AccountId, int]:
    """The last number of each of these accounts; the one read that crosses tenants, by exact key and numbers only."""
    rows = await db.execute(_HEADS, {"accounts": list(accounts)})
    return {AccountId(row.account_id): row.last_number for row in rows}
