"""From empty, from every revision with data in it, twice, and two at once."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from alembic.script import ScriptDirectory

from resolutionflow.platform.db.migrate import config, newest, upgrade
from resolutionflow.platform.ids import uuid7
from tests.database import Urls, at, plain

REVISIONS = [script.revision for script in reversed(list(ScriptDirectory.from_config(config()).walk_revisions()))]
ACCOUNT, JANE, SESSION, STEP, SOLVED, HANDOFF, CLAIM = (uuid7() for _ in range(7))
DATA = {
    "0002": (
        f"insert into accounts (id, name) values ('{ACCOUNT}', 'Northwind IT')",
        (
            f"insert into users (id, account_id, name, email, password_hash, role)"
            f" values ('{JANE}', '{ACCOUNT}', 'Jane', 'jane@example.com', '!', 'owner')"
        ),
    ),
    "0004": (
        (
            f"insert into sessions (id, account_id, user_id, holder_id, title, problem_summary, status)"
            f" values ('{SESSION}', '{ACCOUNT}', '{JANE}', null, 'Outlook', 'Outlook', 'requesting_escalation')"
        ),
        (
            f"insert into sessions (id, account_id, user_id, holder_id, title, problem_summary, status, resolution, resolved_at)"
            f" values ('{SOLVED}', '{ACCOUNT}', '{JANE}', '{JANE}', 'Printer', 'Prints stripes', 'resolved', 'Replaced the drum', now())"
        ),
        (
            f"insert into steps (id, account_id, session_id, seq, kind, author_id, author_type, content)"
            f" values ('{STEP}', '{ACCOUNT}', '{SESSION}', 1, 'note', '{JANE}', 'user', 'Asks for a password')"
        ),
    ),
    "0005": (
        (
            f"insert into handoffs (id, account_id, session_id, intent, status, reason, handed_off_by, claimed_by, claimed_at, snapshot)"
            f" values ('{HANDOFF}', '{ACCOUNT}', '{SESSION}', 'escalate', 'claimed', 'Next idea', '{JANE}', '{JANE}', now(), '{{}}')"
        ),
        (
            f"insert into handoff_claims (id, account_id, handoff_id, session_id, user_id)"
            f" values ('{CLAIM}', '{ACCOUNT}', '{HANDOFF}', '{SESSION}', '{JANE}')"
        ),
    ),
}
"""Rows as each revision knows them: what a customer's database holds when the next release comes."""


@pytest.fixture
def empty(urls: Urls, worker_id: str) -> Iterator[str]:
    """The owner's URL of an empty database."""
    name = f"migrated_{worker_id}"
    with psycopg.connect(plain(urls.superuser), autocommit=True) as connection:
        connection.execute(f"drop database if exists {name} with (force)")
        connection.execute(f"create database {name} owner resolutionflow_owner")
        yield at(urls.owner, name)
        connection.execute(f"drop database {name} with (force)")


def test_a_new_database_reaches_the_newest_revision_and_stays_there(empty: str) -> None:
    assert upgrade(empty) is None
    assert upgrade(empty) == newest()


def test_a_database_with_data_survives_every_step(empty: str) -> None:
    for revision in REVISIONS:
        upgrade(empty, revision)
        with psycopg.connect(plain(empty)) as connection:
            for statement in DATA.get(revision, ()):
                connection.execute(statement)
    with psycopg.connect(plain(empty)) as connection:
        kept = connection.execute("select title, status, tsvector_to_array(words) from sessions order by title").fetchall()
        assert kept == [
            ("Outlook", "requesting_escalation", None),
            ("Printer", "resolved", ["drum", "print", "printer", "replac", "stripe"]),
        ]
        assert connection.execute("select content from steps").fetchall() == [("Asks for a password",)]
        assert connection.execute("select lease_seconds, lease_expires_at from handoffs where status = 'claimed'").fetchall() == [
            (None, None)
        ]
        assert connection.execute("update handoff_claims set ended_at = now(), end_reason = 'lapsed' returning id").fetchall() == [(CLAIM,)]
        assert connection.execute("select last_number from event_counters").fetchall() == [(0,)]
        handoffs = connection.execute("select reason, ai_assessment_status, model_attempts, ai_assessment_notice from handoffs").fetchall()
        assert handoffs == [("Next idea", "unavailable", 0, None)]


@pytest.mark.parametrize("revision", REVISIONS[:-1])
def test_the_newest_release_upgrades_from_any_earlier_one(empty: str, revision: str) -> None:
    for step in REVISIONS[: REVISIONS.index(revision) + 1]:
        upgrade(empty, step)
        with psycopg.connect(plain(empty)) as connection:
            for statement in DATA.get(step, ()):
                connection.execute(statement)
    assert upgrade(empty) == revision
    assert upgrade(empty) == newest()


def test_two_who_migrate_at_once_wait_for_each_other(empty: str) -> None:
    with ThreadPoolExecutor(2) as pool:
        befores = list(pool.map(upgrade, (empty, empty)))
    assert sorted(befores, key=str) == sorted([None, newest()], key=str)
