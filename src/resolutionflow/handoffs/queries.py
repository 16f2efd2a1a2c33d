"""Reads: the queue, its cards, the handoffs of a session."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, bindparam, case, exists, func, literal, or_, select, text
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.orm import InstrumentedAttribute, aliased

from resolutionflow.accounts.models import Client, User
from resolutionflow.accounts.queries import MAY_SIGN_IN
from resolutionflow.events.queries import head
from resolutionflow.handoffs.models import AssessmentStatus, Claim, ClaimEnd, Handoff, HandoffStatus, Intent, Question
from resolutionflow.handoffs.schemas import HandoffQuestion, HandoffView, LastClaim, Person, Queue, QueueCard
from resolutionflow.platform.actor import Actor, Role
from resolutionflow.platform.db import Db, Fields, Query
from resolutionflow.platform.errors import NotFound
from resolutionflow.platform.ids import AccountId, HandoffId, SessionId
from resolutionflow.sessions.models import Session
from resolutionflow.sessions.policy.rights import WAITING
from resolutionflow.sessions.queries import must_be_readable
from resolutionflow.sessions.schemas import Contact

Owner, Escalator, Target, Claimer, Earlier, Asker, Had = (aliased(User) for _ in range(7))
LIVE = (HandoffStatus.OPEN, HandoffStatus.CLAIMED)
_QUIET = (ClaimEnd.RELEASED, ClaimEnd.LAPSED)
"""Claims that ended with the case in the queue again."""

_last = (
    select(Claim.user_id, Claim.claimed_at, Claim.ended_at, Claim.end_reason)
    .where(Claim.handoff_id == Handoff.id, Claim.end_reason.in_(_QUIET))
    .order_by(Claim.ended_at.desc())
    .limit(1)
    .lateral("last_claim")
)
_LAST = (
    _last.c.user_id.label("last_id"),
    Earlier.name.label("last_name"),
    _last.c.claimed_at.label("last_at"),
    _last.c.ended_at.label("last_until"),
    (_last.c.end_reason == ClaimEnd.LAPSED).label("last_lapsed"),
)

_PENDING = exists().where(Question.handoff_id == Handoff.id, Question.answered_at.is_(None)).label("question_pending")
_ASKED = (Question.id, Question.content, Question.asked_by, Asker.name.label("asked_by_name"), Question.asked_at)
_ANSWERED = (Question.answer, Question.answered_at)


def _objects(*columns: ColumnElement[Any] | InstrumentedAttribute[Any], order: tuple[InstrumentedAttribute[Any], ...]) -> Query:
    """One list of objects with these fields, to be narrowed to the handoff that is read."""
    pairs = [part for column in columns for part in (literal(column.key), column)]
    return select(func.jsonb_agg(aggregate_order_by(func.jsonb_build_object(*pairs), *order)))


_QUESTIONS = (
    _objects(*_ASKED, *_ANSWERED, order=(Question.asked_at, Question.id))
    .join(Asker, Asker.id == Question.asked_by)
    .where(Question.handoff_id == Handoff.id)
    .correlate(Handoff)
    .scalar_subquery()
    .label("questions")
)
_HAD = (Claim.user_id.label("id"), Had.name.label("name"), Claim.claimed_at.label("at"), Claim.ended_at.label("until"))
_CLAIMS = (
    _objects(*_HAD, Claim.end_reason.label("ended"), order=(Claim.claimed_at, Claim.id))
    .join(Had, Had.id == Claim.user_id)
    .where(Claim.handoff_id == Handoff.id)
    .correlate(Handoff)
    .scalar_subquery()
    .label("claims")
)
_Before = aliased(Handoff)
_BOUNCES = (
    select(func.count(_Before.id))
    .where(
        _Before.session_id == Handoff.session_id,
        _Before.created_at < Handoff.created_at,
        _Before.intent != Intent.PARK,
        _Before.status != HandoffStatus.WITHDRAWN,
    )
    .correlate(Handoff)
    .scalar_subquery()
    .label("bounces")
)


def _cards() -> Query:
    """Sessions that wait or were picked up from the queue, with their live handoff; legacy ones have none."""
    live = and_(Handoff.session_id == Session.id, Handoff.status.in_(LIVE), Handoff.intent == Intent.ESCALATE)
    return (
        select(Session, Handoff, Owner.name, Escalator.name, Target.name, Claimer.name, Client.name, _PENDING, _BOUNCES, *_LAST)
        .select_from(Session)
        .outerjoin(Handoff, live)
        .join(Owner, Owner.id == Session.user_id)
        .outerjoin(Escalator, Escalator.id == Handoff.handed_off_by)
        .outerjoin(Target, Target.id == case((Handoff.id.is_(None), Session.escalated_to_id), else_=Handoff.target_user_id))
        .outerjoin(Claimer, Claimer.id == Handoff.claimed_by)
        .outerjoin(Client, Client.id == Session.client_id)
        .outerjoin(_last, Handoff.id.is_not(None))
        .outerjoin(Earlier, Earlier.id == _last.c.user_id)
        .where(or_(Handoff.id.is_not(None), Session.status.in_(WAITING)))
    )


# Built once: the handoff POST is the hottest path, and building a statement costs more than running it.
_CARD = _cards().where(Session.id == bindparam("session")).execution_options(populate_existing=True)


def _card(row: Fields) -> QueueCard:
    session: Session = row[0]
    handoff: Handoff | None = row[1]
    owner, escalator, target, claimer, client = (row[place] for place in range(2, 7))
    contact = Contact(name=session.contact_name, phone=session.contact_phone, email=session.contact_email)
    assessment: dict[str, Any] = (handoff.ai_assessment_data if handoff else None) or {}
    own = {name: getattr(session, name) for name in QueueCard.model_fields if hasattr(Session, name)}
    return QueueCard.model_validate(
        own
        | {
            "handoff_id": handoff.id if handoff else None,
            "session_id": session.id,
            "client_name": client,
            "contact": contact if any((contact.name, contact.phone, contact.email)) else None,
            "ask": handoff.reason if handoff else session.escalation_reason,
            "owner": Person(id=session.user_id, name=owner),
            "escalated_by": Person(id=handoff.handed_off_by, name=escalator) if handoff else Person(id=session.user_id, name=owner),
            "target_user_id": handoff.target_user_id if handoff else session.escalated_to_id,
            "target_user_name": target,
            "ai_assessment_status": handoff.ai_assessment_status if handoff else AssessmentStatus.UNAVAILABLE,
            "likely_cause": assessment.get("likely_cause"),
            "confidence": assessment.get("confidence"),
            "last_claim": last_claim_of(row),
            "reopened_count": handoff.reopened_count if handoff else 0,
            "bounces": row.bounces,
            "claimed_by": Person(id=handoff.claimed_by, name=claimer) if handoff and handoff.claimed_by else None,
            "claimed_at": handoff.claimed_at if handoff else None,
            "question_pending": row.question_pending,
            "created_at": handoff.created_at if handoff else session.updated_at,
            "status": handoff.status if handoff else HandoffStatus.OPEN,
        }
    )


def last_claim_of(row: Fields) -> LastClaim | None:
    if row.last_id is None:
        return None
    return LastClaim(id=row.last_id, name=row.last_name, at=row.last_at, until=row.last_until, went_quiet=row.last_lapsed)


async def queue(db: Db) -> Queue:
    """Everything that waits or was picked up, oldest first. The event head is read before the items."""
    last_event_id = await head(db)
    query = _cards().order_by(func.coalesce(Handoff.created_at, Session.updated_at), Session.id)
    return Queue(items=[_card(row) for row in await db.execute(query)], last_event_id=last_event_id)


async def card(db: Db, *, session_id: UUID) -> QueueCard:
    """The card of a session that is in the queue, as this unit of work leaves it."""
    return _card((await db.execute(_CARD, {"session": session_id})).one())


async def is_in_queue(db: Db, *, session_id: UUID) -> bool:
    live = exists().where(Handoff.session_id == session_id, _live_escalation())
    waits = exists().where(Session.id == session_id, Session.status.in_(WAITING))
    return bool(await db.scalar(select(or_(live, waits))))


def _live_escalation() -> ColumnElement[bool]:
    return and_(Handoff.status.in_(LIVE), Handoff.intent == Intent.ESCALATE)


async def count_waiting(db: Db, actor: Actor) -> int:
    """Open ones without one's own."""
    waiting = (
        select(func.count())
        .select_from(Session)
        .outerjoin(Handoff, and_(Handoff.session_id == Session.id, Handoff.status == HandoffStatus.OPEN))
        .where(Session.status.in_(WAITING), func.coalesce(Handoff.handed_off_by, Session.user_id) != actor.user_id)
    )
    return await db.scalar(waiting) or 0


