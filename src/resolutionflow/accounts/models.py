from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from resolutionflow.platform.actor import Role
from resolutionflow.platform.db import Base, Moment, account_column, id_column

_ROLES = f"role in ({', '.join(repr(role.value) for role in Role)})"


def _of_account() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["account_id"], ["accounts.id"], ondelete="CASCADE")


def _of_person(column: str) -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["account_id", column], ["users.account_id", "users.id"], ondelete="CASCADE")


class Account(Base):
    """A tenant."""

    __tablename__ = "accounts"

    id: Mapped[UUID] = id_column()
    name: Mapped[str]
    time_zone: Mapped[str] = mapped_column(server_default="UTC")
    is_demo: Mapped[bool] = mapped_column(server_default=text("false"))
    created_at: Mapped[datetime] = Moment()


class User(Base):
    """A person. Whoever is deleted keeps a row, so that what they did keeps its name."""

    __tablename__ = "users"

    id: Mapped[UUID] = id_column()
    account_id: Mapped[UUID] = account_column()
    name: Mapped[str]
    email: Mapped[str]
    """In lower case; unique among everybody who is not deleted, in all accounts."""
    password_hash: Mapped[str]
    role: Mapped[str]
    is_active: Mapped[bool] = mapped_column(server_default=text("true"))
    takes_escalations: Mapped[bool] = mapped_column(server_default=text("true"))
    away_until: Mapped[datetime | None]
    shortcuts: Mapped[bool] = mapped_column(server_default=text("true"))
    deleted_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = Moment()

    __table_args__ = (
        _of_account(),
        UniqueConstraint("account_id", "id"),
        CheckConstraint(_ROLES, name="role"),
        CheckConstraint("email = lower(email)", name="email"),
        Index("users_email_key", "email", unique=True, postgresql_where=text("deleted_at is null")),
    )


class TokenFamily(Base):
    """One sign-in on one browser: refresh tokens that follow one another. Revoking it ends them and all access tokens made from them."""

    __tablename__ = "token_families"

    id: Mapped[UUID] = id_column()
    account_id: Mapped[UUID] = account_column()
    user_id: Mapped[UUID]
    created_at: Mapped[datetime] = Moment()
    revoked_at: Mapped[datetime | None]

    __table_args__ = (
        _of_account(),
        _of_person("user_id"),
        UniqueConstraint("account_id", "id"),
        Index("token_families_account_id_user_id_idx", "account_id", "user_id"),
    )


class RefreshToken(Base):
    """Good for one use. Its successor is computed from it (`platform.crypto.successor`), neither is stored."""

    __tablename__ = "refresh_tokens"

    account_id: Mapped[UUID] = mapped_column(primary_key=True)
    hash: Mapped[str] = mapped_column(primary_key=True)
    family_id: Mapped[UUID]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]

    __table_args__ = (
        ForeignKeyConstraint(["account_id", "family_id"], ["token_families.account_id", "token_families.id"], ondelete="CASCADE"),
        Index("refresh_tokens_hash_idx", "hash"),
        Index("refresh_tokens_account_id_family_id_idx", "account_id", "family_id"),
    )


class Invitation(Base):
    """A seat offered to an address; one is open per address and account."""

    __tablename__ = "invitations"

    id: Mapped[UUID] = id_column()
    account_id: Mapped[UUID] = account_column()
    token_hash: Mapped[str]
    email: Mapped[str]
    role: Mapped[str]
    takes_escalations: Mapped[bool]
    invited_by: Mapped[UUID]
    expires_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = Moment()

    __table_args__ = (
        _of_account(),
        _of_person("invited_by"),
        CheckConstraint(_ROLES, name="role"),
        Index("invitations_token_hash_idx", "token_hash"),
        Index(
            "invitations_account_id_email_key",
            "account_id",
            "email",
            unique=True,
            postgresql_where=text("accepted_at is null and revoked_at is null"),
        ),
    )


class Client(Base):
    """A company the account works for."""

    __tablename__ = "clients"

    id: Mapped[UUID] = id_column()
    account_id: Mapped[UUID] = account_column()
    name: Mapped[str]
    psa_id: Mapped[str | None]
    created_at: Mapped[datetime] = Moment()

    __table_args__ = (
        _of_account(),
        UniqueConstraint("account_id", "id"),
        Index("clients_account_id_lower_name_key", "account_id", text("lower(name)"), unique=True),
    )


class AuditEntry(Base):
    """Who did what to what; written once, never changed, ids only."""

    __tablename__ = "audit_log"

    id: Mapped[UUID] = id_column()
    account_id: Mapped[UUID] = account_column()
    at: Mapped[datetime] = Moment()
    actor_id: Mapped[UUID | None]
    action: Mapped[str]
    subject_type: Mapped[str]
    subject_id: Mapped[UUID | None]
    data: Mapped[dict[str, Any]] = mapped_column(JSONB)

    __table_args__ = (_of_account(), Index("audit_log_account_id_at_id_idx", "account_id", "at", "id"))


class Attempt(Base):
    """Somebody tried to get in. No tenant is known then; `key` is a keyed hash of an address or e-mail and names nobody."""

    __tablename__ = "attempts"

    id: Mapped[UUID] = id_column()
    kind: Mapped[str]
    key: Mapped[str]
    at: Mapped[datetime] = Moment()

    __table_args__ = (Index("attempts_kind_key_at_idx", "kind", "key", "at"), Index("attempts_at_idx", "at"))
