"""Exactly once inside: an effect's key, taken in the transaction that does or marks it."""

from sqlalchemy import text

from resolutionflow.platform.db import Db

_TAKE = text("insert into effects (account_id, key, done_at) values (:account, :key, app.now()) on conflict do nothing returning true")


async def first_time(db: Db, key: str) -> bool:
    """Whether this effect was not done yet; true marks it done with this unit of work. A twin waits here for the outcome of the first."""
    return bool(await db.scalar(_TAKE, {"account": db.account_id, "key": key}))
