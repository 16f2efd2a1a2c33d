"""The least that could write a handoff: the very rows that the product writes for one, by one statement on a bare connection.

No sign-in, no row-level security, no reads, no rules, no ORM: what is left is PostgreSQL itself with its indexes, foreign keys and COMMIT.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, LiteralString
from uuid import UUID

from psycopg import Connection
from psycopg.rows import TupleRow, dict_row
from psycopg.types.json import Jsonb

from bench.ground import Account
from resolutionflow.events.rings import CHANNEL, Ring
from resolutionflow.platform.ids import SessionId, uuid7

_WRITE: LiteralString = """
with moved as (
    update sessions set status = 'escalated', holder_id = null, last_handoff_id = %(handoff)s, priority = %(priority)s,
        escalation_reason = %(reason)s, escalation_package = %(package)s, updated_at = now()
    where id = %(session)s
), handed_off as (
    insert into handoffs (id, account_id, session_id, intent, status, reason, engineer_notes, priority, handed_off_by, snapshot)
    values (%(handoff)s, %(account)s, %(session)s, 'escalate', 'open', %(reason)s, %(engineer_notes)s, %(priority)s, %(actor)s,
            %(snapshot)s)
), documented as (
    insert into documents (id, account_id, session_id, kind, markdown)
    values (%(document)s, %(account)s, %(session)s, 'escalation', %(markdown)s)
), rung as (
    insert into app_notifications (id, account_id, user_id, type, title, body, link, session_id, handoff_id, event_key)
    select bell, %(account)s, person, 'session.escalated', %(title)s, %(text)s, %(link)s, %(session)s, %(handoff)s, %(event_key)s
    from unnest(%(bells)s::uuid[], %(people)s::uuid[]) as told(bell, person)
), audited as (
    insert into audit_log (id, account_id, actor_id, action, subject_type, subject_id, data)
    values (%(entry)s, %(account)s, %(actor)s, 'handoff_created', 'handoff', %(handoff)s, %(audit_data)s)
), deferred as (
    insert into procrastinate_jobs (queue_name, task_name, args) values ('reactions', 'react', %(job)s)
), counted as (
    update event_counters set last_number = last_number + 1 where account_id = %(account)s returning last_number
), logged as (
    insert into events (id, account_id, number, type, actor_id, subject_type, subject_id, occurred_at, body)
    select id, %(account)s, case when type = 'handoff_created' then last_number end, type, %(actor)s, subject_type, subject_id, now(), body
    from unnest(%(event_ids)s::uuid[], %(event_types)s::text[], %(subject_types)s::text[], %(subjects)s::uuid[], %(bodies)s::jsonb[])
         as happened(id, type, subject_type, subject_id, body), counted
)
select pg_notify(%(channel)s, %(ring)s)
"""
_TABLES: LiteralString = """
select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid
where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attname = 'account_id' and not a.attisdropped order by 1
"""
_JOBS: LiteralString = """
select (select count(*) from procrastinate_jobs where args ->> 'account_id' = %(account)s),
       (select count(*) from procrastinate_events e join procrastinate_jobs j on j.id = e.job_id where args ->> 'account_id' = %(account)s)
"""
Values = dict[str, Any]


@dataclass(frozen=True)
class Floor:
    """Writes what one handoff of the product looked like, with new ids, to other sessions."""

    connection: Connection[TupleRow]
    account: Account
    pattern: Values

    def values(self, session: UUID) -> Values:
        people = self.account.recipients
        ring = Ring(self.account.id, numbered=True, sessions=frozenset({SessionId(session)}), people=frozenset(people))
        own: Values = {
            "account": self.account.id,
            "actor": self.account.escalator,
            "session": session,
            "handoff": uuid7(),
            "document": uuid7(),
            "entry": uuid7(),
            "people": people,
            "bells": [uuid7() for _ in people],
            "event_ids": [uuid7() for _ in self.pattern["event_types"]],
            "channel": CHANNEL,
            "ring": ring.encode(),
            "job": Jsonb({**self.pattern["job"], "account_id": str(self.account.id)}),
        }
        return {**self.pattern, "subjects": [session for _ in own["event_ids"]], "event_key": str(own["handoff"]), **own}

    def write(self, session: UUID) -> float:
        """Seconds from sending the statement to the answer of its commit."""
        values = self.values(session)
        started = time.perf_counter()
        self.connection.execute(_WRITE, values, prepare=True)
        return time.perf_counter() - started


def like(connection: Connection[TupleRow], account: Account, *, handed_off: UUID) -> Floor:
    """A floor with the texts and bodies of what the product wrote for that session."""

    def rows(query: LiteralString) -> Sequence[Values]:
        with connection.cursor(row_factory=dict_row) as cursor:
            return cursor.execute(query, {"session": handed_off}).fetchall()

    [handoff] = rows("select reason, engineer_notes, priority, snapshot, account_id from handoffs where session_id = %(session)s")
    [session] = rows("select escalation_package as package from sessions where id = %(session)s")
    [document] = rows("select markdown from documents where session_id = %(session)s")
    bell = rows("select title, body, link from app_notifications where session_id = %(session)s limit 1")[0]
    [audit] = rows("select data from audit_log where data ->> 'session' = %(session)s::text")
    events = rows("""select type, subject_type, body from events where account_id = (select account_id from sessions where id = %(session)s)
                     and actor_id is not null order by id""")
    job = rows(
        "select args from procrastinate_jobs where args ->> 'account_id' = (select account_id::text from sessions where id = %(session)s)"
    )
    pattern = {
        "reason": handoff["reason"],
        "engineer_notes": handoff["engineer_notes"],
        "priority": handoff["priority"],
        "snapshot": Jsonb(handoff["snapshot"]),
        "package": Jsonb(session["package"]),
        "markdown": document["markdown"],
        "title": bell["title"],
        "text": bell["body"],
        "link": bell["link"],
        "audit_data": Jsonb(audit["data"]),
        "job": job[0]["args"],
        "event_types": [each["type"] for each in events],
        "subject_types": [each["subject_type"] for each in events],
        "bodies": [Jsonb(each["body"]) for each in events],
    }
    return Floor(connection, account, pattern)


def rows_of(connection: Connection[TupleRow], account: Account) -> dict[str, int]:
    """How many rows each table, and the queue, holds for this account."""
    tables = [name for (name,) in connection.execute(_TABLES)]
    counted = {
        name: connection.execute(f"select count(*) from {name} where account_id = %s", (account.id,)).fetchall()[0][0] for name in tables
    }
    jobs, job_events = connection.execute(_JOBS, {"account": str(account.id)}).fetchall()[0]
    return counted | {"procrastinate_jobs": jobs, "procrastinate_events": job_events}
