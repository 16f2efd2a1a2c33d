"""The peer most people would write: FastAPI, sse-starlette and one asyncio.Queue for each subscriber, in memory."""

import asyncio
import itertools
from collections import defaultdict
from collections.abc import AsyncIterator

from fastapi import FastAPI, Request, Response
from sse_starlette import EventSourceResponse

app = FastAPI()
_queues: defaultdict[str, set[asyncio.Queue[tuple[int, str]]]] = defaultdict(set)
_numbers = itertools.count(1)


@app.get("/events/{account}")
async def listen(account: str) -> EventSourceResponse:
    async def events() -> AsyncIterator[dict[str, str]]:
        queue: asyncio.Queue[tuple[int, str]] = asyncio.Queue()
        _queues[account].add(queue)
        try:
            while True:
                number, data = await queue.get()
                yield {"id": str(number), "event": "handoff_created", "data": data}
        finally:
            _queues[account].discard(queue)

    return EventSourceResponse(events())


@app.post("/publish/{account}", status_code=201)
async def publish(account: str, request: Request) -> Response:
    event = (next(_numbers), (await request.body()).decode())
    for queue in _queues[account]:
        queue.put_nowait(event)
    return Response(status_code=201)
