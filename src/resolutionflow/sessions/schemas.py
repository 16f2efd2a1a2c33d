"""The wire shapes of sessions; api.md "Sessions" is their contract."""

from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import AwareDatetime, Field, StringConstraints, field_validator, model_validator

from resolutionflow.assistant.base import Source
from resolutionflow.assistant.kinds import ProblemKind
from resolutionflow.platform.http.text import Body, Clean, Instant, Json, Line, Output, Prose, Said, SaidProse, View
from resolutionflow.sessions.models import Affects, AuthorType, DocumentKind, Kind, Outcome, Priority, PushStatus, Status, Waiting

Ticket = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=50, pattern=r"^#?[\w./-]+$")]
Summary = Annotated[str, StringConstraints(max_length=4_000), Clean]


class Contact(View):
    name: str | None = None
    phone: str | None = None
    email: str | None = None


class ContactFields(Body):
    name: Line | None = None
    phone: Line | None = None
    email: Line | None = None


class SessionFields(Body):
    """What a session is about. Absent fields stay as they are; null clears."""

    problem_summary: Summary | None = None
    title: Said | None = None
    client_name: Line | None = None
    contact: ContactFields | None = None
    device: Line | None = None
    client_waiting: Waiting | None = None
    callback_by: AwareDatetime | None = None
    affects: Affects | None = None
    psa_ticket_id: Ticket | None = None
    priority: Priority | None = None


class SessionStart(SessionFields):
    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not (self.problem_summary or "").strip() and not self.psa_ticket_id:
            raise ValueError("say what the problem is, or give a ticket number")
        return self


class NoteStep(Body):
    kind: Literal["note"]
    content: SaidProse


class TriedStep(Body):
    kind: Literal["tried"]
    what: SaidProse
    outcome: Outcome
    target: Line | None = None
    expected: Prose | None = None
    observed: Output | None = None
    command: Output | None = None
    amends: UUID | None = None


class FactStep(Body):
    kind: Literal["fact"]
    name: Said
    value: SaidProse
    amends: UUID | None = None


class ReplyStep(Body):
    """An answer to a question, or what came of an action or an advice."""

    kind: Literal["answer", "action_result"]
    reply_to: UUID
    outcome: Outcome | None = None
    observed: Output | None = None
    content: Prose | None = None

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.kind == "action_result" and self.outcome is None:
            raise ValueError("an action needs its outcome: worked, failed, inconclusive or skipped")
        if self.kind == "answer" and not (self.content or "").strip():
            raise ValueError("an answer needs its content")
        return self


NewStep = Annotated[NoteStep | TriedStep | FactStep | ReplyStep, Field(discriminator="kind")]


class MessageBody(Body):
    content: SaidProse


class ResolveBody(Body):
    resolution: SaidProse
    fixed_by: Line | None = None
    level_one: Literal["can_do", "needs_rights", "needs_senior"] | None = None


class StepView(View):
    id: UUID
    session_id: UUID
    seq: int
    kind: Kind
    author_id: UUID | None
    author_name: str | None
    author_type: AuthorType
    content: str | None
    target: str | None
    expected: str | None
    observed: str | None
    name: str | None
    value: str | None
    outcome: Outcome | None
    reply_to: UUID | None
    amends: UUID | None
    command: str | None
    after_pickup: bool
    turn_id: UUID | None
    source: Source | None
    """Which assistant wrote it; null for people and the system."""
    detail: str | None
    """How to do it and where, or why a question matters; Markdown."""
    options: list[str]
    """Answers to choose from; free text is always possible."""
    cites: list[UUID]
    """Resolved sessions it points at; `GET …/similar` has them."""
    notice: str | None
    playbook_key: str | None
    created_at: Instant

    @field_validator("options", "cites", mode="before")
    @classmethod
    def _none_is_empty(cls, value: object) -> object:
        return [] if value is None else value


class TurnError(View):
    code: str
    detail: str
    retryable: bool


class Hint(View):
    """What the assistant offers beside its reply: resolve with this as the fix, or escalate with this ask."""

    kind: Literal["resolve", "escalate"]
    text: str


class TurnView(View):
    """The assistant's reply to `prompt_id`. `running` includes one that waits for a worker."""

    id: UUID
    prompt_id: UUID
    status: Literal["running", "done", "failed"]
    source: Source | None
    hints: list[Hint]
    error: TurnError | None
    created_at: Instant


class Turned(View):
    """A reply in full: the message that was written and the steps that came of it."""

    steps: list[StepView]


class SimilarSession(View):
    """A resolved session with an alike problem, which the reader may open."""

    session_id: UUID
    title: str
    problem_summary: str
    client_name: str | None
    same_client: bool
    resolution: str | None
    worked: list[str]
    resolved_at: Instant


class SimilarSessions(View):
    items: list[SimilarSession]


class TaskLane(View):
    questions: list[StepView]
    actions: list[StepView]


class SessionSummary(View):
    id: UUID
    title: str
    problem_summary: str
    problem_domain: ProblemKind | None
    client_id: UUID | None
    client_name: str | None
    contact: Contact | None
    device: str | None
    client_waiting: Waiting
    callback_by: Instant | None
    affects: Affects | None
    priority: Priority
    status: Status
    user_id: UUID
    user_name: str
    holder_id: UUID | None
    holder_name: str | None
    escalated_to_id: UUID | None
    escalated_to_name: str | None
    escalation_reason: str | None
    psa_ticket_id: str | None
    step_count: int
    tried_count: int
    has_handoff: bool
    can_write: bool
    created_at: Instant
    updated_at: Instant
    resolved_at: Instant | None

    @field_validator("problem_domain", mode="before")
    @classmethod
    def _kind_known_here(cls, value: object) -> object:
        """A newer process may know more kinds (rolling restarts)."""
        return value if value in list(ProblemKind) else None


class SessionView(SessionSummary):
    resolution: str | None
    escalation_package: Json | None
    task_lane: TaskLane
    turn: TurnView | None
    """The newest reply of the assistant."""


class Documentation(View):
    id: UUID
    session_id: UUID
    kind: DocumentKind
    markdown: str
    created_at: Instant


class PsaResult(View):
    status: PushStatus
    ticket_id: str | None = None
    note_id: str | None = None
    error: str | None = None


class SessionClose(View):
    session_id: UUID
    status: Status
    handoff_id: UUID | None
    documentation: Documentation
    psa_result: PsaResult


class Tried(View):
    """A row of the ledger."""

    what: str
    target: str | None
    expected: str | None
    observed: str | None
    outcome: Outcome
    command: str | None
    author_name: str | None
    at: Instant
    step_id: UUID


class KnownFact(View):
    name: str
    value: str
    step_id: UUID


class OpenStep(View):
    step_id: UUID
    content: str
    command: str | None


class TimelineEntry(View):
    seq: int
    kind: Kind
    author_name: str | None
    content: str
    at: Instant
