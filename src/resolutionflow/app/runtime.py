"""One process's parts, wired: database, queue, doorbell, hub."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import structlog
from procrastinate import App

from resolutionflow.accounts.queries import may_stream
from resolutionflow.app.assistants import answering, assessing, router
from resolutionflow.app.jobs import CLOCK_QUEUE, add_tasks, deferrer
from resolutionflow.app.reactions import checked
from resolutionflow.events.audience import Questions
from resolutionflow.events.frames import Json
from resolutionflow.events.hub import Hub
from resolutionflow.events.limits import Limits
from resolutionflow.events.log import Seal
from resolutionflow.events.registry import SLOW, USUAL
from resolutionflow.events.subscribers import Listener
from resolutionflow.events.transports import Doorbell, connect
from resolutionflow.handoffs.assessors import Assessors
from resolutionflow.notifications.queries import unread_counts
from resolutionflow.platform.db import Database
from resolutionflow.platform.db.glances import Glances
from resolutionflow.platform.db.roles import refuse_strong_role
from resolutionflow.platform.ids import AccountId, SessionId, UserId
from resolutionflow.platform.settings import Settings
from resolutionflow.platform.tasks import queue_app
from resolutionflow.sessions.conversations import Conversations
from resolutionflow.sessions.queries import changed

log = structlog.get_logger()
HEARTBEAT_SECONDS = 5.0
WORKER_GRACE_SECONDS = 5.0
SLOW_AT_ONCE = 4
"""Models asked at the same time by one process."""


@dataclass(frozen=True)
class Runtime:
    settings: Settings
    database: Database
    queue: App
    doorbell: Doorbell
    hub: Hub
    conversations: Conversations
    signing_key: bytes

    def drain(self) -> None:
        """On SIGTERM: let everything that streams come to its end."""
        self.hub.drain()
        self.conversations.drain()


def build(settings: Settings, database_url: str, *, stepping: bool = True, pool_size: int = 20) -> Runtime:
    """Wire the parts; nothing is opened yet."""
    registry = checked()
    queue = queue_app(database_url)
    doorbell = connect(settings.event_bus_url, database_url)
    publish = None if settings.event_bus_url == "postgres" else doorbell.publish
    seal = Seal(registry, defer=deferrer(queue), publish=publish)
    database = Database(database_url, seal=seal, pool_size=pool_size)
    assistants = router(settings)
    conversations = Conversations(database.work, answering(assistants, settings))
    parts: dict[type[object], object] = {Conversations: conversations, Assessors: assessing(assistants, settings)}
    add_tasks(queue, work=database.work, registry=registry, parts=parts, retention_days=settings.event_retention_days)

    async def allowed(account: AccountId, listeners: set[Listener]) -> set[Listener]:
        async with database.work(account) as db:
            live = await may_stream(db, {(each.user_id, each.family_id) for each in listeners})
        return {each for each in listeners if (each.user_id, each.family_id) in live}

    async def session_signals(account: AccountId, sessions: frozenset[SessionId]) -> list[tuple[frozenset[UserId], Json]]:
        async with database.work(account) as db:
            return await changed(db, session_ids=list(sessions))

    async def people_signals(account: AccountId, people: frozenset[UserId]) -> dict[UserId, Json]:
        async with database.work(account) as db:
            counts = await unread_counts(db, people)
        return {person: {"unread_count": count} for person, count in counts.items()}

    hub = Hub(
        Glances(database_url),
        doorbell,
        questions=Questions(may_stream=allowed, session_signals=session_signals, people_signals=people_signals),
        limits=Limits.of(settings),
        stepping=stepping,
    )
    return Runtime(settings, database, queue, doorbell, hub, conversations, settings.signing_key())


@asynccontextmanager
async def opened(runtime: Runtime, *, web: bool, worker: bool) -> AsyncIterator[Runtime]:
    """Guard the role, then run what this process is for until the block ends."""
    await refuse_strong_role(runtime.database.engine)
    async with runtime.queue.open_async(), contextlib.AsyncExitStack() as stack:
        if web:
            await stack.enter_async_context(runtime.hub)
        if worker:
            await stack.enter_async_context(_working(runtime.queue))
        try:
            yield runtime
        finally:
            await stack.aclose()
            await runtime.conversations.close()
            await runtime.doorbell.close()
            await runtime.database.close()


@asynccontextmanager
async def _working(queue: App) -> AsyncIterator[None]:
    task = asyncio.create_task(work_forever(queue), name="worker")
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def work_forever(queue: App, *, signals: bool = False) -> None:
    """Run jobs until cancelled, or with `signals` until SIGTERM. What waits for others' machines has a worker of its own."""
    async with asyncio.TaskGroup() as group:
        slow = group.create_task(_work(queue, [SLOW], concurrency=SLOW_AT_ONCE))
        usual = group.create_task(_work(queue, [USUAL, CLOCK_QUEUE], concurrency=8, signals=signals))
        usual.add_done_callback(lambda _: slow.cancel())


async def _work(queue: App, queues: list[str], *, concurrency: int, signals: bool = False) -> None:
    """A worker that falls over (database away) is started again."""
    while True:
        try:
            await queue.run_worker_async(
                queues=queues,
                concurrency=concurrency,
                fetch_job_polling_interval=1.0,
                update_heartbeat_interval=HEARTBEAT_SECONDS,
                stalled_worker_timeout=60.0,
                shutdown_graceful_timeout=WORKER_GRACE_SECONDS,
                delete_jobs="successful",
                install_signal_handlers=signals,
            )
            return
        except asyncio.CancelledError:
            raise
        except Exception:
            log.exception("worker_failed")
        await asyncio.sleep(1)
