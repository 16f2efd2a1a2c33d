"""A language model as an assistant."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing

from pydantic_ai.models import Model

from resolutionflow.assistant.base import Assessment, Case, Part, Text
from resolutionflow.assistant.model.answers import Assessing, Message, Reply, assessment_of, parts_of, read
from resolutionflow.assistant.model.exchange import Exchange
from resolutionflow.assistant.model.failures import invalid, too_large
from resolutionflow.assistant.model.prompt import to_assess, to_reply

_NOT_UNDERSTOOD = "The model's answer could not be understood."


class LanguageModel:
    """Both methods raise `AssistantFailure`, within the deadline; a reply may fail after some of its text was shown."""

    def __init__(self, model: Model, *, deadline: float) -> None:
        self._model = model
        self._deadline = deadline

    async def reply(self, case: Case) -> AsyncIterator[Part]:
        prompt = await asyncio.to_thread(to_reply, case)
        exchange = Exchange(self._model, prompt, Reply, deadline=self._deadline)
        message = Message()
        async with aclosing(exchange.pieces()) as pieces:
            async for _ in pieces:
                text = message.more(exchange.text)
                if message.is_too_long:
                    raise too_large(tokens=exchange.tokens)
                if text:
                    yield Text(text)
        answer = read(Reply, exchange.text)
        rest = message.rest(answer.message) if answer else None
        if answer is None or rest is None:
            raise invalid(_NOT_UNDERSTOOD, tokens=exchange.tokens)
        if rest:
            yield Text(rest)
        for part in parts_of(answer, prompt, tokens=exchange.tokens):
            yield part

    async def assess(self, case: Case) -> Assessment:
        prompt = await asyncio.to_thread(to_assess, case)
        exchange = Exchange(self._model, prompt, Assessing, deadline=self._deadline)
        async with aclosing(exchange.pieces()) as pieces:
            async for _ in pieces:
                pass
        answer = read(Assessing, exchange.text)
        if answer is None:
            raise invalid(_NOT_UNDERSTOOD, tokens=exchange.tokens)
        return assessment_of(answer, prompt, tokens=exchange.tokens)
