"""The escalation stream: the hub's endpoint with our sign-in."""

from starlette.types import ASGIApp, Scope

from resolutionflow.accounts.identity import authenticate_stream
from resolutionflow.app.runtime import Runtime
from resolutionflow.events.hub import Listener
from resolutionflow.events.stream import StreamEndpoint

STREAM_PATH = "/ai-sessions/escalations/stream"


def escalation_stream(runtime: Runtime) -> ASGIApp:
    async def authenticate(scope: Scope) -> Listener:
        actor, claims = await authenticate_stream(scope)
        actor.must_be_engineer()
        return Listener(account_id=actor.account_id, user_id=actor.user_id, family_id=claims.family_id, expires_at=claims.expires_at)

    return StreamEndpoint(runtime.hub, authenticate)
