"""Make what a fresh clone lacks: `.venv` from the lock, Node where there is none, the web application. Standard library only."""

from __future__ import annotations

import fcntl
import hashlib
import os
import platform
import re
import shutil
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import uv_wheel

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

OLDEST_PYTHON = (3, 11)
NOT_SOURCES = {"node_modules", "dist", "test-results", "playwright-report", "coverage"}
STARTED = time.monotonic()


class SetupError(Exception):
    """Set-up cannot go on; the message is a sentence that says the way on."""


@dataclass(frozen=True)
class Checkout:
    root: Path

    @property
    def venv(self) -> Path:
        return self.root / ".venv"

    @property
    def python(self) -> Path:
        return self.venv / "bin/python"

    @property
    def web(self) -> Path:
        return self.root / "web"

    @property
    def cache(self) -> Path:
        return self.root / ".cache"


HERE = Checkout(Path(__file__).resolve().parent.parent)


def say(text: str) -> None:
    print(f"[{time.monotonic() - STARTED:5.1f} s] {text}", flush=True)


def set_up(checkout: Checkout, parts: list[str]) -> None:
    with alone(checkout):
        if "python" in parts:
            set_up_python(checkout)
        if "web" in parts:
            set_up_web(checkout)


def set_up_python(checkout: Checkout) -> None:
    lock = checkout.root / "requirements.lock"

    def install() -> None:
        command = installer(checkout)
        run(checkout, [*command, "--require-hashes", "-r", str(lock)], trouble="The Python packages could not be installed")
        run(checkout, [*command, "--no-deps", "--no-build-isolation", "-e", "."], trouble="The project itself could not be installed")

    fingerprint = digest(lock, checkout.root / "pyproject.toml", str(checkout.root))
    once("Python packages", checkout.venv / ".installed-from", fingerprint, install, proof=checkout.python)


def set_up_web(checkout: Checkout) -> None:
    if not (checkout.web / "package-lock.json").exists():
        raise SetupError("web/package-lock.json is missing, so the web application cannot be built; restore it with git.")

    def install() -> None:
        run(checkout, ["npm", "ci", "--no-audit", "--no-fund"], cwd=checkout.web, trouble="The web packages could not be installed")

    def build() -> None:
        run(checkout, ["npm", "run", "build"], cwd=checkout.web, trouble="The web application could not be built")

    provide_node(checkout)
    modules = digest(checkout.web / "package-lock.json", platform.system(), platform.machine(), str(checkout.web))
    once("web packages", checkout.web / "node_modules/.installed-from", modules, install, proof=checkout.web / "node_modules")
    sources = digest(modules, *sources_of(checkout.web))
    once("web application", checkout.web / "dist/.built-from", sources, build, proof=checkout.web / "dist/index.html")


def once(what: str, stamp: Path, fingerprint: str, make: Callable[[], None], *, proof: Path) -> None:
    """Make something unless it stands there, made from the same things; the stamp lies in it, dies with it, and comes last."""
    if proof.exists() and stamp.exists() and stamp.read_text() == fingerprint:
        return
    stamp.unlink(missing_ok=True)
    say(f"{what}: working …")
    make()
    partial = stamp.with_name(stamp.name + ".partial")
    partial.write_text(fingerprint)
    partial.replace(stamp)
    say(f"{what}: ready")


def digest(*parts: str | Path) -> str:
    """A hash of texts and of files' names and contents."""
    total = hashlib.sha256()
    for part in parts:
        content = part.read_bytes() if isinstance(part, Path) else b""
        total.update(f"{part}\0{len(content)}\0".encode() + content)
    return total.hexdigest()


def sources_of(folder: Path) -> list[Path]:
    found: list[Path] = []
    for where, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if name not in NOT_SOURCES and not name.startswith(".")]
        found += [Path(where, name) for name in files if not name.endswith(".tsbuildinfo")]
    return sorted(found)


def installer(checkout: Checkout) -> list[str]:
    """The command that installs into `.venv`, which is made first where there is none: uv, else pip, else a pinned uv."""
    healthy = runs(checkout.python, "-c", f"import sys; sys.exit(sys.version_info < {OLDEST_PYTHON})")
    if not healthy and checkout.venv.exists():
        shutil.rmtree(checkout.venv)
    uv = next((path for path in (shutil.which("uv"), checkout.venv / "bin/uv") if path and runs(path, "--version")), None)
    if not healthy:
        make_environment(checkout, uv)
    if uv is None and runs(checkout.python, "-m", "pip", "--version"):
        return [str(checkout.python), "-m", "pip", "install", "--quiet"]
    if uv is None:
        say(f"neither uv nor pip is here: fetching uv {uv_wheel.VERSION}")
        uv = uv_wheel.fetch(checkout.venv / "bin")
    return [str(uv), "pip", "install", "--quiet", "--python", str(checkout.python)]


