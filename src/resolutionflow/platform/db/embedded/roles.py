"""The roles and the database that ResolutionFlow expects, and how to reach them."""

import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import LiteralString

import psycopg
from psycopg import sql
from sqlalchemy import URL

from resolutionflow.platform.db.embedded.errors import EmbeddedPostgresError
from resolutionflow.platform.db.embedded.places import private_file, sync

SUPERUSER, OWNER, APP = "postgres", "resolutionflow_owner", "resolutionflow_app"
DATABASE = "resolutionflow"


@dataclass(frozen=True)
class Cluster:
    """SQLAlchemy URLs with their passwords: never log them."""

    superuser_url: str = field(repr=False)  # database "postgres": test databases, nothing else
    owner_url: str = field(repr=False)  # owns the database and migrates it
    app_url: str = field(repr=False)  # may log in; migrations grant the rest


def cluster(passwords: Mapping[str, str], *, socket_dir: Path, port: int) -> Cluster:
    def url(role: str, database: str) -> str:
        where = {"host": str(socket_dir), "port": str(port)}
        address = URL.create("postgresql+psycopg", role, passwords[role], database=database, query=where)
        return address.render_as_string(hide_password=False)

    return Cluster(url(SUPERUSER, "postgres"), url(OWNER, DATABASE), url(APP, DATABASE))


def make_roles(connection: psycopg.Connection, passwords: Mapping[str, str]) -> None:
    """Idempotent, because a start may have died half-way; the connection is the superuser's and commits by itself."""
    for role in (OWNER, APP):
        if not _exists(connection, "select 1 from pg_roles where rolname = %s", role):
            create_role = sql.SQL("create role {} login password {}")
            connection.execute(create_role.format(sql.Identifier(role), sql.Literal(passwords[role])))
    if not _exists(connection, "select 1 from pg_database where datname = %s", DATABASE):
        create_database = sql.SQL("create database {} owner {}")
        connection.execute(create_database.format(sql.Identifier(DATABASE), sql.Identifier(OWNER)))


def _exists(connection: psycopg.Connection, query: LiteralString, name: str) -> bool:
    return connection.execute(query, (name,)).fetchone() is not None


def make_passwords(path: Path) -> None:
    passwords = {role: secrets.token_urlsafe(24) for role in (SUPERUSER, OWNER, APP)}
    half_done = path.with_suffix(".new")
    with private_file(half_done) as file:
        json.dump(passwords, file, indent=2)
        file.flush()
        os.fsync(file.fileno())
    half_done.rename(path)
    sync(path.parent)


def read_passwords(path: Path) -> dict[str, str]:
    try:
        passwords = json.loads(path.read_text())
        return {role: str(passwords[role]) for role in (SUPERUSER, OWNER, APP)}
    except (FileNotFoundError, ValueError, KeyError, TypeError) as error:
        raise EmbeddedPostgresError(
            f"The passwords of the embedded PostgreSQL are missing or damaged. Restore {path} from the backup of its directory."
        ) from error
