"""The web application's files, the API's reading room, and what a signed-out browser may know."""

from importlib.metadata import version
from pathlib import Path
from typing import Literal

from fastapi import APIRouter
from fastapi.responses import HTMLResponse
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.staticfiles import NotModifiedResponse, StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from resolutionflow.platform.actor import Role
from resolutionflow.platform.errors import NotFound
from resolutionflow.platform.http.problems import as_response
from resolutionflow.platform.http.text import View
from resolutionflow.platform.settings import Settings

_PACKAGED = Path(__file__).parent / "web_dist"
_CHECKOUT = Path(__file__).parents[3] / "web" / "dist"
NOT_BUILT = "The web application is not built. Run `make setup`; the API answers under /api/v1 meanwhile.\n"


class DemoSignIn(View):
    name: str
    role: Role
    email: str
    password: str


class Meta(View):
    version: str
    registration: Literal["open", "first", "invite"]
    assistant: Literal["playbook", "model"]
    demo_sign_ins: list[DemoSignIn] | None


def meta_router(settings: Settings, demo: list[DemoSignIn] | None) -> APIRouter:
    router = APIRouter(tags=["meta"])
    answers: Literal["playbook", "model"] = "model" if settings.ai_model else "playbook"

    @router.get("/meta")
    async def meta() -> Meta:
        """What the sign-in page shows; nothing about any account."""
        return Meta(version=version("resolutionflow"), registration=settings.registration_mode, assistant=answers, demo_sign_ins=demo)

    return router


def docs_router() -> APIRouter:
    """Swagger's files are our own (the content security policy allows no others); the web build brings them."""
    router = APIRouter(include_in_schema=False)

    @router.get("/api/docs")
    async def docs() -> HTMLResponse:
        return HTMLResponse(
            '<!doctype html><html lang="en"><head><title>ResolutionFlow API</title><meta charset="utf-8">'
            '<link rel="stylesheet" href="/api-docs/swagger-ui.css"></head><body><div id="swagger-ui"></div>'
            '<script src="/api-docs/swagger-ui-bundle.js"></script><script src="/api-docs/start.js"></script></body></html>'
        )

    return router


def directory() -> Path | None:
    return next((place for place in (_PACKAGED, _CHECKOUT) if (place / "index.html").is_file()), None)


class _Files(StaticFiles):
    """Hashed assets are kept for a year, everything else is asked for again; unknown paths are the application's own routes."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        if scope["path"].startswith("/api/"):
            return as_response(NotFound())
        try:
            response = await super().get_response(path, scope)
        except HTTPException as error:
            if error.status_code != 404:
                raise
            if path.startswith("assets/"):
                return as_response(NotFound())
            response = await super().get_response("index.html", scope)
        if isinstance(response, FileResponse | NotModifiedResponse):
            hashed = path.startswith("assets/")
            response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if hashed else "no-cache"
        return response


class _NotBuilt:
    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        answer = as_response(NotFound()) if scope["path"].startswith("/api/") else PlainTextResponse(NOT_BUILT, status_code=503)
        await answer(scope, receive, send)


def files(built: Path | None) -> ASGIApp:
    """The web application as built there; None: a sentence that says what to do."""
    if built is None:
        return _NotBuilt()
    return GZipMiddleware(_Files(directory=built, html=True), minimum_size=1_000, compresslevel=6)
