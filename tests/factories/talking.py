"""Conversations with an assistant that says what the test has written for it."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import httpx2

from resolutionflow.app.api import create_app
from resolutionflow.assistant.base import Action, Answered, AssistantFailure, Case, Hint, Part, Question, Source, Text
from resolutionflow.sessions.actions.turns import Running
from resolutionflow.sessions.conversations import Conversations
from tests.factories.make import Make, Somebody

GOOD: tuple[Part, ...] = (
    Text("Cached credentials are "),
    Text("likely."),
    Question("Does Outlook on the web work?", options=("Yes", "No")),
    Action("Remove the saved Office credentials", command="cmdkey /list", expected="No MicrosoftOffice entry is left"),
    Answered(Source.PLAYBOOK),
)
Line = tuple[Part | AssistantFailure | Exception, ...]


class Script:
    """Its lines are the replies, one after the other, the last again and again. A line that holds `WAIT` stops there until `go` is set."""

    def __init__(self, *lines: Line) -> None:
        self.lines = list(lines) or [GOOD]
        self.cases: list[Case] = []
        self.began = asyncio.Event()
        self.go = asyncio.Event()
        self.closed = 0

    async def reply(self, running: Running) -> AsyncIterator[Part]:
        line = self.lines[min(len(self.cases), len(self.lines) - 1)]
        self.cases.append(running.case)
        try:
            for part in line:
                self.began.set()
                if part is WAIT:
                    await self.go.wait()
                elif isinstance(part, Exception):
                    raise part
                else:
                    yield part
        finally:
            self.closed += 1


WAIT = Hint("resolve", "until the test says so")


@contextmanager
def talking(make: Make, *lines: Line) -> Iterator[tuple[Script, Make]]:
    """`make` whose people talk to a scripted assistant."""
    script = Script(*lines)
    conversations = Conversations(make.runtime.database.work, script.reply)
    runtime = replace(make.runtime, conversations=conversations)
    transport = httpx2.ASGITransport(app=create_app(runtime, worker=False))
    yield script, Make(runtime, httpx2.AsyncClient(transport=transport, base_url="http://test"), make.urls)


async def streamed(who: Somebody, path: str, json_body: object = None, **headers: str) -> list[tuple[str, dict[str, Any]]]:
    """The events of a streamed reply, by name."""
    reply = await who.post(path, json_body, headers={"Accept": "text/event-stream", **headers})
    assert reply.status_code == 200, reply.text
    assert reply.headers["content-type"].startswith("text/event-stream")
    return [event_of(block) for block in reply.text.split("\n\n") if block.startswith("event:")]


def event_of(block: str) -> tuple[str, dict[str, Any]]:
    name, data = block.split("\n", 1)
    return name.removeprefix("event: "), json.loads(data.removeprefix("data: "))


async def session_of(who: Somebody, session_id: object) -> dict[str, Any]:
    reply = await who.get(f"/ai-sessions/{session_id}")
    assert reply.status_code == 200, reply.text
    found: dict[str, Any] = reply.json()
    return found


async def steps_of(who: Somebody, session_id: object) -> list[dict[str, Any]]:
    reply = await who.get(f"/ai-sessions/{session_id}/steps")
    assert reply.status_code == 200, reply.text
    items: list[dict[str, Any]] = reply.json()["items"]
    return items


async def reply_ended(who: Somebody, session_id: object) -> None:
    for _ in range(1_000):
        if (await session_of(who, session_id))["turn"]["status"] != "running":
            return
        await asyncio.sleep(0.01)
    raise AssertionError("the reply did not end")
