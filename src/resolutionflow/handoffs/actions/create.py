"""The one path that creates a handoff (R-E1, R-E4): all of it commits together or none of it."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from resolutionflow.events.log import record
from resolutionflow.handoffs import queries
from resolutionflow.handoffs.actions.claims import end_claim
from resolutionflow.handoffs.errors import AlreadyHandedOff, InvalidTarget
from resolutionflow.handoffs.events import HandoffClosed, HandoffCreated, HandoffParked, SessionGiven
from resolutionflow.handoffs.models import AssessmentStatus, ClaimEnd, Handoff, HandoffStatus, Intent
from resolutionflow.handoffs.policy.snapshot import package_of, snapshot_of
from resolutionflow.handoffs.schemas import HandoffBody, HandoverBody, Person, Snapshot
from resolutionflow.platform.actor import Actor
from resolutionflow.platform.clock import now
from resolutionflow.platform.db import Db
from resolutionflow.platform.ids import HandoffId, SessionId, UserId, uuid7
from resolutionflow.sessions import actions as sessions
from resolutionflow.sessions.actions.move import Escalation
from resolutionflow.sessions.models import DocumentKind, Session, Status
from resolutionflow.sessions.policy.ledger import Ledger
from resolutionflow.sessions.policy.rights import WAITING, refusal_to_hand_off
from resolutionflow.sessions.queries import ledger_of_session, standing_of, summary
from resolutionflow.sessions.schemas import Documentation, SessionSummary

_ENDS = {Intent.PARK: ClaimEnd.PARKED, Intent.ESCALATE: ClaimEnd.ESCALATED_ON, Intent.HANDOVER: ClaimEnd.HANDED_OVER}
"""How what the holder had picked up ends when they hand it off."""


async def create(db: Db, actor: Actor, *, session_id: SessionId, body: HandoffBody) -> tuple[HandoffId, Documentation | None]:
    """Escalate, park or hand over; answers the handoff and, for an escalation, the documentation written with it.

    Raises `NotFound`, `AlreadyHandedOff`, `NotHolder`, `NotActive`, `InvalidTarget`.
    """
    session = await sessions.lock(db, session_id=session_id, reader=actor)
    if session.status in WAITING:
        raise AlreadyHandedOff
    if refusal := refusal_to_hand_off(standing_of(session), actor):
        raise refusal
    if body.target_user_id is not None:
        await _judge_target(db, actor, body.target_user_id)
    await _close_earlier(db, actor, session, _ENDS[body.intent])
    case = await _case(db, actor, session, body)
    handoff = _handoff(actor, session, case)
    db.add(handoff)
    await db.flush()
    document = None
    match body.intent:
        case Intent.PARK:
            await _park(db, actor, session, handoff)
        case Intent.HANDOVER:
            await _give(db, actor, session, handoff)
        case Intent.ESCALATE:
            document = await _escalate(db, actor, session, handoff, case)
    return HandoffId(handoff.id), document


async def give_all(db: Db, actor: Actor, *, body: HandoverBody) -> list[HandoffId]:
    """At the end of a shift: every active case that the actor holds, to one colleague, all of them or none."""
    await _judge_target(db, actor, body.target_user_id)
    held = select(Session.id).where(Session.holder_id == actor.user_id, Session.status == Status.ACTIVE).order_by(Session.id)
    given = HandoffBody(intent=Intent.HANDOVER, **body.model_dump(exclude_unset=True))
    return [(await create(db, actor, session_id=SessionId(id), body=given))[0] for id in (await db.scalars(held)).all()]


@dataclass(frozen=True, slots=True)
class Case:
    """What is handed off: the session as it stands, its ledger, and what the sender says about it."""

    about: SessionSummary
    ledger: Ledger
    snapshot: Snapshot
    body: HandoffBody


async def _case(db: Db, actor: Actor, session: Session, body: HandoffBody) -> Case:
    about = await summary(db, actor, session_id=session.id)
    about = about.model_copy(update={"priority": body.priority or about.priority})
    ledger = await ledger_of_session(db, session_id=session.id)
    return Case(about, ledger, snapshot_of(about, ledger, ask=body.reason, notes=body.engineer_notes), body)


async def _judge_target(db: Db, actor: Actor, target: UUID) -> None:
    if target == actor.user_id or not await queries.may_be_target(db, user_id=target):
        raise InvalidTarget


async def _close_earlier(db: Db, actor: Actor, session: Session, how: ClaimEnd) -> None:
    """The current holder hands on what they had picked up: that handoff is settled, its claim stays on record."""
    earlier = await queries.live_of(db, session_id=session.id) if session.last_handoff_id else None
    if earlier is None:
        return
    await end_claim(db, handoff=earlier, how=how)
    earlier.status = HandoffStatus.CLOSED
    earlier.ended_at = now()
    await db.flush()
    by = Person(id=actor.user_id, name=actor.name)
    record(db, actor, HandoffClosed(handoff_id=HandoffId(earlier.id), session_id=SessionId(session.id), by=by))


def _handoff(actor: Actor, session: Session, case: Case) -> Handoff:
    body = case.body
    waits = body.intent is Intent.ESCALATE
    return Handoff(
        id=uuid7(),
        account_id=session.account_id,
        session_id=session.id,
        intent=body.intent,
        status=HandoffStatus.OPEN if waits else HandoffStatus.CLOSED,
        ended_at=None if waits else now(),
        reason=body.reason,
        engineer_notes=body.engineer_notes,
        priority=body.priority,
        handed_off_by=actor.user_id,
        target_user_id=None if body.intent is Intent.PARK else body.target_user_id,
        snapshot=case.snapshot.model_dump(mode="json"),
        ai_assessment_status=AssessmentStatus.PENDING if body.intent is Intent.ESCALATE else AssessmentStatus.UNAVAILABLE,
    )


async def _park(db: Db, actor: Actor, session: Session, handoff: Handoff) -> None:
    """Private to the owner: no event to others, no notification, no push to the PSA (R-E2)."""
    await sessions.hand_over(
        db, actor, session=session, status=Status.PARKED, holder_id=session.user_id, escalated_to_id=None, handoff_id=handoff.id
    )
    record(db, actor, HandoffParked(handoff_id=HandoffId(handoff.id), session_id=SessionId(session.id)))


async def _give(db: Db, actor: Actor, session: Session, handoff: Handoff) -> None:
    """The colleague holds it from now on and alone is told; it is no escalation and waits for nobody (R-E2)."""
    assert handoff.target_user_id is not None
    target = handoff.target_user_id
    escalated_to = None if target == session.user_id else target
    await sessions.hand_over(
        db, actor, session=session, status=Status.ACTIVE, holder_id=target, escalated_to_id=escalated_to, handoff_id=handoff.id
    )
    record(db, actor, SessionGiven(handoff_id=HandoffId(handoff.id), session_id=SessionId(session.id), to=UserId(target)))


async def _escalate(db: Db, actor: Actor, session: Session, handoff: Handoff, case: Case) -> Documentation:
    body, snapshot, reason = case.body, case.snapshot, case.body.reason or ""
    package = package_of(snapshot, handoff_id=handoff.id, by=actor.name, at=handoff.created_at, body=body)
    await sessions.hand_over(
        db,
        actor,
        session=session,
        status=Status.ESCALATED,
        holder_id=None,
        escalated_to_id=body.target_user_id,
        handoff_id=handoff.id,
        escalation=Escalation(reason=reason, package=package, priority=body.priority),
    )
    document = await sessions.close_document(
        db,
        session=case.about,
        account_id=actor.account_id,
        ledger=case.ledger,
        kind=DocumentKind.ESCALATION,
        outcome=[f"Escalated by {actor.name}: {reason}", *([body.engineer_notes] if body.engineer_notes else [])],
        next_steps=[f"Open: {step.content}" for step in (*snapshot.open_questions, *snapshot.open_actions)],
    )
    record(db, actor, HandoffCreated(card=await queries.card(db, session_id=session.id)))
    return document
