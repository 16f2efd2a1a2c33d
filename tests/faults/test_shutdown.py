"""SIGTERM while many people watch and work: the process ends in time, and after the restart nobody misses or repeats an event."""

import asyncio
from dataclasses import dataclass, field
from pathlib import Path

import httpx2
import pytest

from resolutionflow.platform.ids import SessionId
from tests.events.reading import Reader
from tests.factories.make import Make, Somebody
from tests.profiles import profile
from tests.serving import Product, served, through

STREAM = "/api/v1/ai-sessions/escalations/stream"
ACCOUNTS = 4
STREAMS_EACH = 5
ASK = {"intent": "escalate", "reason": "Next idea"}
BEFORE, DURING = 2, 6  # escalations of each account


@dataclass
class Watcher:
    """One open tab of somebody, and the numbers of the events it was told."""

    who: Somebody
    told: list[int] = field(default_factory=list)

    async def connect(self, product: Product) -> Reader:
        resume = str(self.told[-1] if self.told else 0)
        reader = await Reader.get(product.port, path=STREAM, Authorization=f"Bearer {self.who.token}", Last_Event_ID=resume)
        assert reader.status == 200
        return reader

    async def hear(self, reader: Reader, count: int) -> None:
        self.told += [event.id for event in await reader.events(count) if event.id is not None]

    async def hear_out(self, reader: Reader) -> None:
        """Everything until the server ends the response; one that breaks off within a frame fails."""
        while (event := await reader.following()) is not None:
            if event.id is not None:
                self.told.append(event.id)


@pytest.mark.timeout(3_600)  # its length is the profile's
async def test_sigterm_ends_all_streams_in_time_and_everybody_resumes_without_loss(make: Make, tmp_path: Path) -> None:
    watchers: list[Watcher] = []
    desks: list[tuple[Somebody, list[SessionId]]] = []
    for _ in range(ACCOUNTS):
        jane = await make.person("Jane")
        seniors = [await make.person("Sam", account=jane.account_id) for _ in range(profile.streams // ACCOUNTS // STREAMS_EACH)]
        watchers += [Watcher(senior) for senior in seniors for _ in range(STREAMS_EACH)]
        desks.append((jane, [await make.session(jane) for _ in range(BEFORE + DURING)]))
    assert len(watchers) == profile.streams

    async with served(make, tmp_path) as product:
        readers = await asyncio.gather(*(watcher.connect(product) for watcher in watchers))
        await asyncio.gather(*(reader.next() for reader in readers))  # `ready`: from here on every event comes
        back = asyncio.Event()
        async with through(product, *(jane for jane, _ in desks)) as janes:
            for jane, (_, sessions) in zip(janes, desks, strict=True):
                await _escalate(jane, sessions[:BEFORE], back)
            await asyncio.gather(*(watcher.hear(reader, BEFORE) for watcher, reader in zip(watchers, readers, strict=True)))
            working = [
                asyncio.create_task(_escalate(jane, sessions[BEFORE:], back)) for jane, (_, sessions) in zip(janes, desks, strict=True)
            ]
            watching = [asyncio.create_task(watcher.hear_out(reader)) for watcher, reader in zip(watchers, readers, strict=True)]
            await product.terminate()
            await asyncio.gather(*watching)
            await product.start()
            back.set()
            await asyncio.gather(*working)
        for watcher in watchers:
            reader = await watcher.connect(product)
            await watcher.hear(reader, BEFORE + DURING - len(watcher.told))
            await reader.close()
    assert {tuple(watcher.told) for watcher in watchers} == {tuple(range(1, BEFORE + DURING + 1))}


async def _escalate(jane: Somebody, sessions: list[SessionId], back: asyncio.Event) -> None:
    """One after the other; what got no answer is sent again, as it was, after the restart."""
    for session_id in sessions:
        if not await _was_taken(jane, session_id):
            await back.wait()
            assert await _was_taken(jane, session_id)


async def _was_taken(jane: Somebody, session_id: SessionId) -> bool:
    try:
        reply = await jane.post(f"/ai-sessions/{session_id}/handoff", ASK, headers={"Idempotency-Key": str(session_id)})
    except httpx2.TransportError:
        return False
    assert reply.status_code in (201, 503), reply.text
    return reply.status_code == 201


async def test_sigterm_in_the_first_moment_stops_the_embedded_database_too(tmp_path: Path) -> None:
    product = Product(None, tmp_path)
    try:
        await product.start()
        assert _runs(tmp_path)
        await product.terminate()
        assert not _runs(tmp_path)
    finally:
        await product.kill()


def _runs(home: Path) -> bool:
    return (home / "postgres" / "data" / "postmaster.pid").exists()
