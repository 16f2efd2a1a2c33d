"""People of an account: added, changed, deactivated, removed."""

from psycopg.errors import UniqueViolation
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from resolutionflow.accounts import queries
from resolutionflow.accounts.actions import tokens
from resolutionflow.accounts.errors import EmailTaken
from resolutionflow.accounts.events import Field, PersonChanged, PersonDeactivated, PersonReactivated, PersonRemoved, RoleChanged
from resolutionflow.accounts.models import Account, User
from resolutionflow.accounts.policy import Standing, judge_change
from resolutionflow.accounts.schemas import PersonChange, ProfileChange
from resolutionflow.events.log import record
from resolutionflow.platform.actor import Actor, Role
from resolutionflow.platform.clock import now
from resolutionflow.platform.db import Db
from resolutionflow.platform.errors import NotAuthenticated, NotFound
from resolutionflow.platform.ids import UserId, uuid7


async def add(db: Db, *, name: str, email: str, password_hash: str, role: Role, takes_escalations: bool = True) -> User:
    """A new person of this unit's account. Raises `EmailTaken`, also for an address in another account: it is unique everywhere."""
    user = User(
        id=uuid7(),
        account_id=db.account_id,
        name=name,
        email=email,
        password_hash=password_hash,
        role=role,
        takes_escalations=takes_escalations,
    )
    try:
        async with db.begin_nested():
            db.add(user)
            await db.flush()
    except IntegrityError as error:
        if isinstance(error.orig, UniqueViolation) and error.orig.diag.constraint_name == "users_email_key":
            raise EmailTaken from None
        raise
    await db.refresh(user)
    return user


async def lock_team(db: Db) -> None:
    """One change at a time of who belongs to the account and as what; rows that only refer to the account do not wait."""
    await db.execute(select(Account.id).where(Account.id == db.account_id).with_for_update(key_share=True))


async def lock_team_as_admin(db: Db, actor: Actor) -> Actor:
    """`lock_team`, and the actor with the role that the change before left them. Raises `Forbidden` and `NotAuthenticated`."""
    await lock_team(db)
    try:
        again = queries.actor_of(await queries.person(db, actor.user_id), actor.family_id)
    except NotFound:
        raise NotAuthenticated from None
    again.must_be_admin()
    return again


async def change(db: Db, actor: Actor, *, user_id: UserId, to: PersonChange) -> User:
    """An admin changes somebody. Raises `NotFound`, `OwnersOnly`, `LastOwner`."""
    actor = await lock_team_as_admin(db, actor)
    user = await queries.person(db, user_id)
    before = _standing(user)
    after = Standing(to.role or before.role, before.is_active if to.is_active is None else to.is_active)
    await _judge(db, actor, user, after)
    fields = _set(user, to, ("name", "takes_escalations"))
    user.role, user.is_active = after.role, after.is_active
    await db.flush()
    if fields:
        record(db, actor, PersonChanged(user_id=user_id, fields=fields))
    if after.role is not before.role:
        record(db, actor, RoleChanged(user_id=user_id, was=before.role, role=after.role))
    if after.is_active and not before.is_active:
        record(db, actor, PersonReactivated(user_id=user_id))
    if before.is_active and not after.is_active:
        await tokens.end_sign_ins(db, user_id)
        record(db, actor, PersonDeactivated(user_id=user_id))
    return user


async def remove(db: Db, actor: Actor, *, user_id: UserId) -> None:
    """Take somebody off the team for good; their address is free again, what they did keeps their name.

    Raises `NotFound`, `OwnersOnly`, `LastOwner`.
    """
    actor = await lock_team_as_admin(db, actor)
    user = await queries.person(db, user_id)
    await _judge(db, actor, user, None)
    user.is_active = False
    user.deleted_at = await db.scalar(select(now()))
    await db.flush()
    await tokens.end_sign_ins(db, user_id)
    record(db, actor, PersonRemoved(user_id=user_id))


async def change_self(db: Db, actor: Actor, *, to: ProfileChange) -> None:
    user = await queries.person(db, actor.user_id)
    fields = _set(user, to, ("name", "takes_escalations", "shortcuts"))
    if "away_until" in to.model_fields_set:
        user.away_until = to.away_until
        fields = (*fields, "away_until")
    await db.flush()
    if fields:
        record(db, actor, PersonChanged(user_id=actor.user_id, fields=fields))


def _set(user: User, to: PersonChange | ProfileChange, fields: tuple[Field, ...]) -> tuple[Field, ...]:
    """Set what was sent; answers what is different now."""
    sent = [field for field in fields if getattr(to, field) is not None]
    changed = tuple(field for field in sent if getattr(user, field) != getattr(to, field))
    for field in changed:
        setattr(user, field, getattr(to, field))
    return changed


def _standing(user: User) -> Standing:
    return Standing(Role(user.role), user.is_active)


async def _judge(db: Db, actor: Actor, user: User, after: Standing | None) -> None:
    others = await queries.active_owners_beside(db, UserId(user.id))
    judge_change(by=actor.role, before=_standing(user), after=after, other_owners=others)
