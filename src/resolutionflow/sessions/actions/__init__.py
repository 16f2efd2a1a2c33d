"""Every write to sessions, steps and documents."""

from resolutionflow.sessions.actions.close import close_document, reopen, resolve, resume, take_over
from resolutionflow.sessions.actions.describe import describe
from resolutionflow.sessions.actions.lock import lock
from resolutionflow.sessions.actions.move import hand_over, improve_package, let_read, note_model_use
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
    "improve_package",
    "let_read",
    "lock",
    "note_model_use",
    "reopen",
    "resolve",
    "resume",
    "start",
    "take_over",
]
