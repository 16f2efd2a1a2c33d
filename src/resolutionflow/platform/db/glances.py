"""Reads of one statement in one exchange with the server, for what a process reads again and again on behalf of many."""

from typing import Any, LiteralString

import psycopg
from psycopg import AsyncClientCursor, AsyncConnection
from psycopg.rows import TupleRow
from psycopg_pool import AsyncConnectionPool

from resolutionflow.platform.db.urls import conninfo
from resolutionflow.platform.db.work import GUARDS
from resolutionflow.platform.ids import AccountId

_SCOPE: LiteralString = "select set_config('app.account_id', %s, true); "


class Glances:
    """A few connections of the app role, apart from those of the requests; row-level security binds them alike.

    Statements sent in one simple query are one transaction, so the scope ends with the read. A unit of work would take four
    exchanges and a session, about eight times the processor time.
    """

    def __init__(self, url: str, *, connections: int = 4) -> None:
        options = " ".join(f"-c {name}={value}" for name, value in GUARDS.items())
        self._pool: AsyncConnectionPool[AsyncConnection[TupleRow]] = AsyncConnectionPool(
            conninfo(url),
            kwargs={
                "autocommit": True,
                "cursor_factory": AsyncClientCursor,
                "options": options,
                "connect_timeout": 5,
                "application_name": "resolutionflow-glances",
            },
            min_size=1,
            max_size=connections,
            timeout=2,
            open=False,
        )

    async def open(self) -> None:
        """Does not wait for the database: it may be away."""
        await self._pool.open()

    async def close(self) -> None:
        await self._pool.close()

    async def rows(self, account_id: AccountId | None, statement: LiteralString, *values: object) -> list[tuple[Any, ...]]:
        """The rows that this account may see. Raises `ConnectionError` where the database is away or overrun."""
        try:
            async with self._pool.connection() as connection:
                cursor = await connection.execute(_SCOPE + statement, (str(account_id or ""), *values))
                cursor.nextset()
                return await cursor.fetchall()
        except psycopg.OperationalError as error:
            await self._pool.check()  # after a restart of the server every connection is dead, not only this one
            raise ConnectionError(f"the database did not answer: {type(error).__name__}") from error
