"""How the assistant's turns of a session stand."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, func, literal, select

from resolutionflow.platform.clock import now
from resolutionflow.platform.db import Db
from resolutionflow.sessions.models import ModelUse, Turn
from resolutionflow.sessions.policy.turns import view_of
from resolutionflow.sessions.schemas import TurnView


async def newest_turn(db: Db, *, session_id: UUID) -> TurnView | None:
    found = await _one(db, Turn.session_id == session_id)
    return found and view_of(*found)


async def turn_view(db: Db, *, turn_id: UUID) -> TurnView:
    found = await _one(db, Turn.id == turn_id)
    assert found is not None
    return view_of(*found)


async def tokens_today(db: Db) -> int:
    """What this account's models have read and written since midnight UTC."""
    today = func.date_trunc("day", now())
    spent = (select(func.coalesce(func.sum(each.tokens), 0)).where(each.created_at >= today).scalar_subquery() for each in (Turn, ModelUse))
    return await db.scalar(select(sum(spent, literal(0)))) or 0


async def _one(db: Db, which: ColumnElement[bool]) -> tuple[Turn, datetime] | None:
    query = select(Turn, now()).where(which).order_by(Turn.created_at.desc(), Turn.id.desc()).limit(1)
    row = (await db.execute(query.execution_options(populate_existing=True))).one_or_none()
    return None if row is None else (row[0], row[1])
