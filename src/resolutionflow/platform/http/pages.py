"""Lists: `?limit=1..100&cursor=…` → `{"items": […], "next_cursor": …}`."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Generic, TypeVar
from uuid import UUID

from fastapi import Depends, Query

from resolutionflow.platform.errors import Invalid
from resolutionflow.platform.http.text import View

Item = TypeVar("Item")


class Page(View, Generic[Item]):
    items: list[Item]
    next_cursor: str | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """The place after which a page begins: a moment and, where moments are equal, an id."""

    at: datetime
    id: UUID

    def encode(self) -> str:
        return urlsafe_b64encode(json.dumps([self.at.isoformat(), str(self.id)]).encode()).decode().rstrip("=")

    @classmethod
    def decode(cls, cursor: str) -> "Mark":
        try:
            at, id = json.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
            moment = datetime.fromisoformat(at)
            if moment.tzinfo is None:
                raise ValueError("no time zone")
            return cls(moment, UUID(id))
        except (ValueError, TypeError, RecursionError):
            raise Invalid("The cursor is not one that this list gave out. Start again without it.") from None


@dataclass(frozen=True, slots=True)
class Slice:
    limit: int
    after: Mark | None


def _slice(
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
    cursor: Annotated[str | None, Query(max_length=500)] = None,
) -> Slice:
    return Slice(limit, Mark.decode(cursor) if cursor else None)


PageSlice = Annotated[Slice, Depends(_slice)]
