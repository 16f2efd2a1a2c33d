"""The product as a process of its own: `resolutionflow serve`, so that a test can end it in any way."""

import asyncio
import json
import os
import re
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx2

from resolutionflow.app.jobs import CLOCK_QUEUE
from resolutionflow.platform.settings import PREFIX
from tests.database import Urls, superuser
from tests.factories.make import Make, Somebody

PATIENCE = 60.0  # seconds until a test that waits for nothing gives up
GRACE = 10.0  # seconds in which a process that was asked to end has ended
_COMMAND = str(Path(sys.executable).with_name("resolutionflow"))
_ADDRESS = re.compile(rb"http://127\.0\.0\.1:(\d+)")


class Product:
    """Started as often as a test ends it; every start listens on the port of the first."""

    def __init__(self, urls: Urls | None, home: Path, **settings: object) -> None:
        """Without `urls` on an embedded database of its own under `home`."""
        self.port = 0
        self._home = home
        self._log = home / "log.jsonl"
        database = {"database_url": urls.app, "database_owner_url": urls.owner} if urls else {}
        ours = {"data_dir": home, "log_format": "json", **database, **settings}
        inherited = {name: value for name, value in os.environ.items() if not name.upper().startswith(PREFIX)}
        self._environment = inherited | {f"{PREFIX}{name}".upper(): str(value) for name, value in ours.items()}
        self._process: Process | None = None

    @property
    def process(self) -> Process:
        assert self._process is not None, "start it first"
        return self._process

    async def start(self) -> None:
        with self._log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                _COMMAND, "serve", "--port", str(self.port), stdout=PIPE, stderr=log, env=self._environment, cwd=self._home
            )
        self.port = await asyncio.wait_for(self._announced_port(), PATIENCE)

    async def _announced_port(self) -> int:
        assert self.process.stdout is not None
        async for line in self.process.stdout:
            if found := _ADDRESS.search(line):
                return int(found[1])
        raise AssertionError(f"it did not start:\n{self._log.read_text()}")

    async def died(self) -> int:
        """Its exit status, once somebody else has killed it."""
        return await asyncio.wait_for(self.process.wait(), PATIENCE)

    async def terminate(self) -> int:
        """Ask it to end as an operator or a supervisor does; its exit status. Fails where that takes longer than 10 s."""
        self.process.send_signal(signal.SIGTERM)
        return await asyncio.wait_for(self.process.wait(), GRACE)

    async def kill(self) -> None:
        if self._process is not None and self._process.returncode is None:
            self._process.kill()
            await self._process.wait()

    def logged(self, event: str) -> list[dict[str, Any]]:
        """The log lines of this name, of all its lives."""
        lines = [json.loads(line) for line in self._log.read_text().splitlines() if line.startswith("{")]
        return [line for line in lines if line.get("event") == event]


@asynccontextmanager
async def served(make: Make, home: Path, **settings: object) -> AsyncIterator[Product]:
    """Running until the block ends; people of `make` are signed in there too."""
    product = Product(make.urls, home, secret_key=make.runtime.signing_key.decode(), **settings)
    try:
        await product.start()
        yield product
    finally:
        await product.kill()


@asynccontextmanager
async def through(product: Product, *people: Somebody) -> AsyncIterator[list[Somebody]]:
    """The same people, speaking to that process over sockets."""
    address = f"http://127.0.0.1:{product.port}"
    async with httpx2.AsyncClient(base_url=address, timeout=PATIENCE, trust_env=False) as client:
        yield [replace(person, client=client) for person in people]


def due_now(make: Make, task: str) -> None:
    """This work of the clock is the product's next job: a test does not sit out the seconds until it would be."""
    superuser(make.urls.superuser).execute(
        """insert into queue.procrastinate_jobs (queue_name, task_name, queueing_lock, args) values (%s, %s, %s, '{"timestamp": 0}')
           on conflict do nothing""",
        (CLOCK_QUEUE, task, task),
    )


def given_up(make: Make) -> None:
    """While no process runs: as if its workers had been silent for long, so that the next one revives what they held."""
    superuser(make.urls.superuser).execute("update queue.procrastinate_workers set last_heartbeat = now() - interval '30 seconds'")
    due_now(make, "revive_stalled")
