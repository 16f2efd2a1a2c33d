import asyncio

import psycopg
from psycopg import sql
from sqlalchemy.engine import make_url

from resolutionflow.events.rings import CHANNEL
from resolutionflow.events.transports.base import OnRing, OnUp, hear, keep_up

_QUIET_SECONDS = 15.0
_ANSWER_SECONDS = 5.0


class PostgresDoorbell:
    """LISTEN on a connection of its own: a pooled one, or a transaction pooler, would lose what comes between two statements."""

    def __init__(self, database_url: str) -> None:
        self._conninfo = make_url(database_url).set(drivername="postgresql").render_as_string(hide_password=False)

    async def listen(self, on_ring: OnRing, on_up: OnUp) -> None:
        async def subscribe(up: OnUp) -> None:
            connecting = psycopg.AsyncConnection.connect(
                self._conninfo, autocommit=True, connect_timeout=5, application_name="resolutionflow-doorbell"
            )
            async with await connecting as connection:
                await connection.execute(sql.SQL("listen {}").format(sql.Identifier(CHANNEL)))
                up()
                while True:
                    async for notice in connection.notifies(timeout=_QUIET_SECONDS):
                        hear(notice.payload, on_ring)
                    async with asyncio.timeout(_ANSWER_SECONDS):  # a peer that vanished is noticed here
                        await connection.execute("select 1")

        await keep_up(subscribe, on_up, lost=(psycopg.Error, OSError))

    async def publish(self, payload: str) -> None:
        """Nothing: the NOTIFY was part of the transaction."""

    async def close(self) -> None:
        """Nothing: the connection ends with `listen`."""
