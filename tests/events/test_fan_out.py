"""Who listens gets every event once and in order, whatever other readers do."""

import asyncio
import random

import pytest
from prometheus_client import REGISTRY

from resolutionflow.events.limits import Limits
from resolutionflow.platform.ids import SessionId, UserId, uuid7
from tests.events.conftest import Open
from tests.events.live import Live, Touched
from tests.events.reading import Reader, Seen, eventually

LARGE = "x" * 8_000


async def test_many_readers_get_all_in_order(either: Live) -> None:
    readers = await asyncio.gather(*(either.follow() for _ in range(100)))
    for n in range(1, 41, 2):
        await either.happen(n, n + 1)
    for reader in readers:
        assert [event.data["n"] for event in await reader.events(40)] == list(range(1, 41))


async def test_the_log_is_read_once_for_all(live: Live) -> None:
    readers = [await live.follow() for _ in range(20)]
    before = _reads("account")
    await live.happen(1)
    for reader in readers:
        await reader.events(1)
    assert _reads("account") - before == 1


async def test_a_storm_of_reconnecting_readers_misses_nothing(either: Live) -> None:
    chance = random.Random(11)
    seen: list[list[int]] = [[] for _ in range(20)]
    total = 150

    async def read(mine: list[int]) -> None:
        while len(mine) < total:
            reader = await either.follow(after=mine[-1] if mine else 0)
            for _ in range(chance.randint(1, 25)):
                event = await reader.next()
                assert event.id is not None, f"{event} after {mine[-1:]}"
                mine.append(event.id)
                if len(mine) == total:
                    break
            await reader.close()

    async def write() -> None:
        for n in range(1, total + 1):
            await either.happen(n)
            await asyncio.sleep(chance.random() * 0.004)

    await asyncio.gather(write(), *(read(mine) for mine in seen))
    assert all(mine == list(range(1, total + 1)) for mine in seen)
    assert await either.is_empty()


async def test_more_than_the_ring_holds_comes_from_the_log(either: Live) -> None:
    await either.follow()  # somebody is here, so the ring fills
    for first in range(1, 501, 50):
        await either.happen(*range(first, first + 50))
    reader = await either.follow(after=3)
    assert [event.id for event in await reader.events(497)] == list(range(4, 501))


async def test_what_the_ring_holds_costs_no_read(live: Live) -> None:
    witness = await live.follow()
    await live.happen(*range(1, 31))
    await witness.events(30)
    before = _reads("subscriber")
    readers = [await live.follow(after=5) for _ in range(10)]
    for reader in readers:
        assert [event.id for event in await reader.events(25)] == list(range(6, 31))
    assert _reads("subscriber") == before


async def test_a_reader_who_stops_holds_up_nobody_and_loses_nothing(either: Live) -> None:
    slow = await either.connect(receive_buffer=4_096)
    assert (await slow.next()).event == "ready"
    quick = await either.follow()
    for n in range(1, 151):  # far more than the buffers on the way and the ring hold
        await either.happen(n, text=LARGE)
        assert [event.data["n"] for event in await quick.events(1)] == [n]
    assert [event.data["n"] for event in await slow.events(150)] == list(range(1, 151))
    await either.happen(151)
    assert [event.id for event in await slow.events(1)] == [151]


@pytest.mark.parametrize("stepping", [True, False])
async def test_a_reader_who_takes_nothing_is_cut_and_resumes(open_live: Open, stepping: bool) -> None:
    live = await open_live(limits=Limits(write_seconds=0.2), stepping=stepping)
    stuck = await live.connect(receive_buffer=4_096)
    assert (await stuck.next()).event == "ready"
    for n in range(1, 151):
        await live.happen(n, text=LARGE)
    await eventually(lambda: live.hub.open_streams == 0)
    resumed = await live.follow(after=0)
    assert [event.id for event in await resumed.events(150)] == list(range(1, 151))


async def test_signals_go_to_their_people_only(either: Live) -> None:
    ana, ben, session = UserId(uuid7()), UserId(uuid7()), SessionId(uuid7())
    either.rights.owners[session] = frozenset([ana])
    either.rights.unread[ben] = 4
    of_ana, of_ben = await either.follow(user=ana), await either.follow(user=ben)
    await either.record(Touched(session_id=session, people=(ben,)))
    await either.happen(1)
    changed, news = await _two(of_ana)
    assert (changed.event, changed.id, changed.data["session_id"]) == ("session_changed", None, str(session))
    assert news.id == 1
    changed, news = await _two(of_ben)
    assert (changed.event, changed.id, changed.data["unread_count"]) == ("notification_changed", None, 4)
    assert news.id == 1


async def test_a_slow_reader_gets_the_newest_signal_of_a_kind(open_live: Open) -> None:
    live = await open_live()
    ana = UserId(uuid7())
    slow = await live.connect(user=ana, receive_buffer=4_096)
    assert (await slow.next()).event == "ready"
    for n in range(1, 101):
        await live.happen(n, text=LARGE)
    for unread in range(1, 51):
        live.rights.unread[ana] = unread
        await live.record(Touched(session_id=SessionId(uuid7()), people=(ana,)))
    numbered: list[int] = []
    signals: list[int] = []
    while len(numbered) < 100 or not signals or signals[-1] != 50:
        seen = await slow.next()
        if seen.id is None:
            signals.append(seen.data["unread_count"])
        else:
            numbered.append(seen.id)
    assert numbered == list(range(1, 101))
    assert len(signals) < 50
    assert signals == sorted(signals)


async def _two(reader: Reader) -> list[Seen]:
    return sorted([await reader.next(), await reader.next()], key=lambda seen: seen.id or 0)


def _reads(by: str) -> float:
    return REGISTRY.get_sample_value("resolutionflow_log_reads_total", {"by": by}) or 0.0
