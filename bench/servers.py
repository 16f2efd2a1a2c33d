"""Servers under measurement: each a process of its own on the servers' core, ended with its block."""

import os
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.machine import SERVERS, on_core

_PATIENCE = 60.0  # seconds
ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Target:
    """A server that the load client may be sent to."""

    label: str
    pid: int
    options: Callable[[int], list[str]]
    """What the client is told for so many events: where to listen and to publish, as whom, and what."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@contextmanager
def running(command: Sequence[str], *, port: int, log: Path, environment: Mapping[str, str] | None = None) -> Iterator[int]:
    """The process id, once it accepts connections on the port."""
    with log.open("ab") as output, on_core(SERVERS):
        process = subprocess.Popen(command, stdout=output, stderr=output, env={**os.environ, **(environment or {})}, cwd=ROOT)
    try:
        _wait_for(port, process, log)
        yield process.pid
    finally:
        process.terminate()
        try:
            process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_for(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    give_up = time.monotonic() + _PATIENCE
    while time.monotonic() < give_up and process.poll() is None:
        with socket.socket() as knock:
            if knock.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError(f"{command_of(process)} did not start:\n{log.read_text()[-2000:]}")


def command_of(process: subprocess.Popen[bytes]) -> str:
    return str(process.args)
