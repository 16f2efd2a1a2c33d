"""Part `post`: POST handoff against the same rows by one statement."""

import http.client
from statistics import median

from bench import floor, product
from bench.findings import Finding
from bench.ground import Ground
from bench.machine import CLIENT, on_core

_RECIPIENTS = 5
_WARM_UP = 30


class Unequal(AssertionError):
    """The two sides no longer write the same rows, so that their ratio would say nothing."""


def measure(ground: Ground, *, rounds: int, handoffs: int) -> list[Finding]:
    """So many handoffs each way in every round, one way after the other."""
    ours, theirs = ground.account(recipients=_RECIPIENTS), ground.account(recipients=_RECIPIENTS)
    total = _WARM_UP + rounds * handoffs
    posted, written = iter(ground.sessions(ours, total)), iter(ground.sessions(theirs, total))
    medians: tuple[list[float], list[float]] = ([], [])
    with product.serving(ground) as (port, _), on_core(CLIENT):
        browser = http.client.HTTPConnection("127.0.0.1", port)
        first = next(posted)
        product.post(browser, ours, first)
        bare = floor.like(ground.connection, theirs, handed_off=first)
        bare.write(next(written))
        for _ in range(_WARM_UP - 1):
            product.post(browser, ours, next(posted))
            bare.write(next(written))
        for _ in range(rounds):
            medians[0].append(median([product.post(browser, ours, next(posted)) for _ in range(handoffs)]) * 1000)
            medians[1].append(median([bare.write(next(written)) for _ in range(handoffs)]) * 1000)
        browser.close()
    found, expected = floor.rows_of(ground.connection, ours), floor.rows_of(ground.connection, theirs)
    if found != expected:
        raise Unequal(f"the product wrote {_difference(found, expected)} than bench/floor.py: bring the statement there up to date")
    return [Finding("POST handoff, median", medians[0], medians[1], peer="the same rows by one statement", goal="≤ 8×")]


def _difference(found: dict[str, int], expected: dict[str, int]) -> str:
    more = {name: found[name] - expected[name] for name in found if found[name] != expected[name]}
    return ", ".join(f"{abs(rows)} {'more' if rows > 0 else 'fewer'} rows to {name}" for name, rows in more.items())
