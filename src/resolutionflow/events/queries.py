"""Reads of the event log after a cursor."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, LiteralString, NamedTuple

from sqlalchemy import text

from resolutionflow.platform.db import Db
from resolutionflow.platform.db.glances import Glances
from resolutionflow.platform.ids import AccountId

_NO_END = 2**63 - 1
_AFTER: LiteralString = "select number, type, occurred_at, body from events where number > %s and number <= %s order by number limit %s"
_HEAD: LiteralString = "select last_number from event_counters"
_IS_REPLAYABLE: LiteralString = "select exists (select from events where number = %s and body is not null)"
_HEADS: LiteralString = "select account_id, last_number from app.event_heads(%s)"


class NumberedEvent(NamedTuple):
    number: int
    type: str
    occurred_at: datetime
    body: dict[str, Any] | None


async def head(db: Db) -> int:
    """The account's last number, in a unit of work: what is read after it in the same unit is at least as new."""
    return await db.scalar(text(_HEAD)) or 0


async def after(glances: Glances, account_id: AccountId, number: int, *, upto: int = _NO_END, limit: int = 200) -> Sequence[NumberedEvent]:
    """The account's numbered events past `number`, in order. Numbers are gap-free in what is committed, so a cursor loses nothing."""
    return [NumberedEvent(*row) for row in await glances.rows(account_id, _AFTER, number, upto, limit)]


async def last_number(glances: Glances, account_id: AccountId) -> int:
    """0 where nothing happened yet."""
    rows = await glances.rows(account_id, _HEAD)
    return int(rows[0][0]) if rows else 0


async def is_replayable(glances: Glances, account_id: AccountId, number: int) -> bool:
    """Whether the event after `number` still has its body. Bodies are emptied from the oldest on, so one look tells."""
    rows = await glances.rows(account_id, _IS_REPLAYABLE, number + 1)
    return bool(rows[0][0])


async def heads(glances: Glances, account_ids: Collection[AccountId]) -> dict[AccountId, int]:
    """The last number of each of these accounts; the one read that crosses tenants, by exact key and numbers only."""
    return {AccountId(id): number for id, number in await glances.rows(None, _HEADS, list(account_ids))}
