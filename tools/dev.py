"""`make dev`: the server, started again when its code changes, beside Vite, which reloads the screen; one Ctrl-C ends both."""

import argparse
import subprocess
import sys
import time
from pathlib import Path

import bootstrap

SOURCES = (bootstrap.HERE.root / "src", bootstrap.HERE.root / "migrations")
LOOK_EVERY_SECONDS = 0.7


def state_of(folders: tuple[Path, ...]) -> dict[Path, int]:
    files = (file for folder in folders for file in folder.rglob("*") if file.suffix in {".py", ".sql", ".toml", ".md"})
    return {file: file.stat().st_mtime_ns for file in files}


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