def _views() -> Query:
    return (
        select(
            Handoff,
            Escalator.name.label("handed_off_by_name"),
            Target.name.label("target_user_name"),
            Claimer.name.label("claimed_by_name"),
            _QUESTIONS,
            _CLAIMS,
            _BOUNCES,
            *_LAST,
        )
        .join(Escalator, Escalator.id == Handoff.handed_off_by)
        .outerjoin(Target, Target.id == Handoff.target_user_id)
        .outerjoin(Claimer, Claimer.id == Handoff.claimed_by)
        .outerjoin(_last, Handoff.id.is_not(None))
        .outerjoin(Earlier, Earlier.id == _last.c.user_id)
    )


_VIEW = _views().where(Handoff.id == bindparam("handoff")).execution_options(populate_existing=True)


def _view(row: Fields) -> HandoffView:
    handoff: Handoff = row[0]
    own = {name: getattr(handoff, name) for name in HandoffView.model_fields if hasattr(Handoff, name)}
    names = {name: getattr(row, name) for name in ("handed_off_by_name", "target_user_name", "claimed_by_name")}
    lists = {"questions": row.questions or [], "claims": row.claims or [], "seen_by": []}
    return HandoffView.model_validate(own | names | lists | {"bounces": row.bounces, "last_claim": last_claim_of(row)})


