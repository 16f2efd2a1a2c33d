"""A model's server on 127.0.0.1 that does to each request what its script says, and keeps every byte it was sent."""

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from tests.assistant.wire import protocols
from tests.assistant.wire.answers import sensible
from tests.assistant.wire.protocols import Protocol

Fault = str
"""good, slow, silent, hang, cut, garbage, html, bad_events, wrong_schema, too_long, never_ending, huge, packed, moved, or a status."""


@dataclass(frozen=True, slots=True)
class Says:
    """Answers with this text, whatever was asked."""

    text: str


@dataclass(frozen=True, slots=True)
class Sends:
    """Answers with these events."""

    events: bytes


Act = Fault | Says | Sends


@dataclass(slots=True)
class WireServer:
    protocol: Protocol
    script: Sequence[Act] = ("good",)
    """What is done to each request; the last goes on."""
    slowness: float = 0.01
    received: list[bytes] = field(default_factory=list)
    """Each request, head and body."""
    sent: int = 0
    hung_up: asyncio.Event = field(default_factory=asyncio.Event)
    """Somebody left before the response had ended."""
    url: str = ""

    @property
    def bodies(self) -> list[str]:
        return [each.partition(b"\r\n\r\n")[2].decode() for each in self.received]

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            body = await self._request(reader)
            act = self.script[min(len(self.received), len(self.script)) - 1]
            async for piece in self._response(act, body):
                writer.write(piece)
                await writer.drain()
                self.sent += len(piece)
        except (ConnectionError, asyncio.IncompleteReadError):
            self.hung_up.set()
        finally:
            writer.close()

    async def _request(self, reader: asyncio.StreamReader) -> str:
        head = await reader.readuntil(b"\r\n\r\n")
        fields = dict(line.lower().split(b":", 1) for line in head.split(b"\r\n")[1:] if b":" in line)
        body = await reader.readexactly(int(fields.get(b"content-length", b"0")))
        self.received.append(head + body)
        return body.decode()

    async def _response(self, act: Act, body: str) -> AsyncIterator[bytes]:
        match act:
            case Says(text):
                yield _head(200, "text/event-stream") + protocols.streamed(self.protocol, text, size=200)
            case Sends(events):
                yield _head(200, "text/event-stream") + events
            case str() if act.isdigit():
                refusal = protocols.error(self.protocol, int(act), f"no: {self.received[-1]!r}")
                yield _head(int(act), "application/json", "retry-after: 7") + refusal
            case str():
                async for piece in self._faulty(act, body):
                    yield piece

    async def _faulty(self, fault: Fault, body: str) -> AsyncIterator[bytes]:
        say = protocols.streamed(self.protocol, sensible(body))
        opening = protocols.opening(self.protocol)
        begun = opening + protocols.delta(self.protocol, '{"message": "Let me se')
        stream = _head(200, "text/event-stream")
        match fault:
            case "good" if json.loads(body).get("stream"):
                yield stream + say
            case "good":
                yield _head(200, "application/json") + protocols.whole(self.protocol, sensible(body))
            case "slow":
                yield stream
                for piece in say.split(b"\n\n"):
                    await asyncio.sleep(self.slowness)
                    yield piece + b"\n\n"
            case "hang":
                await asyncio.sleep(3600)
            case "silent":
                yield stream + begun
                await asyncio.sleep(3600)
            case "cut":
                yield _head(200, "text/event-stream", "content-length: 100000") + begun
            case "garbage":
                yield stream + protocols.streamed(self.protocol, "Sure! I think you should \x00 restart ]]}{ it.")
            case "html":
                yield _head(200, "text/html") + b"<html><body><h1>Sign in to the hotel's Wi-Fi</h1></body></html>"
            case "bad_events":
                yield stream + b'event: message_start\ndata: {"type": "message_start", "choices": 7}\n\ndata: {"cho\n\ndata: \xff\xfe\n\n'
            case "wrong_schema":
                yield stream + protocols.streamed(self.protocol, json.dumps({"message": 7, "questions": "none", "run": "del C:\\"}))
            case "too_long":
                yield stream + begun + protocols.ending(self.protocol, is_cut=True)
            case "never_ending":
                yield stream + begun
                while True:
                    await asyncio.sleep(self.slowness)
                    yield protocols.delta(self.protocol, "a")
            case "huge":
                yield stream + begun
                for _ in range(50):
                    yield protocols.delta(self.protocol, "a" * 1_000_000)
            case "packed":
                yield _head(200, "text/event-stream", "content-encoding: gzip") + b"\x1f\x8b"
            case "moved":
                yield _head(307, "text/plain", f"location: {self.url}/elsewhere")
            case _:
                raise ValueError(fault)


def _head(status: int, kind: str, *more: str) -> bytes:
    return "\r\n".join([f"HTTP/1.1 {status} -", f"content-type: {kind}", "connection: close", *more, "", ""]).encode()


@asynccontextmanager
async def serving(protocol: Protocol, *script: Act, port: int = 0, slowness: float = 0.01) -> AsyncIterator[WireServer]:
    wire = WireServer(protocol, script or ("good",), slowness)
    connections: set[asyncio.Task[None]] = set()

    def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.ensure_future(wire.serve(reader, writer))
        connections.add(task)
        task.add_done_callback(connections.discard)

    server = await asyncio.start_server(accept, "127.0.0.1", port)
    host = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    wire.url = host if protocol == "anthropic" else f"{host}/v1"
    try:
        yield wire
    finally:
        server.close()
        for task in connections:
            task.cancel()
        await asyncio.gather(*connections, return_exceptions=True)
