"""Clock work of handoffs; the worker calls it every few seconds."""

import structlog

from resolutionflow.handoffs import actions, queries
from resolutionflow.platform.db import Work

log = structlog.get_logger()


async def look_after_claims(work: Work) -> None:
    """Ask at half time, reopen what was not kept: a unit of work each, so that one sick case stops no other.

    Any number of workers may do it at once: each looks again under the session's lock.
    """
    async with work(None) as db:
        due = await queries.due_leases(db)
    for account_id, session_id, handoff_id in due:
        try:
            async with work(account_id) as db:
                await actions.look_after(db, session_id=session_id, handoff_id=handoff_id)
        except Exception:
            log.exception("claim_not_looked_after", account_id=str(account_id), handoff_id=str(handoff_id))
