"""Sign in: look, check the password with no transaction open, look again under the throttle's lock."""

from dataclasses import dataclass

from sqlalchemy import and_, select, text

from resolutionflow.accounts import queries
from resolutionflow.accounts.access_tokens import Mint
from resolutionflow.accounts.actions import attempts, tokens
from resolutionflow.accounts.actions.tokens import Granted
from resolutionflow.accounts.events import SignedIn
from resolutionflow.accounts.models import User
from resolutionflow.accounts.policy import Limit
from resolutionflow.events.log import record
from resolutionflow.platform.db import Db
from resolutionflow.platform.ids import AccountId, UserId

_FIND = text("select account_id, user_id from app.login(:email)")


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody with this address, whatever became of them since."""

    account_id: AccountId
    user_id: UserId
    password_hash: str


async def candidate(db: Db, *, email: str, limits: tuple[Limit, Limit]) -> Candidate | None:
    """Who has this address; raises `TooManyRequests` before anything is looked up."""
    await attempts.refuse_flood(db, *limits)
    found = (await db.execute(_FIND, {"email": email.lower()})).one_or_none()
    if found is None:
        return None
    await db.enter(AccountId(found.account_id))
    password_hash = await db.scalar(select(User.password_hash).where(User.id == found.user_id))
    return Candidate(AccountId(found.account_id), UserId(found.user_id), password_hash) if password_hash else None


async def admit(db: Db, *, whom: Candidate | None, limits: tuple[Limit, Limit], mint: Mint, with_demo: bool) -> Granted | None:
    """Start a sign-in of somebody whose password fitted; None is a failure, counted by this commit. Raises `TooManyRequests`.

    The count is looked at again: of a burst of guesses no more learn anything than one after another would.
    """
    for_person, _ = limits
    await attempts.take_turns(db, for_person)
    await attempts.refuse_flood(db, *limits)
    user = await _still_welcome(db, whom, with_demo=with_demo) if whom else None
    if user is None:
        await attempts.note(db, *limits)
        return None
    await attempts.forgive(db, for_person)
    granted = await tokens.start_family(db, user, mint)
    record(db, queries.actor_of(user), SignedIn(user_id=UserId(user.id)))
    return granted


async def _still_welcome(db: Db, whom: Candidate, *, with_demo: bool) -> User | None:
    """The password must still be the one that fitted."""
    the_same = and_(User.id == whom.user_id, User.password_hash == whom.password_hash)
    return await db.scalar(select(User).where(the_same, queries.MAY_SIGN_IN, queries.opens(with_demo=with_demo)))
