"""Give a waiting case to whoever asked first (R-C1…R-C3)."""

from datetime import datetime

from sqlalchemy import select

from resolutionflow.handoffs import queries
from resolutionflow.handoffs.actions.claims import begin_claim, give
from resolutionflow.handoffs.actions.legacy import row_for_legacy
from resolutionflow.handoffs.errors import AlreadyClaimed, NotOpen, OwnHandoff
from resolutionflow.handoffs.models import Handoff, HandoffStatus, Intent
from resolutionflow.platform.actor import Actor
from resolutionflow.platform.db import Db
from resolutionflow.platform.ids import HandoffId, SessionId
from resolutionflow.sessions import actions as sessions
from resolutionflow.sessions.models import Session, Status
from resolutionflow.sessions.policy.rights import WAITING
from resolutionflow.sessions.queries import must_be_readable


async def claim(
    db: Db, actor: Actor, *, session_id: SessionId, handoff_id: HandoffId, lease_seconds: int = 0, analyse: bool = False
) -> None:
    """Pick up an open handoff; without a step within `lease_seconds` (0: no limit) it waits again.

    With `analyse` the assistant looks at the whole case. Claiming again what one
    holds changes nothing; the slower of two gets `AlreadyClaimed`.
    """
    session = await sessions.lock(db, session_id=session_id)
    handoff = await queries.named(db, session_id=session_id, handoff_id=handoff_id)
    if await _is_mine_already(db, actor, handoff):
        return
    await take(db, actor, session=session, handoff=handoff, lease_seconds=lease_seconds)
    if analyse:
        await sessions.analyse(db, actor, session=session)


async def pick_up(db: Db, actor: Actor, *, session_id: SessionId, lease_seconds: int = 0) -> None:
    """The older claim, of a session's open handoff; a legacy session without a handoff row gets its row here."""
    session = await sessions.lock(db, session_id=session_id)
    handoff = await _newest(db, session_id)
    if session.status in WAITING and (handoff is None or handoff.status != HandoffStatus.OPEN):
        handoff = await row_for_legacy(db, actor, session=session)
    if handoff is None:
        await must_be_readable(db, actor, session_id=session_id)
        raise NotOpen("This session was not escalated.")
    if await _is_mine_already(db, actor, handoff):
        return
    await take(db, actor, session=session, handoff=handoff, lease_seconds=lease_seconds)


async def _is_mine_already(db: Db, actor: Actor, handoff: Handoff) -> bool:
    """False where it can be claimed; raises the refusal that its state asks for."""
    match HandoffStatus(handoff.status):
        case HandoffStatus.OPEN:
            if handoff.handed_off_by == actor.user_id:
                raise OwnHandoff
            return False
        case HandoffStatus.CLAIMED if handoff.claimed_by == actor.user_id:
            return True
        case HandoffStatus.CLAIMED:
            raise await already_claimed(db, handoff)
        case _:
            raise NotOpen


async def already_claimed(db: Db, handoff: Handoff) -> AlreadyClaimed:
    assert handoff.claimed_by is not None
    assert handoff.claimed_at is not None
    return AlreadyClaimed(by=await queries.name_of(db, user_id=handoff.claimed_by), at=handoff.claimed_at)


async def take(db: Db, actor: Actor, *, session: Session, handoff: Handoff, since: datetime | None = None, lease_seconds: int = 0) -> None:
    """Make the actor the claimer of a locked, open handoff, with a promise of so many seconds."""
    if not await give(db, actor, handoff=handoff, was=HandoffStatus.OPEN, since=since, lease_seconds=lease_seconds):
        raise NotOpen
    handoff.lease_seconds = lease_seconds
    await sessions.hand_over(
        db,
        actor,
        session=session,
        status=Status.ACTIVE,
        holder_id=actor.user_id,
        escalated_to_id=actor.user_id,
        handoff_id=handoff.id,
    )
    await begin_claim(db, actor, handoff=handoff)


async def _newest(db: Db, session_id: SessionId) -> Handoff | None:
    query = select(Handoff).where(Handoff.session_id == session_id, Handoff.intent == Intent.ESCALATE)
    return await db.scalar(query.order_by(Handoff.created_at.desc(), Handoff.id.desc()).limit(1))
