"""Stepping a `send`: all of a message or nothing of it."""

import asyncio
from datetime import UTC, datetime

import pytest
from starlette.types import Message

from resolutionflow.events import frames
from resolutionflow.events.subscribers import Listener, Subscriber
from resolutionflow.platform.ids import AccountId, UserId, uuid7


class Connection:
    """As uvicorn sends: waits only while its buffer is full, and only before it writes."""

    def __init__(self) -> None:
        self.may_write = asyncio.Event()
        self.may_write.set()
        self.written: list[bytes] = []
        self.is_gone = False

    async def send(self, message: Message) -> None:
        if not self.may_write.is_set():
            await self.may_write.wait()
        if self.is_gone:
            raise OSError
        self.written.append(message["body"])


@pytest.fixture
def connection() -> Connection:
    return Connection()


@pytest.fixture
def subscriber(connection: Connection) -> Subscriber:
    user = UserId(uuid7())
    return Subscriber(Listener(AccountId(uuid7()), user, user, datetime.now(UTC)), connection.send, lambda: None)


async def test_a_step_writes_the_whole_message(subscriber: Subscriber, connection: Connection) -> None:
    assert subscriber.step(frames.body(b"one"))
    assert connection.written == [b"one"]


async def test_a_step_that_would_wait_writes_nothing_even_later(subscriber: Subscriber, connection: Connection) -> None:
    connection.may_write.clear()
    assert not subscriber.step(frames.body(b"one"))
    connection.may_write.set()
    await asyncio.sleep(0)
    assert connection.written == []
    assert subscriber.step(frames.body(b"two"))
    assert connection.written == [b"two"]


async def test_a_step_to_somebody_gone_says_so(subscriber: Subscriber, connection: Connection) -> None:
    connection.is_gone = True
    assert not subscriber.step(frames.body(b"one"))
