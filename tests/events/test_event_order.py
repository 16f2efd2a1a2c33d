"""A reader that goes by a cursor sees every event once and in order, however long the writers take between insert and commit."""

import asyncio
import random
from collections.abc import Awaitable, Callable, Iterator

import pytest
from sqlalchemy import text

from resolutionflow.events import queries
from resolutionflow.events.log import Seal, record
from resolutionflow.events.registry import Registry
from resolutionflow.platform.db import Database, Db
from resolutionflow.platform.db.glances import Glances
from resolutionflow.platform.ids import AccountId
from tests.database import Urls, superuser, sweep
from tests.events.live import Happened, new_account, no_jobs
from tests.profiles import profile

Insert = Callable[[Db], Awaitable[None]]


@pytest.fixture
def account(urls: Urls) -> Iterator[AccountId]:
    yield new_account(urls)
    sweep(urls)


async def test_no_event_is_lost_or_doubled_with_slow_commits(urls: Urls, account: AccountId) -> None:
    read = await _written_and_read(urls, account, Seal(Registry(), defer=no_jobs))
    _judge(read)


async def test_a_plain_sequence_is_caught_by_the_same_judgement(urls: Urls, account: AccountId) -> None:
    connection = superuser(urls.superuser)
    connection.execute("create sequence plain_numbers; grant usage on sequence plain_numbers to resolutionflow_app")
    try:
        read = await _written_and_read(urls, account, _by_plain_sequence)
    finally:
        connection.execute("drop sequence plain_numbers")
    with pytest.raises(AssertionError, match="lost"):
        _judge(read)


def _judge(read: list[queries.NumberedEvent]) -> None:
    happened = [event.body["n"] for event in read if event.body is not None]
    assert len(happened) == len(set(happened)), "doubled"
    assert set(happened) == set(range(profile.events)), f"lost {profile.events - len(set(happened))}"
    assert [event.number for event in read] == list(range(1, profile.events + 1)), "out of order, or with gaps"


async def _by_plain_sequence(db: Db) -> None:
    for recorded in db.facts:
        statement = text(
            "insert into events (id, account_id, number, type, subject_type, body) "
            "values (:id, :account, nextval('plain_numbers'), 'happened', 'happened', jsonb_build_object('n', cast(:n as int)))"
        )
        await db.execute(statement, {"id": recorded.id, "account": db.account_id, "n": recorded.fact.n})


async def _written_and_read(urls: Urls, account: AccountId, seal: Insert) -> list[queries.NumberedEvent]:
    """What the reader saw while the writers wrote, and once more after the last one was done."""
    chance = random.Random(7)

    async def slowly(db: Db) -> None:
        await seal(db)
        await asyncio.sleep(chance.random() * 0.003 if db.facts else 0)

    database = Database(urls.app, seal=slowly, pool_size=profile.event_writers)
    glances = Glances(urls.app)
    await glances.open()
    left = list(range(profile.events))
    read: list[queries.NumberedEvent] = []

    async def write() -> None:
        while left:
            mine = [left.pop() for _ in range(min(len(left), chance.randint(1, 5)))]
            async with database.work(account) as db:
                for n in mine:
                    record(db, None, Happened(n=n))

    async def read_on() -> bool:
        news = await queries.after(glances, account, read[-1].number if read else 0)
        read.extend(news)
        return bool(news)

    try:
        async with asyncio.TaskGroup() as group:
            writers = [group.create_task(write()) for _ in range(profile.event_writers)]
            while not all(writer.done() for writer in writers):
                await read_on()
        while await read_on():
            pass
    finally:
        await glances.close()
        await database.close()
    return read
