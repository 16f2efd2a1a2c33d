"""Base classes of request and response bodies, and text that PostgreSQL and a screen can hold."""

from datetime import datetime
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, PlainSerializer, StringConstraints


def _clean(value: str) -> str:
    if "\x00" in value:
        raise ValueError("must not contain NUL characters")
    return value


def _said(value: str) -> str:
    if not value.strip():
        raise ValueError("must not be empty")
    return value.strip()


Clean = AfterValidator(_clean)
Line = Annotated[str, StringConstraints(max_length=300), Clean, AfterValidator(str.strip)]
"""One line, may be empty."""
Said = Annotated[str, StringConstraints(max_length=300), Clean, AfterValidator(_said)]
"""One line that says something."""
Prose = Annotated[str, StringConstraints(max_length=20_000), Clean, AfterValidator(str.strip)]
SaidProse = Annotated[str, StringConstraints(max_length=20_000), Clean, AfterValidator(_said)]
Output = Annotated[str, StringConstraints(max_length=100_000), Clean]
"""Terminal output and observations: white space is kept."""


class Body(BaseModel):
    """A request body: unknown fields are refused, so that a misspelt one is not silently lost."""

    model_config = ConfigDict(extra="forbid")


class NoBody(Body):
    """Action calls whose body may be absent or empty."""


class View(BaseModel):
    """A response body."""

    model_config = ConfigDict(from_attributes=True, frozen=True)


def _utc(moment: datetime) -> str:
    return moment.isoformat(timespec="microseconds").replace("+00:00", "Z")


Instant = Annotated[datetime, PlainSerializer(_utc, return_type=str, when_used="json")]
"""RFC 3339 in UTC with Z; the connection's time zone is UTC."""

Json = dict[str, Any]
