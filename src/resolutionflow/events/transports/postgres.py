import asyncio
from typing import ClassVar

import psycopg
from psycopg import sql

from resolutionflow.events.rings import CHANNEL
from resolutionflow.events.transports.base import Line, OnRing, OnUp, hear
from resolutionflow.platform.db.urls import conninfo

_QUIET_SECONDS = 15.0
_ANSWER_SECONDS = 5.0


class PostgresDoorbell(Line):
    """LISTEN on a connection of its own: a transaction pooler would lose what comes between two statements."""

    lost: ClassVar = (psycopg.Error, OSError)

    def __init__(self, database_url: str) -> None:
        super().__init__()
        self._conninfo = conninfo(database_url)

    async def subscribe(self, on_ring: OnRing, on_up: OnUp) -> None:
        dialling = psycopg.AsyncConnection.connect(
            self._conninfo, autocommit=True, connect_timeout=5, application_name="resolutionflow-doorbell"
        )
        async with await dialling as connection:
            await connection.execute(sql.SQL("listen {}").format(sql.Identifier(CHANNEL)))
            on_up()
            while True:
                async for notice in connection.notifies(timeout=_QUIET_SECONDS):
                    hear(notice.payload, on_ring)
                async with asyncio.timeout(_ANSWER_SECONDS):  # a peer that vanished is noticed here
                    await connection.execute("select 1")

    async def publish(self, payload: str) -> None:
        """Nothing: the NOTIFY was part of the transaction."""

    async def close(self) -> None:
        """Nothing: the connection ends with `listen`."""
