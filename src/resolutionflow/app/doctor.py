"""`resolutionflow doctor`: each configured part is tried, and what is wrong is said in a sentence."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from redis.asyncio import Redis
from redis.exceptions import RedisError
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import create_async_engine

from resolutionflow.app import places, web
from resolutionflow.platform.db.embedded import EmbeddedPostgresError
from resolutionflow.platform.db.migrate import newest
from resolutionflow.platform.db.roles import UnsafeRole, refuse_strong_role
from resolutionflow.platform.settings import Settings


@dataclass(frozen=True, slots=True)
class Finding:
    part: str
    ok: bool
    sentence: str


async def examine(settings: Settings) -> list[Finding]:
    """Never raises for a sick part: that is what it is asked about."""
    findings = [_settings(settings)]
    try:
        with places.database(settings) as found:
            findings += await _database(found)
    except (EmbeddedPostgresError, UnsafeRole, SQLAlchemyError, OSError) as error:
        findings.append(Finding("database", False, str(error)))
    findings.append(await _bus(settings))
    built = web.directory()
    findings.append(Finding("web application", built is not None, f"built in {built}" if built else web.NOT_BUILT.strip()))
    return findings


def _settings(settings: Settings) -> Finding:
    where = "embedded under " + str(settings.data_dir) if settings.database_url is None else "RESOLUTIONFLOW_DATABASE_URL"
    return Finding(
        "settings", True, f"{settings.env}, database {where}, live bus {settings.event_bus_url.partition('@')[2] or settings.event_bus_url}"
    )


async def _database(found: places.Places) -> list[Finding]:
    engine = create_async_engine(found.app_url, connect_args={"connect_timeout": 5})
    try:
        async with engine.connect() as connection:
            version = await connection.scalar(text("show server_version"))
        findings = [Finding("database", True, f"PostgreSQL {version} answers")]
        try:
            await refuse_strong_role(engine)
            findings.append(Finding("database role", True, "the serving role is bound by row-level security"))
        except UnsafeRole as error:
            findings.append(Finding("database role", False, str(error)))
        findings.append(await _revision(found))
        return findings
    finally:
        await engine.dispose()


async def _revision(found: places.Places) -> Finding:
    if found.owner_url is None:
        return Finding("migrations", True, "left to RESOLUTIONFLOW_DATABASE_OWNER_URL, which is not set here")
    engine = create_async_engine(found.owner_url, connect_args={"connect_timeout": 5})
    try:
        async with engine.connect() as connection:
            exists = await connection.scalar(text("select to_regclass('public.alembic_version')"))
            revision = await connection.scalar(text("select version_num from public.alembic_version")) if exists else None
    finally:
        await engine.dispose()
    if revision == newest():
        return Finding("migrations", True, f"at revision {revision}")
    return Finding("migrations", False, f"at revision {revision or 'none'}, this version needs {newest()}: run `resolutionflow migrate`")


async def _bus(settings: Settings) -> Finding:
    if settings.event_bus_url == "postgres":
        return Finding("live bus", True, "LISTEN/NOTIFY of the database; nothing else is needed")
    client = Redis.from_url(settings.event_bus_url, socket_connect_timeout=5)
    ping: Callable[[], Awaitable[object]] = client.ping
    try:
        async with asyncio.timeout(6):
            await ping()
    except (RedisError, OSError, TimeoutError) as error:
        return Finding("live bus", False, f"Redis does not answer ({type(error).__name__}); live updates come from the 5 s poll only")
    finally:
        await client.aclose()
    return Finding("live bus", True, "Redis answers")
