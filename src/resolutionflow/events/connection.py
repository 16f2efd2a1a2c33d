"""What uvicorn does not offer a stream: to cut a connection whose reader takes nothing, and to notice one that is no longer there."""

import asyncio
import socket

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

CONNECTION = "resolutionflow.connection"
"""The ASGI extension; its `cut` drops the connection with all that was not yet sent."""
_ACKNOWLEDGED_WITHIN_MS = 30_000


class StreamConnection(HttpToolsProtocol):
    """For `uvicorn.Config(http=…)`. Finishing a response waits for a full buffer to empty, which such a reader never lets it."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as in uvicorn
        super().connection_made(transport)
        peer: socket.socket | None = transport.get_extra_info("socket")
        if peer is not None and peer.family in (socket.AF_INET, socket.AF_INET6) and hasattr(socket, "TCP_USER_TIMEOUT"):
            peer.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, _ACKNOWLEDGED_WITHIN_MS)

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self.scope["extensions"] = {CONNECTION: {"cut": self.transport.abort}}
