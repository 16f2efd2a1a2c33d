"""uvicorn with our socket, signals and limits."""

import signal
import socket
from types import FrameType
from typing import NoReturn

import uvicorn
from starlette.types import ASGIApp

from resolutionflow.app.api import create_app
from resolutionflow.app.runtime import build
from resolutionflow.app.web import DemoSignIn
from resolutionflow.events.connection import StreamConnection
from resolutionflow.platform.settings import Settings


def listen(host: str, port: int) -> socket.socket:
    """Raises OSError where the address is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    listener.bind((host, port))
    listener.listen(4096)
    listener.setblocking(False)
    return listener


def run(settings: Settings, database_url: str, listener: socket.socket, *, worker: bool, demo: list[DemoSignIn] | None = None) -> None:
    """Serve until SIGTERM or SIGINT; streams end first, then requests, then the worker's jobs."""
    run_app(create_app(build(settings, database_url), worker=worker, demo=demo), settings, listener)


def run_app(app: ASGIApp, settings: Settings, listener: socket.socket) -> None:
    config = uvicorn.Config(
        app,
        loop="uvloop",
        http=StreamConnection,
        lifespan="on",
        access_log=False,
        log_config=None,
        server_header=False,
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=settings.trusted_proxies or None,
        timeout_graceful_shutdown=5,
        timeout_keep_alive=65,
    )
    uvicorn.Server(config).run(sockets=[listener])


def end_cleanly_on_signals() -> None:
    """Leave through every `with`, so that the embedded database is stopped: from the first moment, and when uvicorn, having
    stopped, sends itself the signal again."""

    def leave(number: int, frame: FrameType | None) -> NoReturn:
        raise SystemExit(0)

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, leave)
