"""One PostgreSQL server process and its files; the launcher's locks decide who may do what to it."""

import os
import shutil
import signal
import socket
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

import psycopg

from resolutionflow.platform.db.embedded.errors import EmbeddedPostgresError
from resolutionflow.platform.db.embedded.places import private_file, sync
from resolutionflow.platform.db.embedded.programs import Programs, find_programs
from resolutionflow.platform.db.embedded.roles import SUPERUSER
from resolutionflow.platform.db.embedded.server_user import ServerUser

_PORT = 5432  # names the socket; on a network address a free one is taken
_LOG_LIMIT = 10_000_000  # bytes; then the next start begins a new file


@dataclass(frozen=True)
class PidFile:
    """postmaster.pid as PostgreSQL documents it (miscadmin.h: LOCK_FILE_LINE_…)."""

    pid: int
    port: int
    socket_dir: str


@dataclass(frozen=True)
class Server:
    user: ServerUser
    home: Path
    socket_dir: Path
    log: Path

    @property
    def data(self) -> Path:
        return self.home / "data"

    def connect(self, role: str, password: str) -> tuple[psycopg.Connection | None, str]:
        """A connection that commits by itself, or why there is none yet."""
        if (found := self._pid_file()) is None:
            return None, "it is not ready"
        try:
            connection = psycopg.connect(
                host=str(self.socket_dir),
                port=found.port,
                user=role,
                password=password,
                dbname="postgres",
                autocommit=True,
                connect_timeout=5,
            )
        except psycopg.OperationalError as error:
            if "password authentication failed" in str(error):
                raise EmbeddedPostgresError(
                    f"passwords.json does not belong to the database in {self.home}. Restore both from one backup."
                ) from error
            return None, str(error)
        return connection, ""

    def launch(self, settings: Mapping[str, str], password: str, alive: int) -> None:
        """Start it, without waiting; `alive` is a lock it keeps for as long as any process of it lives."""
        programs = find_programs(self.user, self.home)
        if not self.data.exists():
            self._initialise(programs, password, is_durable=settings.get("fsync") != "off")
        self._check_major(programs)
        self._clear_remains()
        if self.log.exists() and self.log.stat().st_size > _LOG_LIMIT:
            self.log.rename(self.log.with_suffix(".log.1"))
        port = settings.get("port") or str(_free_port() if settings["listen_addresses"] else _PORT)
        quoted = str(self.socket_dir).replace('"', '""')
        options = {**settings, "port": port, "unix_socket_directories": f'"{quoted}"'}
        command = [str(programs.postgres), "-D", str(self.data), *(f"--{name}={value}" for name, value in options.items())]
        with os.fdopen(os.open(self.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "ab") as log:
            process = self.user.spawn(command, output=log, keep=(alive,))
        Thread(target=process.wait, name="reap-postgres", daemon=True).start()

    def finish(self) -> None:
        """Fast shutdown: open transactions roll back."""
        self._signal(signal.SIGINT)

    def abort(self) -> None:
        """Immediate shutdown: the next start recovers."""
        self._signal(signal.SIGQUIT)

    def _signal(self, number: signal.Signals) -> None:
        if (found := self._pid_file(must_be_ready=False)) is not None:
            with suppress(ProcessLookupError):
                os.kill(found.pid, number)

    def _pid_file(self, *, must_be_ready: bool = True) -> PidFile | None:
        try:
            lines = (self.data / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return None
        if len(lines) < 5 or (must_be_ready and (len(lines) < 8 or lines[7].strip() != "ready")):
            return None
        return PidFile(pid=int(lines[0]), port=int(lines[3]), socket_dir=lines[4])

    def _initialise(self, programs: Programs, password: str, *, is_durable: bool) -> None:
        """Made aside and renamed: a cluster is there whole or not at all."""
        half_done, password_file = self.home / "data-half-done", self.home / "password"
        if half_done.exists():
            shutil.rmtree(half_done)
        options = ["--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        if not is_durable:
            options.append("--no-sync")
        try:
            with private_file(password_file) as file:
                file.write(password)
            self.user.give(password_file)
            status, output = self.user.run([programs.initdb, "-D", half_done, "-U", SUPERUSER, f"--pwfile={password_file}", *options])
        finally:
            password_file.unlink(missing_ok=True)
        if status != 0:
            raise EmbeddedPostgresError(f"PostgreSQL could not make its files in {self.home}:\n{output}")
        half_done.rename(self.data)
        sync(self.home)

    def _check_major(self, programs: Programs) -> None:
        major = (self.data / "PG_VERSION").read_text().strip()
        if major != str(programs.major):
            raise EmbeddedPostgresError(
                f"The data in {self.data} was written by PostgreSQL {major}, but this installation brings PostgreSQL {programs.major}. "
                f"Start the earlier version of ResolutionFlow (or set PG_BIN to PostgreSQL {major}), save the data with pg_dump, "
                "then restore it with pg_restore into a new data directory."
            )

    def _clear_remains(self) -> None:
        """After a crash PostgreSQL takes any process that got its old number for itself; the free lock proves that it is not."""
        found = self._pid_file(must_be_ready=False)
        if found is not None and _listens(f"{found.socket_dir}/.s.PGSQL.{found.port}"):
            raise EmbeddedPostgresError(f"Somebody else started a PostgreSQL on {self.data} (process {found.pid}). Stop it first.")
        for remains in (self.data / "postmaster.pid", *self.socket_dir.glob(".s.PGSQL.*")):
            remains.unlink(missing_ok=True)


def last_lines(log: Path, count: int = 12) -> str:
    if not log.exists():
        return "(empty)"
    with log.open("rb") as file:
        file.seek(max(0, log.stat().st_size - 8192))
        return "\n".join(file.read().decode(errors="replace").splitlines()[-count:])


def _listens(path: str) -> bool:
    with socket.socket(socket.AF_UNIX) as knock:
        return knock.connect_ex(path) == 0


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
