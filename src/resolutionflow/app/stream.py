"""The escalation stream: the hub's endpoint with our sign-in, beside the API and not inside it."""

from starlette.applications import Starlette
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from resolutionflow.accounts.identity import authenticate_stream
from resolutionflow.app.runtime import Runtime
from resolutionflow.events.stream import StreamEndpoint
from resolutionflow.events.subscribers import Listener

STREAM_PATH = "/ai-sessions/escalations/stream"


def escalation_stream(runtime: Runtime) -> ASGIApp:
    async def authenticate(scope: Scope) -> Listener:
        _, claims = await authenticate_stream(scope)
        return Listener(claims.account_id, claims.user_id, claims.family_id, claims.expires_at)

    return StreamEndpoint(runtime.hub, authenticate)


class Beside:
    """Takes the stream past the layers around the API: for as long as it is open each would keep a frame of its own."""

    def __init__(self, api: Starlette, route: Route) -> None:
        self._api = api
        self._route = route

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"] == self._route.path:
            scope.update(app=self._api, route=self._route)
            await self._route.app(scope, receive, send)
        else:
            await self._api(scope, receive, send)
