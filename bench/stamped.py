"""`python -m bench.stamped --port N`: `resolutionflow web` whose answers say when their unit of work had committed.

CLOCK_MONOTONIC nanoseconds in a header, read by the load client on the same machine.
"""

import argparse
import time
from contextvars import ContextVar

from sqlalchemy import event
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from resolutionflow.app import serve
from resolutionflow.app.api import create_app
from resolutionflow.app.runtime import build
from resolutionflow.platform import logs
from resolutionflow.platform.db.work import ScopedSession
from resolutionflow.platform.settings import load

HEADER = "committed-ns"
_commits: ContextVar[list[int] | None] = ContextVar("commits", default=None)


@event.listens_for(ScopedSession, "after_commit")
def _note(_: ScopedSession) -> None:
    """Runs when COMMIT has been answered."""
    if (commits := _commits.get()) is not None:
        commits.append(time.monotonic_ns())


class Stamped:
    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "POST":
            await self._app(scope, receive, send)
            return
        commits: list[int] = []
        _commits.set(commits)

        async def stamped(message: Message) -> None:
            if message["type"] == "http.response.start" and commits:
                message["headers"].append((HEADER.encode(), str(commits[-1]).encode()))
            await send(message)

        await self._app(scope, receive, stamped)


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--port", type=int, required=True)
    settings = load()
    assert settings.database_url is not None
    logs.configure(settings.log_format)
    app = Stamped(create_app(build(settings, settings.database_url), worker=False))
    serve.run_app(app, settings, serve.listen("127.0.0.1", arguments.parse_args().port))


if __name__ == "__main__":
    main()
