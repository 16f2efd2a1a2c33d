"""UUIDv7 made here, so that PostgreSQL 15 to 18 serve alike (`uuidv7()` in SQL exists from 18 only)."""

import os
import time
from typing import NewType
from uuid import UUID

AccountId = NewType("AccountId", UUID)
UserId = NewType("UserId", UUID)
SessionId = NewType("SessionId", UUID)
StepId = NewType("StepId", UUID)
HandoffId = NewType("HandoffId", UUID)
ClientId = NewType("ClientId", UUID)


def uuid7() -> UUID:
    """A new id: 48 bits of Unix milliseconds, then 74 random bits (RFC 9562, section 5.7)."""
    milliseconds = time.time_ns() // 1_000_000
    random = int.from_bytes(os.urandom(10), "big")
    value = (milliseconds & ((1 << 48) - 1)) << 80
    value |= 0x7 << 76 | (random >> 68) << 64
    value |= 0b10 << 62 | random & ((1 << 62) - 1)
    return UUID(int=value)
