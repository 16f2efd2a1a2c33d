"""The queue: jobs of dead workers come back, poison is parked, an unknown reaction waits for a newer worker."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from procrastinate import App
from procrastinate.jobs import Job

from resolutionflow.app.jobs import MAX_ATTEMPTS, Patience, UnknownReaction, revive
from resolutionflow.app.runtime import Runtime, build
from resolutionflow.events.registry import Again
from resolutionflow.platform.settings import Settings
from tests.database import Urls
from tests.factories.make import Make


def job(attempts: int) -> Job:
    return Job(id=1, queue="reactions", lock=None, queueing_lock=None, task_name="react", attempts=attempts)


def test_attempts_wait_longer_and_longer_and_then_end() -> None:
    now = datetime.now(UTC)
    waits = []
    for attempts in range(1, MAX_ATTEMPTS):
        decision = Patience().get_retry_decision(exception=RuntimeError(), job=job(attempts))
        assert decision is not None
        assert decision.retry_at is not None
        waits.append(round((decision.retry_at - now).total_seconds()))
    assert waits == [2, 4, 8, 16, 32, 60, 60]
    assert Patience().get_retry_decision(exception=RuntimeError(), job=job(MAX_ATTEMPTS)) is None


def test_a_reaction_that_counts_its_own_attempts_says_when_it_is_run_again() -> None:
    decision = Patience().get_retry_decision(exception=Again(90), job=job(1_000))
    assert decision is not None
    assert decision.retry_at is not None
    assert round((decision.retry_at - datetime.now(UTC)).total_seconds()) == 90


def test_an_unknown_reaction_uses_up_no_attempt() -> None:
    assert Patience().get_retry_decision(exception=UnknownReaction("newer"), job=job(1_000)) is not None


@pytest.fixture
async def queue(settings: Settings, urls: Urls) -> AsyncIterator[App]:
    built = build(settings, urls.app)
    async with built.queue.open_async():
        yield built.queue
    await built.database.close()


async def doing(make: Make, *, attempts: int) -> None:
    """The escalation's two jobs as a worker left them that died a minute ago."""
    await make.handoff(await make.person())
    make.rows("insert into queue.procrastinate_workers (last_heartbeat) values (now() - interval '1 minute') returning id")
    make.rows(
        "update queue.procrastinate_jobs set status = 'doing', attempts = %s,"
        " worker_id = (select max(id) from queue.procrastinate_workers) where task_name = 'react' returning id",
        attempts,
    )


async def test_a_dead_workers_job_is_put_back(make: Make, queue: App) -> None:
    await doing(make, attempts=1)
    assert await revive(queue) == 2
    assert make.rows("select status::text from queue.procrastinate_jobs") == [("todo",)] * 2
    assert await revive(queue) == 0


async def test_a_job_that_took_its_worker_down_too_often_is_parked_where_it_can_be_seen(make: Make, queue: App) -> None:
    await doing(make, attempts=MAX_ATTEMPTS)
    await revive(queue)
    assert make.rows("select status::text from queue.procrastinate_jobs") == [("failed",)] * 2


async def test_a_living_workers_job_is_left_alone(make: Make, queue: App) -> None:
    await doing(make, attempts=1)
    make.rows("update queue.procrastinate_workers set last_heartbeat = now() returning id")
    assert await revive(queue) == 0


async def test_jobs_carry_ids_only(make: Make) -> None:
    handoff = await make.handoff(await make.person(), reason="The client is furious about invoice 4711")
    assert handoff.snapshot.problem.ask
    jobs = make.rows("select args from queue.procrastinate_jobs")
    assert [set(args) for (args,) in jobs] == [{"account_id", "event_id", "reaction"}] * 2


async def test_a_worker_runs_what_an_escalation_left_to_do_once(make: Make, queue: App, runtime: Runtime) -> None:
    await make.handoff(await make.person())
    assert runtime.queue is not queue
    await asyncio.wait_for(queue.run_worker_async(wait=False, install_signal_handlers=False, delete_jobs="successful", concurrency=2), 60)
    assert make.rows("select count(*) from queue.procrastinate_jobs where task_name = 'react'") == [(0,)]
    assert [key.partition(":")[0] for (key,) in make.rows("select key from effects")] == ["console"]
