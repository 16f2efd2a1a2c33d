"""The event log. Actions `record`; the unit of work `seal`s what they recorded as its last act before COMMIT.

Handoff, bells, jobs, events and the doorbell's ring therefore commit together or not at all.
"""

import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import text

from resolutionflow.events.facts import Fact
from resolutionflow.events.registry import Registry, Subscription
from resolutionflow.events.rings import CHANNEL, Ring
from resolutionflow.platform.actor import Actor
from resolutionflow.platform.db import Db
from resolutionflow.platform.ids import AccountId, uuid7

_UNNUMBERED = text("""
with rows_of as (
    select * from jsonb_to_recordset(cast(:rows as jsonb)) as r(
        id uuid, rank bigint, type text, actor_id uuid, subject_type text, subject_id uuid, body jsonb)
), logged as (
    insert into events (id, account_id, type, actor_id, subject_type, subject_id, occurred_at, body)
    select e.id, :account, e.type, e.actor_id, e.subject_type, e.subject_id, app.now(), e.body from rows_of as e
)
select pg_notify(:channel, :ring)
""")
# A plain sequence would let a slow transaction commit below a cursor that a reader has already passed.
_NUMBERED = text("""
with rows_of as (
    select * from jsonb_to_recordset(cast(:rows as jsonb)) as r(
        id uuid, rank bigint, type text, actor_id uuid, subject_type text, subject_id uuid, body jsonb)
), counter as (
    update event_counters set last_number = last_number + :count where account_id = :account returning last_number
), logged as (
    insert into events (id, account_id, number, type, actor_id, subject_type, subject_id, occurred_at, body)
    select e.id, :account, counter.last_number - :count + e.rank, e.type, e.actor_id, e.subject_type, e.subject_id, app.now(), e.body
    from rows_of as e, counter
)
select pg_notify(:channel, :ring) from counter
""")


@dataclass(frozen=True, slots=True)
class Recorded:
    id: UUID
    fact: Fact
    actor: Actor | None


@dataclass(frozen=True, slots=True)
class Deferred:
    """An `@on` reaction to a fact of this unit of work."""

    account_id: AccountId
    event_id: UUID
    reaction: str
    queue: str


Defer = Callable[[Db, Sequence[Deferred]], Awaitable[None]]
"""Inserts the jobs of a unit of work, on its connection."""


def record(db: Db, actor: Actor | None, fact: Fact) -> UUID:
    """Collect a fact of this unit of work; nothing is written before the seal. No actor means the product itself."""
    recorded = Recorded(uuid7(), fact, actor)
    db.facts.append(recorded)
    return recorded.id


class UndeclaredFact(RuntimeError):
    """A reaction recorded a fact that its `records` does not name, so cycles could not be checked."""


class Seal:
    """Runs the `@within` reactions, inserts the jobs, numbers and inserts the events, rings the doorbell."""

    def __init__(self, registry: Registry, *, defer: Defer, publish: Callable[[str], Awaitable[None]] | None = None) -> None:
        self._registry = registry
        self._defer = defer
        self._publish = publish

    async def __call__(self, db: Db) -> None:
        if not db.facts:
            return
        account = db.account_id
        if account is None:
            raise RuntimeError("facts were recorded outside any account")
        await self._react(db)
        recorded: list[Recorded] = db.facts
        jobs = [
            Deferred(account, each.id, reaction.name, reaction.queue)
            for each in recorded
            for reaction in self._registry.reactions_on(each.fact)
        ]
        await self._defer(db, jobs)
        ring = _ring_of(account, recorded)
        await _insert(db, recorded, ring)
        if self._publish is not None:
            publish = self._publish
            db.after_commit.append(lambda: publish(ring))

    async def _react(self, db: Db) -> None:
        done = 0
        while done < len(db.facts):
            each: Recorded = db.facts[done]
            done += 1
            for reaction in self._registry.reactions_within(each.fact):
                before = len(db.facts)
                await reaction.react(db, each.actor, each.fact)
                _must_be_declared(reaction, db.facts[before:])
        await db.flush()


def _must_be_declared(reaction: Subscription, recorded: Sequence[Recorded]) -> None:
    for each in recorded:
        if not isinstance(each.fact, reaction.records):
            raise UndeclaredFact(f"{reaction.name} recorded {type(each.fact).__name__} without declaring it")


def _ring_of(account: AccountId, recorded: Sequence[Recorded]) -> str:
    ring = Ring(
        account_id=account,
        numbered=any(each.fact.streamed for each in recorded),
        access=any(each.fact.affects_access for each in recorded),
        sessions=frozenset(id for each in recorded for id in each.fact.touched_sessions()),
        people=frozenset(id for each in recorded for id in each.fact.touched_people()),
    )
    return ring.encode()


async def _insert(db: Db, recorded: Sequence[Recorded], ring: str) -> None:
    count = 0
    rows = []
    for each in recorded:
        if each.fact.streamed:
            count += 1
        kind, subject = each.fact.subject()
        rows.append(
            {
                "id": str(each.id),
                "rank": count if each.fact.streamed else None,
                "type": each.fact.type,
                "actor_id": str(each.actor.user_id) if each.actor else None,
                "subject_type": kind,
                "subject_id": str(subject) if subject else None,
                "body": each.fact.model_dump(mode="json"),
            }
        )
    values: dict[str, object] = {"account": db.account_id, "rows": json.dumps(rows), "channel": CHANNEL, "ring": ring}
    inserted = await db.execute(_NUMBERED, {**values, "count": count}) if count else await db.execute(_UNNUMBERED, values)
    inserted.one()  # an account without its counter would lose its events in silence
