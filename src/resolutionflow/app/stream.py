"""The escalation stream: the hub's endpoint with our sign-in."""

import time
from datetime import UTC, datetime

from starlette.types import ASGIApp, Scope

from resolutionflow.accounts.identity import authenticate_stream
from resolutionflow.app.runtime import Runtime
from resolutionflow.events.stream import StreamEndpoint
from resolutionflow.events.subscribers import Listener

STREAM_PATH = "/ai-sessions/escalations/stream"


def escalation_stream(runtime: Runtime) -> ASGIApp:
    async def authenticate(scope: Scope) -> Listener:
        _, claims = await authenticate_stream(scope)
        left = (claims.expires_at - datetime.now(UTC)).total_seconds()
        return Listener(claims.account_id, claims.user_id, claims.family_id, expires_at=time.monotonic() + left)

    return StreamEndpoint(runtime.hub, authenticate)
