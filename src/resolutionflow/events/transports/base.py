import asyncio
from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import ClassVar, Protocol

import structlog

from resolutionflow.events.rings import Ring

log = structlog.get_logger()
OnRing = Callable[[Ring], None]
OnUp = Callable[[], None]
_FIRST_PAUSE, _LONGEST_PAUSE = 0.1, 5.0  # seconds


class Doorbell(Protocol):
    @property
    def is_up(self) -> bool:
        """Whether somebody listens and would hear a ring."""

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


class Line(ABC):
    """A subscription that is dialled again whenever it is lost, after a pause that grows until one succeeded."""

    lost: ClassVar[tuple[type[Exception], ...]]
    """What the driver raises then."""

    def __init__(self) -> None:
        self.is_up = False

    @abstractmethod
    async def subscribe(self, on_ring: OnRing, on_up: OnUp) -> None:
        """Dial, call `on_up` once subscribed, and pass on rings until it is lost."""

    async def listen(self, on_ring: OnRing, on_up: OnUp) -> None:
        pause = _FIRST_PAUSE

        def up() -> None:
            nonlocal pause
            pause = _FIRST_PAUSE
            self.is_up = True
            on_up()

        while True:
            try:
                await self.subscribe(on_ring, up)
            except self.lost as error:
                log.warning("doorbell_lost", cause=type(error).__name__, retry_seconds=pause)
            finally:
                self.is_up = False
            await asyncio.sleep(pause)
            pause = min(pause * 2, _LONGEST_PAUSE)
