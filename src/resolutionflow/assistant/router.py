"""Who answers: the model where one is configured and may still be asked, else the built-in assistant, which says why."""

from collections.abc import AsyncIterator
from dataclasses import replace

import structlog

from resolutionflow.assistant.base import Answered, Assistant, AssistantFailure, Case, Part

log = structlog.get_logger()
SPENT = "Today's allowance for the model is used up, so the built-in assistant answers until midnight UTC."


class Router:
    def __init__(self, playbooks: Assistant, model: Assistant | None) -> None:
        self._playbooks = playbooks
        self._model = model

    async def reply(self, case: Case, *, tokens_left: int | None) -> AsyncIterator[Part]:
        """Raises `AssistantFailure` where the model broke off after something of its reply was shown."""
        notice, tokens = None, 0
        if self._model is not None:
            if tokens_left is not None and tokens_left <= 0:
                notice = SPENT
            else:
                shown = False
                try:
                    async for part in self._model.reply(case):
                        shown = True
                        yield part
                    return
                except AssistantFailure as failure:
                    if shown:
                        raise
                    log.warning("model_failed", code=failure.code)
                    notice, tokens = f"{failure.detail} The built-in assistant answers instead.", failure.tokens
        async for part in self._playbooks.reply(case):
            yield replace(part, notice=notice or part.notice, tokens=tokens) if isinstance(part, Answered) else part
