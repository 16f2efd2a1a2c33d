"""Connections and clean-up of the tests' databases."""

from dataclasses import dataclass
from functools import lru_cache

import psycopg
from psycopg import Connection
from psycopg.rows import TupleRow
from sqlalchemy.engine import make_url

TEMPLATE = "template_resolutionflow"
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "300", "shared_buffers": "128MB"}
_TABLES = """
select format('%I.%I', n.nspname, c.relname) from pg_class c join pg_namespace n on n.oid = c.relnamespace
where c.relkind in ('r', 'p') and (n.nspname = 'queue' or n.nspname = 'public') and c.relname <> 'alembic_version'
"""


@dataclass(frozen=True)
class Urls:
    superuser: str
    owner: str
    app: str


def at(url: str, database: str) -> str:
    return make_url(url).set(database=database).render_as_string(hide_password=False)


def plain(url: str) -> str:
    """As psycopg reads it."""
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


@lru_cache
def superuser(url: str) -> Connection[TupleRow]:
    """A connection that row-level security does not bind: for sweeping and for looking at what really lies there."""
    return psycopg.connect(plain(url), autocommit=True, options="-c search_path=public,queue")


def sweep(urls: Urls) -> None:
    """Empty every table in about a millisecond (foreign keys are not checked meanwhile)."""
    connection = superuser(urls.superuser)
    tables = [row[0] for row in connection.execute(_TABLES)]
    statements = "; ".join(f"delete from {table}" for table in tables)
    connection.execute("set session_replication_role = replica")
    connection.execute(statements)
    connection.execute("set session_replication_role = origin")


def cut_connections(urls: Urls, application: str) -> None:
    """End what this application has open in this worker's database, as a restart of the server would."""
    superuser(urls.superuser).execute(
        "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name like %s",
        (application,),
    )
