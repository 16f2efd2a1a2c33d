"""The database of one run, and people and cases in it: written straight into the tables, since making them is not what is measured."""

import itertools
import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import psycopg
from psycopg import Connection
from psycopg.rows import TupleRow
from sqlalchemy.engine import make_url

from bench.machine import SERVERS, on_core
from resolutionflow.accounts.access_tokens import Claims, sign
from resolutionflow.platform.crypto import NOBODYS_HASH, new_token
from resolutionflow.platform.db.embedded import EmbeddedPostgres
from resolutionflow.platform.db.migrate import upgrade
from resolutionflow.platform.ids import AccountId, UserId, uuid7

_LEDGER = [
    {"kind": "fact", "name": "Outlook version", "value": "2405 (17628.20144), monthly channel"},
    {"kind": "note", "content": "Since this morning, only at reception; webmail works on the same machine."},
    {"kind": "tried", "content": "Restart Outlook in safe mode", "outcome": "failed", "observed": "Still asks for the password"},
    {"kind": "tried", "content": "Remove the stored credentials", "outcome": "failed", "observed": "The prompt comes back at once"},
    {"kind": "tried", "content": "New Outlook profile", "outcome": "failed", "observed": "0x800CCC0E while it connects"},
    {"kind": "fact", "name": "Last password change", "value": "Friday 16:40"},
    {"kind": "tried", "content": "Sign out of all devices in the admin centre", "outcome": "inconclusive"},
    {"kind": "note", "content": "They send invoices at four and cannot wait until tomorrow."},
]
_ACCOUNT = "insert into accounts (id, name) values (%s, 'Northwind IT')"
_COUNTER = "insert into event_counters (account_id) values (%s)"
_PERSON = """
insert into users (id, account_id, name, email, password_hash, role, takes_escalations) values (%s, %s, %s, %s, %s, 'engineer', %s)
"""
_FAMILY = "insert into token_families (id, account_id, user_id) values (%s, %s, %s)"
_SESSIONS = """
insert into sessions (id, account_id, user_id, holder_id, title, problem_summary, problem_domain, contact_name, contact_phone,
                      device, client_waiting, affects, last_seq, step_count, tried_count)
select id, %(account)s, %(owner)s, %(owner)s, 'Outlook asks for the password again and again',
       'Outlook asks for the password again and again and receives nothing', 'email_outlook', 'Dana Whitfield', '+1 555 0134',
       'NW-RECEPTION-02', 'callback', 'one', %(steps)s, %(steps)s, %(tried)s
from unnest(%(ids)s::uuid[]) as id
"""
_STEPS = """
insert into steps (id, account_id, session_id, seq, kind, author_id, author_type, content, outcome, observed, name, value)
select gen_random_uuid(), %(account)s, session_id, seq, line ->> 'kind', %(owner)s, 'user',
       line ->> 'content', line ->> 'outcome', line ->> 'observed', line ->> 'name', line ->> 'value'
from unnest(%(ids)s::uuid[]) as session_id, jsonb_array_elements(%(ledger)s::jsonb) with ordinality as lines(line, seq)
"""


@dataclass(frozen=True)
class Account:
    id: AccountId
    escalator: UserId
    token: str
    """The escalator's."""
    recipients: list[UserId]
    """Who gets a bell for an escalation."""
    listeners: list[str]
    """Tokens of people who get none."""


@dataclass(frozen=True)
class Ground:
    app_url: str
    connection: Connection[TupleRow]
    """Not bound by row-level security."""
    key: str
    home: Path

    def account(self, *, recipients: int, listeners: int = 0) -> Account:
        account = AccountId(uuid7())
        self.connection.execute(_ACCOUNT, (account,))
        self.connection.execute(_COUNTER, (account,))
        escalator, token = self._person(account, takes_escalations=False)
        told = [self._person(account, takes_escalations=True)[0] for _ in range(recipients)]
        others = [self._person(account, takes_escalations=False)[1] for _ in range(listeners)]
        return Account(account, escalator, token, told, others)

    def _person(self, account: AccountId, *, takes_escalations: bool) -> tuple[UserId, str]:
        person, family = UserId(uuid7()), uuid7()
        email = f"{person.hex}@example.com"
        self.connection.execute(_PERSON, (person, account, "Jane Marsh", email, NOBODYS_HASH, takes_escalations))
        self.connection.execute(_FAMILY, (family, account, person))
        issued = datetime.now(UTC)
        return person, sign(Claims(account, person, family, issued, issued + timedelta(hours=2)), self.key.encode())

    def sessions(self, account: Account, count: int, *, steps: int = len(_LEDGER)) -> list[UUID]:
        """Active ones of the escalator, with a ledger of so many rows; each can be handed off once."""
        ids = [uuid7() for _ in range(count)]
        ledger = [line for _, line in zip(range(steps), itertools.cycle(_LEDGER), strict=False)]
        values = {
            "ids": ids,
            "account": account.id,
            "owner": account.escalator,
            "ledger": json.dumps(ledger),
            "steps": steps,
            "tried": sum(line["kind"] == "tried" for line in ledger),
        }
        with self.connection.transaction():
            self.connection.execute(_SESSIONS, values)
            self.connection.execute(_STEPS, values)
        return ids

    def version(self) -> str:
        return str(self.connection.execute("show server_version").fetchall()[0][0])


@contextmanager
def prepared() -> Iterator[Ground]:
    """The embedded PostgreSQL as the product starts it, migrated, on the servers' core; gone afterwards."""
    home = Path(tempfile.mkdtemp(prefix="rf-bench-", dir="/tmp"))
    home.chmod(0o711)
    server = EmbeddedPostgres(home)
    try:
        with on_core(SERVERS):
            cluster = server.start()
        upgrade(cluster.owner_url)
        inside = make_url(cluster.superuser_url).set(drivername="postgresql", database=make_url(cluster.app_url).database)
        with psycopg.connect(
            inside.render_as_string(hide_password=False), autocommit=True, options="-c search_path=public,queue"
        ) as connection:
            yield Ground(cluster.app_url, connection, new_token(), home)
    finally:
        server.stop()
        shutil.rmtree((home / "postgres").resolve(), ignore_errors=True)
        shutil.rmtree(home, ignore_errors=True)
