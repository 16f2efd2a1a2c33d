"""The live part by itself: a hub on a real database behind a real uvicorn, with facts, people and rights of the test."""

import asyncio
import socket
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import ClassVar
from uuid import UUID

import uvicorn
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from resolutionflow.events.audience import Questions
from resolutionflow.events.connection import StreamConnection
from resolutionflow.events.facts import Fact
from resolutionflow.events.frames import Json
from resolutionflow.events.hub import Hub
from resolutionflow.events.limits import Limits
from resolutionflow.events.log import Deferred, Seal, record
from resolutionflow.events.registry import Registry
from resolutionflow.events.stream import StreamEndpoint
from resolutionflow.events.subscribers import Listener
from resolutionflow.events.transports.base import Doorbell
from resolutionflow.platform.db import Database, Db
from resolutionflow.platform.db.glances import Glances
from resolutionflow.platform.errors import NotAuthenticated
from resolutionflow.platform.ids import AccountId, SessionId, UserId, uuid7
from tests.database import Urls, superuser
from tests.events.reading import Reader, eventually


class Happened(Fact):
    """A numbered event; `n` tells which, `text` makes it as large as a case needs."""

    type: ClassVar = "happened"
    streamed: ClassVar = True
    n: int
    text: str = ""


class RightsChanged(Fact):
    type: ClassVar = "rights_changed"
    affects_access: ClassVar = True


class Touched(Fact):
    type: ClassVar = "touched"
    session_id: SessionId
    people: tuple[UserId, ...] = ()

    def touched_sessions(self) -> list[SessionId]:
        return [self.session_id]

    def touched_people(self) -> tuple[UserId, ...]:
        return self.people


@dataclass
class Rights:
    """Who may stream, and whose sessions there are."""

    revoked: set[UserId] = field(default_factory=set)
    owners: dict[SessionId, frozenset[UserId]] = field(default_factory=dict)
    unread: dict[UserId, int] = field(default_factory=dict)

    async def may_stream(self, _: AccountId, listeners: set[Listener]) -> set[Listener]:
        return {each for each in listeners if each.user_id not in self.revoked}

    async def session_signals(self, _: AccountId, sessions: frozenset[SessionId]) -> list[tuple[frozenset[UserId], Json]]:
        return [(self.owners[id], {"session_id": str(id)}) for id in sessions if id in self.owners]

    async def people_signals(self, _: AccountId, people: frozenset[UserId]) -> dict[UserId, Json]:
        return {id: {"unread_count": self.unread[id]} for id in people if id in self.unread}

    async def authenticate(self, scope: Scope) -> Listener:
        """`Account`, `User` and `Seconds-Left` headers stand for a token."""
        headers = Headers(scope=scope)
        if "account" not in headers:
            raise NotAuthenticated
        left = timedelta(seconds=float(headers.get("seconds-left", "900")))
        user = UserId(UUID(headers["user"]))
        return Listener(AccountId(UUID(headers["account"])), user, UUID(headers["user"]), datetime.now(UTC) + left)


async def no_jobs(db: Db, jobs: Sequence[Deferred]) -> None:
    assert not jobs, "the facts of these tests have no reactions"


def new_account(urls: Urls) -> AccountId:
    account = AccountId(uuid7())
    connection = superuser(urls.superuser)
    connection.execute("insert into accounts (id, name) values (%s, 'Northwind')", (account,))
    connection.execute("insert into event_counters (account_id) values (%s)", (account,))
    return account


def log_database(urls: Urls, *, doorbell: Doorbell | None = None, pool_size: int = 10) -> Database:
    """Units of work that log facts as the product does."""
    seal = Seal(Registry(), defer=no_jobs, publish=doorbell.publish if doorbell else None)
    return Database(urls.app, seal=seal, pool_size=pool_size)


@dataclass
class Live:
    hub: Hub
    database: Database
    rights: Rights
    port: int
    account: AccountId

    async def happen(self, *numbers: int, text: str = "", account: AccountId | None = None) -> None:
        """Log one event each, in one unit of work."""
        async with self.database.work(account or self.account) as db:
            for n in numbers:
                record(db, None, Happened(n=n, text=text))

    async def record(self, fact: Fact) -> None:
        async with self.database.work(self.account) as db:
            record(db, None, fact)

    async def connect(
        self,
        *,
        user: UserId | None = None,
        account: AccountId | None = None,
        after: object = None,
        seconds_left: float = 900,
        receive_buffer: int | None = None,
    ) -> Reader:
        resume = {} if after is None else {"Last_Event_ID": str(after)}
        return await Reader.get(
            self.port,
            Account=str(account or self.account),
            User=str(user or uuid7()),
            Seconds_Left=str(seconds_left),
            receive_buffer=receive_buffer,
            **resume,
        )

    async def follow(self, *, user: UserId | None = None, after: object = None) -> Reader:
        """Connected and past `ready`."""
        reader = await self.connect(user=user, after=after)
        assert (await reader.next()).event == "ready"
        return reader

    async def is_empty(self) -> bool:
        """Wait until no stream, no account and no task of theirs is left."""
        await eventually(lambda: not (self.hub.open_streams or self.hub.accounts or _stream_tasks()))
        return True


def _stream_tasks() -> list[asyncio.Task[object]]:
    return [task for task in asyncio.all_tasks() if any(name in repr(task.get_coro()) for name in ("Audience.", "run_asgi"))]


@asynccontextmanager
async def serving(app: ASGIApp) -> AsyncIterator[int]:
    """A real server in this loop; small buffers, so that a reader who stops is noticed after kilobytes."""
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 16_384)
    listener.bind(("127.0.0.1", 0))
    listener.listen(1024)
    config = uvicorn.Config(app, http=StreamConnection, lifespan="off", log_config=None, access_log=False, timeout_graceful_shutdown=5)
    server = uvicorn.Server(config)
    task = asyncio.create_task(server.serve(sockets=[listener]))
    await eventually(lambda: server.started)
    try:
        yield listener.getsockname()[1]
    finally:
        server.should_exit = True
        await task


@asynccontextmanager
async def live_on(urls: Urls, doorbell: Doorbell, *, limits: Limits, stepping: bool = True, publish: bool = True) -> AsyncIterator[Live]:
    database = log_database(urls, doorbell=doorbell if publish else None)
    rights = Rights()
    questions = Questions(rights.may_stream, rights.session_signals, rights.people_signals)
    hub = Hub(Glances(urls.app), doorbell, questions=questions, limits=limits, stepping=stepping)
    endpoint = StreamEndpoint(hub, rights.authenticate)

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await endpoint(scope, receive, send)

    try:
        async with serving(app) as port, hub:
            yield Live(hub, database, rights, port, new_account(urls))
    finally:
        await database.close()
