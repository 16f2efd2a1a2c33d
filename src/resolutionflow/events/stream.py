"""The stream as a plain ASGI endpoint: judge, place, first frames; then the hub writes and this waits for the client to go."""

import asyncio
from collections.abc import Awaitable, Callable

from starlette.datastructures import Headers, QueryParams
from starlette.types import Receive, Scope, Send

from resolutionflow.events import frames
from resolutionflow.events.connection import CONNECTION
from resolutionflow.events.hub import Hub, Place
from resolutionflow.events.reader import AWAY
from resolutionflow.events.subscribers import Listener, State, Subscriber
from resolutionflow.platform.errors import Problem, Unavailable
from resolutionflow.platform.http.problems import as_response, of_database


class MethodNotAllowed(Problem):
    status, code, title = 405, "method_not_allowed", "Method not allowed"

    def __init__(self) -> None:
        super().__init__("A stream is read with GET.", headers={"Allow": "GET"})


class StreamEndpoint:
    """`authenticate` reads the database, so that a replay is judged by today's rights; it raises a `Problem`."""

    def __init__(self, hub: Hub, authenticate: Callable[[Scope], Awaitable[Listener]]) -> None:
        self._hub = hub
        self._authenticate = authenticate

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            subscriber, place = await self._begin(scope, send)
        except (Problem, *AWAY) as error:
            refusal = error if isinstance(error, Problem) else of_database(error)
            if refusal is None:
                raise
            await as_response(refusal)(scope, receive, send)
            return
        try:
            await self._open(send, place)
            self._hub.follow(subscriber, place.position)
            await _until_gone(receive)
        except asyncio.CancelledError:
            if subscriber.state is not State.GONE:
                raise  # else it was cut, on a server that knows no other way
        finally:
            self._hub.leave(subscriber)

    async def _begin(self, scope: Scope, send: Send) -> tuple[Subscriber, Place]:
        if scope["method"] != "GET":
            raise MethodNotAllowed
        listener = await self._authenticate(scope)
        subscriber = self._hub.admit(listener, send, _cut_of(scope))
        try:
            place = await self._hub.place(subscriber, _last_event_id(scope))
            if subscriber.state is not State.OPENING:
                raise Unavailable("The server is restarting, or your rights changed. Connect again in a moment.")
        except BaseException:
            self._hub.leave(subscriber)
            raise
        return subscriber, place

    async def _open(self, send: Send, place: Place) -> None:
        first = frames.ready(place.position, int(self._hub.limits.heartbeat_seconds))
        if place.resync is not None:
            first += frames.resync(place.resync, place.position)
        await send(frames.start())
        await send(frames.body(first))


def _last_event_id(scope: Scope) -> str:
    asked = Headers(scope=scope).get("last-event-id")
    return QueryParams(scope["query_string"]).get("last_event_id", "") if asked is None else asked


def _cut_of(scope: Scope) -> Callable[[], object]:
    if (extension := scope.get("extensions", {}).get(CONNECTION)) is not None:
        cut: Callable[[], object] = extension["cut"]
        return cut
    task = asyncio.current_task()
    assert task is not None
    return task.cancel


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
