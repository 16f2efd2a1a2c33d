"""What FastAPI cannot see by itself: the stream's route, its events, and the errors every call may answer with."""

from typing import Any, Literal

from fastapi import FastAPI
from pydantic import BaseModel, TypeAdapter, create_model
from pydantic.json_schema import models_json_schema
from starlette.routing import Route
from starlette.types import ASGIApp

from resolutionflow.app.reactions import kinds_of_fact
from resolutionflow.events.facts import Fact
from resolutionflow.platform.http.problems import MEDIA_TYPE
from resolutionflow.platform.http.text import Instant, View
from resolutionflow.sessions.models import Status


class Problem(View):
    """RFC 9457."""

    type: str
    title: str
    status: int
    detail: str
    code: str


class Ready(View):
    last_event_id: int
    heartbeat_seconds: int


class Resync(View):
    reason: str
    last_event_id: int


class SessionChanged(View):
    session_id: str
    last_seq: int
    status: Status


class NotificationChanged(View):
    unread_count: int


UNNUMBERED: dict[str, type[BaseModel]] = {
    "ready": Ready,
    "resync": Resync,
    "session_changed": SessionChanged,
    "notification_changed": NotificationChanged,
}
_MEANINGS = {
    401: "no, expired, revoked or forged token",
    403: "wrong role",
    404: "does not exist, or may not be read",
    409: "the state does not allow it",
    413: "body over 1 MiB",
    415: "not JSON",
    422: "invalid input",
    429: "throttled",
    501: "not built or not configured",
    503: "database away or busy",
}
PROBLEMS: dict[int | str, dict[str, Any]] = {
    status: {"description": meaning, "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}}
    for status, meaning in _MEANINGS.items()
}


def stream_route(path: str, endpoint: ASGIApp) -> Route:
    """A class instance as endpoint: Starlette calls it as plain ASGI, with no wrapper around `send`."""
    return Route(path, endpoint, name="escalation_stream")


def stream_events() -> dict[str, type[BaseModel]]:
    """Every event of the stream by its name, as its `data:` line says it."""
    numbered = {fact.type: _numbered(fact) for fact in kinds_of_fact() if fact.streamed}
    return numbered | {name: create_model(f"StreamEvent_{name}", __base__=model) for name, model in UNNUMBERED.items()}


def _numbered(fact: type[Fact]) -> type[BaseModel]:
    own: dict[str, Any] = {name: (field.rebuild_annotation(), field) for name, field in fact.model_fields.items()}
    head: dict[str, Any] = {"event_id": (int, ...), "type": (Literal[fact.type], ...), "occurred_at": (Instant, ...)}
    return create_model(f"StreamEvent_{fact.type}", __base__=View, **head, **own)


def describe(app: FastAPI) -> None:
    """Put the stream and its events into the OpenAPI document."""
    made = app.openapi

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is not None:
            return app.openapi_schema
        document = made()
        schemas = document["components"]["schemas"]
        events = stream_events()
        _, defined = models_json_schema(
            [(model, "serialization") for model in events.values()], ref_template="#/components/schemas/{model}"
        )
        for name, schema in defined.get("$defs", {}).items():
            schemas.setdefault(name, schema)
        schemas["Problem"] = TypeAdapter(Problem).json_schema()
        document["paths"]["/api/v1/ai-sessions/escalations/stream"] = {"get": _stream_operation(events)}
        return document

    app.openapi = openapi  # type: ignore[method-assign]  # FastAPI's documented way to extend it


def _stream_operation(events: dict[str, type[BaseModel]]) -> dict[str, Any]:
    references = {name: f"#/components/schemas/{model.__name__}" for name, model in events.items()}
    return {
        "tags": ["live"],
        "operationId": "escalation_stream",
        "summary": "Server-sent events of the account, for engineers",
        "parameters": [
            {"name": "Last-Event-ID", "in": "header", "schema": {"type": "string"}},
            {"name": "last_event_id", "in": "query", "schema": {"type": "string"}},
        ],
        "responses": {
            "200": {
                "description": "`event:` names the schema of its `data:` line",
                "content": {"text/event-stream": {"schema": {"type": "string", "x-events": references}}},
            },
            **{str(status): PROBLEMS[status] for status in (401, 403, 405, 429, 503) if status in PROBLEMS},
        },
        "security": [{"HTTPBearer": []}],
    }
