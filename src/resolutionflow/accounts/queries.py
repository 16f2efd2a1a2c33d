from collections.abc import Collection
from datetime import timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, func, literal, select, true, tuple_

from resolutionflow.accounts.access_tokens import Claims
from resolutionflow.accounts.models import Account, AuditEntry, Client, Invitation, TokenFamily, User
from resolutionflow.accounts.policy import LEEWAY_SECONDS
from resolutionflow.accounts.schemas import (
    AccountView,
    AuditEntryView,
    Clients,
    ClientView,
    Invitations,
    InvitationView,
    Me,
    Users,
    UserView,
)
from resolutionflow.platform.actor import Actor, Role
from resolutionflow.platform.clock import now
from resolutionflow.platform.db import Db
from resolutionflow.platform.errors import NotAuthenticated, NotFound
from resolutionflow.platform.http.pages import Mark, Page, Slice
from resolutionflow.platform.ids import AccountId, UserId

CLIENTS_OFFERED = 50
MAY_SIGN_IN = and_(User.is_active, User.deleted_at.is_(None))


def opens(*, with_demo: bool) -> ColumnElement[bool]:
    """Whether this unit's account lets people in: a demo account only while the demo is served."""
    return true() if with_demo else exists().where(Account.is_demo.is_(False))


def actor_of(user: User, family_id: UUID | None = None) -> Actor:
    return Actor(AccountId(user.account_id), UserId(user.id), user.name, Role(user.role), family_id)


async def signed_in(db: Db, claims: Claims, *, with_demo: bool) -> tuple[Actor, float]:
    """Who it is, with the role of this moment, and for how many seconds the token is good. Raises `NotAuthenticated`."""
    leeway = timedelta(seconds=LEEWAY_SECONDS)
    row = (
        await db.execute(
            select(User.name, User.role, func.extract("epoch", literal(claims.expires_at) - now()).label("left"))
            .join(TokenFamily, and_(TokenFamily.account_id == User.account_id, TokenFamily.user_id == User.id))
            .where(User.id == claims.user_id, TokenFamily.id == claims.family_id, MAY_SIGN_IN, TokenFamily.revoked_at.is_(None))
            .where(now() >= literal(claims.issued_at - leeway), now() < literal(claims.expires_at + leeway))
            .where(opens(with_demo=with_demo))
        )
    ).one_or_none()
    if row is None:
        raise NotAuthenticated("Your sign-in ended. Sign in again.")
    return Actor(claims.account_id, claims.user_id, row.name, Role(row.role), claims.family_id), float(row.left)


async def may_stream(db: Db, pairs: Collection[tuple[UserId, UUID]]) -> set[tuple[UserId, UUID]]:
    """Which of these (person, family) may still listen: engineers or admins, active, their sign-in not ended."""
    if not pairs:
        return set()
    rows = await db.execute(
        select(User.id, TokenFamily.id)
        .join(TokenFamily, and_(TokenFamily.account_id == User.account_id, TokenFamily.user_id == User.id))
        .where(tuple_(User.id, TokenFamily.id).in_(list(pairs)), MAY_SIGN_IN, User.role != Role.VIEWER, TokenFamily.revoked_at.is_(None))
    )
    return {(UserId(person), family) for person, family in rows}


def person_view(user: User) -> UserView:
    return UserView.model_validate(user)


async def me(db: Db, actor: Actor) -> Me:
    user = await db.get_one(User, actor.user_id, populate_existing=True)
    return Me(user=person_view(user), account=await account(db, actor))


async def account(db: Db, actor: Actor) -> AccountView:
    return AccountView.model_validate(await db.get_one(Account, actor.account_id))


async def person(db: Db, user_id: UserId) -> User:
    """Raises `NotFound` for an unknown, removed or foreign person."""
    found = await db.scalar(select(User).where(User.id == user_id, User.deleted_at.is_(None)).execution_options(populate_existing=True))
    if found is None:
        raise NotFound
    return found


async def people(db: Db) -> Users:
    rows = await db.scalars(select(User).where(User.deleted_at.is_(None)).order_by(func.lower(User.name), User.id))
    return Users(items=[person_view(row) for row in rows])


async def active_owners_beside(db: Db, user_id: UserId) -> int:
    return await db.scalar(select(func.count()).where(User.role == Role.OWNER, MAY_SIGN_IN, User.id != user_id)) or 0


async def open_invitations(db: Db) -> Invitations:
    """Neither accepted nor withdrawn; an overdue one is listed, so that it can be sent again."""
    rows = await db.execute(
        select(Invitation, User.name.label("invited_by_name"))
        .join(User, User.id == Invitation.invited_by)
        .where(Invitation.accepted_at.is_(None), Invitation.revoked_at.is_(None))
        .order_by(Invitation.created_at.desc(), Invitation.id)
    )
    return Invitations(items=[_invitation_view(invitation, name) for invitation, name in rows])


def _invitation_view(invitation: Invitation, invited_by_name: str) -> InvitationView:
    return InvitationView(
        id=invitation.id,
        email=invitation.email,
        role=Role(invitation.role),
        takes_escalations=invitation.takes_escalations,
        invited_by_name=invited_by_name,
        created_at=invitation.created_at,
        expires_at=invitation.expires_at,
    )


async def clients(db: Db, typed: str) -> Clients:
    """Known clients whose name holds what was typed; those that begin with it first."""
    lowered = func.lower(Client.name)
    begins: ColumnElement[bool] = lowered.startswith(typed.lower(), autoescape=True)
    holds: ColumnElement[bool] = lowered.contains(typed.lower(), autoescape=True)
    rows = await db.scalars(select(Client).where(holds).order_by(begins.desc(), lowered, Client.id).limit(CLIENTS_OFFERED))
    return Clients(items=[ClientView.model_validate(row) for row in rows])


async def audit_log(db: Db, slice: Slice) -> Page[AuditEntryView]:  # noqa: A002 - as in platform.http.pages
    """Newest first."""
    query = select(AuditEntry, User.name).outerjoin(User, User.id == AuditEntry.actor_id)
    if slice.after:
        query = query.where(tuple_(AuditEntry.at, AuditEntry.id) < tuple_(literal(slice.after.at), literal(slice.after.id)))
    rows = (await db.execute(query.order_by(AuditEntry.at.desc(), AuditEntry.id.desc()).limit(slice.limit + 1))).all()
    items = [_audit_view(entry, name) for entry, name in rows[: slice.limit]]
    more = len(rows) > slice.limit
    return Page(items=items, next_cursor=Mark(items[-1].at, items[-1].id).encode() if more else None)


def _audit_view(entry: AuditEntry, actor_name: str | None) -> AuditEntryView:
    return AuditEntryView(
        id=entry.id,
        at=entry.at,
        actor_name=actor_name,
        action=entry.action,
        subject_type=entry.subject_type,
        subject_id=entry.subject_id,
        data=entry.data,
    )
