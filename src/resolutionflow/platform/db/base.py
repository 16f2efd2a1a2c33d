"""The declarative base and the columns every tenant table has."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import DateTime, MetaData, Row, Select, text
from sqlalchemy.dialects.postgresql import UUID as UuidColumn
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from resolutionflow.platform.ids import uuid7

Query = Select[*tuple[Any, ...]]
"""A SELECT whose columns are read by name or place."""
Fields = Row[*tuple[Any, ...]]
"""A row of such a query."""
NAMING = {
    "pk": "%(table_name)s_pkey",
    "fk": "%(table_name)s_%(column_0_N_name)s_fkey",
    "uq": "%(table_name)s_%(column_0_N_name)s_key",
    "ix": "%(table_name)s_%(column_0_N_name)s_idx",
    "ck": "%(table_name)s_%(constraint_name)s_check",
}


class Base(DeclarativeBase):
    """Relationships raise when they are not loaded: a query in a loop is a mistake that shows itself."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar = {UUID: UuidColumn(as_uuid=True), datetime: DateTime(timezone=True)}


def id_column() -> Mapped[UUID]:
    return mapped_column(primary_key=True, default=uuid7)


def account_column() -> Mapped[UUID]:
    """The tenant. Row-level security compares it with the unit of work's account."""
    return mapped_column(nullable=False)


def Moment() -> Mapped[datetime]:  # noqa: N802 - reads like a type in the models
    return mapped_column(server_default=text("app.now()"), nullable=False)
