"""Starts, joins, revives and stops the embedded PostgreSQL.

Three locks under `run/` make that safe among processes. `start` is held while somebody starts or stops. `users` is shared by
everybody who needs the server; who finds nobody else there on leaving stops it. `server` is inherited by the server and every process
of its own: while it is taken the server lives, once it is free nothing of it is left, whatever its pid file says.
"""

import os
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType

import psycopg

from resolutionflow.platform.db.embedded import locks
from resolutionflow.platform.db.embedded.errors import EmbeddedPostgresError
from resolutionflow.platform.db.embedded.places import make_data_dir, make_home, make_socket_dir, remove_socket_dir
from resolutionflow.platform.db.embedded.roles import SUPERUSER, Cluster, cluster, make_passwords, make_roles, read_passwords
from resolutionflow.platform.db.embedded.server import Server, last_lines
from resolutionflow.platform.db.embedded.server_user import server_user

LAPTOP_SETTINGS = {
    "listen_addresses": "",
    "max_connections": "100",
    "shared_buffers": "64MB",
    "max_wal_size": "256MB",
    "checkpoint_timeout": "15min",
    "max_parallel_workers_per_gather": "0",
    "max_logical_replication_workers": "0",
    "log_checkpoints": "off",
}
_READY_WITHIN = 60.0  # seconds; recovery after a crash takes some of them
_STOPPED_WITHIN = 30.0  # seconds; then the server is told not to finish what it does
_POLL = 0.02  # seconds


class EmbeddedPostgres:
    """One user of the server under `data_dir`; `settings` (as in postgresql.conf) count for whoever starts it first."""

    def __init__(self, data_dir: Path, *, settings: Mapping[str, str] = {}) -> None:
        self._data_dir = data_dir.resolve()
        self._settings = {**LAPTOP_SETTINGS, **settings}
        self._home = self._data_dir / "postgres"
        self._log = self._data_dir / "postgres.log"
        self._passwords = self._data_dir / "passwords.json"
        self._starting = self._data_dir / "run" / "start"
        self._users = self._data_dir / "run" / "users"
        self._alive = self._data_dir / "run" / "server"
        self._use: int | None = None

    def __enter__(self) -> Cluster:
        return self.start()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.stop()

    def start(self) -> Cluster:
        """Return when the server answers; called again it brings back one that died."""
        try:
            make_data_dir(self._data_dir)
            with locks.exclusive(self._starting):
                if self._use is None:
                    self._use = locks.shared(self._users)
                return self._bring_up()
        except (OSError, psycopg.Error) as error:
            self.stop()
            raise EmbeddedPostgresError(f"The embedded PostgreSQL in {self._data_dir} cannot be used: {error}") from error
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Leave; the last one to leave stops the server."""
        if self._use is None:
            return
        with locks.exclusive(self._starting):
            use, self._use = self._use, None
            try:
                if locks.is_last(use):
                    self._shut_down()
            finally:
                os.close(use)

    def _bring_up(self) -> Cluster:
        server = self._server()
        if not server.data.exists() and not self._passwords.exists():
            make_passwords(self._passwords)
        passwords = read_passwords(self._passwords)
        with self._superuser(server, passwords[SUPERUSER]) as connection:
            make_roles(connection, passwords)
            return cluster(passwords, socket_dir=server.socket_dir, port=connection.info.port)

    def _server(self) -> Server:
        user = server_user(self._home)
        make_home(self._home, user)
        return Server(user=user, home=self._home.resolve(), socket_dir=make_socket_dir(self._home, user), log=self._log)

    def _superuser(self, server: Server, password: str) -> psycopg.Connection:
        """A connection to the server, which is started first if none lives."""
        was_launched = False
        give_up = time.monotonic() + _READY_WITHIN
        while True:
            if (alive := locks.exclusive_if_free(self._alive)) is not None:
                try:
                    if was_launched:
                        raise self._failure("PostgreSQL ended while it started")
                    server.launch(self._settings, password, alive)
                    was_launched = True
                finally:
                    os.close(alive)
            connection, refusal = server.connect(SUPERUSER, password)
            if connection is not None:
                return connection
            if time.monotonic() > give_up:
                raise self._failure(f"PostgreSQL did not answer within {_READY_WITHIN:.0f} seconds ({refusal})")
            time.sleep(_POLL)

    def _shut_down(self) -> None:
        server = self._server()
        ways = iter((server.finish, server.abort))
        give_up = time.monotonic()
        while not locks.is_free(self._alive):
            if time.monotonic() >= give_up:
                if (stop := next(ways, None)) is None:
                    raise self._failure("PostgreSQL does not stop")
                stop()
                give_up = time.monotonic() + _STOPPED_WITHIN
            time.sleep(_POLL)
        remove_socket_dir(self._home, server.socket_dir)

    def _failure(self, what: str) -> EmbeddedPostgresError:
        return EmbeddedPostgresError(f"{what}. The end of {self._log}:\n{last_lines(self._log)}")
