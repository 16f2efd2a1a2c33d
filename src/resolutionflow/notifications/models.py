from datetime import datetime
from enum import StrEnum
from typing import NewType
from uuid import UUID

from sqlalchemy import CheckConstraint, Computed, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from resolutionflow.platform.db import Base, Moment, account_column, id_column

NotificationId = NewType("NotificationId", UUID)


class BellType(StrEnum):
    """Everything a bell may be about; api.md "Notifications" names them."""

    ESCALATED = "session.escalated"
    HANDED_OVER = "session.handed_over"
    PICKED_UP = "handoff.picked_up"
    QUESTION = "handoff.question"
    ANSWER = "handoff.answer"
    RETURNED = "handoff.returned"
    REOPENED = "handoff.reopened"
    SOLVED = "handoff.solved"
    NOBODY_REACHED = "handoff.nobody_reached"
    TAKE_OVER = "handoff.take_over"
    LEASE = "handoff.lease"


class AppNotification(Base):
    """A bell: one fact told to one person inside the application."""

    __tablename__ = "app_notifications"

    id: Mapped[UUID] = id_column()
    account_id: Mapped[UUID] = account_column()
    user_id: Mapped[UUID]
    type: Mapped[str]
    title: Mapped[str]
    body: Mapped[str]
    link: Mapped[str]
    session_id: Mapped[UUID]
    handoff_id: Mapped[UUID]
    event_key: Mapped[str]
    """Names the fact, so that it rings once per person."""
    is_read: Mapped[bool] = mapped_column(Computed("read_at is not null", persisted=True))
    read_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = Moment()

    __table_args__ = (
        CheckConstraint(f"type in ({', '.join(repr(kind.value) for kind in BellType)})", name="type"),
        UniqueConstraint("account_id", "user_id", "type", "event_key"),
        ForeignKeyConstraint(["account_id", "user_id"], ["users.account_id", "users.id"], ondelete="CASCADE"),
        ForeignKeyConstraint(["account_id", "session_id"], ["sessions.account_id", "sessions.id"], ondelete="CASCADE"),
        ForeignKeyConstraint(["account_id", "handoff_id"], ["handoffs.account_id", "handoffs.id"], ondelete="CASCADE"),
        Index(None, "account_id", "user_id", "created_at", "id"),
        Index("app_notifications_unread_idx", "account_id", "user_id", "created_at", "id", postgresql_where=text("read_at is null")),
        Index(None, "account_id", "session_id", "handoff_id"),
    )
