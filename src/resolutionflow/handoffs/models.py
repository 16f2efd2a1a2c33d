from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from resolutionflow.platform.db import Base, Moment, account_column, id_column


class Intent(StrEnum):
    ESCALATE = "escalate"
    PARK = "park"
    HANDOVER = "handover"


class HandoffStatus(StrEnum):
    OPEN = "open"
    CLAIMED = "claimed"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"


class AssessmentStatus(StrEnum):
    PENDING = "pending"
    READY = "ready"
    UNAVAILABLE = "unavailable"


class ClaimEnd(StrEnum):
    """How a claim ended."""

    RELEASED = "released"
    ADVISED = "advised"
    RESOLVED = "resolved"
    ESCALATED_ON = "escalated_on"
    PARKED = "parked"
    TAKEN_OVER = "taken_over"
    HANDED_OVER = "handed_over"
    LAPSED = "lapsed"
    """Its lease ran out before the first step (R-C4)."""


class Handoff(Base):
    __tablename__ = "handoffs"

    id: Mapped[UUID] = id_column()
    account_id: Mapped[UUID] = account_column()
    session_id: Mapped[UUID]
    intent: Mapped[str]
    status: Mapped[str]
    reason: Mapped[str | None]
    """The ask: what is needed, in one line."""
    engineer_notes: Mapped[str | None]
    priority: Mapped[str | None]
    handed_off_by: Mapped[UUID]
    target_user_id: Mapped[UUID | None]
    claimed_by: Mapped[UUID | None]
    claimed_at: Mapped[datetime | None]
    lease_seconds: Mapped[int | None]
    """How long the last pickup's promise holds without a sign of work."""
    lease_ask_at: Mapped[datetime | None]
    """Half time, until the claimer is asked."""
    lease_expires_at: Mapped[datetime | None]
    """None where nothing was promised, or the first step kept it."""
    withdrawn_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    reopened_count: Mapped[int] = mapped_column(server_default="0")
    created_at: Mapped[datetime] = Moment()
    snapshot: Mapped[dict[str, Any]] = mapped_column(JSONB)
    ai_assessment_status: Mapped[str] = mapped_column(server_default="unavailable")
    ai_assessment_source: Mapped[str | None]
    ai_assessment: Mapped[str | None]
    ai_assessment_data: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    ai_assessment_notice: Mapped[str | None]
    """What the model is doing or why it did not, and whether it is asked again."""
    model_attempts: Mapped[int] = mapped_column(server_default="0")
    """Fences an attempt that was given up: only the newest may write."""

    __table_args__ = (
        UniqueConstraint("account_id", "id"),
        ForeignKeyConstraint(["account_id", "session_id"], ["sessions.account_id", "sessions.id"], ondelete="CASCADE"),
        ForeignKeyConstraint(["account_id", "handed_off_by"], ["users.account_id", "users.id"]),
        ForeignKeyConstraint(["account_id", "target_user_id"], ["users.account_id", "users.id"]),
        ForeignKeyConstraint(["account_id", "claimed_by"], ["users.account_id", "users.id"]),
        Index("handoffs_live_key", "account_id", "session_id", unique=True, postgresql_where=text("status in ('open', 'claimed')")),
        Index(None, "account_id", "session_id", "created_at"),
        Index(None, "account_id", "created_at"),
    )


class KeptAssessment(Base):
    """Every assessment a handoff was given, the one that was replaced too; each assistant gives one."""

    __tablename__ = "assessments"

    id: Mapped[UUID] = id_column()
    account_id: Mapped[UUID] = account_column()
    handoff_id: Mapped[UUID]
    source: Mapped[str]
    data: Mapped[dict[str, Any]] = mapped_column(JSONB)
    created_at: Mapped[datetime] = Moment()

    __table_args__ = (
        UniqueConstraint("account_id", "handoff_id", "source"),
        ForeignKeyConstraint(["account_id", "handoff_id"], ["handoffs.account_id", "handoffs.id"], ondelete="CASCADE"),
    )


class Question(Base):
    """What somebody who could pick up asks the escalator first; answered at most once."""

    __tablename__ = "handoff_questions"

    id: Mapped[UUID] = id_column()
    account_id: Mapped[UUID] = account_column()
    handoff_id: Mapped[UUID]
    content: Mapped[str]
    asked_by: Mapped[UUID]
    asked_at: Mapped[datetime] = Moment()
    answer: Mapped[str | None]
    answered_at: Mapped[datetime | None]

    __table_args__ = (
        ForeignKeyConstraint(["account_id", "handoff_id"], ["handoffs.account_id", "handoffs.id"], ondelete="CASCADE"),
        ForeignKeyConstraint(["account_id", "asked_by"], ["users.account_id", "users.id"]),
        Index(None, "account_id", "handoff_id", "asked_at"),
    )


class Claim(Base):
    """One pickup by one person: what time to first action is measured on."""

    __tablename__ = "handoff_claims"

    id: Mapped[UUID] = id_column()
    account_id: Mapped[UUID] = account_column()
    handoff_id: Mapped[UUID]
    session_id: Mapped[UUID]
    user_id: Mapped[UUID]
    claimed_at: Mapped[datetime] = Moment()
    first_action_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    end_reason: Mapped[str | None]

    __table_args__ = (
        ForeignKeyConstraint(["account_id", "handoff_id"], ["handoffs.account_id", "handoffs.id"], ondelete="CASCADE"),
        ForeignKeyConstraint(["account_id", "session_id"], ["sessions.account_id", "sessions.id"], ondelete="CASCADE"),
        ForeignKeyConstraint(["account_id", "user_id"], ["users.account_id", "users.id"]),
        Index("handoff_claims_current_key", "account_id", "handoff_id", unique=True, postgresql_where=text("ended_at is null")),
        Index(None, "account_id", "handoff_id", "claimed_at"),
        Index(None, "account_id", "claimed_at"),
        Index(None, "account_id", "session_id", "user_id"),
    )
