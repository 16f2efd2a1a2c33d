"""Two roles: the owner migrates, the app role serves. Start-up refuses to serve as anything stronger."""

import secrets
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncEngine

from resolutionflow.platform.db.schema import APP_ROLE
from resolutionflow.platform.db.urls import conninfo

MINIMUM_VERSIONS = {15: 14, 16: 10, 17: 6}
"""Minor releases below these leak rows through planner statistics (CVE-2025-8713)."""
_STRENGTHS = """
select r.rolsuper, r.rolbypassrls, r.rolcreaterole, r.rolcreatedb,
       exists (select from pg_class c join pg_namespace n on n.oid = c.relnamespace
               where c.relowner = r.oid and n.nspname not like 'pg_temp%%' and n.nspname not like 'pg_toast%%') as owns,
       exists (select from pg_class c join pg_namespace n on n.oid = c.relnamespace
               where n.nspname in ('public', 'app') and c.relkind in ('r', 'p')
               and has_table_privilege(r.oid, c.oid, 'TRUNCATE')) as truncates,
       exists (select from pg_roles o where o.oid <> r.oid and (o.rolsuper or o.rolbypassrls)
               and pg_has_role(r.oid, o.oid, 'MEMBER')) as becomes_stronger,
       exists (select from pg_class c join pg_namespace n on n.oid = c.relnamespace
               where n.nspname = 'public' and pg_has_role(r.oid, c.relowner, 'MEMBER')) as member_of_owner
from pg_roles r where r.rolname = current_user
"""
_REASONS = {
    "rolsuper": "is a superuser",
    "rolbypassrls": "may bypass row-level security",
    "rolcreaterole": "may create roles",
    "rolcreatedb": "may create databases",
    "owns": "owns tables",
    "truncates": "may TRUNCATE tables",
    "becomes_stronger": "is a member of a stronger role",
    "member_of_owner": "is a member of the role that owns the tables",
}


class UnsafeRole(RuntimeError):
    """A sentence for the operator, with the SQL to run where there is one."""


HOW_TO_MAKE = f"""\
create role {APP_ROLE} login nosuperuser nocreatedb nocreaterole nobypassrls password '…';
-- then set RESOLUTIONFLOW_DATABASE_URL to that role and RESOLUTIONFLOW_DATABASE_OWNER_URL to the role that owns the database"""


def weaknesses(row: dict[str, bool]) -> list[str]:
    return [reason for column, reason in _REASONS.items() if row.get(column)]


async def refuse_strong_role(engine: AsyncEngine) -> None:
    """The start-up guard. Raises `UnsafeRole` if the role that serves could see or wipe other tenants' rows."""
    async with engine.connect() as connection:
        row = (await connection.exec_driver_sql(_STRENGTHS)).mappings().one()
        version = int((await connection.exec_driver_sql("show server_version_num")).scalar_one())
    if found := weaknesses({name: bool(value) for name, value in row.items()}):
        raise UnsafeRole(f"The database role that serves {', and '.join(found)}; tenants would not be kept apart. Run:\n{HOW_TO_MAKE}")
    major, minor = divmod(version, 10_000)
    if major < 15 or minor < MINIMUM_VERSIONS.get(major, 0):
        raise UnsafeRole(f"PostgreSQL {major}.{minor} is too old: 15.14, 16.10, 17.6 or any 18 is needed for row-level security to hold.")


def is_strong(url: str) -> bool:
    """Whether the role of this URL is too strong to serve with."""
    with psycopg.connect(conninfo(url), connect_timeout=5) as connection:
        cursor = connection.execute(_STRENGTHS)
        row = cursor.fetchone()
        assert row is not None
        assert cursor.description is not None
        return bool(weaknesses({column.name: bool(value) for column, value in zip(cursor.description, row, strict=True)}))


def ensure_app_role(owner_url: str, *, password_file: Path) -> str:
    """Create or repair the app role with the owner's rights and answer its URL; the password is kept in the data directory.

    Raises `UnsafeRole` with the SQL to run where the owner may not create roles.
    """
    password = _kept(password_file)
    with psycopg.connect(conninfo(owner_url), autocommit=True, connect_timeout=5) as connection:
        exists = connection.execute("select 1 from pg_roles where rolname = %s", (APP_ROLE,)).fetchone()
        verb = sql.SQL("alter" if exists else "create")
        statement = sql.SQL("{} role {} login nosuperuser nocreatedb nocreaterole nobypassrls password {}")
        try:
            connection.execute(statement.format(verb, sql.Identifier(APP_ROLE), sql.Literal(password)))
        except psycopg.errors.InsufficientPrivilege:
            raise UnsafeRole(f"The database role may not create {APP_ROLE}. Have an administrator run:\n{HOW_TO_MAKE}") from None
    return make_url(owner_url).set(username=APP_ROLE, password=password).render_as_string(hide_password=False)


def _kept(file: Path) -> str:
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(24))
    return file.read_text().strip()
