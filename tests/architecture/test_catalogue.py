"""Every relation, policy, key and function of the migrated database, judged by the rules of docs/decisions/0003."""

from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from psycopg import Connection
from psycopg.rows import TupleRow
from sqlalchemy import create_engine

from resolutionflow.app.tables import metadata
from resolutionflow.platform.db.roles import UnsafeRole, refuse_strong_role, weaknesses
from resolutionflow.platform.db.work import Database
from tests.database import Urls, superuser

WITHOUT_TENANT = {
    "alembic_version": "which revision the database has",
    "attempts": "keyed hashes counted before any tenant is known; names nobody",
}
TENANT_IS_ID = {"accounts"}
UNIQUE_BEYOND_TENANTS = {
    "users_email_key": "an address signs in to one account only",
    "attempts_pkey": "has no tenant",
    "alembic_version_pkc": "has no tenant",
}
DEFINERS = {"account_ids", "due_leases", "event_heads", "invitation", "login", "refresh"}


@pytest.fixture
def catalogue(urls: Urls) -> Connection[TupleRow]:
    return superuser(urls.superuser)


def ask(catalogue: Connection[TupleRow], query: str) -> list[tuple[Any, ...]]:
    return catalogue.execute(query).fetchall()


def tenant_tables(catalogue: Connection[TupleRow]) -> set[str]:
    found = ask(
        catalogue,
        "select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname in ('public', 'app')"
        " and c.relkind in ('r', 'p', 'm', 'v', 'f')",
    )
    return {name for (name,) in found} - set(WITHOUT_TENANT)


async def test_every_tenant_table_is_bound_and_forced(catalogue: Connection[TupleRow]) -> None:
    rows = ask(
        catalogue,
        "select c.relname, c.relkind, c.relrowsecurity, c.relforcerowsecurity from pg_class c join pg_namespace n"
        " on n.oid = c.relnamespace where n.nspname = 'public' and c.relkind in ('r', 'p', 'm', 'v', 'f')",
    )
    loose = {name for name, kind, enabled, forced in rows if name not in WITHOUT_TENANT and not (kind in "rp" and enabled and forced)}
    assert not loose
    assert len(rows) > len(WITHOUT_TENANT)


async def test_every_tenant_table_has_both_policies_for_reading_and_writing(catalogue: Connection[TupleRow]) -> None:
    rows = ask(catalogue, "select tablename, policyname, permissive, roles::text, cmd, qual, with_check from pg_policies")
    policies = {(table, name): (permissive, roles, command, qual, check) for table, name, permissive, roles, command, qual, check in rows}
    tables = tenant_tables(catalogue)
    assert set(policies) == {(table, name) for table in tables for name in ("tenant", "owner")}
    for table in tables:
        column = "id" if table in TENANT_IS_ID else "account_id"
        ours = f"({column} = ( SELECT app.account_id() AS account_id))"
        assert policies[table, "tenant"] == ("PERMISSIVE", "{public}", "ALL", ours, ours)
        assert policies[table, "owner"] == ("PERMISSIVE", "{resolutionflow_owner}", "ALL", "true", "true")


async def test_foreign_keys_between_tenant_tables_carry_the_tenant(catalogue: Connection[TupleRow]) -> None:
    rows = ask(
        catalogue,
        "select k.conname, r.relname, (select array_agg(a.attname::text) from pg_attribute a"
        " where a.attrelid = k.conrelid and a.attnum = any(k.conkey))"
        " from pg_constraint k join pg_class r on r.oid = k.confrelid where k.contype = 'f' and k.connamespace = 'public'::regnamespace",
    )
    assert rows
    assert not {name for name, _, columns in rows if "account_id" not in columns}


async def test_unique_keys_begin_with_the_tenant_or_are_an_id(catalogue: Connection[TupleRow]) -> None:
    rows = ask(
        catalogue,
        "select i.relname, array(select a.attname::text from unnest(x.indkey) with ordinality as k(number, place)"
        " join pg_attribute a on a.attrelid = x.indrelid and a.attnum = k.number order by k.place)"
        " from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class t on t.oid = x.indrelid"
        " where x.indisunique and t.relnamespace = 'public'::regnamespace",
    )
    loose = {name for name, columns in rows if columns != ["id"] and columns[:1] != ["account_id"]}
    assert loose <= set(UNIQUE_BEYOND_TENANTS), loose


async def test_functions_that_see_across_accounts_are_a_closed_list(catalogue: Connection[TupleRow]) -> None:
    rows = ask(
        catalogue,
        "select p.proname, p.proconfig, has_function_privilege('public', p.oid, 'execute') from pg_proc p"
        " join pg_namespace n on n.oid = p.pronamespace where p.prosecdef and n.nspname not in ('pg_catalog', 'information_schema')",
    )
    assert {name for name, _, _ in rows} == DEFINERS
    assert all(config == ["search_path=public, pg_temp"] and not public for _, config, public in rows)


async def test_the_app_role_may_do_no_more_than_its_work(catalogue: Connection[TupleRow]) -> None:
    more = ask(
        catalogue,
        "select c.relname from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and"
        " (has_table_privilege('resolutionflow_app', c.oid, 'truncate') or has_table_privilege('resolutionflow_app', c.oid, 'references')"
        " or has_table_privilege('resolutionflow_app', c.oid, 'trigger'))",
    )
    assert more == []
    kept = "select count(*) from unnest(array['audit_log', 'steps', 'events', 'documents', 'assessments', 'model_uses']) t where {right}"
    for right in ("UPDATE", "DELETE"):
        assert ask(catalogue, kept.format(right=f"has_table_privilege('resolutionflow_app', t, '{right}')")) == [(0,)]


async def test_neither_role_is_a_superuser(catalogue: Connection[TupleRow]) -> None:
    rows = ask(
        catalogue, "select rolname, rolsuper, rolbypassrls, rolcreaterole from pg_roles where rolname like 'resolutionflow%' order by 1"
    )
    assert rows == [("resolutionflow_app", False, False, False), ("resolutionflow_owner", False, False, False)]


async def test_the_guard_lets_only_the_app_role_serve(urls: Urls) -> None:
    async def nothing(_: object) -> None:
        """No facts are recorded here."""

    for url, fits in ((urls.app, True), (urls.owner, False), (urls.superuser, False)):
        database = Database(url, seal=nothing)
        try:
            if fits:
                await refuse_strong_role(database.engine)
            else:
                with pytest.raises(UnsafeRole, match="resolutionflow_app"):
                    await refuse_strong_role(database.engine)
        finally:
            await database.close()


@pytest.mark.parametrize(
    "strength", ["rolsuper", "rolbypassrls", "rolcreaterole", "owns", "truncates", "becomes_stronger", "member_of_owner"]
)
def test_every_strength_alone_is_refused(strength: str) -> None:
    assert weaknesses({strength: True})
    assert weaknesses({strength: False}) == []


def test_the_models_say_what_the_migrations_made(urls: Urls) -> None:
    engine = create_engine(urls.owner)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_name": _ours, "compare_type": True})
        differences = [each for each in compare_metadata(context, metadata) if not _in_sql_only(each)]
    engine.dispose()
    assert differences == []


def _ours(name: str | None, kind: str, _: object) -> bool:
    """Idempotency keys, sessions waiting and the like are written as SQL alone."""
    return not (kind == "table" and name in ("idempotency_keys", "alembic_version"))


def _in_sql_only(difference: Any) -> bool:
    """Indexes that only queries need are named in the migrations; models list those that rules rest on."""
    return isinstance(difference, tuple) and difference[0] == "remove_index"
