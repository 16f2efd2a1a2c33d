"""How much of a model's server is borne: bytes are counted, and pauses timed, where they come off the wire."""

import asyncio
from collections.abc import AsyncIterator

import httpx2

MOST_BYTES = 4_000_000
"""Of one response: a streamed token takes up to 300 bytes, and an answer has at most `exchange.MOST_TOKENS`."""
PAUSE_SECONDS = 15.0
"""The longest silence within a response; before it begins only the deadline counts."""


class TooLarge(Exception):
    """More bytes than are borne."""


class Silent(Exception):
    """A response that stopped without ending."""


class Encoded(Exception):
    """A compressed response: a few bytes of it could become millions."""


class Watched(httpx2.AsyncBaseTransport):
    """Follows no redirect, reads no proxy from the environment, and hands on at most `MOST_BYTES` of a response.

    No connection is kept: without retries, one that the other side has closed meanwhile would fail a reply.
    """

    def __init__(self, *, pause: float) -> None:
        self._inner = httpx2.AsyncHTTPTransport(trust_env=False, limits=httpx2.Limits(max_keepalive_connections=0))
        self._pause = pause

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        request.headers["accept-encoding"] = "identity"
        response = await self._inner.handle_async_request(request)
        if response.headers.get("content-encoding", "identity") != "identity":
            await response.aclose()
            raise Encoded
        assert isinstance(response.stream, httpx2.AsyncByteStream)
        response.stream = _Watched(response.stream, pause=self._pause)
        return response

    async def aclose(self) -> None:
        await self._inner.aclose()


class _Watched(httpx2.AsyncByteStream):
    def __init__(self, inner: httpx2.AsyncByteStream, *, pause: float) -> None:
        self._inner = inner
        self._pause = pause

    async def __aiter__(self) -> AsyncIterator[bytes]:
        received, pause = 0, None
        chunks = aiter(self._inner)
        while True:
            try:
                async with asyncio.timeout(pause):
                    chunk = await anext(chunks)
            except StopAsyncIteration:
                return
            except TimeoutError:
                raise Silent from None
            received += len(chunk)
            if received > MOST_BYTES:
                raise TooLarge
            yield chunk
            pause = self._pause

    async def aclose(self) -> None:
        await self._inner.aclose()
