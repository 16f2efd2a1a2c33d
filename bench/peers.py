"""Other servers of the same stream: they are given the very event that the product delivers, and neither sign-in nor database."""

import os
import pwd
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from bench.servers import Target, free_port, running

Peer = Callable[[Path, Path], AbstractContextManager[Target]]
"""Starts it in a directory, to deliver the event in that file."""
NCHAN, SSE_STARLETTE = "nchan", "sse-starlette"
_NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
_MODULE = Path("/usr/lib/nginx/modules/ngx_nchan_module.so")


def installed() -> dict[str, Peer]:
    return {**({} if missing() else {NCHAN: _nchan}), SSE_STARLETTE: _sse_starlette}


def missing() -> list[str]:
    """A sentence for each that is not on this machine."""
    is_there = _NGINX is not None and _MODULE.exists()
    return [] if is_there else ["nchan is skipped: it is not installed (Debian: nginx and libnginx-mod-nchan)."]


@contextmanager
def _nchan(home: Path, event: Path) -> Iterator[Target]:
    port = free_port()
    values = {"MODULE": _MODULE, "USER": pwd.getpwuid(os.getuid()).pw_name, "HOME": home, "PORT": port}
    text = Path(__file__).with_name("nchan.conf").read_text()
    for name, value in values.items():
        text = text.replace(f"@{name}@", str(value))
    configuration = home / "nchan.conf"
    configuration.write_text(text)
    with running([_NGINX or "nginx", "-c", str(configuration), "-p", str(home)], port=port, log=home / "nginx.log") as pid:
        yield _target(NCHAN, port, pid, event)


@contextmanager
def _sse_starlette(home: Path, event: Path) -> Iterator[Target]:
    port = free_port()
    uvicorn = [sys.executable, "-m", "uvicorn", "bench.queues:app", "--port", str(port), "--loop", "uvloop", "--http", "httptools"]
    quiet = ["--no-access-log", "--log-level", "error", "--backlog", "4096", "--timeout-graceful-shutdown", "2"]
    with running([*uvicorn, *quiet], port=port, log=home / "queues.log") as pid:
        yield _target(SSE_STARLETTE, port, pid, event)


def _target(label: str, port: int, pid: int, event: Path) -> Target:
    address = f"http://127.0.0.1:{port}"
    options = [f"--url={address}/events/a", f"--publish-url={address}/publish/a", f"--body-file={event}"]
    return Target(label, pid, lambda _: options)
