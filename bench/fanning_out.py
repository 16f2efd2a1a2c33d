"""Part `streams`: a thousand streams of one account, against nchan and against what most people would write."""

from collections.abc import Callable
from pathlib import Path

from bench import load, peers, product
from bench.findings import Finding
from bench.ground import Ground
from bench.load import Load
from bench.servers import Target

_STREAMS_EACH = 5  # of one person, as many as the product allows by default
_GOALS = {peers.NCHAN: ("≤ 1.5×", "≤ 1.5×"), peers.SSE_STARLETTE: ("≤ 0.35×", "–")}
"""For processor time and for memory."""
Loads = list[tuple[Load, Load]]
"""Of each round: with one stream, and with all."""


def measure(ground: Ground, client: Path, event: Path, *, rounds: int, streams: int, events: int) -> list[Finding]:
    """Every server once in every round, each started anew."""
    ours: Loads = []
    theirs: dict[str, Loads] = {name: [] for name in peers.installed()}
    for _ in range(rounds):
        account = ground.account(recipients=1, listeners=-(-streams // _STREAMS_EACH))
        with product.serving(ground, streams=streams + 1) as (port, pid):
            ours.append(_both(client, product.target(ground, account, port=port, pid=pid), streams, events))
        for name, peer in peers.installed().items():
            with peer(ground.home, event) as target:
                theirs[name].append(_both(client, target, streams, events))
    return [finding for name, loads in theirs.items() for finding in _against(name, ours, loads)]


def _both(client: Path, target: Target, streams: int, events: int) -> tuple[Load, Load]:
    alone = load.run(client, target, streams=1, events=events, warm_up=10)
    return alone, load.run(client, target, streams=streams, events=events, warm_up=5)


def _against(name: str, ours: Loads, theirs: Loads) -> list[Finding]:
    processor, memory = _GOALS[name]

    def compared(what: str, of: Callable[[Load, Load], float], unit: str, goal: str = "–") -> Finding:
        return Finding(what, [of(*each) for each in ours], [of(*each) for each in theirs], peer=name, unit=unit, goal=goal)

    return [
        compared("processor time of a further delivery", _of_a_further_delivery, "µs", processor),
        compared("processor time per delivery, writing the case included", _per_delivery, "µs", processor),
        compared("memory of an idle stream", lambda _, crowd: crowd.idle_bytes, "B", memory),
        compared("POST → last subscriber, median", lambda _, crowd: crowd.last, "ms"),
    ]


def _of_a_further_delivery(alone: Load, crowd: Load) -> float:
    """What each stream beyond the first adds to an event."""
    return (crowd.cpu_per_event - alone.cpu_per_event) * 1000 / (crowd.streams - 1)


def _per_delivery(_: Load, crowd: Load) -> float:
    return crowd.cpu_per_event * 1000 / crowd.streams
