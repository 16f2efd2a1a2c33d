"""Part `reply`: a session of 500 steps beside one of 50: opening it, and the first piece of the built-in assistant's reply."""

import http.client
import itertools
import json
import time
from collections.abc import Iterator
from statistics import median
from uuid import UUID

from bench import product
from bench.findings import Finding
from bench.ground import Account, Ground
from bench.machine import CLIENT, on_core

_LONG, _SHORT = 500, 50
_MESSAGE = json.dumps({"content": "It still asks for the password. What else can I try?"}).encode()


def measure(ground: Ground, *, rounds: int, calls: int) -> list[Finding]:
    """So many calls on long and short sessions in turns; each message goes to a session of its own."""
    account = ground.account(recipients=1)
    total = (rounds + 1) * calls
    sessions = {size: itertools.cycle(ground.sessions(account, total, steps=size)) for size in (_LONG, _SHORT)}
    opened: dict[int, list[float]] = {size: [] for size in sessions}
    replied: dict[int, list[float]] = {size: [] for size in sessions}
    with product.serving(ground) as (port, _), on_core(CLIENT):
        browser = http.client.HTTPConnection("127.0.0.1", port)
        for size, ids in sessions.items():
            _timed(browser, account, ids, calls, size)
        for _ in range(rounds):
            for size, ids in sessions.items():
                opening, replying = _timed(browser, account, ids, calls, size)
                opened[size].append(opening)
                replied[size].append(replying)
        browser.close()
    peer = f"{_SHORT} steps"
    return [
        Finding(f"opening a session of {_LONG} steps, median", opened[_LONG], opened[_SHORT], peer=peer),
        Finding(f"first piece of a reply, {_LONG} steps, median", replied[_LONG], replied[_SHORT], peer=peer),
    ]


def _timed(browser: http.client.HTTPConnection, account: Account, ids: Iterator[UUID], calls: int, size: int) -> tuple[float, float]:
    """Milliseconds, medians."""
    sessions = list(itertools.islice(ids, calls))
    opening = median([_open(browser, account, session, size) for session in sessions])
    return opening * 1000, median([_first_piece(browser, account, session) for session in sessions]) * 1000


def _open(browser: http.client.HTTPConnection, account: Account, session: UUID, size: int) -> float:
    """What the session's page asks for: the session, and its steps in pages of a hundred."""
    started = time.perf_counter()
    _get(browser, account, f"{product.API}/{session}")
    for after in range(0, size, 100):
        _get(browser, account, f"{product.API}/{session}/steps?after_seq={after}")
    return time.perf_counter() - started


def _get(browser: http.client.HTTPConnection, account: Account, path: str) -> None:
    browser.request("GET", path, headers={"Authorization": f"Bearer {account.token}"})
    reply = browser.getresponse()
    reply.read()
    if reply.status != 200:
        raise RuntimeError(f"{path} answered {reply.status}")


def _first_piece(browser: http.client.HTTPConnection, account: Account, session: UUID) -> float:
    """From sending the message to the first words of the reply; the message is saved before them."""
    headers = {"Authorization": f"Bearer {account.token}", "Content-Type": "application/json", "Accept": "text/event-stream"}
    started = time.perf_counter()
    browser.request("POST", f"{product.API}/{session}/messages", _MESSAGE, headers)
    reply = browser.getresponse()
    seconds = None
    while line := reply.readline():
        if seconds is None and line.startswith(b"event: delta"):
            seconds = time.perf_counter() - started
    if reply.status != 200 or seconds is None:
        raise RuntimeError(f"the message was answered by {reply.status} and no words")
    return seconds
