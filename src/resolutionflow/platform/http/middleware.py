"""What every request passes, in one pure ASGI layer: id, log line, metrics, body limit, media type, security headers.

Pure, because a stream's `send` is stepped by the publisher (events/hub.py) and a `BaseHTTPMiddleware` would break that.
"""

import re
import time
from collections.abc import Iterable

import structlog
from prometheus_client import Counter, Histogram
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from resolutionflow.platform.errors import Problem, TooLarge
from resolutionflow.platform.http.problems import as_response, unexpected
from resolutionflow.platform.ids import uuid7

log = structlog.get_logger()
MAX_BODY = 1_048_576
CSP = (
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
    "object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
)
_REQUEST_ID = re.compile(r"^[A-Za-z0-9._-]{8,64}$")
REQUESTS = Counter("resolutionflow_http_requests_total", "Requests answered", ["method", "route", "status"])
SECONDS = Histogram("resolutionflow_http_request_seconds", "Time to the end of the response; streams are left out", ["route"])


class UnsupportedMediaType(Problem):
    status, code, title = 415, "unsupported_media_type", "Unsupported media type"


class Edge:
    def __init__(self, app: ASGIApp, *, https: bool) -> None:
        self.app = app
        always = {
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "no-referrer",
            "Content-Security-Policy": CSP,
            "Cross-Origin-Opener-Policy": "same-origin",
            "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
        }
        if https:
            always["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
        self._always: Iterable[tuple[str, str]] = tuple(always.items())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        given = headers.get("x-request-id", "")
        request_id = given if _REQUEST_ID.match(given) else uuid7().hex
        scope.setdefault("state", {})["request_id"] = request_id
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request_id)
        answered = _Answer(send, request_id, self._always, is_api=scope["path"].startswith("/api/"))
        started = time.perf_counter()
        try:
            refusal = _judge(scope, headers)
            if refusal is not None:
                await as_response(refusal)(scope, receive, answered.send)
            else:
                await self.app(scope, _limited(receive), answered.send)
        except Exception:
            log.exception("request_failed", method=scope["method"], path=scope["path"])
            if answered.status is None:
                await unexpected(request_id)(scope, receive, answered.send)
        finally:
            _observe(scope, answered, time.perf_counter() - started)


class _Answer:
    """Adds the headers to the first message; passes bodies through untouched and without suspending."""

    __slots__ = ("_always", "_is_api", "_request_id", "_send", "is_stream", "status")

    def __init__(self, send: Send, request_id: str, always: Iterable[tuple[str, str]], *, is_api: bool) -> None:
        self._send = send
        self._request_id = request_id
        self._always = always
        self._is_api = is_api
        self.status: int | None = None
        self.is_stream = False

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = MutableHeaders(scope=message)
            self.is_stream = headers.get("content-type", "").startswith("text/event-stream")
            headers["X-Request-ID"] = self._request_id
            for name, value in self._always:
                headers.setdefault(name, value)
            if self._is_api:
                headers.setdefault("Cache-Control", "no-store")
        await self._send(message)


def _judge(scope: Scope, headers: Headers) -> Problem | None:
    if scope["method"] not in ("POST", "PUT", "PATCH") or not scope["path"].startswith("/api/"):
        return None
    length = headers.get("content-length", "")
    if length.isdigit() and int(length) > MAX_BODY:
        return TooLarge("The request is larger than 1 MiB.")
    has_body = length not in ("", "0") or "transfer-encoding" in headers
    if has_body and headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        return UnsupportedMediaType("Send the body as application/json.")
    return None


def _limited(receive: Receive) -> Receive:
    """Counts what arrives, since a chunked body announces no length."""
    seen = 0

    async def counted() -> Message:
        nonlocal seen
        message = await receive()
        if message["type"] == "http.request":
            seen += len(message.get("body", b""))
            if seen > MAX_BODY:
                raise HTTPException(413)
        return message

    return counted


def _observe(scope: Scope, answer: _Answer, seconds: float) -> None:
    route = getattr(scope.get("route"), "path", None) or ("/api/*" if scope["path"].startswith("/api/") else "web")
    status = answer.status or 499
    REQUESTS.labels(scope["method"], route, str(status)).inc()
    if not answer.is_stream:
        SECONDS.labels(route).observe(seconds)
    if route not in ("web", "/healthz", "/readyz", "/metrics"):
        log.info("request", method=scope["method"], route=route, status=status, ms=round(seconds * 1000, 1))
