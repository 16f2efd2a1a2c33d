"""Talking to the assistant: messages, and replies that are taken again or stopped.

These routes stream: they open short units of work themselves and hold none while the assistant replies.
"""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response, StreamingResponse
from pydantic import BaseModel

from resolutionflow.accounts.identity import Engineer, Known
from resolutionflow.platform.actor import Actor
from resolutionflow.platform.db import Db, Work
from resolutionflow.platform.http.text import NoBody, View
from resolutionflow.platform.idempotency import IdempotencyKey, fingerprint_of, once
from resolutionflow.platform.ids import SessionId
from resolutionflow.sessions import queries
from resolutionflow.sessions.actions import turns
from resolutionflow.sessions.actions.turns import Running
from resolutionflow.sessions.conversations import Conversation, Conversations
from resolutionflow.sessions.errors import ReplyFailed
from resolutionflow.sessions.queries.turns import turn_view
from resolutionflow.sessions.schemas import MessageBody, StepView, Turned, TurnView

router = APIRouter(prefix="/ai-sessions", tags=["sessions"])
EVENT_STREAM = "text/event-stream"
QUIET_SECONDS = 10.0
"""A comment is sent after so long without a piece, so that proxies keep the connection."""
_AS_STREAM: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "With `Accept: text/event-stream`: `step` (Step), `delta` {text}, `step` …, then `done` (TurnView) or `error`",
        "content": {EVENT_STREAM: {"schema": {"type": "string"}}},
    }
}


@dataclass(frozen=True, slots=True)
class Talk:
    actor: Actor
    work: Work
    conversations: Conversations
    streams: bool
    """Whether the caller asks for the reply as it is produced."""


def _talk(request: Request, actor: Known) -> Talk:
    actor.must_be_engineer()
    state = request.app.state
    accepts = request.headers.get("accept", "")
    return Talk(actor, state.database.work, state.conversations, streams=EVENT_STREAM in accepts)


AtTheTable = Annotated[Talk, Depends(_talk)]


class TurnRef(View):
    turn_id: UUID


@router.post("/{session_id}/messages", status_code=201, response_model=Turned, responses=_AS_STREAM)
async def send_message(talk: AtTheTable, session_id: SessionId, body: MessageBody, key: IdempotencyKey = None) -> Turned | Response:
    """Save a message and let the assistant reply. The key belongs to the message: a repeat gets its reply, or tries a failed one again."""

    async def taken(db: Db) -> tuple[UUID, Running | None]:
        async def say() -> TurnRef:
            return TurnRef(turn_id=await turns.say(db, talk.actor, session_id=session_id, content=body.content))

        fingerprint = fingerprint_of(body, session_id)
        ref = await once(db, talk.actor, route="messages", key=key, fingerprint=fingerprint, answer=TurnRef, produce=say)
        return ref.turn_id, await turns.take(db, talk.actor, session_id=session_id, turn_id=ref.turn_id)

    async with talk.work(talk.actor.account_id) as db:
        turn_id, running = await taken(db)
    return await _reply(talk, turn_id, running)


@router.post("/{session_id}/turns/{turn_id}/retry", status_code=201, response_model=Turned, responses=_AS_STREAM)
async def retry_turn(talk: AtTheTable, session_id: SessionId, turn_id: UUID, body: NoBody | None = None) -> Turned | Response:
    """Take a reply again that failed or was broken off; one that is there already is answered from what is stored."""
    async with talk.work(talk.actor.account_id) as db:
        running = await turns.take(db, talk.actor, session_id=session_id, turn_id=turn_id)
    return await _reply(talk, turn_id, running)


@router.post("/{session_id}/turns/{turn_id}/stop")
async def stop_turn(edge: Engineer, request: Request, session_id: SessionId, turn_id: UUID, body: NoBody | None = None) -> TurnView:
    """Stop a reply that is under way; nothing of it is kept."""
    await turns.stop(edge.db, edge.actor, session_id=session_id, turn_id=turn_id)
    conversations: Conversations = request.app.state.conversations
    edge.db.after_commit.append(lambda: conversations.stop(turn_id))
    return await turn_view(edge.db, turn_id=turn_id)


async def _reply(talk: Talk, turn_id: UUID, running: Running | None) -> Turned | Response:
    conversation = talk.conversations.begin(talk.actor.account_id, running) if running else None
    if talk.streams:
        headers = {"Cache-Control": "no-cache", "X-Accel-Buffering": "no"}
        return StreamingResponse(_stream(talk, turn_id, conversation), media_type=EVENT_STREAM, headers=headers)
    if conversation is not None:
        await conversation.ended()
    steps, turn = await _stored(talk, turn_id)
    if turn.error is not None:
        raise ReplyFailed(code=turn.error.code, detail=turn.error.detail, retryable=turn.error.retryable, turn_id=turn_id)
    return Turned(steps=steps)


async def _stored(talk: Talk, turn_id: UUID) -> tuple[list[StepView], TurnView]:
    async with talk.work(talk.actor.account_id) as db:
        return await queries.steps_of_turn(db, turn_id=turn_id), await turn_view(db, turn_id=turn_id)


async def _stream(talk: Talk, turn_id: UUID, conversation: Conversation | None) -> AsyncIterator[bytes]:
    steps, _ = await _stored(talk, turn_id)
    yield _event("step", steps[0])
    if conversation is not None:
        async for piece in _with_comments(conversation):
            yield piece
    steps, turn = await _stored(talk, turn_id)
    for step in steps[1:]:
        yield _event("step", step)
    if turn.error is None:
        yield _event("done", turn)
    else:
        yield _event("error", turn.error.model_dump() | {"turn_id": str(turn_id)})


async def _with_comments(conversation: Conversation) -> AsyncIterator[bytes]:
    while True:
        try:
            piece = await asyncio.wait_for(conversation.pieces.get(), QUIET_SECONDS)
        except TimeoutError:
            yield b": waiting\n\n"
            continue
        if piece is None:
            return
        yield _event("delta", {"text": piece})


def _event(name: str, data: BaseModel | dict[str, Any]) -> bytes:
    line = data.model_dump_json() if isinstance(data, BaseModel) else json.dumps(data, ensure_ascii=False)
    return f"event: {name}\ndata: {line}\n\n".encode()
