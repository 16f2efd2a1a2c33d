"""A POST that is sent again under its Idempotency-Key gets the first answer and creates nothing twice (R-E7)."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import httpx2
import pytest

from resolutionflow.platform.ids import SessionId
from tests.database import superuser
from tests.factories.make import Make, Somebody

KEY = {"Idempotency-Key": "one click"}
ASK = {"intent": "escalate", "reason": "Next idea"}
Post = Callable[[Somebody, SessionId, str], Awaitable[httpx2.Response]]
POSTS: dict[str, Post] = {
    "handoff": lambda who, session, ask: who.post(f"/ai-sessions/{session}/handoff", {"intent": "escalate", "reason": ask}, headers=KEY),
    "escalate": lambda who, session, ask: who.post(f"/ai-sessions/{session}/escalate", {"escalation_reason": ask}, headers=KEY),
    "sessions": lambda who, _, ask: who.post("/ai-sessions", {"problem_summary": ask}, headers=KEY),
}


def created(make: Make) -> list[tuple[Any, ...]]:
    return make.rows(
        """select (select count(*) from sessions), (select count(*) from handoffs), (select count(*) from documents),
                  (select count(*) from events), (select count(*) from app_notifications),
                  (select count(*) from queue.procrastinate_jobs)"""
    )


@pytest.mark.parametrize("name", POSTS)
async def test_the_same_request_is_answered_the_same_and_creates_nothing(make: Make, name: str) -> None:
    jane = await make.person("Jane")
    session = await make.session(jane)
    first = await POSTS[name](jane, session, "Next idea")
    assert first.is_success
    before = created(make)
    again = await POSTS[name](jane, session, "Next idea")
    assert (again.status_code, again.json()) == (first.status_code, first.json())
    assert created(make) == before


@pytest.mark.parametrize("name", POSTS)
async def test_another_request_under_the_same_key_is_refused(make: Make, name: str) -> None:
    jane = await make.person("Jane")
    session = await make.session(jane)
    assert (await POSTS[name](jane, session, "Next idea")).is_success
    other = await POSTS[name](jane, session, "Access")
    assert (other.status_code, other.json()["code"]) == (409, "idempotency_mismatch")


async def test_the_same_body_for_another_session_is_another_request(make: Make) -> None:
    jane = await make.person("Jane")
    assert (await POSTS["handoff"](jane, await make.session(jane), "Next idea")).status_code == 201
    other = await POSTS["handoff"](jane, await make.session(jane), "Next idea")
    assert (other.status_code, other.json()["code"]) == (409, "idempotency_mismatch")


async def test_fifty_at_once_create_one(make: Make) -> None:
    jane = await make.person("Jane")
    session = await make.session(jane)
    replies = await asyncio.gather(*(POSTS["handoff"](jane, session, "Next idea") for _ in range(50)))
    assert {reply.status_code for reply in replies} == {201}
    assert len({reply.text for reply in replies}) == 1
    assert make.rows("select count(*) from handoffs") == [(1,)]


async def test_a_refusal_is_not_kept(make: Make) -> None:
    jane = await make.person("Jane")
    session = await make.session(jane)
    path = f"/ai-sessions/{session}/handoff"
    assert (await jane.post(path, {**ASK, "target_user_id": str(jane.id)}, headers=KEY)).status_code == 422
    assert (await jane.post(path, ASK, headers=KEY)).status_code == 201


async def test_a_key_belongs_to_its_person_and_route(make: Make) -> None:
    jane = await make.person("Jane")
    sam = await make.person("Sam", account=jane.account_id)
    replies = [
        await POSTS["sessions"](jane, await make.session(jane), "Printer"),
        await POSTS["handoff"](jane, await make.session(jane), "Next idea"),
        await POSTS["handoff"](sam, await make.session(sam), "Access"),
    ]
    assert [reply.status_code for reply in replies] == [201, 201, 201]


async def test_a_key_is_free_again_after_a_day(make: Make) -> None:
    jane = await make.person("Jane")
    assert (await POSTS["sessions"](jane, await make.session(jane), "Printer")).status_code == 201
    superuser(make.urls.superuser).execute("update idempotency_keys set created_at = created_at - interval '25 hours'")
    session = await make.session(jane)
    first, again = [await POSTS["sessions"](jane, session, "Scanner") for _ in range(2)]
    assert (first.status_code, again.json()) == (201, first.json())


@pytest.mark.parametrize("key", ["", "x" * 256, "ümlaut"])
async def test_an_unreadable_key_is_refused(make: Make, key: str) -> None:
    jane = await make.person("Jane")
    reply = await jane.post("/ai-sessions", {"problem_summary": "Printer"}, headers={"Idempotency-Key": key.encode()})
    assert (reply.status_code, reply.json()["code"]) == (422, "invalid")
