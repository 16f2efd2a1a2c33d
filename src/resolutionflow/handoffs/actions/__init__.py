"""Every write to handoffs and claims. Each locks the session first."""

from resolutionflow.handoffs.actions.ask import answer, ask
from resolutionflow.handoffs.actions.claim import claim, pick_up
from resolutionflow.handoffs.actions.create import create, give_all
from resolutionflow.handoffs.actions.finish import close_live, hand_back, release, withdraw
from resolutionflow.handoffs.actions.follow import follow_session, note_first_action, note_take_over
from resolutionflow.handoffs.actions.lease import look_after, note_come_back, renew

__all__ = [
    "answer",
    "ask",
    "claim",
    "close_live",
    "create",
    "follow_session",
    "give_all",
    "hand_back",
    "look_after",
    "note_come_back",
    "note_first_action",
    "note_take_over",
    "pick_up",
    "release",
    "renew",
    "withdraw",
]
