"""A real model on this machine, behind `python -m llama_cpp.server --model FILE --n_ctx 8192`.

Set RF_TEST_MODEL_URL to http://127.0.0.1:<port>/v1. That server takes a schema only beside `json_object` and knows `max_tokens` alone.
"""

import os

import pytest
from pydantic_ai.models.openai import OpenAIChatModel, OpenAIChatModelSettings
from pydantic_ai.providers.openai import OpenAIProvider

from resolutionflow.assistant.base import Answered, Source
from resolutionflow.assistant.model.answers import Reply
from resolutionflow.assistant.model.language_model import LanguageModel
from tests.assistant.modelled import a_case, replied, text_of

URL = os.environ.get("RF_TEST_MODEL_URL")
pytestmark = [
    pytest.mark.skipif(URL is None, reason="needs a real model: set RF_TEST_MODEL_URL to the address of a llama_cpp.server."),
    pytest.mark.timeout(900),
]


async def test_a_real_model_replies() -> None:
    """What it says is not judged: so small a model talks nonsense. That it fits the schema and ends like every reply is."""
    shape = {"type": "json_object", "schema": Reply.model_json_schema(mode="serialization")}
    settings = OpenAIChatModelSettings(extra_body={"response_format": shape, "max_tokens": 1_500})
    model = OpenAIChatModel("local", provider=OpenAIProvider(base_url=URL, api_key="none"), settings=settings)
    parts = await replied(LanguageModel(model, deadline=800), a_case(similar=()))
    assert text_of(parts).strip()
    assert isinstance(parts[-1], Answered)
    assert parts[-1].source is Source.MODEL
    assert parts[-1].tokens > 0
