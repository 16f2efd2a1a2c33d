"""Register: an account and its owner, together."""

from typing import Literal

from sqlalchemy import func, select, text

from resolutionflow.accounts import queries
from resolutionflow.accounts.access_tokens import Mint
from resolutionflow.accounts.actions import attempts, people, tokens
from resolutionflow.accounts.actions.tokens import Granted
from resolutionflow.accounts.errors import RegistrationClosed
from resolutionflow.accounts.events import AccountRegistered
from resolutionflow.accounts.models import Account, User
from resolutionflow.accounts.policy import Limit
from resolutionflow.events.log import record
from resolutionflow.events.models import EventCounter
from resolutionflow.platform.actor import Actor, Role
from resolutionflow.platform.db import Db
from resolutionflow.platform.ids import AccountId, uuid7

Mode = Literal["open", "first", "invite"]
_ANY_ACCOUNT = text("select exists (select from app.account_ids())")


async def admit(db: Db, *, mode: Mode, limit: Limit) -> None:
    """Count an attempt to register; raises `RegistrationClosed` and `TooManyRequests`. A limit of 0 is none."""
    await _must_be_open(db, mode)
    if limit.allowed:
        await attempts.take_turns(db, limit)
        await attempts.refuse_flood(db, limit)
        await attempts.note(db, limit)


async def register(db: Db, *, mode: Mode, account_name: str, name: str, email: str, password_hash: str, mint: Mint) -> Granted:
    """Make the account and its owner and sign them in. Raises `RegistrationClosed` and `EmailTaken`."""
    if mode == "first":
        await db.execute(select(func.pg_advisory_xact_lock(func.hashtext("resolutionflow.first_account"))))
    await _must_be_open(db, mode)
    user = await make_account(db, account_name=account_name, name=name, email=email, password_hash=password_hash)
    return await tokens.start_family(db, user, mint)


async def make_account(
    db: Db, *, account_name: str, name: str, email: str, password_hash: str, time_zone: str = "UTC", is_demo: bool = False
) -> User:
    """The account with its owner and its event counter; the unit of work goes on inside it. Raises `EmailTaken`."""
    account_id = AccountId(uuid7())
    await db.enter(account_id)
    db.add(Account(id=account_id, name=account_name, time_zone=time_zone, is_demo=is_demo))
    await db.flush()
    db.add(EventCounter(account_id=account_id))
    owner = await people.add(db, name=name, email=email, password_hash=password_hash, role=Role.OWNER)
    actor: Actor = queries.actor_of(owner)
    record(db, actor, AccountRegistered(account_id=account_id))
    return owner


async def _must_be_open(db: Db, mode: Mode) -> None:
    if mode == "invite" or (mode == "first" and await db.scalar(_ANY_ACCOUNT)):
        raise RegistrationClosed
