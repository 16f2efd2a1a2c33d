"""A stream ends when its person may no longer listen, its token or its time is over, or the server goes; and nothing is left of it."""

import asyncio

import pytest

from resolutionflow.events.limits import Limits
from resolutionflow.events.log import record
from resolutionflow.events.rings import Ring
from resolutionflow.events.transports.base import OnRing, OnUp
from resolutionflow.events.transports.memory import MemoryDoorbell
from resolutionflow.platform.ids import UserId, uuid7
from tests.events.conftest import Open
from tests.events.live import Happened, Live, RightsChanged
from tests.profiles import profile

QUICK = Limits(heartbeat_seconds=0.1, poll_seconds=60)


async def test_a_change_of_rights_ends_the_stream_at_once(either: Live) -> None:
    sam, ana = UserId(uuid7()), UserId(uuid7())
    of_sam, of_ana = await either.follow(user=sam), await either.follow(user=ana)
    either.rights.revoked.add(sam)
    async with either.database.work(either.account) as db:
        record(db, None, RightsChanged())
        record(db, None, Happened(n=1))
    assert await of_sam.following() is None, "what was committed with the change is not shown any more"
    assert (await of_ana.next()).id == 1
    assert either.hub.open_streams == 1


async def test_a_revoked_right_ends_the_stream_within_a_heartbeat_without_any_ring(open_live: Open) -> None:
    live = await open_live(limits=QUICK)
    sam = UserId(uuid7())
    reader = await live.follow(user=sam)
    await reader.beats(2)
    live.rights.revoked.add(sam)
    assert await reader.has_ended()


@pytest.mark.parametrize("stepping", [True, False])
async def test_a_stream_ends_with_its_token(open_live: Open, stepping: bool) -> None:
    live = await open_live(limits=QUICK, stepping=stepping)
    lasting = await live.follow()
    reader = await live.connect(seconds_left=0.3)
    assert await reader.has_ended()
    await lasting.beats(5)
    assert live.hub.open_streams == 1


async def test_a_stream_ends_when_its_time_is_over(open_live: Open) -> None:
    live = await open_live(limits=Limits(heartbeat_seconds=0.1, stream_seconds=0.25))
    assert await (await live.follow()).has_ended()
    assert await live.is_empty()


@pytest.mark.parametrize("stepping", [True, False])
async def test_draining_ends_every_stream_whole_and_readers_resume_elsewhere(open_live: Open, stepping: bool) -> None:
    live = await open_live(limits=Limits(streams_per_account=profile.streams), stepping=stepping)
    readers = await asyncio.gather(*(live.follow() for _ in range(profile.streams)))
    await live.happen(1, 2, 3)
    live.hub.drain()
    for reader in readers:
        seen = []
        while (frame := await reader.following()) is not None:
            seen.append(frame.id)
        assert seen == [1, 2, 3][: len(seen)]
    assert await live.is_empty()
    elsewhere = await open_live()
    resumed = await elsewhere.connect(account=live.account, after=1)
    assert (await resumed.next()).event == "ready"
    assert [event.id for event in await resumed.events(2)] == [2, 3]


async def test_draining_cuts_who_takes_nothing(live: Live) -> None:
    stuck = await live.connect(receive_buffer=4_096)
    assert (await stuck.next()).event == "ready"
    for n in range(1, 101):
        await live.happen(n, text="x" * 8_000)
    live.hub.drain()
    assert await live.is_empty()


async def test_nothing_is_left_when_everybody_is_gone(either: Live) -> None:
    for _ in range(3):
        readers = await asyncio.gather(*(either.follow() for _ in range(20)))
        await either.happen(1)
        for reader in readers:
            await reader.close()
        assert await either.is_empty()


class SilentDoorbell(MemoryDoorbell):
    """Connected, but every ring is lost."""

    async def publish(self, payload: str) -> None:
        Ring.decode(payload)


async def test_a_dead_doorbell_costs_the_polls_seconds_and_no_event(open_live: Open) -> None:
    live = await open_live(doorbell=SilentDoorbell(), limits=Limits(poll_seconds=0.2))
    readers = [await live.follow() for _ in range(3)]
    await live.happen(1, 2)
    for reader in readers:
        assert [event.id for event in await reader.events(2)] == [1, 2]


class FlickeringDoorbell(MemoryDoorbell):
    """Comes up again when the test says so; what rang before is lost."""

    def __init__(self) -> None:
        super().__init__()
        self.came_up: OnUp = lambda: None

    async def listen(self, on_ring: OnRing, on_up: OnUp) -> None:
        self.came_up = on_up
        await asyncio.Event().wait()


async def test_a_doorbell_that_comes_up_again_lets_everybody_catch_up(open_live: Open) -> None:
    doorbell = FlickeringDoorbell()
    live = await open_live(doorbell=doorbell, limits=Limits(poll_seconds=60))
    sam = UserId(uuid7())
    reader, of_sam = await live.follow(), await live.follow(user=sam)
    live.rights.revoked.add(sam)
    await live.happen(1)
    doorbell.came_up()
    assert [event.id for event in await reader.events(1)] == [1]
    assert await of_sam.following() is None
