from uuid import UUID

from resolutionflow.accounts.actions.clients import ensure_client
from resolutionflow.events.log import record
from resolutionflow.platform.actor import Actor
from resolutionflow.platform.db import Db
from resolutionflow.platform.ids import SessionId, uuid7
from resolutionflow.sessions.events import SessionStarted
from resolutionflow.sessions.models import Priority, Session, Status, Waiting
from resolutionflow.sessions.policy.documentation import title_from
from resolutionflow.sessions.schemas import SessionStart


async def start(db: Db, actor: Actor, *, fields: SessionStart) -> SessionId:
    """Start a session from free text or a ticket number; the starter owns and holds it."""
    summary = (fields.problem_summary or "").strip()
    contact = fields.contact
    session = Session(
        id=uuid7(),
        account_id=actor.account_id,
        user_id=actor.user_id,
        holder_id=actor.user_id,
        title=fields.title or title_from(summary, fields.psa_ticket_id),
        problem_summary=summary,
        client_id=await _client(db, fields.client_name),
        contact_name=(contact.name or None) if contact else None,
        contact_phone=(contact.phone or None) if contact else None,
        contact_email=(contact.email or None) if contact else None,
        device=fields.device or None,
        client_waiting=fields.client_waiting or Waiting.NO,
        callback_by=fields.callback_by,
        affects=fields.affects,
        priority=fields.priority or Priority.NORMAL,
        status=Status.ACTIVE,
        psa_ticket_id=fields.psa_ticket_id.lstrip("#") if fields.psa_ticket_id else None,
    )
    db.add(session)
    await db.flush()
    record(db, actor, SessionStarted(session_id=SessionId(session.id)))
    return SessionId(session.id)


async def _client(db: Db, name: str | None) -> UUID | None:
    return await ensure_client(db, name) if name else None
