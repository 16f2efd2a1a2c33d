"""The user the server runs as: ourselves or, as PostgreSQL refuses to run as root, somebody without rights."""

import os
import pwd
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from resolutionflow.platform.db.embedded.errors import EmbeddedPostgresError

_ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}
_UNPRIVILEGED = ("postgres", "nobody")  # initdb wants a user that exists in passwd


@dataclass(frozen=True)
class ServerUser:
    uid: int
    gid: int

    def spawn(self, command: Sequence[str | Path], *, output: int | IO[bytes], keep: Sequence[int] = ()) -> subprocess.Popen[bytes]:
        """Run a program as this user, out of reach of our terminal's signals, with none of our environment."""
        is_other = self.uid != os.geteuid()
        return subprocess.Popen(
            command,
            user=self.uid if is_other else None,
            group=self.gid if is_other else None,
            extra_groups=[] if is_other else None,
            env=_ENVIRONMENT,
            cwd="/",
            umask=0o077,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            pass_fds=keep,
        )

    def run(self, command: Sequence[str | Path]) -> tuple[int, str]:
        """Exit status and output."""
        with self.spawn(command, output=subprocess.PIPE) as process:
            output, _ = process.communicate()
        return process.returncode, output.decode(errors="replace").strip()

    def can_enter(self, directory: Path) -> bool:
        """Asked of the kernel, because every parent directory and its access lists have a say."""
        return self.uid == os.geteuid() or self.run(["/bin/sh", "-c", 'cd "$0"', directory])[0] == 0

    def give(self, path: Path) -> None:
        if path.lstat().st_uid != self.uid:
            os.chown(path, self.uid, self.gid, follow_symlinks=False)


def server_user(home: Path) -> ServerUser:
    """Who owns the server's home already; else ourselves; for root somebody unprivileged."""
    if os.geteuid() != 0:
        return ServerUser(os.geteuid(), os.getegid())
    if home.exists() and (owner := home.stat()).st_uid != 0:
        return ServerUser(owner.st_uid, owner.st_gid)
    for name in _UNPRIVILEGED:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return ServerUser(entry.pw_uid, entry.pw_gid)
    raise EmbeddedPostgresError(
        "PostgreSQL does not run as root, and there is no user 'postgres' or 'nobody' to run it as. "
        "Start ResolutionFlow as an ordinary user, or set RESOLUTIONFLOW_DATABASE_URL."
    )
