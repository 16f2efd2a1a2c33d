"""Ask back before a pickup, and answer (R-C5). The clocks go on."""

from uuid import UUID

from sqlalchemy import select

from resolutionflow.events.log import record
from resolutionflow.handoffs import queries
from resolutionflow.handoffs.actions.claim import already_claimed
from resolutionflow.handoffs.errors import AlreadyAnswered, NotOpen, OwnHandoff
from resolutionflow.handoffs.events import QuestionAnswered, QuestionAsked
from resolutionflow.handoffs.models import Handoff, HandoffStatus, Question
from resolutionflow.handoffs.schemas import HandoffQuestion
from resolutionflow.platform.actor import Actor
from resolutionflow.platform.clock import now
from resolutionflow.platform.db import Db
from resolutionflow.platform.errors import Forbidden, NotFound
from resolutionflow.platform.ids import HandoffId, SessionId, uuid7
from resolutionflow.sessions import actions as sessions


async def ask(db: Db, actor: Actor, *, session_id: SessionId, handoff_id: HandoffId, content: str) -> HandoffQuestion:
    """Ask the escalator of an open handoff. Raises `AlreadyClaimed`, `OwnHandoff`, `NotOpen`, each saying who."""
    await sessions.lock(db, session_id=session_id)
    handoff = await queries.named(db, session_id=session_id, handoff_id=handoff_id)
    match HandoffStatus(handoff.status):
        case HandoffStatus.OPEN if handoff.handed_off_by == actor.user_id:
            raise OwnHandoff
        case HandoffStatus.OPEN:
            pass
        case HandoffStatus.CLAIMED:
            raise await already_claimed(db, handoff)
        case HandoffStatus.WITHDRAWN:
            raise NotOpen(f"{await queries.name_of(db, user_id=handoff.handed_off_by)} took it back.")
        case HandoffStatus.RETURNED | HandoffStatus.CLOSED:
            raise NotOpen
    question = Question(id=uuid7(), account_id=handoff.account_id, handoff_id=handoff.id, content=content, asked_by=actor.user_id)
    db.add(question)
    await db.flush()
    asked = await queries.question(db, question_id=question.id)
    record(db, actor, QuestionAsked(handoff_id=handoff_id, session_id=session_id, question=asked, question_pending=True))
    return asked


async def answer(db: Db, actor: Actor, *, session_id: SessionId, handoff_id: HandoffId, question_id: UUID, content: str) -> HandoffQuestion:
    """The escalator answers while the case waits, or still after its pickup. Raises `AlreadyAnswered`, `NotOpen`."""
    await sessions.lock(db, session_id=session_id, reader=actor)
    handoff = await queries.named(db, session_id=session_id, handoff_id=handoff_id)
    question = await db.scalar(select(Question).where(Question.id == question_id, Question.handoff_id == handoff_id))
    if question is None:
        raise NotFound
    _judge_answer(actor, handoff, question)
    question.answer = content
    question.answered_at = now()
    await db.flush()
    answered = await queries.question(db, question_id=question_id)
    pending = await queries.is_question_pending(db, handoff_id=handoff_id)
    record(db, actor, QuestionAnswered(handoff_id=handoff_id, session_id=session_id, question=answered, question_pending=pending))
    return answered


def _judge_answer(actor: Actor, handoff: Handoff, question: Question) -> None:
    if handoff.handed_off_by != actor.user_id:
        raise Forbidden("Only the person who escalated can answer.")
    if question.answered_at is not None:
        raise AlreadyAnswered
    if handoff.status not in queries.LIVE:
        raise NotOpen
