"""What `handoffs` changes on a session, through here and nowhere else."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert

from resolutionflow.events.log import record
from resolutionflow.platform.actor import Actor
from resolutionflow.platform.clock import now
from resolutionflow.platform.db import Db
from resolutionflow.platform.http.text import Json
from resolutionflow.platform.ids import SessionId, uuid7
from resolutionflow.sessions.events import SessionHandedOver
from resolutionflow.sessions.models import ModelUse, Priority, Session, SessionReader, Status


@dataclass(frozen=True, slots=True)
class Escalation:
    """What an escalation leaves on its session."""

    reason: str
    package: Json
    priority: Priority | None


async def hand_over(
    db: Db,
    actor: Actor | None,
    *,
    session: Session,
    status: Status,
    holder_id: UUID | None,
    escalated_to_id: UUID | None,
    handoff_id: UUID,
    escalation: Escalation | None = None,
    earlier_holder_id: UUID | None = None,
) -> None:
    """Move a locked session; whoever holds it or is named keeps reading it from now on."""
    session.status = status
    session.holder_id = holder_id
    session.earlier_holder_id = earlier_holder_id
    session.escalated_to_id = escalated_to_id
    session.last_handoff_id = handoff_id
    session.updated_at = now()
    if escalation is not None:
        session.escalation_reason = escalation.reason
        session.escalation_package = escalation.package
        session.priority = escalation.priority or session.priority
    await db.flush()
    await let_read(db, session=session, people=[id for id in (holder_id, escalated_to_id) if id and id != session.user_id])
    record(db, actor, SessionHandedOver(session_id=SessionId(session.id), status=status))


async def improve_package(db: Db, *, session: Session, handoff_id: UUID, changes: Json) -> None:
    """Say more in the package of a locked session's escalation; a later escalation has one of its own."""
    if session.last_handoff_id == handoff_id and session.escalation_package is not None:
        session.escalation_package = session.escalation_package | changes
        await db.flush()


async def note_model_use(db: Db, *, session: Session, tokens: int) -> None:
    """Count what a model read and wrote against its account's day."""
    if tokens > 0:
        db.add(ModelUse(id=uuid7(), account_id=session.account_id, session_id=session.id, tokens=tokens))


async def let_read(db: Db, *, session: Session, people: list[UUID]) -> None:
    if people:
        rows = [{"account_id": session.account_id, "session_id": session.id, "user_id": person} for person in set(people)]
        await db.execute(insert(SessionReader).values(rows).on_conflict_do_nothing())
