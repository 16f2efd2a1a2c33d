"""Passwords of people who are signed in. Hashing happens outside, with no transaction open."""

from collections.abc import Callable

from sqlalchemy import update

from resolutionflow.accounts import queries
from resolutionflow.accounts.actions import attempts, tokens
from resolutionflow.accounts.events import PasswordChanged
from resolutionflow.accounts.models import User
from resolutionflow.accounts.policy import Limit
from resolutionflow.events.log import record
from resolutionflow.platform.actor import Actor
from resolutionflow.platform.db import Db

Limits = tuple[Limit, Limit]


async def stored(db: Db, actor: Actor, *, limits_of: Callable[[str], Limits]) -> tuple[str, Limits]:
    """What the current password is checked against, and the limits that its owner's failed sign-ins count for too.

    Raises `TooManyRequests`.
    """
    user = await queries.person(db, actor.user_id)
    limits = limits_of(user.email)
    await attempts.refuse_flood(db, *limits)
    return user.password_hash, limits


async def change(db: Db, actor: Actor, *, was: str, becomes: str | None, limits: Limits) -> bool:
    """Change it and end this person's other sign-ins; False counts a failure: `becomes` is None (it did not fit), or `was` is outdated."""
    for_person, _ = limits
    await attempts.take_turns(db, for_person)
    await attempts.refuse_flood(db, *limits)
    changing = update(User).where(User.id == actor.user_id, User.password_hash == was).values(password_hash=becomes).returning(User.id)
    if becomes is None or await db.scalar(changing) is None:
        await attempts.note(db, *limits)
        return False
    await attempts.forgive(db, for_person)
    await tokens.end_sign_ins(db, actor.user_id, but=actor.family_id)
    record(db, actor, PasswordChanged(user_id=actor.user_id))
    return True
