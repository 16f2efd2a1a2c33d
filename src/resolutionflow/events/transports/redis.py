import asyncio
from typing import ClassVar

import structlog
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from resolutionflow.events.rings import CHANNEL
from resolutionflow.events.transports.base import Line, OnRing, OnUp, hear

log = structlog.get_logger()
_QUIET_SECONDS = 15.0
_ANSWER_SECONDS = 2.0
_MOST_UNSENT = 1_000


class RedisDoorbell(Line):
    """For many machines: one subscription a process instead of one LISTEN each. Redis or Valkey."""

    lost: ClassVar = (RedisError, OSError)

    def __init__(self, url: str) -> None:
        super().__init__()
        self._redis = Redis.from_url(
            url, socket_timeout=_ANSWER_SECONDS, socket_connect_timeout=_ANSWER_SECONDS, retry=Retry(NoBackoff(), 0)
        )
        self._sending: set[asyncio.Task[None]] = set()

    async def subscribe(self, on_ring: OnRing, on_up: OnUp) -> None:
        async with self._redis.pubsub() as channel:
            await channel.subscribe(CHANNEL)
            while True:
                message = await channel.get_message(timeout=_QUIET_SECONDS)
                if message is None:
                    await channel.ping()  # its answer is the next message; a peer that vanished gives none
                    message = await channel.get_message(timeout=_ANSWER_SECONDS)
                    if message is None:
                        raise TimeoutError
                if message["type"] == "subscribe":
                    on_up()
                elif message["type"] == "message":
                    hear(message["data"], on_ring)

    async def publish(self, payload: str) -> None:
        """In a task: a Redis that hangs makes nobody wait."""
        if len(self._sending) >= _MOST_UNSENT:
            log.warning("doorbell_not_rung", cause="too many unsent")
            return
        task = asyncio.create_task(self._send(payload))
        self._sending.add(task)
        task.add_done_callback(self._sending.discard)

    async def _send(self, payload: str) -> None:
        try:
            await self._redis.publish(CHANNEL, payload)
        except (RedisError, OSError) as error:
            log.warning("doorbell_not_rung", cause=type(error).__name__)

    async def close(self) -> None:
        """Send what is still unsent, within the answer's limit."""
        await asyncio.gather(*self._sending)
        await self._redis.aclose()
