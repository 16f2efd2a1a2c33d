"""Alembic, run by the owner role; the queue's schema is applied by the same command."""

from importlib.resources import files
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, text
from sqlalchemy.engine import Connection

MIGRATIONS = Path(str(files("resolutionflow"))) / "migrations"


def config(connection: Connection | None = None) -> Config:
    settings = Config()
    settings.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    settings.attributes["connection"] = connection
    return settings


def upgrade(owner_url: str, revision: str = "head") -> str | None:
    """Bring the database to `revision` and answer the revision it had before. Two at once wait for each other; nothing blocks for long."""
    engine = create_engine(owner_url, connect_args={"options": "-c lock_timeout=5s -c timezone=UTC", "connect_timeout": 5})
    try:
        with engine.begin() as connection:
            connection.execute(text("select pg_advisory_xact_lock(hashtext('resolutionflow.migrate'))"))
            before = MigrationContext.configure(connection).get_current_revision()
            command.upgrade(config(connection), revision)
            return before
    finally:
        engine.dispose()


def newest() -> str | None:
    return ScriptDirectory.from_config(config()).get_current_head()
