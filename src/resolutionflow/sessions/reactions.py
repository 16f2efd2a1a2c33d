"""The assistant's reply to an answer or an outcome: a job, so that it comes even when the process that took the answer dies."""

from resolutionflow.events.registry import Logged, on_with
from resolutionflow.platform.db import Work
from resolutionflow.sessions.actions import turns
from resolutionflow.sessions.conversations import Conversations
from resolutionflow.sessions.events import TurnDue


@on_with(TurnDue, Conversations)
async def reply_to_result(work: Work, logged: Logged, conversations: Conversations) -> None:
    """Its effect is taken once by the turn itself: only the newest attempt at it may write."""
    assert logged.subject_id is not None
    async with work(logged.account_id) as db:
        running = await turns.take_due(db, turn_id=logged.subject_id)
    if running is not None:
        await conversations.begin(logged.account_id, running).ended()
