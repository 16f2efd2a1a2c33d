"""Which assistants assess the escalations of this process. What they say is judged before anybody reads it (R-A4a)."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import structlog

from resolutionflow.assistant.base import Assessment, AssistantFailure, Case
from resolutionflow.assistant.grounding import grounded
from resolutionflow.handoffs.actions.assess import Assessable

log = structlog.get_logger()
_TIMED_OUT = "The model took too long to answer."
_UNGROUNDED = "Nothing the model said is borne out by the entries of the case."
_FAILED = "The model's answer could not be used."


@dataclass(frozen=True, slots=True)
class Assessors:
    built_in: Callable[[Case], Awaitable[Assessment]]
    model: Callable[[Assessable], Awaitable[Assessment]] | None = None
    deadline: float = 30.0
    """Seconds for one attempt at the model."""

    async def first(self, about: Assessable) -> Assessment | None:
        """The built-in assistant's; None where it has nothing to say."""
        try:
            return await asyncio.to_thread(grounded, await self.built_in(about.case), about.case)
        except Exception:
            log.exception("assessment_failed", handoff_id=str(about.handoff_id))
            return None

    async def better(self, about: Assessable) -> Assessment:
        """The model's. Raises `AssistantFailure`, within the deadline, whatever the model does."""
        if self.model is None:
            raise AssistantFailure("model_gone", "No model is connected any more.", retryable=False)
        try:
            async with asyncio.timeout(self.deadline):
                said = await self.model(about)
        except AssistantFailure:
            raise
        except TimeoutError:
            raise AssistantFailure("model_timeout", _TIMED_OUT) from None
        except Exception:
            log.exception("assessment_failed", handoff_id=str(about.handoff_id))
            raise AssistantFailure("model_failed", _FAILED, retryable=False) from None
        found = await asyncio.to_thread(grounded, said, about.case)
        if found is None:
            raise AssistantFailure("model_ungrounded", _UNGROUNDED, retryable=False, tokens=said.tokens)
        return found
