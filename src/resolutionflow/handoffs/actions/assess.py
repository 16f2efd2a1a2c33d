"""The assessments of an escalation: the built-in assistant's first, then a model's where one is configured (R-A1…R-A4).

Each is taken in one unit of work and given in another; between the two the assistant works with no transaction open. What comes
after a claim is attached, what comes after the handoff's end is dropped.
"""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from resolutionflow.assistant.base import Assessment, AssistantFailure, Case, Source
from resolutionflow.events.log import record
from resolutionflow.handoffs import queries
from resolutionflow.handoffs.events import HandoffAssessmentReady, HandoffUpdated, ModelDue
from resolutionflow.handoffs.models import AssessmentStatus, Handoff, KeptAssessment
from resolutionflow.handoffs.policy.assessment import package_changes, text_of
from resolutionflow.platform.actor import Actor, Role
from resolutionflow.platform.db import Db
from resolutionflow.platform.ids import AccountId, HandoffId, SessionId, UserId, uuid7
from resolutionflow.sessions import actions as sessions
from resolutionflow.sessions.models import Session
from resolutionflow.sessions.policy.case import case_of
from resolutionflow.sessions.queries import steps, summary
from resolutionflow.sessions.queries.similar import as_cases, similar_sessions
from resolutionflow.sessions.queries.turns import tokens_today

MOST_ATTEMPTS = 3
ASKED = "A model is asked too; what it finds is shown here when it is there."
AGAIN = "It is asked again shortly."
NOT_AGAIN = "It is not asked again."
_LOST = AssistantFailure("model_lost", "The model's answer was lost several times.", retryable=False)


@dataclass(frozen=True, slots=True)
class Assessable:
    """An escalation that waits for an assessment, and what is needed to give it without the database."""

    handoff_id: HandoffId
    session_id: SessionId
    case: Case
    attempt: int
    tokens_today: int


async def take_unassessed(db: Db, *, handoff_id: UUID) -> Assessable | None:
    """None where it has its first assessment or is gone."""
    handoff = await db.get(Handoff, handoff_id, populate_existing=True)
    if handoff is None or handoff.ai_assessment_status != AssessmentStatus.PENDING:
        return None
    return await _assessable(db, handoff)


async def give_first(db: Db, about: Assessable, assessment: Assessment | None, *, ask_model: bool) -> None:
    """Attach the built-in assistant's, or say that there is none. Given twice it is written once."""
    session, handoff = await _locked(db, about)
    if handoff.ai_assessment_status != AssessmentStatus.PENDING:
        return
    is_live = handoff.status in queries.LIVE
    handoff.ai_assessment_notice = ASKED if is_live and ask_model else None
    if is_live and assessment is not None:
        await _attach(db, session, handoff, about, assessment, Source.PLAYBOOK)
    else:
        handoff.ai_assessment_status = AssessmentStatus.UNAVAILABLE
        await _show(db, handoff)
    if is_live and ask_model:
        record(db, None, ModelDue(handoff_id=about.handoff_id))


async def take_for_model(db: Db, *, handoff_id: UUID) -> Assessable | None:
    """Begin an attempt. None where the model has answered or was asked often enough, or the handoff has ended."""
    session_id = await db.scalar(select(Handoff.session_id).where(Handoff.id == handoff_id))
    if session_id is None:
        return None
    await sessions.lock(db, session_id=session_id)
    handoff = await queries.named(db, session_id=session_id, handoff_id=handoff_id)
    if not _is_wanted(handoff):
        return None
    if handoff.model_attempts >= MOST_ATTEMPTS:
        await _explain(db, handoff, _LOST, is_last=True)
        return None
    handoff.model_attempts += 1
    await db.flush()
    return await _assessable(db, handoff)


async def replace(db: Db, about: Assessable, assessment: Assessment) -> None:
    """Attach the model's; the one it replaces is kept."""
    session, handoff = await _locked(db, about)
    await sessions.note_model_use(db, session=session, tokens=assessment.tokens)
    if _is_wanted(handoff) and handoff.model_attempts == about.attempt:
        handoff.ai_assessment_notice = None
        await _attach(db, session, handoff, about, assessment, Source.MODEL)


async def note_failure(db: Db, about: Assessable, failure: AssistantFailure) -> bool:
    """Leave the assessment that is there and say what went wrong. Answers whether the model is to be asked again."""
    session, handoff = await _locked(db, about)
    await sessions.note_model_use(db, session=session, tokens=failure.tokens)
    if not _is_wanted(handoff) or handoff.model_attempts != about.attempt:
        return False
    is_last = not failure.retryable or about.attempt >= MOST_ATTEMPTS
    await _explain(db, handoff, failure, is_last=is_last)
    return not is_last


def _is_wanted(handoff: Handoff) -> bool:
    is_settled = (handoff.ai_assessment_notice or "").endswith(NOT_AGAIN)
    return handoff.status in queries.LIVE and handoff.ai_assessment_source != Source.MODEL and not is_settled


async def _assessable(db: Db, handoff: Handoff) -> Assessable:
    """With what any engineer of the account may read: it is they who read the assessment."""
    name = await queries.name_of(db, user_id=handoff.handed_off_by)
    reader = Actor(AccountId(handoff.account_id), UserId(handoff.handed_off_by), name, Role.ENGINEER)
    about = await summary(db, reader, session_id=handoff.session_id)
    similar = as_cases(await similar_sessions(db, reader, session_id=handoff.session_id))
    case = case_of(about, await steps(db, session_id=handoff.session_id), similar=similar)
    spent = await tokens_today(db)
    return Assessable(HandoffId(handoff.id), SessionId(handoff.session_id), case, handoff.model_attempts, spent)


async def _locked(db: Db, about: Assessable) -> tuple[Session, Handoff]:
    session = await sessions.lock(db, session_id=about.session_id)
    return session, await queries.named(db, session_id=about.session_id, handoff_id=about.handoff_id)


async def _attach(db: Db, session: Session, handoff: Handoff, about: Assessable, assessment: Assessment, source: Source) -> None:
    said = assessment.model_dump(mode="json")
    db.add(KeptAssessment(id=uuid7(), account_id=handoff.account_id, handoff_id=handoff.id, source=source, data=said))
    handoff.ai_assessment_status = AssessmentStatus.READY
    handoff.ai_assessment_source = source
    handoff.ai_assessment = text_of(assessment)
    handoff.ai_assessment_data = said
    await sessions.improve_package(db, session=session, handoff_id=handoff.id, changes=package_changes(about.case, assessment, source))
    await db.flush()
    ids = {"handoff_id": about.handoff_id, "session_id": about.session_id}
    record(db, None, HandoffAssessmentReady(**ids, ai_assessment_source=source))
    await _show(db, handoff)


async def _explain(db: Db, handoff: Handoff, failure: AssistantFailure, *, is_last: bool) -> None:
    handoff.ai_assessment_notice = f"{failure.detail} {NOT_AGAIN if is_last else AGAIN}"
    await _show(db, handoff)


async def _show(db: Db, handoff: Handoff) -> None:
    await db.flush()
    if handoff.status in queries.LIVE:
        record(db, None, HandoffUpdated(card=await queries.card(db, session_id=handoff.session_id)))
