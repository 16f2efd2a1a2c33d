"""Part `delivery`: from the commit to one open stream, and what a peer needs that has nothing to commit."""

from collections.abc import Callable
from pathlib import Path

from bench import load, peers, product
from bench.findings import Finding
from bench.ground import Ground
from bench.load import Load
from bench.stamped import HEADER

_RECIPIENTS = 5
_PAUSE = ("--gap-us", "3000")
"""Between two events, so that each finds everything at rest."""


def measure(ground: Ground, client: Path, event: Path, *, rounds: int, events: int) -> list[Finding]:
    """The product with a clock in its answers, then nchan, in every round."""
    nchan = peers.installed().get(peers.NCHAN)
    ours: list[Load] = []
    theirs: list[Load] = []
    for _ in range(rounds):
        account = ground.account(recipients=_RECIPIENTS, listeners=1)
        with product.serving(ground, command=product.STAMPED) as (port, pid):
            target = product.target(ground, account, port=port, pid=pid)
            ours.append(load.run(client, target, streams=1, events=events, warm_up=30, more=(*_PAUSE, "--commit-key", f"{HEADER}:")))
        if nchan is not None:
            with nchan(ground.home, event) as target:
                theirs.append(load.run(client, target, streams=1, events=events, warm_up=30, more=_PAUSE))

    def compared(what: str, of: Callable[[Load], float], to: Callable[[Load], float], goal: str = "–") -> Finding:
        return Finding(what, [of(each) for each in ours], [to(each) for each in theirs], peer="nchan, POST → received", goal=goal)

    return [
        compared("commit → received by one stream, median", lambda it: it.committed, lambda it: it.received, "≤ 0.5 ms"),
        compared("commit → received by one stream, 99th percentile", lambda it: it.committed_p99, lambda it: it.received_p99, "≤ 2 ms"),
    ]
