"""The first lock of every action on a session: one order, session → handoff → event counter."""

from uuid import UUID

from sqlalchemy import bindparam, select

from resolutionflow.platform.actor import Actor
from resolutionflow.platform.db import Db
from resolutionflow.platform.errors import NotFound
from resolutionflow.sessions.models import Session
from resolutionflow.sessions.queries import must_be_readable

_LOCK = select(Session).where(Session.id == bindparam("session")).with_for_update(key_share=True).execution_options(populate_existing=True)


async def lock(db: Db, *, session_id: UUID, reader: Actor | None = None) -> Session:
    """The session's row, ours until the end of the unit of work. With `reader`, `NotFound` where that person may not read it."""
    session = await db.scalar(_LOCK, {"session": session_id})
    if session is None:
        raise NotFound
    takes_part = reader is None or reader.user_id in (session.user_id, session.holder_id)
    if reader is not None and not takes_part:
        await must_be_readable(db, reader, session_id=session_id)
    return session
