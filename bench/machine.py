"""The machine under the benchmarks: which core does what, and what it is called in a table."""

import os
import platform
import resource
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

SERVERS, CLIENT = 0, 1
_PACKAGES = ("fastapi", "uvicorn", "uvloop", "sqlalchemy", "psycopg", "sse-starlette")


class Skipped(Exception):
    """A sentence: what this machine lacks for a measurement."""


@contextmanager
def on_core(core: int) -> Iterator[None]:
    """What this block runs and starts stays on that core: servers on one, clients on the other. Linux with two cores, else nothing."""
    if not hasattr(os, "sched_setaffinity") or not {SERVERS, CLIENT} <= os.sched_getaffinity(0):
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {core})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def allow_many_files() -> None:
    """Streams need more descriptors than shells allow by default; what we start inherits it."""
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def client() -> Path:
    """The load client, compiled where that was not done since it last changed. Raises `Skipped`."""
    source = Path(__file__).with_name("ssebench.c")
    program = source.parent / "bin" / "ssebench"
    if program.exists() and program.stat().st_mtime >= source.stat().st_mtime:
        return program
    compiler = shutil.which("cc")
    if compiler is None or platform.system() != "Linux":
        raise Skipped("the load client needs Linux and a C compiler (cc)")
    program.parent.mkdir(exist_ok=True)
    subprocess.run([compiler, "-O2", "-pthread", "-o", str(program), str(source)], check=True)
    return program


def description(database: str) -> list[str]:
    """The machine and the versions, one sentence each."""
    packages = ", ".join(f"{name} {version(name)}" for name in _PACKAGES)
    return [
        f"{_processor()}, {os.cpu_count()} cores; {platform.system()} {platform.release()}; Python {platform.python_version()}.",
        f"{packages}; PostgreSQL {database}; {_nginx()}.",
    ]


def load_average() -> str:
    return f"{os.getloadavg()[0]:.1f}"


def _processor() -> str:
    cpuinfo = Path("/proc/cpuinfo")
    lines = cpuinfo.read_text().splitlines() if cpuinfo.exists() else []
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.machine())


def _nginx() -> str:
    if shutil.which("dpkg-query") is None:
        return "nginx unknown"
    asked = subprocess.run(
        ["dpkg-query", "-W", "-f", "${Package} ${Version}, ", "nginx", "libnginx-mod-nchan"], capture_output=True, text=True
    )
    return asked.stdout.strip().rstrip(",") or "no nginx"
