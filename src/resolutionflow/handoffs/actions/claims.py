"""Rows of claims: begun by a pickup, ended by what came of it."""

from uuid import UUID

from sqlalchemy import update

from resolutionflow.handoffs.models import Claim, ClaimEnd
from resolutionflow.platform.clock import now
from resolutionflow.platform.db import Db


async def end_claim(db: Db, *, handoff_id: UUID, how: ClaimEnd) -> None:
    """End the current claim of a handoff, if it has one."""
    current = update(Claim).where(Claim.handoff_id == handoff_id, Claim.ended_at.is_(None))
    await db.execute(current.values(ended_at=now(), end_reason=how).execution_options(synchronize_session=False))
