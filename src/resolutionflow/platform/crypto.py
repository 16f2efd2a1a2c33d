"""Passwords, opaque tokens and signed access tokens."""

import asyncio
import hashlib
import hmac
import os
import secrets
from base64 import urlsafe_b64encode
from concurrent.futures import ThreadPoolExecutor

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

# OWASP Password Storage Cheat Sheet: argon2id, at least 19 MiB, 2 passes, 1 lane.
_HASHER = PasswordHash((Argon2Hasher(memory_cost=19_456, time_cost=2, parallelism=1),))
_POOL = ThreadPoolExecutor(max_workers=max(1, min(4, (os.cpu_count() or 2) - 1)), thread_name_prefix="argon2")
NOBODYS_HASH = _HASHER.hash("no such person: checked so that both answers take as long")


async def hash_password(password: str) -> str:
    """Hash off the event loop; a flood of sign-ins queues here and not in front of everybody else."""
    return await asyncio.get_running_loop().run_in_executor(_POOL, _HASHER.hash, password)


async def verify_password(password: str, stored: str | None) -> bool:
    """Whether it fits; `None` (no such person) costs the same time and is always false."""
    fits = await asyncio.get_running_loop().run_in_executor(_POOL, _HASHER.verify, password, stored or NOBODYS_HASH)
    return fits and stored is not None


def new_token() -> str:
    """256 bits nobody can guess, safe in a URL."""
    return secrets.token_urlsafe(32)


def fingerprint(token: str) -> str:
    """What is stored of a token: enough to find it again, useless to a thief of the table."""
    return hashlib.sha256(token.encode()).hexdigest()


def successor(token: str, key: bytes) -> str:
    """The one token that follows this one, so that two tabs refreshing at once get the same and none is stored."""
    digest = hmac.new(key, b"refresh-successor:" + token.encode(), hashlib.sha256).digest()
    return urlsafe_b64encode(digest).decode().rstrip("=")
