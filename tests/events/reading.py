"""A client of the stream on a bare socket: it sees what is on the wire, and can stop reading."""

import asyncio
import json
import socket
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Self

PATH = "/stream"
PATIENCE = 60.0  # seconds until a test that waits for nothing gives up


async def eventually(is_so: Callable[[], object]) -> None:
    """Wait for what comes by itself."""
    async with asyncio.timeout(PATIENCE):
        while not is_so():  # noqa: ASYNC110 - the product has no event for it
            await asyncio.sleep(0.005)


@dataclass(frozen=True)
class Seen:
    event: str
    id: int | None
    data: Any


class Reader:
    """An open response. `following()` takes frames, heartbeats left out; `ended()` is true once the server finished the response."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer
        self._text = b""
        self.status = 0
        self.headers: dict[str, str] = {}
        self.heartbeats = 0

    @classmethod
    async def get(cls, port: int, *, method: str = "GET", path: str = PATH, receive_buffer: int | None = None, **headers: str) -> Self:
        peer = socket.socket()
        if receive_buffer is not None:
            peer.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        peer.setblocking(False)
        await asyncio.get_running_loop().sock_connect(peer, ("127.0.0.1", port))
        opened = cls(*await asyncio.open_connection(sock=peer, limit=2**16))
        lines = [f"{method} {path} HTTP/1.1", "Host: test", *(f"{name.replace('_', '-')}: {value}" for name, value in headers.items())]
        opened._writer.write("\r\n".join([*lines, "", ""]).encode())
        await opened._read_head()
        return opened

    async def _read_head(self) -> None:
        head = (await asyncio.wait_for(self._reader.readuntil(b"\r\n\r\n"), PATIENCE)).decode()
        first, *rest = head.strip().split("\r\n")
        self.status = int(first.split()[1])
        self.headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in rest)}

    async def problem(self) -> Any:
        body = await asyncio.wait_for(self._reader.readexactly(int(self.headers["content-length"])), PATIENCE)
        return json.loads(body)

    async def following(self) -> Seen | None:
        """The next frame; None where the response ended."""
        while True:
            frame, separator, rest = self._text.partition(b"\n\n")
            if separator:
                self._text = rest
                if (seen := self._parsed(frame.decode())) is not None:
                    return seen
                continue
            chunk = await asyncio.wait_for(self._chunk(), PATIENCE)
            if not chunk:
                assert self._text == b"", f"the response ended within a frame: {self._text!r}"
                return None
            self._text += chunk

    async def next(self) -> Seen:
        seen = await self.following()
        assert seen is not None, "the stream ended"
        return seen

    async def events(self, count: int) -> list[Seen]:
        """The next numbered events."""
        found: list[Seen] = []
        while len(found) < count:
            seen = await self.next()
            if seen.id is not None:
                found.append(seen)
        return found

    async def has_ended(self) -> bool:
        while await self.following() is not None:
            pass
        return True

    async def beats(self, count: int) -> None:
        """Wait for heartbeats."""
        while self.heartbeats < count:
            frame, separator, rest = self._text.partition(b"\n\n")
            if separator:
                self._text = rest
                self._parsed(frame.decode())
            else:
                self._text += await asyncio.wait_for(self._chunk(), PATIENCE)

    async def close(self) -> None:
        self._writer.transport.abort()

    async def _chunk(self) -> bytes:
        try:
            size = int(await self._reader.readuntil(b"\r\n"), 16)
            data = await self._reader.readexactly(size + 2)
        except (asyncio.IncompleteReadError, ConnectionResetError):
            return b""
        return data[:-2]

    def _parsed(self, frame: str) -> Seen | None:
        if frame == ": heartbeat":
            self.heartbeats += 1
            return None
        fields = dict(line.split(": ", 1) for line in frame.split("\n"))
        return Seen(fields["event"], int(fields["id"]) if "id" in fields else None, json.loads(fields["data"]))