async def view(db: Db, *, handoff_id: UUID) -> HandoffView:
    return _view((await db.execute(_VIEW, {"handoff": handoff_id})).one())


async def of_session(db: Db, actor: Actor, *, session_id: UUID) -> list[HandoffView]:
    """Newest first. Raises `NotFound` where the actor may not read the session."""
    await must_be_readable(db, actor, session_id=session_id)
    query = _views().where(Handoff.session_id == session_id).order_by(Handoff.created_at.desc(), Handoff.id.desc())
    return [_view(row) for row in await db.execute(query)]


async def named(db: Db, *, session_id: UUID, handoff_id: UUID) -> Handoff:
    """The handoff of that session; raises `NotFound`. The session's lock must be held by who is going to change it."""
    query = select(Handoff).where(Handoff.id == handoff_id, Handoff.session_id == session_id)
    found = await db.scalar(query.execution_options(populate_existing=True))
    if found is None:
        raise NotFound
    return found


async def question(db: Db, *, question_id: UUID) -> HandoffQuestion:
    query = select(*_ASKED, *_ANSWERED).join(Asker, Asker.id == Question.asked_by).where(Question.id == question_id)
    return HandoffQuestion.model_validate((await db.execute(query)).one())


async def is_question_pending(db: Db, *, handoff_id: UUID) -> bool:
    return bool(await db.scalar(select(exists().where(Question.handoff_id == handoff_id, Question.answered_at.is_(None)))))


async def live_of(db: Db, *, session_id: UUID) -> Handoff | None:
    """The open or claimed handoff of a session; the database allows one."""
    query = select(Handoff).where(Handoff.session_id == session_id, Handoff.status.in_(LIVE))
    return await db.scalar(query.execution_options(populate_existing=True))


async def lapsed_since(db: Db, *, handoff_id: UUID, user_id: UUID) -> datetime | None:
    """When this person picked it up whose claim ran out last."""
    lapsed = select(Claim.claimed_at).where(Claim.handoff_id == handoff_id, Claim.user_id == user_id, Claim.end_reason == ClaimEnd.LAPSED)
    return await db.scalar(lapsed.order_by(Claim.ended_at.desc()).limit(1))


async def due_leases(db: Db) -> list[tuple[AccountId, SessionId, HandoffId]]:
    """Claims of every account whose half or whole time is over."""
    rows = await db.execute(text("select account_id, session_id, handoff_id from app.due_leases()"))
    return [(AccountId(row[0]), SessionId(row[1]), HandoffId(row[2])) for row in rows]


async def may_be_target(db: Db, *, user_id: UUID) -> bool:
    """An active engineer, admin or owner of this account; row-level security hides everybody else."""
    wanted = select(User.id).where(User.id == user_id, User.role != Role.VIEWER, MAY_SIGN_IN)
    return await db.scalar(wanted) is not None


async def name_of(db: Db, *, user_id: UUID) -> str:
    return await db.scalar(select(User.name).where(User.id == user_id)) or ""
