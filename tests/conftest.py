"""A real PostgreSQL for every test: one cluster a run, one migrated database a worker, swept after each test.

Tests talk to it as the restricted role the product serves with; the superuser only makes databases and sweeps.
"""

import logging
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx2
import psycopg
import pytest
from sqlalchemy.engine import make_url

from resolutionflow.app.api import create_app
from resolutionflow.app.runtime import Runtime, build
from resolutionflow.platform import logs
from resolutionflow.platform.db.embedded import EmbeddedPostgres
from resolutionflow.platform.db.migrate import upgrade
from resolutionflow.platform.settings import Settings
from tests.database import FAST, TEMPLATE, Urls, at, plain, sweep
from tests.factories.make import Make

_CLUSTER = "RF_TEST_CLUSTER"


def pytest_configure(config: pytest.Config) -> None:
    """The controlling process starts the cluster; xdist's workers find it by the environment."""
    logs.configure("json", level=logging.WARNING)
    if hasattr(config, "workerinput") or config.option.collectonly:
        return
    home = Path(tempfile.mkdtemp(prefix="rf-", dir="/tmp"))
    home.chmod(0o711)
    server = EmbeddedPostgres(home, settings=FAST)
    cluster = server.start()
    with psycopg.connect(plain(cluster.superuser_url), autocommit=True) as connection:
        connection.execute(f"create database {TEMPLATE} owner resolutionflow_owner")
    upgrade(at(cluster.owner_url, TEMPLATE))
    os.environ[_CLUSTER] = f"{cluster.superuser_url}\n{cluster.owner_url}\n{cluster.app_url}"

    def end() -> None:
        server.stop()
        shutil.rmtree((home / "postgres").resolve(), ignore_errors=True)
        shutil.rmtree(home, ignore_errors=True)

    config.add_cleanup(end)


@pytest.fixture(scope="session")
def urls(worker_id: str) -> Iterator[Urls]:
    """This worker's own database, copied from the migrated template."""
    superuser, owner, app = os.environ[_CLUSTER].split("\n")
    name = f"test_{worker_id}"
    with psycopg.connect(plain(superuser), autocommit=True) as connection:
        connection.execute(f"create database {name} template {TEMPLATE} strategy file_copy owner resolutionflow_owner")
    yield Urls(superuser=at(superuser, name), owner=at(owner, name), app=at(app, name))
    with psycopg.connect(plain(superuser), autocommit=True) as connection:
        connection.execute(f"drop database {name} with (force)")


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return Settings(_env_file=None, data_dir=tmp_path_factory.mktemp("data"), registrations_per_hour=0)


@pytest.fixture(scope="session")
async def runtime(urls: Urls, settings: Settings) -> AsyncIterator[Runtime]:
    """The product's parts on this worker's database; hub and worker run only where a test starts them."""
    built = build(settings, urls.app)
    yield built
    await built.database.close()


@pytest.fixture(scope="session")
async def client(runtime: Runtime) -> AsyncIterator[httpx2.AsyncClient]:
    app = create_app(runtime, worker=False)
    transport = httpx2.ASGITransport(app=app, raise_app_exceptions=True)
    async with httpx2.AsyncClient(transport=transport, base_url="http://test") as session:
        yield session


@pytest.fixture
async def make(runtime: Runtime, client: httpx2.AsyncClient, urls: Urls) -> AsyncIterator[Make]:
    """Builds what a case needs through the product's own actions, and speaks to the API as its people."""
    client.cookies.clear()
    yield Make(runtime, client, urls)
    sweep(urls)


@pytest.fixture
def database_name(urls: Urls) -> str:
    return make_url(urls.app).database or ""
