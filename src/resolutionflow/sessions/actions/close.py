"""Resolve, resume, reopen, take over; and the document a closing leaves."""

from uuid import UUID

from resolutionflow.events.log import record
from resolutionflow.platform.actor import Actor
from resolutionflow.platform.clock import now
from resolutionflow.platform.db import Db
from resolutionflow.platform.ids import SessionId, UserId, uuid7
from resolutionflow.sessions import queries
from resolutionflow.sessions.actions.come_back import lock_to_work
from resolutionflow.sessions.actions.lock import lock
from resolutionflow.sessions.actions.move import let_read
from resolutionflow.sessions.events import SessionReopened, SessionResolved, SessionResumed, SessionTakenOver
from resolutionflow.sessions.models import Document, DocumentKind, PushStatus, Session, Status
from resolutionflow.sessions.policy import documentation, rights
from resolutionflow.sessions.policy.ledger import Ledger
from resolutionflow.sessions.schemas import Documentation, PsaResult, ResolveBody, SessionClose, SessionSummary


async def resolve(db: Db, actor: Actor, *, session_id: SessionId, body: ResolveBody) -> SessionClose:
    """Close the case. Its open or claimed handoff closes in the same unit of work, by a reaction of `handoffs`."""
    session = await lock_to_work(db, actor, session_id=session_id)
    if refusal := rights.refusal_to_resolve(queries.standing_of(session), actor):
        raise refusal
    was = Status(session.status)
    session.status = Status.RESOLVED
    session.holder_id = actor.user_id
    session.resolution = body.resolution
    session.resolved_at = session.updated_at = now()
    await db.flush()
    document = await close_document(
        db,
        session=await queries.summary(db, actor, session_id=session_id),
        account_id=actor.account_id,
        ledger=await queries.ledger_of_session(db, session_id=session_id),
        kind=DocumentKind.RESOLUTION,
        outcome=[f"Resolved: {body.resolution}", *([f"Fixed by: {body.fixed_by}"] if body.fixed_by else [])],
        next_steps=[],
    )
    record(db, actor, SessionResolved(session_id=session_id, was=was))
    return SessionClose(
        session_id=session_id,
        status=Status.RESOLVED,
        handoff_id=session.last_handoff_id,
        documentation=document,
        psa_result=PsaResult(status=PushStatus.NO_PSA, ticket_id=session.psa_ticket_id),
    )


async def close_document(
    db: Db, *, session: SessionSummary, account_id: UUID, ledger: Ledger, kind: DocumentKind, outcome: list[str], next_steps: list[str]
) -> Documentation:
    """Write the documentation of an escalation or a resolution from the ledger."""
    heading = "Escalation" if kind is DocumentKind.ESCALATION else "Resolution"
    markdown = documentation.write(session, ledger, heading=heading, outcome=outcome, next_steps=next_steps)
    document = Document(id=uuid7(), account_id=account_id, session_id=session.id, kind=kind, markdown=markdown)
    db.add(document)
    await db.flush()
    return Documentation.model_validate(document)


async def resume(db: Db, actor: Actor, *, session_id: SessionId) -> None:
    session = await lock(db, session_id=session_id, reader=actor)
    if refusal := rights.refusal_to_resume(queries.standing_of(session), actor):
        raise refusal
    _reactivate(session, actor.user_id)
    record(db, actor, SessionResumed(session_id=session_id))


async def reopen(db: Db, actor: Actor, *, session_id: SessionId) -> None:
    """Active again with whoever reopens it; the ledger goes on."""
    session = await lock(db, session_id=session_id, reader=actor)
    if refusal := rights.refusal_to_reopen(queries.standing_of(session), actor):
        raise refusal
    _reactivate(session, actor.user_id)
    session.escalated_to_id = None if actor.user_id == session.user_id else actor.user_id
    session.resolved_at = None
    record(db, actor, SessionReopened(session_id=session_id))


async def take_over(db: Db, actor: Actor, *, session_id: SessionId) -> None:
    """An admin goes on with somebody's session, any engineer with a picked-up one whose holder is away or inactive.

    Its owner keeps reading and noting. Raises `Forbidden` for an engineer whatever the id, `NotFound`, `NotActive`.
    """
    if not await queries.is_left_alone(db, session_id=session_id):
        actor.must_be_admin()
    session = await lock(db, session_id=session_id)
    if refusal := rights.refusal_to_take_over(queries.standing_of(session), actor):
        raise refusal
    before, was = session.holder_id, Status(session.status)
    _reactivate(session, actor.user_id)
    session.escalated_to_id = None if actor.user_id == session.user_id else actor.user_id
    await let_read(db, session=session, people=[id for id in (before, actor.user_id) if id and id != session.user_id])
    record(db, actor, SessionTakenOver(session_id=session_id, from_id=UserId(before) if before else None, was=was))


def _reactivate(session: Session, holder: UUID) -> None:
    session.status = Status.ACTIVE
    session.holder_id = holder
    session.earlier_holder_id = None
    session.updated_at = now()
