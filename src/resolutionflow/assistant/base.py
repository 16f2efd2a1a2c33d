"""The protocol of an assistant, the case it is given and the parts it answers with. All of it is values: no database, no network.

`sessions.policy.case` builds the `Case`; `router` decides who answers it.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal, Protocol
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from resolutionflow.assistant.kinds import ProblemKind


class Source(StrEnum):
    """Who wrote what an assistant said."""

    PLAYBOOK = "playbook"
    MODEL = "model"


@dataclass(frozen=True, slots=True)
class Utterance:
    """A message of the conversation, or a note."""

    step_id: UUID
    seq: int
    by_assistant: bool
    text: str


@dataclass(frozen=True, slots=True)
class Attempt:
    """A row of the ledger: something tried, with what came of it. `playbook_key` names the action of a playbook it answers."""

    step_id: UUID
    seq: int
    what: str
    outcome: Literal["worked", "failed", "inconclusive", "skipped"]
    target: str | None = None
    expected: str | None = None
    observed: str | None = None
    command: str | None = None
    playbook_key: str | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that was asked. `answer` is None while it is open."""

    step_id: UUID
    seq: int
    content: str
    options: tuple[str, ...] = ()
    answer: str | None = None
    answer_id: UUID | None = None
    playbook_key: str | None = None


@dataclass(frozen=True, slots=True)
class Proposed:
    """An action or an advice without an outcome yet."""

    step_id: UUID
    seq: int
    what: str
    command: str | None = None
    playbook_key: str | None = None


@dataclass(frozen=True, slots=True)
class FactRow:
    step_id: UUID
    name: str
    value: str


@dataclass(frozen=True, slots=True)
class SimilarCase:
    """A resolved session of the account with an alike problem, which the reader may open."""

    session_id: UUID
    title: str
    problem: str
    client_name: str | None
    same_client: bool
    resolution: str
    worked: tuple[str, ...]
    """What was tried there with the outcome "worked"."""
    resolved_at: datetime


@dataclass(frozen=True, slots=True)
class Case:
    """All an assistant knows. Rows are in order of `seq`; what did not fit is said in `left_out`."""

    problem: str
    client_name: str | None = None
    device: str | None = None
    affects: Literal["one", "several", "site"] | None = None
    client_waiting: Literal["on_phone", "callback", "no"] = "no"
    said: tuple[Utterance, ...] = ()
    tried: tuple[Attempt, ...] = ()
    asked: tuple[Asked, ...] = ()
    proposed: tuple[Proposed, ...] = ()
    facts: tuple[FactRow, ...] = ()
    similar: tuple[SimilarCase, ...] = ()
    kind: ProblemKind | None = None
    """The kind of problem settled earlier in this session, if any."""
    left_out: str | None = None


@dataclass(frozen=True, slots=True)
class Text:
    """A piece of the reply's message, in Markdown; pieces are joined as they are."""

    text: str


@dataclass(frozen=True, slots=True)
class Question:
    """Something to ask the client or to look up. With `options`, the answers that split the causes; free text is always possible."""

    content: str
    options: tuple[str, ...] = ()
    detail: str | None = None
    """Why it matters."""
    playbook_key: str | None = None


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to do. `detail` says how and where in the settings, `expected` what is seen when it worked."""

    content: str
    detail: str | None = None
    target: str | None = None
    expected: str | None = None
    command: str | None = None
    playbook_key: str | None = None


@dataclass(frozen=True, slots=True)
class Hint:
    """What the interface offers beside the reply: resolve now, or escalate now with this ask."""

    kind: Literal["resolve", "escalate"]
    text: str
    """What fixed it, or what to ask a senior for, in one line."""


@dataclass(frozen=True, slots=True)
class Answered:
    """The last part of every reply that was not broken off."""

    source: Source
    notice: str | None = None
    """A sentence for the engineer: why the built-in assistant answers, what was hidden from the model."""
    kind: ProblemKind | None = None
    cites: tuple[UUID, ...] = ()
    """Similar cases the reply points at; only ids of `Case.similar`."""
    tokens: int = 0
    """Read and written by a model."""


Part = Text | Question | Action | Hint | Answered


class AssistantFailure(Exception):
    """The reply could not be had. `code` is stable, `detail` a sentence a person can act on."""

    def __init__(self, code: str, detail: str, *, retryable: bool = True, tokens: int = 0) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail
        self.retryable = retryable
        self.tokens = tokens


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, json_schema_serialization_defaults_required=True)


class Claim(_Strict):
    """`observed` quotes cited rows; `ruled_out` and `worked` agree with the cited row's outcome; `hypothesis` is shown as one (R-A4a)."""

    kind: Literal["observed", "ruled_out", "worked", "hypothesis"]
    text: str = Field(max_length=500)
    quote: str | None = Field(default=None, max_length=500)
    evidence: list[UUID] = Field(default=[], max_length=5)
    against: list[UUID] = Field(default=[], max_length=5)


class SuggestedStep(_Strict):
    title: str = Field(max_length=200)
    detail: str | None = Field(default=None, max_length=2_000)
    command: str | None = Field(default=None, max_length=1_000)
    evidence: list[UUID] = Field(default=[], max_length=5)
    repeats: str | None = Field(default=None, max_length=300)
    """None, or "again, because …"."""


class Assessment(_Strict):
    """What an assistant thinks of a case that waits for a senior (R-A1); api.md has the shape."""

    likely_cause: str | None = Field(max_length=500)
    claims: list[Claim] = Field(default=[], max_length=20)
    suggested_steps: list[SuggestedStep] = Field(default=[], max_length=8)
    confidence: Literal["low", "medium", "high"]
    evidence: list[UUID] = Field(default=[], max_length=20)
    dropped: int = 0
    tokens: int = Field(default=0, exclude=True)
    """Read and written by a model; no part of what is shown."""


class Assistant(Protocol):
    """Answers a case. Both may raise `AssistantFailure`; neither touches the database."""

    def reply(self, case: Case) -> AsyncIterator[Part]:
        """The parts as they are produced; `Answered` is the last."""
        ...

    async def assess(self, case: Case) -> Assessment: ...
