"""Directories: whose they are, who may look inside, and what to do where the server's user cannot get to them."""

import hashlib
import os
import shutil
import stat
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import IO

from resolutionflow.platform.db.embedded.errors import EmbeddedPostgresError
from resolutionflow.platform.db.embedded.server_user import ServerUser

_ELSEWHERE = Path("/var/lib/resolutionflow")
_SHORT = Path("/tmp")  # noqa: S108 - made private below; not $TMPDIR, which is long on macOS
_SOCKET_PATH_LIMIT = 100  # bytes; macOS allows 104, Linux 108


def make_data_dir(data_dir: Path) -> None:
    data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    if data_dir.stat().st_mode & stat.S_IWOTH:
        raise EmbeddedPostgresError(f"Everybody may write to {data_dir}. Choose a data directory of its own, inside it for example.")
    (data_dir / "run").mkdir(mode=0o700, exist_ok=True)


def make_home(home: Path, user: ServerUser) -> None:
    """Root's server lives under /var/lib where its user cannot pass the data directory's parents, which are not ours to open."""
    data_dir = home.parent
    passable = 0o700 if data_dir.stat().st_uid == user.uid else 0o711
    if stat.S_IMODE(data_dir.stat().st_mode) != passable:
        data_dir.chmod(passable)
    if home.is_symlink() and not home.exists():
        raise EmbeddedPostgresError(f"{home} points to {home.readlink()}, which is gone. Restore it, or remove {data_dir} to begin anew.")
    if not home.exists():
        if user.can_enter(data_dir):
            home.mkdir(mode=0o700)
        else:
            _ELSEWHERE.mkdir(mode=0o711, parents=True, exist_ok=True)
            home.symlink_to(tempfile.mkdtemp(prefix="postgres-", dir=_ELSEWHERE))
    user.give(home.resolve())


def make_socket_dir(home: Path, user: ServerUser) -> Path:
    """The home, unless its path is too long for a socket, or holds a comma, which libpq reads as two hosts."""
    directory = home.resolve()
    if len(os.fsencode(directory / ".s.PGSQL.65535")) <= _SOCKET_PATH_LIMIT and "," not in str(directory):
        return directory
    short = _SHORT / f"resolutionflow-{hashlib.sha256(os.fsencode(directory)).hexdigest()[:16]}"
    with suppress(FileExistsError):
        short.mkdir(mode=0o700)
    if short.lstat().st_uid == os.geteuid():
        user.give(short)
    found = short.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != user.uid or stat.S_IMODE(found.st_mode) != 0o700:
        raise EmbeddedPostgresError(f"{short}, where PostgreSQL's socket belongs, was made by somebody else. Remove it.")
    return short


def remove_socket_dir(home: Path, directory: Path) -> None:
    if directory != home.resolve():
        shutil.rmtree(directory)


def private_file(path: Path) -> IO[str]:
    """A new file that nobody else could open first; what a dead start left there goes."""
    path.unlink(missing_ok=True)
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w")


def sync(directory: Path) -> None:
    """A rename inside it outlives a power cut from here on."""
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
