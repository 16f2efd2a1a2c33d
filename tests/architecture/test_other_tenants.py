"""A foreign id answers exactly as one that does not exist: every route, every place an id can stand."""

import asyncio
import random
from typing import Any
from uuid import UUID

from sqlalchemy import text

from resolutionflow.app.runtime import Runtime, build
from resolutionflow.platform.actor import Role
from resolutionflow.platform.ids import AccountId, SessionId, uuid7
from resolutionflow.platform.settings import Settings
from resolutionflow.sessions.actions import turns
from tests.architecture.operations import Operation, operations
from tests.database import Urls
from tests.factories.make import Make, Somebody
from tests.profiles import profile

_IN_BODIES: dict[str, list[dict[str, Any]]] = {
    "hand_off": [
        {"intent": "escalate", "reason": "Next idea", "target_user_id": "ID"},
        {"intent": "handover", "target_user_id": "ID"},
    ],
    "hand_over_all": [{"target_user_id": "ID"}],
    "escalate": [{"escalation_reason": "Next idea", "escalated_to_id": "ID"}],
    "add_step": [
        {"kind": "tried", "what": "Restart", "outcome": "failed", "amends": "ID"},
        {"kind": "fact", "name": "Build", "value": "1", "amends": "ID"},
        {"kind": "action_result", "reply_to": "ID", "outcome": "worked"},
        {"kind": "answer", "reply_to": "ID", "content": "Yes"},
    ],
}
_CHECKSUM = """
select coalesce(string_agg(row::text, '' order by row::text), '') from (
    select to_jsonb(t) as row from {table} t where to_jsonb(t) ->> '{column}' = %s
) rows
"""


class Tenant:
    """An account with one of everything."""

    def __init__(self, owner: Somebody, ids: dict[str, UUID], step: UUID) -> None:
        self.owner = owner
        self.ids = ids
        self.step = step


async def furnish(make: Make) -> Tenant:
    jane = await make.person("Jane", role=Role.OWNER)
    sam = await make.person("Sam", account=jane.account_id)
    invited = await jane.post("/account/invitations", {"email": f"{uuid7().hex}@example.com", "role": "engineer"})
    session = await make.session(sam)
    step = await make.step(sam, session)
    async with make.work(sam.account_id) as db:
        turn = await turns.say(db, sam.actor, session_id=session, content="It asks for the password again")
    handoff = await make.handoff(sam, session)
    asked = await jane.post(f"/ai-sessions/{session}/handoffs/{handoff.id}/questions", {"content": "In the browser too?"})
    bell = (await jane.get("/notifications")).json()["items"][0]
    ids = {
        "user_id": sam.id,
        "session_id": session,
        "turn_id": turn,
        "handoff_id": handoff.id,
        "question_id": UUID(asked.json()["id"]),
        "notification_id": UUID(bell["id"]),
        "invitation_id": UUID(invited.json()["id"]),
    }
    return Tenant(jane, ids, step)


def everything_of(make: Make, account_id: AccountId) -> list[str]:
    tables = make.rows("select table_name from information_schema.columns where table_schema = 'public' and column_name = 'account_id'")
    named = [(table, "account_id") for (table,) in sorted(tables)] + [("accounts", "id")]
    return [make.rows(_CHECKSUM.format(table=table, column=column), str(account_id))[0][0] for table, column in named]


async def ask(person: Somebody, operation: Operation, ids: dict[str, UUID], body: Any) -> tuple[int, dict[str, Any]]:
    reply = await person.call(operation.method, operation.at(**ids), **({"json": body} if body is not None else {}))
    return reply.status_code, {name: value for name, value in reply.json().items() if name != "request_id"}


