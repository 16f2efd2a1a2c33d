"""The bytes of the stream. An event is encoded once and the bytes are shared by every subscriber."""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, NamedTuple

from starlette.types import Message

from resolutionflow.events.queries import NumberedEvent

Json = Mapping[str, object]
HEARTBEAT = b": heartbeat\n\n"
LAST: Message = {"type": "http.response.body", "body": b"", "more_body": False}
_CHUNK_BYTES = 32_768


class Frame(NamedTuple):
    number: int
    data: bytes


class Chunk(NamedTuple):
    """Consecutive frames, written at once; `last` is the number of the last one."""

    last: int
    frames: list[Frame]
    data: bytes


class Reason(StrEnum):
    """Why a stream cannot go on from the id it was asked for."""

    UNREADABLE = "unreadable"
    FUTURE = "future"
    TOO_OLD = "too_old"


def start() -> Message:
    """A new one each time: the edge adds its headers to it."""
    headers = [
        (b"content-type", b"text/event-stream; charset=utf-8"),
        (b"cache-control", b"no-cache"),
        (b"x-accel-buffering", b"no"),
    ]
    return {"type": "http.response.start", "status": 200, "headers": headers}


def body(data: bytes) -> Message:
    return {"type": "http.response.body", "body": data, "more_body": True}


def ready(position: int, heartbeat_seconds: int) -> bytes:
    return _frame("ready", {"last_event_id": position, "heartbeat_seconds": heartbeat_seconds})


def resync(reason: Reason, head: int) -> bytes:
    return _frame("resync", {"reason": reason, "last_event_id": head})


def signal(kind: str, data: Json) -> bytes:
    """What takes no number: lost in a break, fetched again after it."""
    return _frame(kind, {"type": kind, "occurred_at": _moment(datetime.now(UTC)), **data})


def event(logged: NumberedEvent) -> Frame:
    data: dict[str, Any] = {
        "event_id": logged.number,
        "type": logged.type,
        "occurred_at": _moment(logged.occurred_at),
        **(logged.body or {}),
    }
    return Frame(logged.number, b"id: %d\n" % logged.number + _frame(logged.type, data))


def in_chunks(frames: Iterable[Frame]) -> Iterator[Chunk]:
    """Joined for few writes, and small enough that one slow reader's share fits its buffers."""
    gathered: list[Frame] = []
    size = 0
    for frame in frames:
        if gathered and size + len(frame.data) > _CHUNK_BYTES:
            yield _joined(gathered)
            gathered, size = [], 0
        gathered.append(frame)
        size += len(frame.data)
    if gathered:
        yield _joined(gathered)


def _joined(frames: list[Frame]) -> Chunk:
    return Chunk(frames[-1].number, frames, b"".join(frame.data for frame in frames))


def _frame(kind: str, data: Json) -> bytes:
    return f"event: {kind}\ndata: {json.dumps(data, separators=(',', ':'), ensure_ascii=False)}\n\n".encode()


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
