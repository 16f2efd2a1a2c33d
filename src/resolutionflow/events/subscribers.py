"""One open stream and who listens on it."""

import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto
from typing import cast
from uuid import UUID

from starlette.types import Message, Send

from resolutionflow.platform.ids import AccountId, UserId

GONE = (OSError, RuntimeError)
"""What ASGI servers raise when the other side, or the response, is no longer there."""


@dataclass(frozen=True, slots=True)
class Listener:
    """Whoever authenticated: the person, the sign-in it came from, and when its token is over."""

    account_id: AccountId
    user_id: UserId
    family_id: UUID
    expires_at: datetime
    """On this process's clock."""


class State(Enum):
    OPENING = auto()
    """Nothing may be written to it yet but its first frames, by its own endpoint."""
    IDLE = auto()
    """Has everything; the account's pump steps its `send`."""
    WRITING = auto()
    """Fell behind; a task of its own writes what it missed."""
    ENDING = auto()
    """Gets its last, empty body and nothing more."""
    GONE = auto()


class Subscriber:
    """`position` is the number of the last event written to it; `owed` are unnumbered frames by key, the newest of each."""

    __slots__ = ("cut", "listener", "opened_at", "owed", "position", "send", "state")

    def __init__(self, listener: Listener, send: Send, cut: Callable[[], object]) -> None:
        self.listener = listener
        self.send = send
        self.cut = cut
        self.state = State.OPENING
        self.position = 0
        self.owed: dict[str, bytes] = {}
        self.opened_at = time.monotonic()

    def step(self, message: Message) -> bool:
        """Write without waiting: false if that would have to wait, and then nothing of it was written.

        uvicorn suspends only before it writes, while the transport's buffer is full. This saves a task's wake-up per
        subscriber and event, more than half of the cost of a delivery (docs/performance.md).
        """
        writing = cast(Coroutine[object, None, None], self.send(message))
        try:
            writing.send(None)
        except StopIteration:
            return True
        except GONE:
            return False
        writing.close()
        return False
