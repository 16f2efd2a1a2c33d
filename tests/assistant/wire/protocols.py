"""The two wire protocols: how an answer's text is put into events, and how an error looks.

Anthropic Messages: https://docs.anthropic.com/en/api/messages-streaming. OpenAI Chat Completions:
https://platform.openai.com/docs/api-reference/chat-streaming.
"""

import json
from collections.abc import Iterator
from typing import Literal

Protocol = Literal["anthropic", "openai"]
PROTOCOLS: tuple[Protocol, ...] = ("anthropic", "openai")
PATHS: dict[Protocol, str] = {"anthropic": "/v1/messages", "openai": "/v1/chat/completions"}
READ, WRITTEN = 1200, 80
"""Tokens that every answer says it took."""


def opening(protocol: Protocol) -> bytes:
    if protocol == "openai":
        return _chunk({"role": "assistant", "content": ""})
    message: dict[str, object] = {
        "id": "msg_1",
        "type": "message",
        "role": "assistant",
        "model": "wire",
        "content": [],
        "stop_reason": None,
        "stop_sequence": None,
        "usage": {"input_tokens": READ, "output_tokens": 1},
    }
    start = _event({"type": "message_start", "message": message})
    return start + _event({"type": "content_block_start", "index": 0, "content_block": {"type": "text", "text": ""}})


def delta(protocol: Protocol, text: str) -> bytes:
    if protocol == "openai":
        return _chunk({"content": text})
    return _event({"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": text}})


def ending(protocol: Protocol, *, is_cut: bool = False) -> bytes:
    if protocol == "openai":
        usage = {"prompt_tokens": READ, "completion_tokens": WRITTEN, "total_tokens": READ + WRITTEN}
        return _chunk({}, "length" if is_cut else "stop") + _data(_completion([], usage=usage)) + b"data: [DONE]\n\n"
    stop = {"stop_reason": "max_tokens" if is_cut else "end_turn", "stop_sequence": None}
    return (
        _event({"type": "content_block_stop", "index": 0})
        + _event({"type": "message_delta", "delta": stop, "usage": {"output_tokens": WRITTEN}})
        + _event({"type": "message_stop"})
    )


def tool_call(protocol: Protocol, name: str, arguments: dict[str, object]) -> bytes:
    """An answer that is a call of a tool, which nobody offered."""
    if protocol == "openai":
        call = {"index": 0, "id": "call_1", "type": "function", "function": {"name": name, "arguments": json.dumps(arguments)}}
        return _chunk({"role": "assistant", "tool_calls": [call]}) + _chunk({}, "tool_calls") + b"data: [DONE]\n\n"
    block = {"type": "tool_use", "id": "toolu_1", "name": name, "input": {}}
    part = {"type": "input_json_delta", "partial_json": json.dumps(arguments)}
    return (
        opening("anthropic").partition(b"event: content_block_start")[0]
        + _event({"type": "content_block_start", "index": 0, "content_block": block})
        + _event({"type": "content_block_delta", "index": 0, "delta": part})
        + ending("anthropic")
    )


def pieces(text: str, size: int) -> Iterator[str]:
    for at in range(0, len(text), size):
        yield text[at : at + size]


def streamed(protocol: Protocol, text: str, *, size: int = 12) -> bytes:
    return opening(protocol) + b"".join(delta(protocol, piece) for piece in pieces(text, size)) + ending(protocol)


def whole(protocol: Protocol, text: str) -> bytes:
    """The answer to a request that does not ask for a stream."""
    if protocol == "openai":
        usage = {"prompt_tokens": READ, "completion_tokens": WRITTEN, "total_tokens": READ + WRITTEN}
        choice = {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": "stop", "logprobs": None}
        return json.dumps(_completion([choice], usage=usage) | {"object": "chat.completion"}).encode()
    message = {
        "id": "msg_1",
        "type": "message",
        "role": "assistant",
        "model": "wire",
        "content": [{"type": "text", "text": text}],
        "stop_reason": "end_turn",
        "stop_sequence": None,
        "usage": {"input_tokens": READ, "output_tokens": WRITTEN},
    }
    return json.dumps(message).encode()


def error(protocol: Protocol, status: int, saying: str) -> bytes:
    """As the vendors do, it repeats what it was sent."""
    kinds = {401: "authentication_error", 403: "permission_error", 404: "not_found_error", 429: "rate_limit_error", 529: "overloaded_error"}
    kind = kinds.get(status, "api_error")
    if protocol == "openai":
        return json.dumps({"error": {"message": saying, "type": kind, "param": None, "code": None}}).encode()
    return json.dumps({"type": "error", "error": {"type": kind, "message": saying}}).encode()


def _event(event: dict[str, object]) -> bytes:
    return f"event: {event['type']}\n".encode() + _data(event)


def _chunk(change: dict[str, object], finish_reason: str | None = None) -> bytes:
    return _data(_completion([{"index": 0, "delta": change, "finish_reason": finish_reason, "logprobs": None}]))


def _completion(choices: list[dict[str, object]], usage: dict[str, int] | None = None) -> dict[str, object]:
    return {"id": "c1", "object": "chat.completion.chunk", "created": 1, "model": "wire", "choices": choices, "usage": usage}


def _data(payload: dict[str, object]) -> bytes:
    return f"data: {json.dumps(payload)}\n\n".encode()
