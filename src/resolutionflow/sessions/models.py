from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Computed, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB, TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from resolutionflow.platform.db import Base, Moment, account_column, id_column


class Status(StrEnum):
    ACTIVE = "active"
    PARKED = "parked"
    REQUESTING = "requesting_escalation"
    """Legacy: escalated before handoffs had rows of their own."""
    ESCALATED = "escalated"
    RESOLVED = "resolved"


class Priority(StrEnum):
    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"
    CRITICAL = "critical"


class Waiting(StrEnum):
    ON_PHONE = "on_phone"
    CALLBACK = "callback"
    NO = "no"


class Affects(StrEnum):
    ONE = "one"
    SEVERAL = "several"
    SITE = "site"


class Kind(StrEnum):
    MESSAGE = "message"
    QUESTION = "question"
    ANSWER = "answer"
    ACTION = "action"
    ACTION_RESULT = "action_result"
    TRIED = "tried"
    FACT = "fact"
    NOTE = "note"
    ADVICE = "advice"
    SYSTEM = "system"


class Outcome(StrEnum):
    WORKED = "worked"
    FAILED = "failed"
    INCONCLUSIVE = "inconclusive"
    SKIPPED = "skipped"


class AuthorType(StrEnum):
    USER = "user"
    ASSISTANT = "assistant"
    SYSTEM = "system"


class DocumentKind(StrEnum):
    ESCALATION = "escalation"
    RESOLUTION = "resolution"


class PushStatus(StrEnum):
    NO_PSA = "no_psa"
    QUEUED = "queued"
    PUSHED = "pushed"
    FAILED = "failed"


class TurnStatus(StrEnum):
    DUE = "due"
    """Waits for a worker."""
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    """Nothing of the reply was kept; it can be taken again where `retryable`."""


_WORDS = """
case when status = 'resolved' then
    setweight(to_tsvector('pg_catalog.english', translate(title || ' ' || left(problem_summary, 4000), '/_', '  ')), 'A')
    || setweight(to_tsvector('pg_catalog.english', translate(left(coalesce(resolution, ''), 4000), '/_', '  ')), 'B')
end"""


class Session(Base):
    __tablename__ = "sessions"

    id: Mapped[UUID] = id_column()
    account_id: Mapped[UUID] = account_column()
    user_id: Mapped[UUID]
    """The owner: who started it."""
    holder_id: Mapped[UUID | None]
    """Who works on it now; nobody while it waits in the queue."""
    earlier_holder_id: Mapped[UUID | None]
    """Whose claim ran out: while it waits, their next step makes them the holder again."""
    escalated_to_id: Mapped[UUID | None]
    """The colleague named while it waits; who picked it up afterwards."""
    title: Mapped[str]
    problem_summary: Mapped[str]
    problem_domain: Mapped[str | None]
    client_id: Mapped[UUID | None]
    contact_name: Mapped[str | None]
    contact_phone: Mapped[str | None]
    contact_email: Mapped[str | None]
    device: Mapped[str | None]
    client_waiting: Mapped[str] = mapped_column(server_default="no")
    callback_by: Mapped[datetime | None]
    affects: Mapped[str | None]
    priority: Mapped[str] = mapped_column(server_default="normal")
    status: Mapped[str] = mapped_column(server_default="active")
    psa_ticket_id: Mapped[str | None]
    escalation_reason: Mapped[str | None]
    escalation_package: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    last_handoff_id: Mapped[UUID | None]
    """Set by `handoffs` through `actions.hand_over`; never queried upward."""
    last_seq: Mapped[int] = mapped_column(server_default="0")
    step_count: Mapped[int] = mapped_column(server_default="0")
    tried_count: Mapped[int] = mapped_column(server_default="0")
    resolution: Mapped[str | None]
    words: Mapped[str | None] = mapped_column(TSVECTOR, Computed(_WORDS, persisted=True), deferred=True)
    """Stems of a resolved session's problem (A) and resolution (B), kept by PostgreSQL; for `queries.similar` alone."""
    created_at: Mapped[datetime] = Moment()
    updated_at: Mapped[datetime] = Moment()
    resolved_at: Mapped[datetime | None]

    __table_args__ = (
        UniqueConstraint("account_id", "id"),
        ForeignKeyConstraint(["account_id", "user_id"], ["users.account_id", "users.id"]),
        ForeignKeyConstraint(["account_id", "holder_id"], ["users.account_id", "users.id"]),
        ForeignKeyConstraint(["account_id", "earlier_holder_id"], ["users.account_id", "users.id"]),
        ForeignKeyConstraint(["account_id", "escalated_to_id"], ["users.account_id", "users.id"]),
        ForeignKeyConstraint(["account_id", "client_id"], ["clients.account_id", "clients.id"]),
        Index(None, "account_id", "updated_at"),
        Index(None, "account_id", "user_id", "updated_at"),
        Index(None, "account_id", "holder_id", "updated_at"),
    )


class SessionReader(Base):
    """Who held a session or was named for it: they keep reading it."""

    __tablename__ = "session_readers"

    account_id: Mapped[UUID] = mapped_column(primary_key=True)
    session_id: Mapped[UUID] = mapped_column(primary_key=True)
    user_id: Mapped[UUID] = mapped_column(primary_key=True)

    __table_args__ = (
        ForeignKeyConstraint(["account_id", "session_id"], ["sessions.account_id", "sessions.id"], ondelete="CASCADE"),
        ForeignKeyConstraint(["account_id", "user_id"], ["users.account_id", "users.id"], ondelete="CASCADE"),
    )


