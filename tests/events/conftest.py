from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from typing import Protocol

import pytest

from resolutionflow.events.limits import Limits
from resolutionflow.events.transports.base import Doorbell
from resolutionflow.events.transports.memory import MemoryDoorbell
from tests.database import Urls, sweep
from tests.events.live import Live, live_on

USUAL = Limits()


class Open(Protocol):
    async def __call__(
        self, *, doorbell: Doorbell | None = None, limits: Limits = ..., stepping: bool = ..., publish: bool = ...
    ) -> Live: ...


@pytest.fixture
async def open_live(urls: Urls) -> AsyncIterator[Open]:
    """Starts hubs of the test's own limits; everything is swept afterwards."""
    async with AsyncExitStack() as stack:

        async def start(*, doorbell: Doorbell | None = None, limits: Limits = USUAL, stepping: bool = True, publish: bool = True) -> Live:
            bell = doorbell or MemoryDoorbell()
            return await stack.enter_async_context(live_on(urls, bell, limits=limits, stepping=stepping, publish=publish))

        yield start
    sweep(urls)


@pytest.fixture
async def live(open_live: Open) -> Live:
    return await open_live()


@pytest.fixture(params=[True, False], ids=["stepping", "mailbox"])
async def either(request: pytest.FixtureRequest, open_live: Open) -> Live:
    """Once with stepped sends, once with a task for each write: what a reader gets must be the same."""
    return await open_live(limits=Limits(heartbeat_seconds=60, poll_seconds=60), stepping=request.param)
