"""Steps and sessions as values, for what is decided without the database."""

from datetime import UTC, datetime
from typing import Any

from resolutionflow.platform.ids import uuid7
from resolutionflow.sessions.models import Kind, Priority, Status, Waiting
from resolutionflow.sessions.schemas import SessionSummary, StepView

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
SESSION = uuid7()


def step(seq: int, kind: Kind, **fields: Any) -> StepView:
    empty = dict.fromkeys(StepView.model_fields)
    fixed = {"id": uuid7(), "session_id": SESSION, "seq": seq, "kind": kind, "author_id": uuid7(), "author_name": "Jane"}
    return StepView.model_validate(empty | fixed | {"author_type": "user", "after_pickup": False, "created_at": NOW} | fields)


def about(**fields: Any) -> SessionSummary:
    empty = dict.fromkeys(name for name in SessionSummary.model_fields)
    known = {
        "id": SESSION, "title": "Outlook", "problem_summary": "Outlook asks for a password", "client_waiting": Waiting.NO,
        "priority": Priority.NORMAL, "status": Status.ACTIVE, "user_id": uuid7(), "user_name": "Jane", "step_count": 0, "tried_count": 0,
        "has_handoff": False, "can_write": True, "created_at": NOW, "updated_at": NOW,
    }  # fmt: skip
    return SessionSummary.model_validate(empty | known | fields)
