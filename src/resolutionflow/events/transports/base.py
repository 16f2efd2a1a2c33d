import asyncio
from collections.abc import Awaitable, Callable
from typing import Protocol

import structlog

from resolutionflow.events.rings import Ring

log = structlog.get_logger()
OnRing = Callable[[Ring], None]
OnUp = Callable[[], None]
_FIRST_PAUSE, _LONGEST_PAUSE = 0.1, 5.0  # seconds


class Doorbell(Protocol):
    async def listen(self, on_ring: OnRing, on_up: OnUp) -> None:
        """Until cancelled. `on_up` comes after every subscription, the first and each later one: rings may have been missed before it."""

    async def publish(self, payload: str) -> None:
        """Ring after the commit; never raises and never makes the request wait. A lost ring costs the poll's seconds."""

    async def close(self) -> None: ...


def hear(payload: str | bytes, on_ring: OnRing) -> None:
    """Pass on what can be read; another release may ring in another way."""
    try:
        ring = Ring.decode(payload if isinstance(payload, str) else payload.decode())
    except (ValueError, KeyError, TypeError, AttributeError):
        log.warning("doorbell_unreadable", bytes=len(payload))
    else:
        on_ring(ring)


async def keep_up(subscribe: Callable[[OnUp], Awaitable[None]], on_up: OnUp, *, lost: tuple[type[Exception], ...]) -> None:
    """Run `subscribe` again whenever it is `lost`, after a pause that grows until one succeeded."""
    pause = _FIRST_PAUSE

    def up() -> None:
        nonlocal pause
        pause = _FIRST_PAUSE
        on_up()

    while True:
        try:
            await subscribe(up)
        except lost as error:
            log.warning("doorbell_lost", cause=type(error).__name__, retry_seconds=pause)
        await asyncio.sleep(pause)
        pause = min(pause * 2, _LONGEST_PAUSE)
