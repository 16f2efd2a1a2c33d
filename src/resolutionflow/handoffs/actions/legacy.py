"""Sessions escalated before handoffs had rows of their own (R-E8) get theirs when something becomes of them."""

from resolutionflow.handoffs.models import Handoff, HandoffStatus, Intent
from resolutionflow.handoffs.policy.snapshot import snapshot_of
from resolutionflow.platform.actor import Actor
from resolutionflow.platform.db import Db
from resolutionflow.platform.ids import uuid7
from resolutionflow.sessions.models import Session
from resolutionflow.sessions.queries import ledger_of_session, summary


async def row_for_legacy(db: Db, actor: Actor, *, session: Session) -> Handoff:
    """An open handoff that says what the locked session itself tells of its escalation."""
    ask = session.escalation_reason
    ledger = await ledger_of_session(db, session_id=session.id)
    snapshot = snapshot_of(await summary(db, actor, session_id=session.id), ledger, ask=ask, notes=None)
    handoff = Handoff(
        id=uuid7(),
        account_id=session.account_id,
        session_id=session.id,
        intent=Intent.ESCALATE,
        status=HandoffStatus.OPEN,
        reason=ask,
        handed_off_by=session.user_id,
        target_user_id=session.escalated_to_id,
        created_at=session.updated_at,
        snapshot=snapshot.model_dump(mode="json"),
    )
    db.add(handoff)
    await db.flush()
    return handoff