class Step(Base):
    """One entry of a session. Append-only: the app role may not update or delete it."""

    __tablename__ = "steps"

    id: Mapped[UUID] = id_column()
    account_id: Mapped[UUID] = account_column()
    session_id: Mapped[UUID]
    seq: Mapped[int]
    kind: Mapped[str]
    author_id: Mapped[UUID | None]
    author_type: Mapped[str]
    content: Mapped[str | None]
    target: Mapped[str | None]
    expected: Mapped[str | None]
    observed: Mapped[str | None]
    name: Mapped[str | None]
    value: Mapped[str | None]
    outcome: Mapped[str | None]
    reply_to: Mapped[UUID | None]
    amends: Mapped[UUID | None]
    command: Mapped[str | None]
    after_pickup: Mapped[bool] = mapped_column(server_default="false")
    turn_id: Mapped[UUID | None]
    """The turn that produced it; the prompt itself has none."""
    source: Mapped[str | None]
    """Which assistant wrote it."""
    detail: Mapped[str | None]
    options: Mapped[list[str] | None] = mapped_column(JSONB(none_as_null=True))
    cites: Mapped[list[str] | None] = mapped_column(JSONB(none_as_null=True))
    """Sessions a message points at; who may not open one is not shown it."""
    notice: Mapped[str | None]
    playbook_key: Mapped[str | None]
    created_at: Mapped[datetime] = Moment()

    __table_args__ = (
        UniqueConstraint("account_id", "id"),
        UniqueConstraint("account_id", "session_id", "seq"),
        ForeignKeyConstraint(["account_id", "session_id"], ["sessions.account_id", "sessions.id"], ondelete="CASCADE"),
        ForeignKeyConstraint(["account_id", "author_id"], ["users.account_id", "users.id"]),
        ForeignKeyConstraint(["account_id", "reply_to"], ["steps.account_id", "steps.id"]),
        ForeignKeyConstraint(["account_id", "amends"], ["steps.account_id", "steps.id"]),
        ForeignKeyConstraint(["account_id", "turn_id"], ["turns.account_id", "turns.id"], use_alter=True),
        Index(None, "account_id", "session_id", "author_id", "created_at"),
    )


class Turn(Base):
    """The assistant's reply to one step. A session has at most one that is due or running."""

    __tablename__ = "turns"

    id: Mapped[UUID] = id_column()
    account_id: Mapped[UUID] = account_column()
    session_id: Mapped[UUID]
    prompt_id: Mapped[UUID]
    """The message, answer or outcome that is replied to."""
    asked_by: Mapped[UUID]
    status: Mapped[str]
    attempt: Mapped[int] = mapped_column(server_default="0")
    """Fences a reply that was given up: only the newest attempt may write."""
    lease_until: Mapped[datetime | None]
    """While it runs: past this its process is taken for dead."""
    source: Mapped[str | None]
    hints: Mapped[list[dict[str, str]] | None] = mapped_column(JSONB(none_as_null=True))
    error_code: Mapped[str | None]
    error_detail: Mapped[str | None]
    retryable: Mapped[bool] = mapped_column(server_default="false")
    tokens: Mapped[int] = mapped_column(server_default="0")
    created_at: Mapped[datetime] = Moment()
    ended_at: Mapped[datetime | None]

    __table_args__ = (
        UniqueConstraint("account_id", "id"),
        UniqueConstraint("account_id", "prompt_id"),
        ForeignKeyConstraint(["account_id", "session_id"], ["sessions.account_id", "sessions.id"], ondelete="CASCADE"),
        ForeignKeyConstraint(["account_id", "prompt_id"], ["steps.account_id", "steps.id"], ondelete="CASCADE"),
        ForeignKeyConstraint(["account_id", "asked_by"], ["users.account_id", "users.id"]),
        Index(None, "account_id", "session_id", "created_at"),
        Index(None, "account_id", "created_at"),
    )


class ModelUse(Base):
    """What a model read and wrote about a session beside its turns."""

    __tablename__ = "model_uses"

    id: Mapped[UUID] = id_column()
    account_id: Mapped[UUID] = account_column()
    session_id: Mapped[UUID]
    tokens: Mapped[int]
    created_at: Mapped[datetime] = Moment()

    __table_args__ = (
        ForeignKeyConstraint(["account_id", "session_id"], ["sessions.account_id", "sessions.id"], ondelete="CASCADE"),
        Index(None, "account_id", "created_at"),
    )


class Document(Base):
    """Documentation written when a session is escalated or resolved, and where its push to the PSA stands."""

    __tablename__ = "documents"

    id: Mapped[UUID] = id_column()
    account_id: Mapped[UUID] = account_column()
    session_id: Mapped[UUID]
    kind: Mapped[str]
    markdown: Mapped[str]
    psa_status: Mapped[str] = mapped_column(server_default="no_psa")
    psa_note_id: Mapped[str | None]
    psa_error: Mapped[str | None]
    created_at: Mapped[datetime] = Moment()

    __table_args__ = (
        ForeignKeyConstraint(["account_id", "session_id"], ["sessions.account_id", "sessions.id"], ondelete="CASCADE"),
        Index(None, "account_id", "session_id", "created_at"),
    )
