"""Which database serves: the configured one, or the embedded one under the data directory; migrated and with a safe role."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import structlog

from resolutionflow.platform.db.embedded import EmbeddedPostgres
from resolutionflow.platform.db.migrate import upgrade
from resolutionflow.platform.db.roles import ensure_app_role, is_strong
from resolutionflow.platform.settings import Settings

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Places:
    app_url: str
    owner_url: str | None
    """None where only the app role is configured: somebody else migrates."""


@contextmanager
def database(settings: Settings) -> Iterator[Places]:
    """The database's URLs for as long as the block runs; the embedded server starts and stops with its last user."""
    if settings.database_url is None and settings.database_owner_url is None:
        with EmbeddedPostgres(settings.data_dir) as cluster:
            yield Places(app_url=cluster.app_url, owner_url=cluster.owner_url)
        return
    password = settings.data_dir / "app_role_password"
    if settings.database_url is None:
        assert settings.database_owner_url is not None
        owner = settings.database_owner_url
        yield Places(app_url=ensure_app_role(owner, password_file=password), owner_url=owner)
    elif settings.database_owner_url is None and is_strong(settings.database_url):
        owner = settings.database_url
        yield Places(app_url=ensure_app_role(owner, password_file=password), owner_url=owner)
    else:
        yield Places(app_url=settings.database_url, owner_url=settings.database_owner_url)


def migrated(places: Places) -> None:
    """Bring the database up to date where we hold the owner's URL."""
    if places.owner_url is None:
        log.info("migrations_left_to_the_owner")
        return
    before = upgrade(places.owner_url)
    log.info("migrated", revision_before=before)
