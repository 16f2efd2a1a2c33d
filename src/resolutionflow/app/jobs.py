"""The tasks of the queue: reactions after the commit, and the work of the clock."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import timedelta
from uuid import UUID

import structlog
from procrastinate import App, BaseRetryStrategy, JobContext, RetryDecision
from procrastinate.jobs import Job, Status
from prometheus_client import Counter
from sqlalchemy import select, text

from resolutionflow.accounts.jobs import forget_attempts, forget_expired
from resolutionflow.events.log import Deferred
from resolutionflow.events.models import Event
from resolutionflow.events.registry import USUAL, Again, Logged, Registry
from resolutionflow.handoffs.jobs import look_after_claims
from resolutionflow.platform.db import Db, Work
from resolutionflow.platform.failpoints import failpoint
from resolutionflow.platform.ids import AccountId
from resolutionflow.platform.tasks import defer

log = structlog.get_logger()
REACT = "react"
MAX_ATTEMPTS = 8
STALLED_AFTER_SECONDS = 15
CLOCK_QUEUE = "clock"
REACTED = Counter("resolutionflow_reactions_total", "Reactions run after a commit", ["reaction", "outcome"])


class UnknownReaction(LookupError):
    """A newer process deferred it: somebody who knows it will take it (rolling restarts)."""


class Patience(BaseRetryStrategy):
    """1, 2, 4 … seconds between attempts, at most a minute; an unknown reaction waits for a newer worker and uses up no attempt."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        if isinstance(exception, UnknownReaction):
            return RetryDecision(retry_in={"seconds": 10})
        if isinstance(exception, Again):
            return RetryDecision(retry_in={"seconds": exception.seconds})
        if job.attempts >= MAX_ATTEMPTS:
            return None
        return RetryDecision(retry_in={"seconds": min(60, 2**job.attempts)})


def deferrer(queue: App) -> Callable[[Db, Sequence[Deferred]], Awaitable[None]]:
    """How the seal inserts the jobs of a unit of work: one batch, on its connection."""

    async def insert(db: Db, jobs: Sequence[Deferred]) -> None:
        await defer(db, queue, [_job(each) for each in jobs])

    return insert


def _job(each: Deferred) -> Job:
    args = {"account_id": str(each.account_id), "event_id": str(each.event_id), "reaction": each.reaction}
    return Job(id=None, queue=each.queue, lock=None, queueing_lock=None, task_name=REACT, task_kwargs=args, priority=0)  # type: ignore[arg-type]


def add_tasks(queue: App, *, work: Work, registry: Registry, parts: Mapping[type[object], object], retention_days: int) -> None:
    """Give this process's queue its tasks. `parts` holds what reactions need beside the database; a missing one stops the start."""
    missing = {each.needs for each in registry.on_.values() if each.needs} - set(parts)
    if missing:
        raise LookupError(f"reactions need parts that this process has not: {missing}")

    @queue.task(name=REACT, queue=USUAL, retry=Patience())
    async def react(account_id: str, event_id: str, reaction: str) -> None:
        found = registry.on_.get(reaction)
        if found is None:
            raise UnknownReaction(reaction)
        logged = await _logged(work, AccountId(UUID(account_id)), event_id)
        if logged is None:
            log.warning("event_gone", event_id=event_id, reaction=reaction)
            return
        try:
            await found.react(work, logged, *([parts[found.needs]] if found.needs else []))
        except Again:
            REACTED.labels(reaction, "again").inc()
            raise
        except Exception:
            REACTED.labels(reaction, "failed").inc()
            raise
        failpoint("after_reaction")
        REACTED.labels(reaction, "done").inc()

    @queue.periodic(cron="* * * * * */10")
    @queue.task(name="revive_stalled", queue=CLOCK_QUEUE, queueing_lock="revive_stalled", pass_context=True)
    async def revive_stalled(context: JobContext, timestamp: int) -> None:
        await revive(context.app)

    @queue.periodic(cron="* * * * * */5")
    @queue.task(name="look_after_claims", queue=CLOCK_QUEUE, queueing_lock="look_after_claims")
    async def look_after(timestamp: int) -> None:
        await look_after_claims(work)

    @queue.periodic(cron="17 * * * *")
    @queue.task(name="tidy", queue=CLOCK_QUEUE, queueing_lock="tidy")
    async def tidy(timestamp: int) -> None:
        await forget_attempts(work)
        await _for_each_account(work, retention_days)


async def revive(queue: App) -> int:
    """Put jobs of dead workers back; one that took its worker down too often is parked as failed. Answers how many."""
    stalled = list(await queue.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER_SECONDS))
    for job in stalled:
        if job.attempts >= MAX_ATTEMPTS:
            log.error("job_parked", job=job.id, task=job.task_name, attempts=job.attempts)
            await queue.job_manager.finish_job(job, status=Status.FAILED, delete_job=False)
        else:
            log.warning("job_revived", job=job.id, task=job.task_name, attempts=job.attempts)
            await queue.job_manager.retry_job(job)
    await queue.job_manager.prune_stalled_workers(seconds_since_heartbeat=timedelta(minutes=5).total_seconds())
    return len(stalled)


async def _for_each_account(work: Work, retention_days: int) -> None:
    """Periodic work lists the accounts and opens one unit of work each; one sick account does not stop the others."""
    async with work(None) as db:
        accounts = [AccountId(row[0]) for row in await db.execute(text("select app.account_ids()"))]
    for account_id in accounts:
        try:
            await forget_expired(work, account_id)
            await _empty_old_bodies(work, account_id, retention_days)
        except Exception:
            log.exception("tidy_failed", account_id=str(account_id))
            await asyncio.sleep(0)


async def _empty_old_bodies(work: Work, account_id: AccountId, retention_days: int) -> None:
    """The skeleton of an event stays, for figures; what it said goes. Older cursors get `resync`."""
    async with work(account_id) as db:
        await db.execute(
            text("update events set body = null where body is not null and occurred_at < app.now() - make_interval(days => :days)"),
            {"days": retention_days},
        )


async def _logged(work: Work, account_id: AccountId, event_id: str) -> Logged | None:
    async with work(account_id) as db:
        event = await db.scalar(select(Event).where(Event.id == UUID(event_id)))
    if event is None:
        return None
    return Logged(id=event.id, account_id=account_id, type=event.type, subject_id=event.subject_id, occurred_at=event.occurred_at)
