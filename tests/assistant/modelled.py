"""A case as a model is given it, and the adapter connected to a wire server."""

from contextlib import aclosing
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID, uuid4

from resolutionflow.assistant.base import Asked, Attempt, Case, FactRow, Part, Proposed, SimilarCase, Text, Utterance
from resolutionflow.assistant.model import connect
from resolutionflow.assistant.model.language_model import LanguageModel
from resolutionflow.platform.settings import Settings
from tests.assistant.wire.protocols import Protocol
from tests.assistant.wire.server import WireServer

KEY = "sk-canary-7f3a9c21d84e4b60"
PATIENT = 60.0  # seconds that a test which waits for nothing never reaches
MODELS: dict[Protocol, str] = {"anthropic": "anthropic:claude-sonnet-5-5", "openai": "openai:gpt-5-mini"}


def connected(wire: WireServer, *, model: str | None = None, deadline: float = PATIENT, pause: float = PATIENT) -> LanguageModel:
    settings = Settings(_env_file=None, ai_model=model or MODELS[wire.protocol], ai_base_url=wire.url, ai_api_key=KEY)
    return connect(settings, deadline=deadline, pause=pause)


async def replied(model: LanguageModel, case: Case) -> list[Part]:
    async with aclosing(model.reply(case)) as parts:  # type: ignore[type-var]  # they are asynchronous generators
        return [part async for part in parts]


def text_of(parts: list[Part]) -> str:
    return "".join(part.text for part in parts if isinstance(part, Text))


def a_case(text: str = "Outlook shows Disconnected since this morning.", **changes: object) -> Case:
    """With a row of every kind; `text` stands where people write."""
    case = Case(
        problem=text,
        client_name="Northwind",
        device="NW-LT-114",
        affects="one",
        client_waiting="on_phone",
        said=(Utterance(uuid4(), 1, by_assistant=False, text=text),),
        similar=(similar(text),),
    )
    return replace(case, **changes)  # type: ignore[arg-type]  # fields of a case


def everywhere(text: str) -> Case:
    """`text` in every field that people or tickets fill."""
    return a_case(
        text,
        client_name=text,
        device=text,
        said=(Utterance(uuid4(), 1, by_assistant=False, text=text), Utterance(uuid4(), 2, by_assistant=True, text=text)),
        asked=(Asked(uuid4(), 3, text, (text,), answer=text, answer_id=uuid4()), Asked(uuid4(), 4, text)),
        tried=(Attempt(uuid4(), 5, text, "failed", target=text, expected=text, observed=text, command=text),),
        proposed=(Proposed(uuid4(), 6, text, command=text),),
        facts=(FactRow(uuid4(), "Note", text), FactRow(uuid4(), text, "yes")),
    )


def similar(text: str, session_id: UUID | None = None) -> SimilarCase:
    return SimilarCase(
        session_id=session_id or uuid4(),
        title=text,
        problem=text,
        client_name="Northwind",
        same_client=True,
        resolution=text,
        worked=(text,),
        resolved_at=datetime(2026, 5, 4, tzinfo=UTC),
    )
