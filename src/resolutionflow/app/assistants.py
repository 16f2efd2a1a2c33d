"""Which assistant replies in this process: the built-in one, and before it a model where one is configured."""

from collections.abc import AsyncIterator
from importlib import import_module

from resolutionflow.assistant.base import Assistant, Part
from resolutionflow.assistant.playbooks import Playbooks, recognise
from resolutionflow.assistant.router import Router
from resolutionflow.platform.settings import Settings
from resolutionflow.sessions.actions.turns import Running
from resolutionflow.sessions.conversations import Answering

BUILT_IN = Playbooks(recognise)


def router(settings: Settings) -> Router:
    return Router(BUILT_IN, _model(settings))


def answering(settings: Settings) -> Answering:
    """How turns are replied to, each within what is left of its account's day."""
    assistants = router(settings)
    limit = settings.ai_tokens_per_day

    def reply(running: Running) -> AsyncIterator[Part]:
        return assistants.reply(running.case, tokens_left=limit - running.tokens_today if limit else None)

    return reply


def _model(settings: Settings) -> Assistant | None:
    """Imported only where it is configured: the providers' libraries take two seconds to load."""
    if settings.ai_model is None:
        return None
    model: Assistant = import_module("resolutionflow.assistant.model").connect(settings)
    return model
