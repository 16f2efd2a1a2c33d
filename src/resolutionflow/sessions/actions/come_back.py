from uuid import UUID

from resolutionflow.events.log import record
from resolutionflow.platform.actor import Actor
from resolutionflow.platform.clock import now
from resolutionflow.platform.db import Db
from resolutionflow.platform.ids import SessionId
from resolutionflow.sessions.actions.lock import lock
from resolutionflow.sessions.events import SessionTakenBack
from resolutionflow.sessions.models import Session, Status
from resolutionflow.sessions.policy.rights import may_come_back
from resolutionflow.sessions.queries import standing_of


async def lock_to_work(db: Db, actor: Actor, *, session_id: UUID) -> Session:
    """As `lock` for a reader; whose claim ran out holds the case again, unless somebody else was faster (R-C4)."""
    session = await lock(db, session_id=session_id, reader=actor)
    if may_come_back(standing_of(session), actor):
        session.status = Status.ACTIVE
        session.holder_id = session.escalated_to_id = actor.user_id
        session.earlier_holder_id = None
        session.updated_at = now()
        await db.flush()
        record(db, actor, SessionTakenBack(session_id=SessionId(session.id)))
    return session
