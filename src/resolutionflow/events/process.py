"""What a process that streams sets up once: the collector, and the end of its streams on SIGTERM."""

import asyncio
import gc
import signal
from collections.abc import Callable
from types import FrameType


def freeze_collector() -> None:
    """Call when all is loaded: full collections over idle streams were the slowest percent of deliveries (docs/performance.md)."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 50, 100)


def install_drain(drain: Callable[[], None]) -> None:
    """On SIGTERM run `drain` on this loop beside the server's own handler, which waits for responses to end. Main thread only."""
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _chained(loop, drain, signal.getsignal(number)))


def _chained(loop: asyncio.AbstractEventLoop, drain: Callable[[], None], servers: object) -> Callable[[int, FrameType | None], None]:
    def handle(number: int, frame: FrameType | None) -> None:
        if not loop.is_closed():
            loop.call_soon_threadsafe(drain)
        if callable(servers):
            servers(number, frame)

    return handle
