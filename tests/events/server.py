"""The live part as a process of its own: `python -m tests.events.server DATABASE_URL` prints its port and serves until SIGTERM.

Without an end to its streams uvicorn would wait here for a minute.
"""

import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import uvicorn
from starlette.applications import Starlette
from starlette.routing import Route

from resolutionflow.events.audience import Questions
from resolutionflow.events.connection import StreamConnection
from resolutionflow.events.hub import Hub
from resolutionflow.events.limits import Limits
from resolutionflow.events.process import freeze_collector, install_drain
from resolutionflow.events.stream import StreamEndpoint
from resolutionflow.events.transports import connect
from resolutionflow.platform.db.glances import Glances
from tests.events.live import Rights
from tests.events.reading import PATH


def main(database_url: str) -> None:
    rights = Rights()
    questions = Questions(rights.may_stream, rights.session_signals, rights.people_signals)
    hub = Hub(Glances(database_url), connect("postgres", database_url), questions=questions, limits=Limits(streams_per_account=10_000))

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        async with hub:
            install_drain(hub.drain)
            freeze_collector()
            yield

    app = Starlette(lifespan=lifespan, routes=[Route(PATH, StreamEndpoint(hub, rights.authenticate))])
    listener = socket.create_server(("127.0.0.1", 0), backlog=4096)
    config = uvicorn.Config(app, loop="uvloop", http=StreamConnection, log_config=None, access_log=False, timeout_graceful_shutdown=60)
    print(listener.getsockname()[1], flush=True)
    uvicorn.Server(config).run(sockets=[listener])


if __name__ == "__main__":
    main(sys.argv[1])
