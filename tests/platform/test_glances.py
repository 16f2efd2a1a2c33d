"""Reads in one exchange: bound by row-level security like any other, and nothing of one reaches the next."""

from collections.abc import AsyncIterator

import psycopg
import pytest

from resolutionflow.platform.db.glances import Glances
from resolutionflow.platform.ids import AccountId, uuid7
from tests.database import Urls, cut_connections, superuser, sweep

_NAMES = "select name from accounts order by name"


@pytest.fixture
async def glances(urls: Urls) -> AsyncIterator[Glances]:
    opened = Glances(urls.app, connections=1)
    await opened.open()
    yield opened
    await opened.close()
    sweep(urls)


def _account(urls: Urls, name: str) -> AccountId:
    id = AccountId(uuid7())
    superuser(urls.superuser).execute("insert into accounts (id, name) values (%s, %s)", (id, name))
    return id


async def test_an_account_sees_its_own_rows_and_nobody_sees_all(glances: Glances, urls: Urls) -> None:
    northwind, fabrikam = _account(urls, "Northwind"), _account(urls, "Fabrikam")
    assert await glances.rows(northwind, _NAMES) == [("Northwind",)]
    assert await glances.rows(fabrikam, _NAMES) == [("Fabrikam",)]
    assert await glances.rows(None, _NAMES) == []


async def test_the_scope_ends_with_the_read(glances: Glances, urls: Urls) -> None:
    await glances.rows(_account(urls, "Northwind"), _NAMES)
    left = "select current_setting('app.account_id', true)"
    assert await glances.rows(None, left) == [("",)]


async def test_values_are_quoted(glances: Glances) -> None:
    said = "'); drop table accounts; --"
    assert await glances.rows(None, "select %s, %s", said, 7) == [(said, 7)]


async def test_a_statement_that_fails_leaves_the_connection_usable(glances: Glances, urls: Urls) -> None:
    account = _account(urls, "Northwind")
    with pytest.raises(psycopg.errors.DivisionByZero):
        await glances.rows(account, "select 1 / %s", 0)
    assert await glances.rows(None, _NAMES) == []
    assert await glances.rows(account, _NAMES) == [("Northwind",)]


async def test_a_server_that_went_away_is_a_connection_error_once(glances: Glances, urls: Urls) -> None:
    account = _account(urls, "Northwind")
    await glances.rows(account, _NAMES)
    cut_connections(urls, "resolutionflow-glances")
    with pytest.raises(ConnectionError):
        await glances.rows(account, _NAMES)
    assert await glances.rows(account, _NAMES) == [("Northwind",)]
