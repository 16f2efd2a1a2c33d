from asyncio import Event

from resolutionflow.events.transports.base import OnRing, OnUp, hear


class MemoryDoorbell:
    """Within one process."""

    def __init__(self) -> None:
        self._listening: list[OnRing] = []

    @property
    def is_up(self) -> bool:
        return bool(self._listening)

    async def listen(self, on_ring: OnRing, on_up: OnUp) -> None:
        self._listening.append(on_ring)
        try:
            on_up()
            await Event().wait()
        finally:
            self._listening.remove(on_ring)

    async def publish(self, payload: str) -> None:
        for on_ring in list(self._listening):
            hear(payload, on_ring)

    async def close(self) -> None:
        """Nothing is open."""
