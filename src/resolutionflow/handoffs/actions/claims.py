"""A handoff gets a claimer, and loses one: the row of the claim, its lease, the fact."""

from datetime import datetime, timedelta

from sqlalchemy import update

from resolutionflow.events.log import record
from resolutionflow.handoffs.events import HandoffClaimed
from resolutionflow.handoffs.models import Claim, ClaimEnd, Handoff, HandoffStatus
from resolutionflow.handoffs.schemas import Person
from resolutionflow.platform.actor import Actor
from resolutionflow.platform.clock import now
from resolutionflow.platform.db import Db
from resolutionflow.platform.ids import HandoffId, SessionId, UserId, uuid7


def lease_of(seconds: int | None) -> dict[str, object]:
    """What a promise given now writes; none without seconds."""
    if not seconds:
        return {"lease_ask_at": None, "lease_expires_at": None}
    return {"lease_ask_at": now() + timedelta(seconds=seconds / 2), "lease_expires_at": now() + timedelta(seconds=seconds)}


async def give(
    db: Db, actor: Actor, *, handoff: Handoff, was: HandoffStatus, since: datetime | None = None, lease_seconds: int | None = None
) -> bool:
    """Make the actor the claimer, now or `since` then, if the handoff still is what it `was`."""
    given = (
        update(Handoff)
        .where(Handoff.id == handoff.id, Handoff.status == was)
        .values(status=HandoffStatus.CLAIMED, claimed_by=actor.user_id, claimed_at=since or now(), **lease_of(lease_seconds))
        .returning(Handoff)
        .execution_options(populate_existing=True, synchronize_session=False)
    )
    return await db.scalar(given) is not None


async def begin_claim(db: Db, actor: Actor, *, handoff: Handoff, taken_from: UserId | None = None) -> None:
    """A row of its own for what `give` gave, told to every queue."""
    assert handoff.claimed_at is not None
    db.add(
        Claim(
            id=uuid7(),
            account_id=handoff.account_id,
            handoff_id=handoff.id,
            session_id=handoff.session_id,
            user_id=actor.user_id,
            claimed_at=handoff.claimed_at,
        )
    )
    await db.flush()
    record(
        db,
        actor,
        HandoffClaimed(
            handoff_id=HandoffId(handoff.id),
            session_id=SessionId(handoff.session_id),
            claimed_by=Person(id=actor.user_id, name=actor.name),
            claimed_at=handoff.claimed_at,
            taken_from=taken_from,
        ),
    )


async def end_claim(db: Db, *, handoff: Handoff, how: ClaimEnd) -> None:
    """End the current claim of a handoff, if it has one, and its lease."""
    current = update(Claim).where(Claim.handoff_id == handoff.id, Claim.ended_at.is_(None))
    await db.execute(current.values(ended_at=now(), end_reason=how).execution_options(synchronize_session=False))
    handoff.lease_ask_at = handoff.lease_expires_at = None
