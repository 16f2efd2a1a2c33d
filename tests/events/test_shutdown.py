"""SIGTERM with open streams: the process ends by itself, every response whole, and readers resume elsewhere without loss."""

import asyncio
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from resolutionflow.events.log import record
from resolutionflow.platform.ids import AccountId, uuid7
from tests.database import Urls, sweep
from tests.events.live import Happened, log_database, new_account
from tests.events.reading import PATIENCE, Reader
from tests.profiles import profile


@dataclass
class Server:
    process: asyncio.subprocess.Process
    port: int

    async def follow(self, account: AccountId, *, after: int = 0) -> Reader:
        reader = await Reader.get(self.port, Account=str(account), User=str(uuid7()), Last_Event_ID=str(after))
        assert (await reader.next()).event == "ready"
        return reader


@asynccontextmanager
async def two_servers(urls: Urls) -> AsyncIterator[list[Server]]:
    command = (sys.executable, "-m", "tests.events.server", urls.app)
    processes = [await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE) for _ in range(2)]
    try:
        yield [Server(process, int(await _line(process))) for process in processes]
    finally:
        for process in processes:
            if process.returncode is None:
                process.kill()
            await process.wait()


async def _line(process: asyncio.subprocess.Process) -> bytes:
    assert process.stdout is not None
    return await process.stdout.readline()


async def test_sigterm_ends_all_streams_and_nothing_is_lost(urls: Urls) -> None:
    account = new_account(urls)
    database = log_database(urls)

    async def happen(*numbers: int) -> None:
        async with database.work(account) as db:
            for n in numbers:
                record(db, None, Happened(n=n))

    try:
        async with two_servers(urls) as (first, second):
            readers = await asyncio.gather(*(first.follow(account) for _ in range(profile.streams)))
            witness = await second.follow(account)
            await happen(1, 2, 3)
            seen = [[(await reader.next()).id] for reader in readers]
            first.process.send_signal(signal.SIGTERM)
            await happen(4, 5)
            for mine, reader in zip(seen, readers, strict=True):
                while (frame := await reader.following()) is not None:
                    mine.append(frame.id)
            assert await asyncio.wait_for(first.process.wait(), PATIENCE) == -signal.SIGTERM
            assert [event.id for event in await witness.events(5)] == [1, 2, 3, 4, 5]
            await asyncio.gather(*(_go_on(second, account, mine) for mine in seen))
            assert all(mine == [1, 2, 3, 4, 5] for mine in seen)
    finally:
        await database.close()
        sweep(urls)


async def _go_on(elsewhere: Server, account: AccountId, seen: list[int | None]) -> None:
    reader = await elsewhere.follow(account, after=seen[-1] or 0)
    seen += [event.id for event in await reader.events(5 - len(seen))]
