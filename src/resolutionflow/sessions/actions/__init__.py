"""Every write to sessions, steps and documents."""

from resolutionflow.sessions.actions.close import close_document, reopen, resolve, resume, take_over
from resolutionflow.sessions.actions.describe import describe
from resolutionflow.sessions.actions.lock import lock
from resolutionflow.sessions.actions.move import hand_over, let_read
from resolutionflow.sessions.actions.start import start
from resolutionflow.sessions.actions.steps import add_advice, add_step
from resolutionflow.sessions.actions.turns import analyse

__all__ = [
    "add_advice",
    "add_step",
    "analyse",
    "close_document",
    "describe",
    "hand_over",
    "let_read",
    "lock",
    "reopen",
    "resolve",
    "resume",
    "start",
    "take_over",
]
