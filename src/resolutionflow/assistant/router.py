"""Who answers: the model where one is configured and may still be asked, else the built-in assistant, which says why."""

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from dataclasses import replace

import structlog

from resolutionflow.assistant.base import Answered, Assessment, Assistant, AssistantFailure, Case, Part
from resolutionflow.assistant.breaker import Breaker

log = structlog.get_logger()
SPENT = "Today's allowance for the model is used up, so the built-in assistant answers until midnight UTC."
RESTING = "The model failed several times in a row and is left alone for half a minute, so the built-in assistant answers."


class Router:
    def __init__(self, playbooks: Assistant, model: Assistant | None, breaker: Breaker | None = None) -> None:
        self._playbooks = playbooks
        self._model = model
        self._breaker = breaker or Breaker()

    @property
    def has_model(self) -> bool:
        return self._model is not None

    async def reply(self, case: Case, *, tokens_left: int | None) -> AsyncGenerator[Part, None]:
        """Raises `AssistantFailure` where the model broke off after something of its reply was shown."""
        notice, tokens = None, 0
        if self._model is None:
            pass
        elif tokens_left is not None and tokens_left <= 0:
            notice = SPENT
        elif not self._breaker.is_closed:
            notice = RESTING
        else:
            shown = False
            try:
                with self._breaker.attempt():
                    async with aclosing(_generator(self._model.reply(case))) as parts:
                        async for part in parts:
                            shown = True
                            yield part
                return
            except AssistantFailure as failure:
                log.warning("model_failed", code=failure.code, shown=shown)
                if shown:
                    raise
                notice, tokens = f"{failure.detail} The built-in assistant answers instead.", failure.tokens
        async for part in self._playbooks.reply(case):
            yield replace(part, notice=notice or part.notice, tokens=tokens) if isinstance(part, Answered) else part

    async def assess(self, case: Case, *, tokens_left: int | None) -> Assessment:
        """The model's. Raises `AssistantFailure` where it fails or may not be asked now; the built-in one needs no router."""
        assert self._model is not None
        if tokens_left is not None and tokens_left <= 0:
            raise AssistantFailure("model_spent", "Today's allowance for the model is used up.", retryable=False)
        if not self._breaker.is_closed:
            raise AssistantFailure("model_resting", "The model failed several times in a row and is left alone for half a minute.")
        with self._breaker.attempt():
            return await self._model.assess(case)


def _generator(parts: AsyncIterator[Part]) -> AsyncGenerator[Part, None]:
    """Replies are asynchronous generators, so that one can be broken off at once."""
    assert isinstance(parts, AsyncGenerator)
    return parts
