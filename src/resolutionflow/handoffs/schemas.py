"""The wire shapes of handoffs and the queue; api.md "Handoffs and the queue" is their contract."""

from typing import Literal, Self
from uuid import UUID

from pydantic import model_validator

from resolutionflow.assistant.base import Assessment
from resolutionflow.handoffs.models import AssessmentStatus, ClaimEnd, HandoffStatus, Intent
from resolutionflow.platform.http.text import Body, Instant, Prose, Said, SaidProse, View
from resolutionflow.sessions.models import Affects, Priority, Waiting
from resolutionflow.sessions.schemas import Contact, KnownFact, OpenStep, TimelineEntry, Tried


class HandoffBody(Body):
    intent: Intent
    reason: Said | None = None
    engineer_notes: Prose | None = None
    priority: Priority | None = None
    target_user_id: UUID | None = None

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.intent is Intent.ESCALATE and not self.reason:
            raise ValueError("say what you need in one line (reason)")
        if self.intent is Intent.HANDOVER and self.target_user_id is None:
            raise ValueError("name the colleague to hand over to (target_user_id)")
        return self


class HandoverBody(Body):
    """All of one's own cases at once."""

    target_user_id: UUID
    reason: Said | None = None
    engineer_notes: Prose | None = None


class EscalateBody(Body):
    """The older shape of an escalation."""

    escalation_reason: Said
    escalated_to_id: UUID | None = None


class ClaimBody(Body):
    start: Literal["continue", "ai_analysis", "own"] | None = None


class AdviceBody(Body):
    content: SaidProse


class QuestionBody(Body):
    content: SaidProse


class AnswerBody(Body):
    content: SaidProse


class Person(View):
    id: UUID
    name: str


class LastClaim(Person):
    at: Instant
    until: Instant
    went_quiet: bool
    """Its lease ran out; else it was put back."""


class ClaimEntry(Person):
    """Who had it, from when to when, and how that ended; the last one has it still where `until` is null."""

    at: Instant
    until: Instant | None
    ended: ClaimEnd | None


class SnapshotProblem(View):
    summary: str
    domain: str | None
    client_name: str | None
    contact: Contact | None
    device: str | None
    client_waiting: Waiting
    callback_by: Instant | None
    affects: Affects | None
    ticket_id: str | None
    priority: Priority
    ask: str | None


class Snapshot(View):
    """What was sent, frozen (R-E5)."""

    problem: SnapshotProblem
    step_count: int
    tried_count: int
    last_seq: int
    tried: list[Tried]
    open_questions: list[OpenStep]
    open_actions: list[OpenStep]
    facts: list[KnownFact]
    timeline: list[TimelineEntry]
    notes: str | None


class HandoffQuestion(View):
    id: UUID
    content: str
    asked_by: UUID
    asked_by_name: str
    asked_at: Instant
    answer: str | None
    answered_at: Instant | None


class Seen(Person):
    at: Instant


class HandoffView(View):
    id: UUID
    session_id: UUID
    intent: Intent
    status: HandoffStatus
    reason: str | None
    engineer_notes: str | None
    priority: Priority | None
    handed_off_by: UUID
    handed_off_by_name: str
    target_user_id: UUID | None
    target_user_name: str | None
    claimed_by: UUID | None
    claimed_by_name: str | None
    claimed_at: Instant | None
    last_claim: LastClaim | None
    lease_expires_at: Instant | None
    withdrawn_at: Instant | None
    ended_at: Instant | None
    reopened_count: int
    claims: tuple[ClaimEntry, ...] = ()
    bounces: int = 0
    """How often the case had been handed on before this. Answers kept under an idempotency key by an earlier release have neither."""
    created_at: Instant
    snapshot: Snapshot
    questions: list[HandoffQuestion]
    seen_by: list[Seen]
    ai_assessment_status: AssessmentStatus
    ai_assessment_source: Literal["playbook", "model"] | None
    ai_assessment: str | None
    ai_assessment_data: Assessment | None
    ai_assessment_notice: str | None
    """What the model is doing or why it did not, and whether it is asked again."""


class QueueCard(View):
    """A waiting or picked-up case as the queue shows it. Keyed by `session_id`: legacy sessions have no handoff row."""

    handoff_id: UUID | None
    session_id: UUID
    title: str
    problem_summary: str
    problem_domain: str | None
    client_name: str | None
    contact: Contact | None
    device: str | None
    client_waiting: Waiting
    callback_by: Instant | None
    affects: Affects | None
    priority: Priority
    psa_ticket_id: str | None
    ask: str | None
    owner: Person
    escalated_by: Person
    target_user_id: UUID | None
    target_user_name: str | None
    step_count: int
    tried_count: int
    ai_assessment_status: AssessmentStatus
    likely_cause: str | None
    confidence: Literal["low", "medium", "high"] | None
    last_claim: LastClaim | None
    reopened_count: int
    bounces: int = 0
    claimed_by: Person | None
    claimed_at: Instant | None
    question_pending: bool
    created_at: Instant
    status: HandoffStatus


class Queue(View):
    items: list[QueueCard]
    last_event_id: int
    """Read before the items: an event after it may be in them already, none is missing from both."""


class Count(View):
    count: int
