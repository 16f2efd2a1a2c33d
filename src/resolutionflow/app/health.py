"""Is the process up, may it get traffic, and what does it count."""

import asyncio
from datetime import timedelta

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from resolutionflow.app.runtime import Runtime

router = APIRouter(include_in_schema=False)
WORKER_SILENT = timedelta(seconds=30)
_WORKER = text("select now() - max(last_heartbeat) from queue.procrastinate_workers")


@router.get("/healthz")
async def healthz() -> dict[str, str]:
    return {"status": "up"}


@router.get("/readyz")
async def readyz(request: Request) -> JSONResponse:
    """503 as long as one part is not ready; the answer names it."""
    runtime: Runtime = request.app.state.runtime
    parts = await _judge(runtime)
    ready = all(answer == "ok" for answer in parts.values())
    return JSONResponse({"ready": ready, "checks": parts}, status_code=200 if ready else 503)


async def _judge(runtime: Runtime) -> dict[str, str]:
    parts = {"database": "ok", "worker": "ok", "bus": "ok" if runtime.hub.is_listening else "not connected"}
    try:
        async with asyncio.timeout(3), runtime.database.work(None) as db:
            silent: timedelta | None = await db.scalar(_WORKER)
    except (SQLAlchemyError, OSError, TimeoutError):
        return parts | {"database": "cannot be reached", "worker": "unknown"}
    if silent is None or silent > WORKER_SILENT:
        parts["worker"] = "no worker is running" if silent is None else f"silent for {silent.total_seconds():.0f} s"
    return parts


@router.get("/metrics")
async def metrics() -> Response:
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)