def make_environment(checkout: Checkout, uv: Path | str | None) -> None:
    """Make `.venv` from the Python that runs this (from the one under it, if that is an environment itself)."""
    inside = sys.prefix != sys.base_prefix
    python = str(Path(sys.base_prefix, "bin", f"python{sys.version_info[0]}.{sys.version_info[1]}")) if inside else sys.executable
    if uv is not None:
        command = [str(uv), "venv", "--quiet", "--python", python]
    else:
        command = [python, "-m", "venv", *([] if runs(python, "-c", "import ensurepip") else ["--without-pip"])]
    run(checkout, [*command, str(checkout.venv)], trouble="The Python environment could not be made")


def provide_node(checkout: Checkout) -> None:
    """Install Node into `.venv` unless a recent one is on PATH or there already."""
    if any(is_recent_node(path) for path in (shutil.which("node"), checkout.venv / "bin/node")):
        return
    say("Node: none of 20.19 or newer on PATH, installing one into .venv …")
    lock = checkout.root / "tools/node.lock"
    run(checkout, [*installer(checkout), "--require-hashes", "-r", str(lock)], trouble="Node could not be installed")
    say("Node: ready")


def is_recent_node(path: Path | str | None) -> bool:
    """Vite's and jsdom's floor: 20.19, or 22.12 and up; Debian's node may come without npm."""
    if path is None or not Path(path).with_name("npm").exists():
        return False
    return runs(
        path,
        "-e",
        "const [a, b] = process.versions.node.split('.'); process.exit(a > 22 || a == 22 && b > 11 || a == 20 && b > 18 ? 0 : 1)",
    )


def runs(program: Path | str, *arguments: str) -> bool:
    try:
        return subprocess.run([program, *arguments], stdin=subprocess.DEVNULL, capture_output=True, timeout=60).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def environment(checkout: Checkout) -> dict[str, str]:
    """What installers and Node run under: no Python downloads, one package index for uv and pip, our Node first where we installed one."""
    env = {name: value for name, value in os.environ.items() if name not in {"VIRTUAL_ENV", "PYTHONHOME", "PIP_USER", "PIP_TARGET"}}
    env["UV_PYTHON_DOWNLOADS"] = "never"
    env.setdefault("NODE_USE_SYSTEM_CA", "1")
    env["PATH"] = f"{checkout.venv / 'bin'}{os.pathsep}{env.get('PATH', os.defpath)}"
    if index := uv_wheel.configured_index():
        env.setdefault("UV_DEFAULT_INDEX", index)
    if authorities := uv_wheel.certificates():
        env.setdefault("SSL_CERT_FILE", authorities)
        env.setdefault("NODE_EXTRA_CA_CERTS", authorities)
    if not os.access(Path.home(), os.W_OK):
        env.setdefault("UV_CACHE_DIR", str(checkout.cache / "uv"))
        env.setdefault("PIP_CACHE_DIR", str(checkout.cache / "pip"))
        env.setdefault("npm_config_cache", str(checkout.cache / "npm"))
    return env


def run(checkout: Checkout, command: list[str], *, trouble: str, cwd: Path | None = None) -> None:
    """Run an installer; what it says goes to a file, and its end to the screen when it fails."""
    log = checkout.cache / "setup.log"
    env = environment(checkout)
    with log.open("w") as out:
        program = subprocess.Popen(
            command, cwd=cwd or checkout.root, env=env, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT
        )
        while (code := ended(program)) is None:
            say("… still at it")
    if code:
        last = re.sub(r"\x1b\[[0-9;]*m", "", log.read_text(errors="replace")).strip().splitlines()[-15:]
        print(*(f"    {line}" for line in last), sep="\n", file=sys.stderr)
        raise SetupError(f"{trouble}: see above, or all of it in {log.relative_to(checkout.root)}; then run the same command again.")


def ended(program: subprocess.Popen[bytes]) -> int | None:
    """Its exit code, or None when it is still running after a while."""
    try:
        return program.wait(15)
    except subprocess.TimeoutExpired:
        return None
    except KeyboardInterrupt:
        program.kill()
        program.wait()
        raise


@contextmanager
def alone(checkout: Checkout) -> Iterator[None]:
    """Hold this checkout's set-up; a second one waits until the first is through."""
    checkout.cache.mkdir(exist_ok=True)
    with (checkout.cache / "setup.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("another set-up is at work here, waiting for it …")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def main(parts: list[str]) -> int:
    if sys.version_info < OLDEST_PYTHON:
        return with_newer_python(parts)
    try:
        set_up(HERE, parts or ["python", "web"])
    except (SetupError, uv_wheel.UvUnavailable) as error:
        print(f"Set-up stopped: {error}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"Set-up stopped: {error}; mend that and run the same command again.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Set-up was interrupted; run the same command again and it goes on.", file=sys.stderr)
        return 130
    return 0


def with_newer_python(parts: list[str]) -> int:
    """Start again with a newer Python from PATH: macOS brings an old `python3` beside a good one."""
    for minor in range(20, OLDEST_PYTHON[1] - 1, -1):
        if newer := shutil.which(f"python3.{minor}"):
            return subprocess.run([newer, __file__, *parts]).returncode
    print(
        f"Python 3.11 or newer is needed and this is {platform.python_version()}; install it and run the same command again.",
        file=sys.stderr,
    )
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
