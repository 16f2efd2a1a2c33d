"""Invitations: a link for one address, good once and for three days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import select, text, update

from resolutionflow.accounts import policy, queries
from resolutionflow.accounts.access_tokens import Mint
from resolutionflow.accounts.actions import people, tokens
from resolutionflow.accounts.actions.tokens import Granted
from resolutionflow.accounts.errors import EmailTaken, InvitationSpent, UnknownInvitation
from resolutionflow.accounts.events import InvitationAccepted, InvitationWithdrawn, PersonInvited
from resolutionflow.accounts.models import Invitation, User
from resolutionflow.accounts.schemas import Email, InviteAddress, InviteOne, NewInvitation, NotInvited
from resolutionflow.events.log import record
from resolutionflow.platform.actor import Actor, Role
from resolutionflow.platform.clock import now
from resolutionflow.platform.crypto import fingerprint, new_token
from resolutionflow.platform.db import Db
from resolutionflow.platform.errors import Invalid, NotFound, Problem
from resolutionflow.platform.ids import AccountId, UserId, uuid7

_LIFE = timedelta(hours=policy.INVITATION_HOURS)
_FIND = text("select account_id, invitation_id from app.invitation(:hash)")
_email = TypeAdapter[str](Email)


@dataclass(frozen=True, slots=True)
class Offer:
    """An open invitation, found by its token."""

    account_id: AccountId
    invitation_id: UUID


async def invite(db: Db, actor: Actor, *, whom: InviteOne, page: str) -> NewInvitation:
    """Invite one address; an earlier open invitation to it ends. `page` is where the link leads. Raises `OwnersOnly`, `EmailTaken`."""
    actor = await people.lock_team_as_admin(db, actor)
    return await _invite(db, actor, whom, page)


async def invite_many(db: Db, actor: Actor, *, whom: Sequence[InviteAddress], page: str) -> list[NewInvitation | NotInvited]:
    """Each by itself: one that fails says why and holds up no other."""
    actor = await people.lock_team_as_admin(db, actor)
    results: list[NewInvitation | NotInvited] = []
    seen: set[str] = set()
    for each in whom:
        try:
            results.append(await _invite(db, actor, _judged(each, seen), page))
        except Problem as refused:
            results.append(NotInvited(email=each.email, error=refused.detail, code=refused.code))
    return results


async def withdraw(db: Db, actor: Actor, *, invitation_id: UUID) -> None:
    """Its link is worth nothing from now on. Raises `NotFound`, and `InvitationSpent` once somebody accepted it."""
    await people.lock_team_as_admin(db, actor)
    invitation = await db.scalar(select(Invitation).where(Invitation.id == invitation_id, Invitation.revoked_at.is_(None)))
    if invitation is None:
        raise NotFound
    if invitation.accepted_at is not None:
        raise InvitationSpent
    await _end_open(db, invitation.email)
    record(db, actor, InvitationWithdrawn(invitation_id=invitation_id))


async def look_up(db: Db, *, token: str) -> Offer:
    """Raises `UnknownInvitation` and `InvitationSpent`. Looking does not use it up: mail scanners open links."""
    found = (await db.execute(_FIND, {"hash": fingerprint(token)})).one_or_none()
    if found is None:
        raise UnknownInvitation
    await db.enter(AccountId(found.account_id))
    if await db.scalar(select(Invitation.id).where(Invitation.id == found.invitation_id, *_OPEN, Invitation.expires_at > now())) is None:
        raise InvitationSpent
    return Offer(AccountId(found.account_id), found.invitation_id)


async def accept(db: Db, *, offer: Offer, name: str, password_hash: str, mint: Mint) -> Granted:
    """Whoever comes first joins with the role offered. Raises `InvitationSpent` and `EmailTaken`."""
    await people.lock_team(db)
    invitation = await db.scalar(
        update(Invitation)
        .where(Invitation.id == offer.invitation_id, *_OPEN, Invitation.expires_at > now())
        .values(accepted_at=now())
        .returning(Invitation)
    )
    if invitation is None:
        raise InvitationSpent
    user = await people.add(
        db,
        name=name,
        email=invitation.email,
        password_hash=password_hash,
        role=Role(invitation.role),
        takes_escalations=invitation.takes_escalations,
    )
    fact = InvitationAccepted(invitation_id=invitation.id, user_id=UserId(user.id), role=Role(user.role))
    record(db, queries.actor_of(user), fact)
    return await tokens.start_family(db, user, mint)


_OPEN = (Invitation.accepted_at.is_(None), Invitation.revoked_at.is_(None))


def _judged(one: InviteAddress, seen: set[str]) -> InviteOne:
    try:
        email = _email.validate_python(one.email)
    except ValidationError:
        raise Invalid("This is not an e-mail address.") from None
    if email in seen:
        raise Invalid("This address stands in the list twice.")
    seen.add(email)
    return InviteOne(email=email, role=one.role, takes_escalations=one.takes_escalations)


async def _invite(db: Db, actor: Actor, whom: InviteOne, page: str) -> NewInvitation:
    if whom.role is Role.OWNER:
        policy.must_be_owner(actor.role)
    if await db.scalar(select(User.id).where(User.email == whom.email, User.deleted_at.is_(None))):
        raise EmailTaken("Somebody with this e-mail address is already on the team.")
    await _end_open(db, whom.email)
    token = new_token()
    invitation = Invitation(
        id=uuid7(),
        account_id=actor.account_id,
        token_hash=fingerprint(token),
        email=whom.email,
        role=whom.role,
        takes_escalations=whom.takes_escalations,
        invited_by=actor.user_id,
        expires_at=await db.scalar(select(now() + _LIFE)),
    )
    db.add(invitation)
    await db.flush()
    record(db, actor, PersonInvited(invitation_id=invitation.id, role=whom.role))
    return NewInvitation(
        id=invitation.id,
        email=whom.email,
        role=whom.role,
        takes_escalations=whom.takes_escalations,
        token=token,
        url=f"{page}?token={token}",
        expires_at=invitation.expires_at,
    )


async def _end_open(db: Db, email: str) -> None:
    await db.execute(update(Invitation).where(Invitation.email == email, *_OPEN).values(revoked_at=now()))
