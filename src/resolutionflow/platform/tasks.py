"""The queue: procrastinate in the schema `queue`, on the same database, so that jobs commit with what caused them.

Job arguments are ids only: the tables of the queue know no tenants.
"""

from collections.abc import Iterable

from procrastinate import App, PsycopgConnector
from procrastinate.jobs import Job
from psycopg import AsyncConnection

from resolutionflow.platform.db import Db
from resolutionflow.platform.db.urls import conninfo


def queue_app(url: str) -> App:
    """The queue of this process, not opened yet; `app.worker` gives it its tasks."""
    options = "-c search_path=queue -c timezone=UTC -c lock_timeout=3s -c statement_timeout=15s -c idle_in_transaction_session_timeout=30s"
    connector = PsycopgConnector(conninfo=conninfo(url), kwargs={"options": options, "connect_timeout": 5}, min_size=1, max_size=8)
    return App(connector=connector)


async def driver_connection(db: Db) -> AsyncConnection[object]:
    """The psycopg connection under this unit of work: what the queue inserts on."""
    raw = await (await db.connection()).get_raw_connection()
    connection: AsyncConnection[object] = raw.driver_connection  # type: ignore[assignment]  # typed as Any upstream
    return connection


async def defer(db: Db, queue: App, jobs: Iterable[Job]) -> None:
    """Insert jobs in one batch, in this transaction: rolled back together with it."""
    batch = list(jobs)
    if batch:
        await queue.job_manager.batch_defer_jobs_async(batch, connection=await driver_connection(db))
