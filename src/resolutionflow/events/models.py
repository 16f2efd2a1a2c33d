from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKeyConstraint, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from resolutionflow.platform.db import Base, Moment, account_column, id_column


class Event(Base):
    """One fact. `number` is the place in the account's gap-free order; only facts that go out on the stream have one."""

    __tablename__ = "events"

    id: Mapped[UUID] = id_column()
    account_id: Mapped[UUID] = account_column()
    number: Mapped[int | None] = mapped_column(BigInteger)
    type: Mapped[str]
    actor_id: Mapped[UUID | None]
    subject_type: Mapped[str]
    subject_id: Mapped[UUID | None]
    occurred_at: Mapped[datetime] = Moment()
    body: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    """Emptied after the retention; the skeleton stays."""

    __table_args__ = (
        ForeignKeyConstraint(["account_id"], ["accounts.id"], ondelete="CASCADE"),
        UniqueConstraint("account_id", "number"),
    )


class EventCounter(Base):
    """The account's last event number. Its row lock is the last one a unit of work takes."""

    __tablename__ = "event_counters"

    account_id: Mapped[UUID] = mapped_column(primary_key=True)
    last_number: Mapped[int] = mapped_column(BigInteger, server_default="0")

    __table_args__ = (ForeignKeyConstraint(["account_id"], ["accounts.id"], ondelete="CASCADE"),)


class Effect(Base):
    """A side effect that was done: its key is taken in the transaction that records the outcome, so that a repeated job does nothing."""

    __tablename__ = "effects"

    account_id: Mapped[UUID] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    done_at: Mapped[datetime] = Moment()

    __table_args__ = (ForeignKeyConstraint(["account_id"], ["accounts.id"], ondelete="CASCADE"),)
