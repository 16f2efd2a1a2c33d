"""The web process: routers, stream, health, metrics, the web application's files."""

import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import APIRouter, FastAPI
from starlette.types import ASGIApp

from resolutionflow.accounts.identity import sign_in_first
from resolutionflow.accounts.routes import router as accounts
from resolutionflow.analytics.routes import router as analytics
from resolutionflow.app import catalog, health, web
from resolutionflow.app.runtime import Runtime, opened
from resolutionflow.app.stream import STREAM_PATH, Beside, escalation_stream
from resolutionflow.app.web import DemoSignIn
from resolutionflow.events.process import freeze_collector, install_drain
from resolutionflow.handoffs.routes import router as handoffs
from resolutionflow.notifications.routes import router as notifications
from resolutionflow.platform.http import problems
from resolutionflow.platform.http.middleware import Edge
from resolutionflow.sessions.routes import router as sessions

API = "/api/v1"


def create_app(runtime: Runtime, *, worker: bool, demo: list[DemoSignIn] | None = None) -> ASGIApp:
    """The ASGI application of one process. `worker` runs the jobs here too; `demo` offers these sign-ins to everybody."""
    api = create_api(runtime, worker=worker, demo=demo)
    stream = catalog.stream_route(API + STREAM_PATH, escalation_stream(runtime))
    return Edge(Beside(api, stream), https=runtime.settings.cookies_are_secure)


def create_api(runtime: Runtime, *, worker: bool, demo: list[DemoSignIn] | None) -> FastAPI:
    """The same without the outermost layer and the stream."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with opened(runtime, web=True, worker=worker):
            if threading.current_thread() is threading.main_thread():
                install_drain(runtime.drain)
            freeze_collector()
            yield

    app = FastAPI(
        title="ResolutionFlow",
        redirect_slashes=False,
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
        responses=catalog.PROBLEMS,
        generate_unique_id_function=lambda route: route.name,
    )
    app.state.runtime = runtime
    app.state.database = runtime.database
    app.state.settings = runtime.settings
    app.state.signing_key = runtime.signing_key
    app.state.conversations = runtime.conversations
    app.state.demo = demo is not None
    problems.install(app, gate=sign_in_first)
    api = APIRouter(prefix=API)
    for router in (
        web.meta_router(runtime.settings, demo),
        accounts,
        handoffs,
        sessions,
        notifications,
        analytics,
    ):
        api.include_router(router)
    app.include_router(api)
    app.include_router(health.router)
    app.include_router(web.docs_router())
    app.router.default = web.files(web.directory())  # not a mount: that would answer a wrong method with 404
    catalog.describe(app)
    return app
