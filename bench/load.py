"""One run of the load client against one server."""

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.machine import CLIENT, on_core
from bench.product import EVENT
from bench.servers import Target

_LONGEST = 240.0  # seconds
_FAULTS = ("lost", "duplicated", "out_of_order", "leaked_across_accounts", "publish_errors", "closed_by_server")


class Faulty(AssertionError):
    """An event was lost, doubled, out of order, or reached somebody else; or a request was refused."""


@dataclass(frozen=True)
class Load:
    """Times in milliseconds."""

    received: float
    received_p99: float
    last: float
    """Median over the events: from the start of the POST to the last subscriber."""
    spread: float
    """Median over the events: from the first subscriber to the last."""
    cpu_per_delivery: float
    """Of the server's process, in microseconds."""
    open_bytes: float
    """Memory of the server with all streams open, before any event."""
    committed: float
    """From the commit to the subscriber; 0 where the server does not say when it committed."""
    committed_p99: float


def run(client: Path, target: Target, *, streams: int, events: int, warm_up: int, more: tuple[str, ...] = ()) -> Load:
    """Closed loop: the next event is published when every subscriber has the last one. Raises `Faulty`."""
    command = [str(client), *target.options(events + warm_up), "-n", str(streams), "-e", str(events), "--warmup", str(warm_up)]
    command += ["--event-type", EVENT, "--pids", str(target.pid), "--settle", "1", *more]
    with on_core(CLIENT):
        ran = subprocess.run(command, capture_output=True, text=True, timeout=_LONGEST, check=True)
    said: dict[str, Any] = json.loads(ran.stdout)
    faults = {name: said[name] for name in _FAULTS if said[name]}
    if faults or said["opened"] != streams or not said["delivered"]:
        why = said["last_bad_body"] or said["last_publish_error_body"]
        raise Faulty(f"{target.label}: {said['opened']} of {streams} streams opened, {faults or 'nothing delivered'}; {why}")
    committed = said["commit_to_received_ms"] or {"p50": 0.0, "p99": 0.0}
    return Load(
        received=said["post_start_to_received_ms"]["p50"],
        received_p99=said["post_start_to_received_ms"]["p99"],
        last=said["post_start_to_last_subscriber_ms"]["p50"],
        spread=said["first_to_last_subscriber_ms"]["p50"],
        cpu_per_delivery=said["server_cpu_us_per_delivery"],
        open_bytes=said["pss_kb_open"] * 1024,
        committed=committed["p50"],
        committed_p99=committed["p99"],
    )
