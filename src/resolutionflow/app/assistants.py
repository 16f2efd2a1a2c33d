"""Which assistants reply and assess in this process: the built-in one, and before it a model where one is configured."""

from collections.abc import AsyncIterator
from importlib import import_module

from resolutionflow.assistant.base import Assessment, Assistant, Part
from resolutionflow.assistant.playbooks import Playbooks, recognise
from resolutionflow.assistant.router import Router
from resolutionflow.handoffs.actions.assess import Assessable
from resolutionflow.handoffs.assessors import Assessors
from resolutionflow.platform.settings import Settings
from resolutionflow.sessions.actions.turns import Running
from resolutionflow.sessions.conversations import Answering

BUILT_IN = Playbooks(recognise)
_GRACE_SECONDS = 1
"""A model ends itself at its deadline and then knows what it has used; this ends one that does not."""


def router(settings: Settings) -> Router:
    return Router(BUILT_IN, _model(settings))


def answering(assistants: Router, settings: Settings) -> Answering:
    """How turns are replied to, each within what is left of its account's day."""
    limit = settings.ai_tokens_per_day

    def reply(running: Running) -> AsyncIterator[Part]:
        return assistants.reply(running.case, tokens_left=limit - running.tokens_today if limit else None)

    return reply


def assessing(assistants: Router, settings: Settings) -> Assessors:
    """Who assesses escalations; the model within what is left of its account's day."""
    limit = settings.ai_tokens_per_day

    async def ask_model(about: Assessable) -> Assessment:
        return await assistants.assess(about.case, tokens_left=limit - about.tokens_today if limit else None)

    deadline = settings.ai_timeout_seconds + _GRACE_SECONDS
    return Assessors(BUILT_IN.assess, ask_model if assistants.has_model else None, deadline)


def _model(settings: Settings) -> Assistant | None:
    """Imported only where it is configured: the providers' libraries take two seconds to load."""
    if settings.ai_model is None:
        return None
    model: Assistant = import_module("resolutionflow.assistant.model").connect(settings)
    return model
