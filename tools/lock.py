"""Do the lock files say what pyproject.toml and tools/node.in ask for? Without the network, so `make check` can ask each time."""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
PINNED = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^ ;\\]+)", re.MULTILINE)


def disagreements(wanted: list[str], lock: str, *, origin: str) -> list[str]:
    """A sentence for each requirement the lock misses or contradicts, and for each it still holds for `origin` though nobody asks."""
    pins = {canonicalize_name(pin["name"]): pin["version"] for pin in PINNED.finditer(lock)}
    asked = {canonicalize_name(need.name): need for need in map(Requirement, wanted)}
    found = []
    for name, need in asked.items():
        if name not in pins:
            found.append(f"{need} is not in the lock.")
        elif not need.specifier.contains(pins[name], prereleases=True):
            found.append(f"{need} is locked at {pins[name]}.")
    found += [f"{name} is locked for {origin}, which no longer asks for it." for name in _from(origin, lock) if name not in asked]
    return found


def _from(origin: str, lock: str) -> list[str]:
    starts = [*PINNED.finditer(lock)]
    ends = [later.start() for later in starts[1:]] + [len(lock)]
    return [canonicalize_name(pin["name"]) for pin, end in zip(starts, ends, strict=True) if origin in lock[pin.start() : end]]


def main() -> int:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    asked = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    node = [line.partition("#")[0].strip() for line in (ROOT / "tools/node.in").read_text().splitlines()]
    found = disagreements(asked, (ROOT / "requirements.lock").read_text(), origin="resolutionflow (pyproject.toml")
    found += disagreements([need for need in node if need], (ROOT / "tools/node.lock").read_text(), origin="tools/node.in")
    for sentence in found:
        print(sentence)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
