"""The first lock of every action on a session: one order, session → handoff → event counter."""

from uuid import UUID

from sqlalchemy import select

from resolutionflow.platform.actor import Actor
from resolutionflow.platform.db import Db
from resolutionflow.platform.errors import NotFound
from resolutionflow.sessions.models import Session
from resolutionflow.sessions.queries import readable_by


async def lock(db: Db, *, session_id: UUID, reader: Actor | None = None) -> Session:
    """The session's row, ours until the end of the unit of work. With `reader`, `NotFound` where that person may not read it."""
    query = select(Session).where(Session.id == session_id)
    session = await db.scalar(query.with_for_update().execution_options(populate_existing=True))
    if session is None:
        raise NotFound
    if reader is not None and reader.user_id not in (session.user_id, session.holder_id):
        if not await db.scalar(select(Session.id).where(Session.id == session_id, readable_by(reader))):
            raise NotFound
    return session
