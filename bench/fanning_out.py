"""Part `streams`: a thousand streams of one account, against nchan and against what most people would write."""

from collections.abc import Callable
from pathlib import Path

from bench import load, peers, product
from bench.findings import Finding
from bench.ground import Ground
from bench.load import Load
from bench.servers import Target

_STREAMS_EACH = 5  # of one person, as many as the product allows by default
_FEW = 200
_GOALS = {peers.NCHAN: ("≤ 1.5×", "≤ 1.5×"), peers.SSE_STARLETTE: ("≤ 0.35×", "–")}
"""For processor time and for memory."""
Loads = list[tuple[Load, Load]]
"""Of each round: with few streams, then with all."""


def measure(ground: Ground, client: Path, event: Path, *, rounds: int, streams: int, events: int) -> list[Finding]:
    """Every server once in every round, each started anew. The product's handoffs are taken by a second web process."""
    ours: Loads = []
    theirs: dict[str, Loads] = {name: [] for name in peers.installed()}
    for _ in range(rounds):
        account = ground.account(recipients=1, listeners=-(-streams // _STREAMS_EACH))
        with product.serving(ground, streams=streams + 1) as (port, pid), product.serving(ground) as (publish_port, _):
            target = product.target(ground, account, port=port, pid=pid, publish_port=publish_port)
            ours.append(_both(client, target, streams, events))
        for name, peer in peers.installed().items():
            with peer(ground.home, event) as target:
                theirs[name].append(_both(client, target, streams, events))
    return [finding for name, loads in theirs.items() for finding in _against(name, ours, loads, streams)]


def _both(client: Path, target: Target, streams: int, events: int) -> tuple[Load, Load]:
    few = load.run(client, target, streams=_FEW, events=10, warm_up=5)
    return few, load.run(client, target, streams=streams, events=events, warm_up=5)


def _against(name: str, ours: Loads, theirs: Loads, streams: int) -> list[Finding]:
    processor, memory = _GOALS[name]

    def compared(what: str, of: Callable[[Load], float], unit: str, goal: str = "–") -> Finding:
        return Finding(what, [of(crowd) for _, crowd in ours], [of(crowd) for _, crowd in theirs], peer=name, unit=unit, goal=goal)

    def of_a_stream(loads: Loads) -> list[float]:
        """What each stream past the few adds: what a server loads once is in neither."""
        return [(crowd.open_bytes - few.open_bytes) / (streams - _FEW) for few, crowd in loads]

    return [
        compared("processor time per delivery", lambda it: it.cpu_per_delivery, "µs", processor),
        Finding("memory of an idle stream", of_a_stream(ours), of_a_stream(theirs), peer=name, unit="B", goal=memory),
        compared("first → last of all subscribers, median", lambda it: it.spread, "ms"),
        compared("POST → last of all subscribers, median", lambda it: it.last, "ms"),
    ]