async def test_a_foreign_id_in_a_path_answers_like_one_that_does_not_exist(make: Make, runtime: Runtime) -> None:
    ours, theirs = await furnish(make), await furnish(make)
    before = everything_of(make, theirs.owner.account_id)
    probed = 0
    for operation in operations(runtime):
        for place in operation.ids:
            answers = [
                await ask(ours.owner, operation, ours.ids | {place: id}, operation.body) for id in (theirs.ids[place], uuid7(), uuid7())
            ]
            assert answers[0] == answers[1] == answers[2], (operation.name, place)
            assert answers[0][0] == 404, (operation.name, place, answers[0])
            probed += 1
    assert probed >= 25
    assert everything_of(make, theirs.owner.account_id) == before


def _naming(id: UUID, body: dict[str, Any]) -> dict[str, Any]:
    return {field: str(id) if value == "ID" else value for field, value in body.items()}


async def test_a_foreign_id_in_a_body_answers_like_an_unknown_one(make: Make, runtime: Runtime) -> None:
    theirs = await furnish(make)
    jane = await make.person("Jane")
    session = await make.session(jane)
    named = {operation.name: operation for operation in operations(runtime)}
    for name, bodies in _IN_BODIES.items():
        for body in bodies:
            foreign = theirs.owner.id if name != "add_step" else theirs.step
            answers = [
                await ask(
                    jane, named[name], {"session_id": session}, {key: str(id) if value == "ID" else value for key, value in body.items()}
                )
                for id in (foreign, uuid7())
            ]
            assert answers[0] == answers[1], (name, body)
            assert answers[0][0] == 422, (name, body, answers[0])


async def test_a_token_of_one_account_opens_nothing_of_another(make: Make) -> None:
    ours, theirs = await furnish(make), await furnish(make)
    assert (await ours.owner.get("/ai-sessions?scope=account")).json()["items"][0]["id"] == str(ours.ids["session_id"])
    assert len((await ours.owner.get("/ai-sessions/escalations")).json()["items"]) == 1
    assert {each["name"] for each in (await ours.owner.get("/account/users")).json()["items"]} == {"Jane", "Sam"}
    mixed = make.token(theirs.owner.account_id, ours.owner.id, ours.owner.actor.family_id or uuid7())
    reply = await make.client.get("/api/v1/ai-sessions", headers={"Authorization": f"Bearer {mixed}"})
    assert reply.status_code == 401


async def test_without_an_account_nothing_is_seen_and_nothing_is_written(make: Make, runtime: Runtime) -> None:
    await furnish(make)
    async with runtime.database.work(None) as db:
        for table in ("accounts", "users", "sessions", "steps", "handoffs", "events", "audit_log", "app_notifications"):
            assert await db.scalar(text(f"select count(*) from {table}")) == 0, table


async def test_a_connection_shows_nothing_of_whom_it_served_before(make: Make, settings: Settings, urls: Urls) -> None:
    """A pool of one, requests cancelled at random awaits, the other tenant's reads in between."""
    ours, theirs = await furnish(make), await furnish(make)
    narrow = build(settings, urls.app, pool_size=1)
    chance = random.Random(1)
    foreign: set[UUID] = set()

    async def read(account: AccountId | None, session: SessionId) -> set[UUID]:
        async with narrow.database.work(account) as db:
            await db.execute(text("update sessions set device = 'probe' where id = :id"), {"id": session})
            return set(await db.scalars(text("select account_id from sessions union select account_id from users")))

    async def rudely(account: AccountId, session: SessionId) -> None:
        task = asyncio.create_task(read(account, session))
        await asyncio.sleep(chance.random() * 0.004)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    try:
        for _ in range(profile.cancelled_requests):
            await rudely(theirs.owner.account_id, SessionId(theirs.ids["session_id"]))
            foreign |= await read(ours.owner.account_id, SessionId(theirs.ids["session_id"])) - {ours.owner.account_id}
            foreign |= await read(None, SessionId(ours.ids["session_id"]))
    finally:
        await narrow.database.close()
    assert foreign == set()
    assert make.rows("select count(*) from sessions where device = 'probe' and account_id = %s", ours.owner.account_id) == [(0,)]
