from typing import Any

from resolutionflow.accounts.actions.clients import ensure_client
from resolutionflow.events.log import record
from resolutionflow.platform.actor import Actor
from resolutionflow.platform.clock import now
from resolutionflow.platform.db import Db
from resolutionflow.platform.ids import SessionId
from resolutionflow.sessions.actions.lock import lock
from resolutionflow.sessions.events import SessionDescribed
from resolutionflow.sessions.models import Priority, Session, Waiting
from resolutionflow.sessions.policy.documentation import title_from
from resolutionflow.sessions.policy.rights import refusal_to_change
from resolutionflow.sessions.queries import standing_of
from resolutionflow.sessions.schemas import SessionFields


async def describe(db: Db, actor: Actor, *, session_id: SessionId, fields: SessionFields) -> None:
    """Change what a session is about: only the fields that were sent; null clears."""
    session = await lock(db, session_id=session_id, reader=actor)
    if refusal := refusal_to_change(standing_of(session), actor):
        raise refusal
    changes = await _changes(db, session, fields)
    changed = sorted(name for name, value in changes.items() if getattr(session, name) != value)
    if not changed:
        return
    for name in changed:
        setattr(session, name, changes[name])
    session.updated_at = now()
    await db.flush()
    record(db, actor, SessionDescribed(session_id=session_id, fields=changed))


async def _changes(db: Db, session: Session, fields: SessionFields) -> dict[str, Any]:
    sent = fields.model_fields_set
    changes: dict[str, Any] = {name: getattr(fields, name) or None for name in ("device", "callback_by", "affects") if name in sent}
    if "problem_summary" in sent:
        changes["problem_summary"] = (fields.problem_summary or "").strip()
    if "title" in sent:
        changes["title"] = fields.title or title_from(changes.get("problem_summary", session.problem_summary), session.psa_ticket_id)
    if "client_name" in sent:
        changes["client_id"] = await ensure_client(db, fields.client_name) if fields.client_name else None
    if "contact" in sent:
        contact = fields.contact
        for part in ("name", "phone", "email"):
            changes[f"contact_{part}"] = (getattr(contact, part) or None) if contact else None
    if "client_waiting" in sent:
        changes["client_waiting"] = fields.client_waiting or Waiting.NO
    if "priority" in sent:
        changes["priority"] = fields.priority or Priority.NORMAL
    if "psa_ticket_id" in sent:
        changes["psa_ticket_id"] = fields.psa_ticket_id.lstrip("#") if fields.psa_ticket_id else None
    return changes
