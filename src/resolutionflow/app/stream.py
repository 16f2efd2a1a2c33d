"""The escalation stream: the hub's endpoint with our sign-in."""

from starlette.types import ASGIApp, Scope

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
