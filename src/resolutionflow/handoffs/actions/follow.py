"""What a handoff learns from its session: new entries, a changed problem, a first action, a take-over."""

from uuid import UUID

from sqlalchemy import select, update

from resolutionflow.events.log import record
from resolutionflow.handoffs import queries
from resolutionflow.handoffs.actions.claims import begin_claim, end_claim, give
from resolutionflow.handoffs.actions.lease import keep_promise
from resolutionflow.handoffs.events import HandoffUpdated
from resolutionflow.handoffs.models import Claim, ClaimEnd, HandoffStatus
from resolutionflow.platform.actor import Actor
from resolutionflow.platform.db import Db
from resolutionflow.platform.ids import SessionId, UserId
from resolutionflow.sessions.models import Step


async def follow_session(db: Db, actor: Actor | None, *, session_id: SessionId) -> None:
    """Tell the queue what its card says now, if the session has one."""
    if await queries.is_in_queue(db, session_id=session_id):
        record(db, actor, HandoffUpdated(card=await queries.card(db, session_id=session_id)))


async def note_first_action(db: Db, *, session_id: SessionId, author_id: UserId, step_id: UUID) -> None:
    """The claimer's first own step after the pickup is what time to first action measures (R-X1); it keeps what the claim promised."""
    written = select(Step.created_at).where(Step.id == step_id).scalar_subquery()
    claim = update(Claim).where(Claim.session_id == session_id, Claim.user_id == author_id, Claim.first_action_at.is_(None))
    during = claim.where(Claim.claimed_at <= written, (Claim.ended_at.is_(None)) | (Claim.ended_at >= written))
    noted = during.values(first_action_at=written).returning(Claim.handoff_id).execution_options(synchronize_session=False)
    for handoff_id in (await db.scalars(noted)).all():
        await keep_promise(db, handoff_id=handoff_id)


async def note_take_over(db: Db, actor: Actor, *, session_id: SessionId) -> None:
    """Somebody took over a picked-up case: the claim goes with it, as a claim of its own with a promise of its own."""
    handoff = await queries.live_of(db, session_id=session_id)
    if handoff is None or handoff.status != HandoffStatus.CLAIMED:
        return
    await end_claim(db, handoff=handoff, how=ClaimEnd.TAKEN_OVER)
    before = UserId(handoff.claimed_by) if handoff.claimed_by else None
    await give(db, actor, handoff=handoff, was=HandoffStatus.CLAIMED, lease_seconds=handoff.lease_seconds)
    await begin_claim(db, actor, handoff=handoff, taken_from=before)
