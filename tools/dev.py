"""`make dev`: the server, started again when its code changes, beside Vite, which reloads the screen; one Ctrl-C ends both."""

import argparse
import contextlib
import os
import subprocess
import sys
import time
from pathlib import Path

import bootstrap

SOURCES = bootstrap.HERE.root / "src"
LOOK_EVERY_SECONDS = 0.7


def state_of(folder: Path) -> dict[str, tuple[int, int]]:
    """Every source file's time and size; what an editor removes meanwhile does not count."""
    state = {}
    for where, _, names in os.walk(folder):
        for name in names:
            if not name.endswith((".pyc", "~")):
                with contextlib.suppress(FileNotFoundError):
                    found = Path(where, name).stat()
                    state[f"{where}/{name}"] = found.st_mtime_ns, found.st_size
    return state


def start_server(arguments: argparse.Namespace) -> subprocess.Popen[bytes]:
    command = [bootstrap.HERE.venv / "bin/resolutionflow", "serve", "--demo", "--host", arguments.host, "--port", arguments.port]
    return subprocess.Popen([*command, *(["--data-dir", arguments.data_dir] if arguments.data_dir else [])], cwd=bootstrap.HERE.root)


def start_vite(arguments: argparse.Namespace) -> subprocess.Popen[bytes]:
    env = bootstrap.environment(bootstrap.HERE) | {"RESOLUTIONFLOW_BACKEND": f"http://{arguments.host}:{arguments.port}"}
    return subprocess.Popen(["node_modules/.bin/vite"], cwd=bootstrap.HERE.web, env=env)


def watch(arguments: argparse.Namespace) -> None:
    """Until Vite ends or Ctrl-C; a server that stops by itself (a typing mistake) comes back with the next change."""
    vite, server, seen = start_vite(arguments), start_server(arguments), state_of(SOURCES)
    try:
        while vite.poll() is None:
            time.sleep(LOOK_EVERY_SECONDS)
            now = state_of(SOURCES)
            if now == seen:
                continue
            seen = now
            end(server)
            bootstrap.say("the code has changed, starting the server again")
            server = start_server(arguments)
    finally:
        end(server)
        end(vite)


def end(program: subprocess.Popen[bytes]) -> None:
    program.terminate()
    try:
        program.wait(12)
    except subprocess.TimeoutExpired:
        program.kill()
        program.wait()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    for option in ("--host", "--port", "--data-dir"):
        parser.add_argument(option)
    try:
        watch(parser.parse_args())
    except KeyboardInterrupt:
        sys.exit(130)
