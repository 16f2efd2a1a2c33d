"""A claim is a promise: kept by the first step, renewed on asking, ended by the clock, taken back by a late step (R-C4)."""

from uuid import UUID

from sqlalchemy import select, update

from resolutionflow.events.log import record
from resolutionflow.handoffs import queries
from resolutionflow.handoffs.actions.claim import already_claimed
from resolutionflow.handoffs.actions.claims import begin_claim, give, lease_of
from resolutionflow.handoffs.actions.finish import put_back
from resolutionflow.handoffs.errors import NotOpen
from resolutionflow.handoffs.events import LeaseHalfOver, LeaseSettled
from resolutionflow.handoffs.models import ClaimEnd, Handoff, HandoffStatus
from resolutionflow.platform.actor import Actor
from resolutionflow.platform.clock import now
from resolutionflow.platform.db import Db
from resolutionflow.platform.failpoints import failpoint
from resolutionflow.platform.ids import HandoffId, SessionId, UserId
from resolutionflow.sessions import actions as sessions


async def renew(db: Db, actor: Actor, *, session_id: SessionId, handoff_id: HandoffId) -> None:
    """The claimer is still on it: their time begins anew. Nothing changes where the first step has kept the promise already."""
    await sessions.lock(db, session_id=session_id, reader=actor)
    handoff = await queries.named(db, session_id=session_id, handoff_id=handoff_id)
    if handoff.status != HandoffStatus.CLAIMED:
        raise NotOpen("You do not have this case any more. Pick it up again, or just go on if nobody else has.")
    if handoff.claimed_by != actor.user_id:
        raise await already_claimed(db, handoff)
    if handoff.lease_expires_at is not None:
        await _set_lease(db, handoff.id, lease_of(handoff.lease_seconds))
        record(db, actor, LeaseSettled(handoff_id=handoff_id, session_id=session_id))


async def keep_promise(db: Db, *, handoff_id: UUID) -> None:
    """The first step ends the lease for good."""
    if session_id := await _set_lease(db, handoff_id, lease_of(None)):
        record(db, None, LeaseSettled(handoff_id=HandoffId(handoff_id), session_id=SessionId(session_id)))


async def look_after(db: Db, *, session_id: SessionId, handoff_id: HandoffId) -> None:
    """What the clock asks for: a case whose lease is over waits again, at half time the claimer is asked. Else nothing, however often."""
    session = await sessions.lock(db, session_id=session_id)
    is_over, is_half_over = Handoff.lease_expires_at <= now(), Handoff.lease_ask_at <= now()
    query = select(Handoff, is_over, is_half_over).where(Handoff.id == handoff_id, Handoff.status == HandoffStatus.CLAIMED)
    found = (await db.execute(query.execution_options(populate_existing=True))).one_or_none()
    if found is None:
        return
    handoff, is_over_now, is_half_over_now = found
    if is_over_now:
        await put_back(db, None, session=session, handoff=handoff, how=ClaimEnd.LAPSED, earlier_holder_id=handoff.claimed_by)
        failpoint("before_lease_ends")
    elif is_half_over_now:
        handoff.lease_ask_at = None
        assert handoff.claimed_by is not None
        claimer, until = UserId(handoff.claimed_by), handoff.lease_expires_at
        record(db, None, LeaseHalfOver(handoff_id=handoff_id, session_id=session_id, claimed_by=claimer, expires_at=until))


async def note_come_back(db: Db, actor: Actor, *, session_id: SessionId) -> None:
    """The earlier claimer went on before anybody else: theirs again since the original time, and the step behind it keeps the promise."""
    handoff = await queries.live_of(db, session_id=session_id)
    assert handoff is not None
    since = await queries.lapsed_since(db, handoff_id=handoff.id, user_id=actor.user_id)
    await give(db, actor, handoff=handoff, was=HandoffStatus.OPEN, since=since)
    await begin_claim(db, actor, handoff=handoff)


async def _set_lease(db: Db, handoff_id: UUID, lease: dict[str, object]) -> UUID | None:
    """The session's id, where there was a lease."""
    leased = update(Handoff).where(Handoff.id == handoff_id, Handoff.lease_expires_at.is_not(None))
    changed = leased.values(**lease).returning(Handoff.session_id)
    return await db.scalar(changed.execution_options(synchronize_session=False))
