"""The console: an effect after the commit, done once however often its job runs."""

import asyncio
from collections.abc import MutableMapping
from typing import Any

import pytest
import structlog
from prometheus_client import REGISTRY

from resolutionflow.events.registry import Logged
from resolutionflow.handoffs.schemas import HandoffView
from resolutionflow.notifications import reactions
from tests.factories.make import Make, Somebody
from tests.factories.notifications import logged_creation, team


def told() -> float:
    return REGISTRY.get_sample_value("resolutionflow_alerts_told_total", {"channel": "console"}) or 0.0


async def waiting(make: Make) -> tuple[Somebody, HandoffView, Logged]:
    """A senior, an escalation that waits for one, and its fact."""
    jane, sam = await team(make, "Jane", "Sam")
    handoff = await make.handoff(jane)
    return sam, handoff, logged_creation(make, handoff)


async def test_an_escalation_leaves_a_job_that_carries_ids_only(make: Make) -> None:
    _, _, logged = await waiting(make)
    jobs = make.rows("select args from queue.procrastinate_jobs where args->>'reaction' = 'notifications.tell_operator'")
    expected = {"account_id": str(logged.account_id), "event_id": str(logged.id), "reaction": "notifications.tell_operator"}
    assert jobs == [(expected,)]


async def test_the_operator_reads_ids_and_no_ticket_text(make: Make) -> None:
    _, handoff, logged = await waiting(make)
    with structlog.testing.capture_logs() as lines:
        await reactions.tell_operator(make.work, logged)
    (line,) = [each for each in lines if each["event"] == "escalation_waiting"]
    assert line == {
        "event": "escalation_waiting",
        "log_level": "info",
        "account_id": str(logged.account_id),
        "handoff_id": str(handoff.id),
        "session_id": str(handoff.session_id),
    }


async def test_a_repeated_job_does_nothing(make: Make) -> None:
    _, handoff, logged = await waiting(make)
    before = told()
    for _ in range(3):
        await reactions.tell_operator(make.work, logged)
    assert told() - before == 1
    assert make.rows("select key from effects") == [(f"console:{handoff.id}",)]


async def test_two_workers_with_the_same_job_tell_once(make: Make) -> None:
    _, _, logged = await waiting(make)
    before = told()
    await asyncio.gather(*(reactions.tell_operator(make.work, logged) for _ in range(4)))
    assert told() - before == 1


async def test_a_job_that_comes_after_the_pickup_tells_nobody(make: Make) -> None:
    sam, handoff, logged = await waiting(make)
    await make.claim(sam, handoff)
    before = told()
    await reactions.tell_operator(make.work, logged)
    assert told() == before
    assert make.rows("select key from effects") == []


def disk_full(*_: object) -> MutableMapping[str, Any]:
    raise OSError("disk full")


async def test_a_line_that_could_not_be_written_is_written_by_the_next_attempt(make: Make) -> None:
    _, _, logged = await waiting(make)
    before = told()
    with structlog.testing.capture_logs(processors=[disk_full]), pytest.raises(OSError, match="disk full"):
        await reactions.tell_operator(make.work, logged)
    await reactions.tell_operator(make.work, logged)
    assert told() - before == 1
