"""Throttles: how often somebody may try to get in. Counted by the database's clock, across all processes."""

from datetime import timedelta

from sqlalchemy import delete, func, select

from resolutionflow.accounts.models import Attempt
from resolutionflow.accounts.policy import REGISTRATION_WINDOW, SIGN_IN_WINDOW, Limit, wait_of
from resolutionflow.platform.clock import now
from resolutionflow.platform.db import Db
from resolutionflow.platform.errors import TooManyRequests


async def take_turns(db: Db, limit: Limit) -> None:
    """Until the commit nobody else counts or adds under this key: a burst cannot slip past the limit."""
    await db.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(limit.key, 0))))


async def refuse_flood(db: Db, *limits: Limit) -> None:
    """Raises `TooManyRequests` with the time to wait."""
    for limit in limits:
        age = func.extract("epoch", now() - Attempt.at)
        latest = (
            select(age)
            .where(Attempt.kind == limit.kind, Attempt.key == limit.key, Attempt.at > now() - timedelta(seconds=limit.window))
            .order_by(Attempt.at.desc())
            .limit(limit.allowed)
        )
        wait = wait_of([float(seconds) for seconds in await db.scalars(latest)], limit)
        if wait is not None:
            raise TooManyRequests("Too many attempts. Wait a little, then try again.", retry_after=wait)


async def note(db: Db, *limits: Limit) -> None:
    db.add_all([Attempt(kind=limit.kind, key=limit.key) for limit in limits])
    await db.flush()


async def forgive(db: Db, limit: Limit) -> None:
    await db.execute(delete(Attempt).where(Attempt.kind == limit.kind, Attempt.key == limit.key))


async def forget_old(db: Db) -> None:
    """What is too old to count."""
    await db.execute(delete(Attempt).where(Attempt.at < now() - timedelta(seconds=max(SIGN_IN_WINDOW, REGISTRATION_WINDOW))))
