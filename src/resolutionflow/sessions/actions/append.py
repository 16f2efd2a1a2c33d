"""Steps are appended under the session's lock, so that their numbers have no gaps."""

from uuid import UUID

from resolutionflow.events.log import record
from resolutionflow.platform.actor import Actor
from resolutionflow.platform.clock import now
from resolutionflow.platform.db import Db
from resolutionflow.platform.ids import SessionId, UserId, uuid7
from resolutionflow.sessions.events import StepWritten
from resolutionflow.sessions.models import AuthorType, Kind, Session, Step
from resolutionflow.sessions.policy.ledger import is_try


async def append(db: Db, actor: Actor | None, session: Session, step: Step, *, after_pickup: bool = False) -> UUID:
    """The next entry of a locked session. Without an actor the assistant wrote it, or the product where the step says so."""
    session.last_seq += 1
    session.step_count += 1
    session.tried_count += is_try(step.kind) and step.amends is None
    session.updated_at = now()
    step.id = uuid7()
    step.account_id = session.account_id
    step.session_id = session.id
    step.seq = session.last_seq
    step.author_id = actor.user_id if actor else None
    step.author_type = AuthorType.USER if actor else step.author_type or AuthorType.ASSISTANT
    step.after_pickup = after_pickup
    db.add(step)
    await db.flush()
    author = UserId(actor.user_id) if actor else None
    record(db, actor, StepWritten(session_id=SessionId(session.id), step_id=step.id, seq=step.seq, kind=Kind(step.kind), author_id=author))
    return step.id
