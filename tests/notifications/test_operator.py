"""The console: an effect after the commit, done once however often its job runs."""

import asyncio
from dataclasses import dataclass, field

import pytest
from prometheus_client import REGISTRY

from resolutionflow.events.registry import Logged
from resolutionflow.handoffs.schemas import HandoffView
from resolutionflow.notifications.policy import Alert
from resolutionflow.notifications.reactions import tell, tell_operator
from tests.factories.make import Make, Somebody
from tests.factories.notifications import logged_creation, team


@dataclass
class Flaky:
    """Takes what it is told, but for the first `failures` times."""

    failures: int = 0
    told: list[Alert] = field(default_factory=list)
    name: str = "flaky"

    async def tell(self, alert: Alert) -> None:
        await asyncio.sleep(0)
        if self.failures:
            self.failures -= 1
            raise ConnectionRefusedError
        self.told.append(alert)


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


async def test_the_job_tells_the_operator_once_however_often_it_runs(make: Make) -> None:
    def told() -> float:
        return REGISTRY.get_sample_value("resolutionflow_alerts_told_total", {"channel": "console"}) or 0.0

    _, handoff, logged = await waiting(make)
    before = told()
    for _ in range(3):
        await tell_operator(make.work, logged)
    assert told() - before == 1
    assert make.rows("select key from effects") == [(f"console:{handoff.id}",)]


async def test_a_channel_is_told_what_the_bell_says(make: Make) -> None:
    _, handoff, logged = await waiting(make)
    channel = Flaky()
    await tell(make.work, logged, channel)
    assert channel.told == [
        Alert(
            account_id=logged.account_id,
            handoff_id=handoff.id,
            session_id=handoff.session_id,
            title="Escalation from Jane: Outlook is failing to sync e-mail",
            first_line="normal priority · Next idea",
            link=f"/pilot/{handoff.session_id}?pickup=true",
        )
    ]


async def test_workers_with_the_same_job_tell_once(make: Make) -> None:
    _, _, logged = await waiting(make)
    channel = Flaky()
    await asyncio.gather(*(tell(make.work, logged, channel) for _ in range(4)))
    assert len(channel.told) == 1


async def test_a_job_that_comes_after_the_pickup_tells_nobody(make: Make) -> None:
    sam, handoff, logged = await waiting(make)
    await make.claim(sam, handoff)
    channel = Flaky()
    await tell(make.work, logged, channel)
    assert channel.told == []
    assert make.rows("select key from effects") == []


async def test_what_failed_is_told_by_the_next_attempt(make: Make) -> None:
    _, _, logged = await waiting(make)
    channel = Flaky(failures=1)
    with pytest.raises(ConnectionRefusedError):
        await tell(make.work, logged, channel)
    await tell(make.work, logged, channel)
    assert len(channel.told) == 1


async def test_channels_do_not_take_each_others_keys(make: Make) -> None:
    _, _, logged = await waiting(make)
    await tell_operator(make.work, logged)
    channel = Flaky()
    await tell(make.work, logged, channel)
    assert len(channel.told) == 1
