"""Withdraw, release, hand back, and the closing that follows a resolved session."""

from uuid import UUID

from resolutionflow.events.log import record
from resolutionflow.handoffs import queries
from resolutionflow.handoffs.actions.claim import already_claimed, take
from resolutionflow.handoffs.actions.claims import end_claim
from resolutionflow.handoffs.actions.legacy import row_for_legacy
from resolutionflow.handoffs.errors import NotOpen, OwnHandoff
from resolutionflow.handoffs.events import HandoffClosed, HandoffReopened, HandoffReturned, HandoffWithdrawn
from resolutionflow.handoffs.models import ClaimEnd, Handoff, HandoffStatus
from resolutionflow.handoffs.schemas import Person
from resolutionflow.platform.actor import Actor
from resolutionflow.platform.clock import now
from resolutionflow.platform.db import Db
from resolutionflow.platform.errors import Forbidden
from resolutionflow.platform.ids import HandoffId, SessionId
from resolutionflow.sessions import actions as sessions
from resolutionflow.sessions.errors import NotHolder
from resolutionflow.sessions.models import Session, Status
from resolutionflow.sessions.policy.rights import WAITING


async def withdraw(db: Db, actor: Actor, *, session_id: SessionId, handoff_id: HandoffId) -> None:
    """The escalator takes an unclaimed handoff back: the session is theirs and active again (R-E9)."""
    session = await sessions.lock(db, session_id=session_id, reader=actor)
    handoff = await queries.named(db, session_id=session_id, handoff_id=handoff_id)
    if handoff.handed_off_by != actor.user_id:
        raise Forbidden("Only the person who escalated can withdraw.")
    if handoff.status == HandoffStatus.CLAIMED:
        raise await already_claimed(db, handoff)
    if handoff.status != HandoffStatus.OPEN:
        raise NotOpen
    _end(handoff, HandoffStatus.WITHDRAWN)
    handoff.withdrawn_at = now()
    await sessions.hand_over(
        db,
        actor,
        session=session,
        status=Status.ACTIVE,
        holder_id=actor.user_id,
        escalated_to_id=None if actor.user_id == session.user_id else actor.user_id,
        handoff_id=handoff.id,
    )
    record(db, actor, HandoffWithdrawn(handoff_id=handoff_id, session_id=session_id, by=_person(actor)))


async def release(db: Db, actor: Actor, *, session_id: SessionId, handoff_id: HandoffId) -> None:
    """The claimer, or an admin for them, puts the case back into the queue."""
    session = await sessions.lock(db, session_id=session_id, reader=actor)
    handoff = await queries.named(db, session_id=session_id, handoff_id=handoff_id)
    if handoff.status != HandoffStatus.CLAIMED:
        raise NotOpen("This escalation is not picked up.")
    if handoff.claimed_by != actor.user_id and not actor.is_admin:
        raise NotHolder("Only the person who picked it up can put it back.")
    await put_back(db, actor, session=session, handoff=handoff, how=ClaimEnd.RELEASED)


async def put_back(
    db: Db, actor: Actor | None, *, session: Session, handoff: Handoff, how: ClaimEnd, earlier_holder_id: UUID | None = None
) -> None:
    """A claimed case waits again; `earlier_holder_id` takes it back with their next step."""
    await end_claim(db, handoff=handoff, how=how)
    handoff.status = HandoffStatus.OPEN
    handoff.claimed_by = None
    handoff.claimed_at = None
    handoff.reopened_count += 1
    await sessions.hand_over(
        db,
        actor,
        session=session,
        status=Status.ESCALATED,
        holder_id=None,
        escalated_to_id=handoff.target_user_id,
        handoff_id=handoff.id,
        earlier_holder_id=earlier_holder_id,
    )
    record(db, actor, HandoffReopened(card=await queries.card(db, session_id=session.id)))


async def hand_back(db: Db, actor: Actor, *, session_id: SessionId, handoff_id: HandoffId, advice: str) -> None:
    """Advise and return the case to its owner in one go, claiming it first where that was not done (R-C7)."""
    session = await sessions.lock(db, session_id=session_id)
    handoff = await queries.named(db, session_id=session_id, handoff_id=handoff_id)
    match HandoffStatus(handoff.status):
        case HandoffStatus.OPEN if handoff.handed_off_by == actor.user_id:
            raise OwnHandoff
        case HandoffStatus.OPEN:
            comes_back = session.earlier_holder_id == actor.user_id
            since = await queries.lapsed_since(db, handoff_id=handoff.id, user_id=actor.user_id) if comes_back else None
            await take(db, actor, session=session, handoff=handoff, since=since)
        case HandoffStatus.CLAIMED if handoff.claimed_by != actor.user_id:
            raise await already_claimed(db, handoff)
        case HandoffStatus.CLAIMED:
            pass
        case _:
            raise NotOpen
    await sessions.add_advice(db, actor, session=session, content=advice)
    await end_claim(db, handoff=handoff, how=ClaimEnd.ADVISED)
    _end(handoff, HandoffStatus.RETURNED)
    await sessions.hand_over(
        db,
        actor,
        session=session,
        status=Status.ACTIVE,
        holder_id=session.user_id,
        escalated_to_id=None,
        handoff_id=handoff.id,
    )
    record(db, actor, HandoffReturned(handoff_id=handoff_id, session_id=session_id, by=_person(actor)))


async def close_live(db: Db, actor: Actor, *, session_id: SessionId, was: Status) -> None:
    """A resolved session closes its handoff in the same unit of work; every queue is told who solved it."""
    handoff = await queries.live_of(db, session_id=session_id)
    if handoff is None and was in WAITING:
        handoff = await row_for_legacy(db, actor, session=await db.get_one(Session, session_id))
    if handoff is None:
        return
    await end_claim(db, handoff=handoff, how=ClaimEnd.RESOLVED)
    _end(handoff, HandoffStatus.CLOSED)
    await db.flush()
    record(db, actor, HandoffClosed(handoff_id=HandoffId(handoff.id), session_id=session_id, by=_person(actor), resolved=True))


def _end(handoff: Handoff, status: HandoffStatus) -> None:
    handoff.status = status
    handoff.ended_at = now()


def _person(actor: Actor) -> Person:
    return Person(id=actor.user_id, name=actor.name)
