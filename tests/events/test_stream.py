"""Connecting: what is refused before the first byte, and where a stream begins."""

import asyncio

import pytest

from resolutionflow.app.runtime import Runtime
from resolutionflow.events.limits import Limits
from resolutionflow.platform.ids import UserId, uuid7
from tests.database import Urls, cut_connections, superuser
from tests.events.conftest import Open
from tests.events.live import Live, new_account
from tests.events.reading import PATH, Reader, eventually


async def test_ready_comes_first_and_names_the_present(live: Live) -> None:
    await live.happen(1, 2, 3)
    reader = await live.connect()
    assert reader.status == 200
    assert reader.headers["content-type"] == "text/event-stream; charset=utf-8"
    assert reader.headers["cache-control"] == "no-cache"
    assert reader.headers["x-accel-buffering"] == "no"
    ready = await reader.next()
    assert (ready.event, ready.id, ready.data) == ("ready", None, {"last_event_id": 3, "heartbeat_seconds": 25})
    await live.happen(4)
    event = await reader.next()
    assert (event.event, event.id, event.data["event_id"], event.data["type"], event.data["n"]) == ("happened", 4, 4, "happened", 4)


async def test_what_was_missed_comes_after_ready_and_once(live: Live) -> None:
    await live.happen(1, 2, 3)
    reader = await live.connect(after=1)
    assert (await reader.next()).data["last_event_id"] == 1
    await live.happen(4)
    assert [event.id for event in await reader.events(3)] == [2, 3, 4]


async def test_the_query_names_the_id_where_no_header_can(live: Live) -> None:
    await live.happen(1, 2)
    reader = await Reader.get(live.port, path=f"{PATH}?last_event_id=1", Account=str(live.account), User=str(uuid7()))
    assert (await reader.next()).data["last_event_id"] == 1
    assert (await reader.next()).id == 2


async def test_nothing_of_another_account_is_ever_seen(live: Live, urls: Urls) -> None:
    from_here = await live.follow()
    other = new_account(urls)
    await live.happen(7, account=other)
    from_there = await live.connect(account=other, after=0)
    await from_there.next()
    assert [event.data["n"] for event in await from_there.events(1)] == [7]
    await live.happen(8)
    assert [event.data["n"] for event in await from_here.events(1)] == [8]


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        ("garbage", "unreadable"),
        ("-1", "unreadable"),
        ("1.5", "unreadable"),
        ("٣", "unreadable"),
        ("9" * 10_240, "unreadable"),
        ("9999999999999999999", "future"),
        ("6", "future"),
        ("0", "too_old"),
        ("1", "too_old"),
    ],
)
async def test_an_id_the_log_cannot_serve_is_told_to_reload_and_goes_on(live: Live, urls: Urls, asked: str, reason: str) -> None:
    await live.happen(1, 2, 3, 4, 5)
    superuser(urls.superuser).execute("update events set body = null where number <= 2")
    reader = await live.connect(after=asked.encode().decode("latin-1"))
    assert (await reader.next()).data["last_event_id"] == 5
    resync = await reader.next()
    assert (resync.event, resync.id, resync.data) == ("resync", None, {"reason": reason, "last_event_id": 5})
    await live.happen(6)
    assert [event.id for event in await reader.events(1)] == [6]


async def test_the_oldest_id_with_everything_after_it_is_served(live: Live, urls: Urls) -> None:
    await live.happen(1, 2, 3, 4)
    superuser(urls.superuser).execute("update events set body = null where number <= 2")
    reader = await live.connect(after=2)
    assert (await reader.next()).data["last_event_id"] == 2
    assert [event.id for event in await reader.events(2)] == [3, 4]


async def test_an_id_that_another_process_gave_out_a_moment_ago_is_no_future(open_live: Open) -> None:
    live = await open_live(publish=False, limits=Limits(poll_seconds=60))  # the doorbell stays silent: this process does not know yet
    await live.follow()
    await live.happen(1, 2)
    reader = await live.connect(after=2)
    assert (await reader.next()).data["last_event_id"] == 2
    await live.happen(3)
    other = await live.connect(after=3)
    assert (await other.next()).data["last_event_id"] == 3
    assert [event.id for event in await reader.events(1)] == [3]


async def test_only_get_is_answered(live: Live) -> None:
    reader = await Reader.get(live.port, method="POST", Account=str(live.account), User=str(uuid7()), Content_Length="0")
    assert (reader.status, reader.headers["allow"], (await reader.problem())["code"]) == (405, "GET", "method_not_allowed")


async def test_a_stranger_is_refused_before_the_first_byte(live: Live) -> None:
    reader = await Reader.get(live.port)
    assert (reader.status, reader.headers["content-type"]) == (401, "application/problem+json")
    assert (await reader.problem())["code"] == "not_authenticated"


async def test_one_person_has_few_streams_and_gets_a_place_back(open_live: Open) -> None:
    live = await open_live(limits=Limits(streams_per_user=2))
    user = UserId(uuid7())
    first, second, other = await live.follow(user=user), await live.follow(user=user), await live.follow()
    refused = await live.connect(user=user)
    assert (refused.status, (await refused.problem())["code"]) == (429, "too_many_requests")
    assert int(refused.headers["retry-after"]) > 0
    await first.close()
    await eventually(lambda: live.hub.open_streams == 2)
    assert (await live.connect(user=user)).status == 200
    await live.happen(1)
    assert [(await reader.next()).id for reader in (second, other)] == [1, 1]


async def test_one_account_has_a_cap_even_when_all_connect_at_once(open_live: Open) -> None:
    live = await open_live(limits=Limits(streams_per_account=10))
    readers = await asyncio.gather(*(live.connect() for _ in range(30)))
    assert sorted(reader.status for reader in readers) == [200] * 10 + [429] * 20


async def test_a_database_that_is_away_is_503_and_leaves_nothing_behind(live: Live, urls: Urls, runtime: Runtime) -> None:
    await live.happen(1)
    cut_connections(urls, "resolutionflow%")
    refused = await live.connect()
    assert (refused.status, (await refused.problem())["code"]) == (503, "unavailable")
    assert await live.is_empty()
    assert (await live.connect()).status == 200
    await runtime.database.engine.dispose()  # other tests share its pool, which was cut as well


async def test_a_server_that_shuts_down_takes_nobody_in(live: Live) -> None:
    live.hub.drain()
    refused = await live.connect()
    assert (refused.status, (await refused.problem())["code"]) == (503, "unavailable")
    assert int(refused.headers["retry-after"]) > 0
