"""What a pickup changes, and what becomes of it: release, hand back, resolve, withdraw, take over (R-C1…R-C3, R-C6, R-C7, R-E9)."""

from typing import Any

import pytest

from resolutionflow.notifications.models import BellType
from tests.factories.cases import Case, Start, case_at, team
from tests.factories.make import Make
from tests.factories.notifications import heard
from tests.faults.invariants import must_be_legal

NOTE = {"kind": "note", "content": "Looking at it"}
ADVICE = {"content": "Recreate the profile"}


async def case(make: Make, start: Start) -> Case:
    return await case_at(make, await team(make), start)


async def handoff(case: Case) -> dict[str, Any]:
    """As the escalator reads it."""
    (found,) = (await case.team.jane.get(f"{case.path}/handoffs")).json()["items"]
    handoff: dict[str, Any] = found
    return handoff


async def session(case: Case) -> dict[str, Any]:
    reply: dict[str, Any] = (await case.team.jane.get(case.path)).json()
    return reply


def told(make: Make) -> list[str]:
    """What every queue was told, in order."""
    return [kind for (kind,) in make.rows("select type from events where number is not null order by number")]


async def test_a_pickup_moves_handoff_and_session_together(make: Make) -> None:
    waiting = await case(make, Start.OPEN)
    claimed = (await waiting.team.sam.post(f"{waiting.handoff}/claim", {"start": "own"})).json()
    assert (claimed["status"], claimed["claimed_by_name"]) == ("claimed", "Sam")
    now = await session(waiting)
    assert [now[name] for name in ("status", "escalated_to_name", "holder_name", "user_name")] == ["active", "Sam", "Sam", "Jane"]
    written = "select actor_id, subject_id from audit_log where action = 'handoff_claimed'"
    assert make.rows(written) == [(waiting.team.sam.id, waiting.handoff_id)]
    ((body,),) = make.rows("select body from events where type = 'handoff_claimed'")
    assert (body["claimed_by"], body["claimed_at"]) == ({"id": str(waiting.team.sam.id), "name": "Sam"}, claimed["claimed_at"])


async def test_a_pickup_ends_what_still_rings_for_others_and_tells_the_escalator(make: Make) -> None:
    waiting = await case(make, Start.OPEN)
    assert await heard(waiting.team.ben, unread=True) == [BellType.ESCALATED]
    await waiting.team.sam.post(f"{waiting.handoff}/claim")
    assert await heard(waiting.team.ben, unread=True) == []
    assert await heard(waiting.team.jane) == [BellType.PICKED_UP]


async def test_the_count_is_what_waits_for_oneself(make: Make) -> None:
    people = await team(make)
    for start in (Start.OPEN, Start.OPEN, Start.CLAIMED, Start.PARKED, Start.RESOLVED):
        await case_at(make, people, start)
    await make.handoff(people.sam)
    counts = [(await who.get("/ai-sessions/escalations/count")).json()["count"] for who in (people.jane, people.sam, people.ben)]
    assert counts == [1, 2, 3]
    cards = (await people.ben.get("/ai-sessions/escalations")).json()["items"]
    assert [card["status"] for card in cards] == ["open", "open", "claimed", "open"]


async def test_what_the_owner_adds_after_the_pickup_is_marked_so(make: Make) -> None:
    waiting = await case(make, Start.OPEN)
    jane, sam = waiting.team.jane, waiting.team.sam
    await jane.post(f"{waiting.path}/steps", NOTE)
    await sam.post(f"{waiting.handoff}/claim")
    await jane.post(f"{waiting.path}/steps", NOTE)
    await sam.post(f"{waiting.path}/steps", NOTE)
    steps = (await jane.get(f"{waiting.path}/steps")).json()["items"]
    assert [(step["author_name"], step["after_pickup"]) for step in steps] == [("Jane", False), ("Jane", True), ("Sam", False)]


@pytest.mark.parametrize("who", ["sam", "dana"])
async def test_a_released_case_waits_again_and_says_who_had_it(make: Make, who: str) -> None:
    taken = await case(make, Start.CLAIMED)
    since = (await handoff(taken))["claimed_at"]
    assert (await getattr(taken.team, who).post(f"{taken.handoff}/release")).status_code == 200
    now = await handoff(taken)
    assert (now["status"], now["reopened_count"], now["claimed_by"], now["claimed_at"]) == ("open", 1, None, None)
    assert (now["last_claim"]["name"], now["last_claim"]["at"]) == ("Sam", since)
    assert ((await session(taken))["status"], (await session(taken))["holder_id"]) == ("escalated", None)
    for again in (taken.team.sam, taken.team.ben):
        assert (await again.post(f"{taken.handoff}/claim")).status_code == (200 if again is taken.team.sam else 409)
    assert told(make) == ["handoff_created", "handoff_claimed", "handoff_reopened", "handoff_claimed"]
    must_be_legal(make, taken.team.account_id)


async def test_a_released_case_waits_for_the_colleague_it_was_meant_for(make: Make) -> None:
    people = await team(make)
    made = await make.handoff(people.jane, target_user_id=people.ben.id)
    await make.claim(people.sam, made)
    await people.sam.post(f"/ai-sessions/{made.session_id}/handoffs/{made.id}/release")
    assert (await people.jane.get(f"/ai-sessions/{made.session_id}")).json()["escalated_to_name"] == "Ben"


@pytest.mark.parametrize("start", [Start.OPEN, Start.CLAIMED])
async def test_advice_returns_the_case_to_its_owner_as_something_to_try(make: Make, start: Start) -> None:
    asked = await case(make, start)
    jane, sam = asked.team.jane, asked.team.sam
    returned = await sam.post(f"{asked.handoff}/hand-back", ADVICE)
    assert (returned.status_code, returned.json()["status"]) == (200, "returned")
    now = await session(asked)
    assert (now["status"], now["holder_name"], now["escalated_to_id"]) == ("active", "Jane", None)
    (advice,) = now["task_lane"]["actions"]
    assert (advice["kind"], advice["content"], advice["author_name"]) == ("advice", "Recreate the profile", "Sam")
    assert BellType.RETURNED in await heard(jane)
    assert told(make) == ["handoff_created", "handoff_claimed", "handoff_returned"]
    claims = make.rows("select user_id, end_reason, first_action_at is not null from handoff_claims")
    assert claims == [(sam.id, "advised", True)]

    result = {"kind": "action_result", "reply_to": advice["id"], "outcome": "worked", "observed": "Mail arrives"}
    assert (await jane.post(f"{asked.path}/steps", result)).status_code == 201
    assert (await session(asked))["task_lane"]["actions"] == []


async def test_a_case_solved_by_its_owner_leaves_every_queue_with_the_reason(make: Make) -> None:
    waiting = await case(make, Start.OPEN)
    await waiting.team.jane.post(f"{waiting.path}/resolve", {"resolution": "It was the cable"})
    assert (await handoff(waiting))["status"] == "closed"
    ((body,),) = make.rows("select body from events where type = 'handoff_closed'")
    assert (body["by"]["name"], body["resolved"]) == ("Jane", True)


async def test_a_case_solved_by_its_holder_is_told_to_the_owner(make: Make) -> None:
    taken = await case(make, Start.CLAIMED)
    closed = (await taken.team.sam.post(f"{taken.path}/resolve", {"resolution": "Cleared the cache"})).json()
    assert (closed["status"], closed["handoff_id"], closed["documentation"]["kind"]) == ("resolved", str(taken.handoff_id), "resolution")
    assert await heard(taken.team.jane, unread=True) == [BellType.SOLVED]


async def test_whoever_withdraws_has_the_case_back(make: Make) -> None:
    waiting = await case(make, Start.OPEN)
    withdrawn = (await waiting.team.jane.post(f"{waiting.handoff}/withdraw")).json()
    assert withdrawn["status"] == "withdrawn"
    assert withdrawn["withdrawn_at"] is not None
    now = await session(waiting)
    assert (now["status"], now["holder_name"], now["escalated_to_id"]) == ("active", "Jane", None)
    assert await heard(waiting.team.ben, unread=True) == []


async def test_withdrawing_after_the_pickup_learns_who_was_faster(make: Make) -> None:
    taken = await case(make, Start.CLAIMED)
    reply = await taken.team.jane.post(f"{taken.handoff}/withdraw")
    since = (await handoff(taken))["claimed_at"]
    assert (reply.status_code, reply.json()["code"]) == (409, "already_claimed")
    assert (reply.json()["claimed_by_name"], reply.json()["claimed_at"]) == ("Sam", since)


async def test_an_admin_who_takes_over_has_the_claim_too(make: Make) -> None:
    taken = await case(make, Start.CLAIMED)
    assert (await taken.team.dana.post(f"{taken.path}/take-over")).status_code == 200
    assert (await handoff(taken))["claimed_by_name"] == "Dana"
    ended = make.rows("select u.name, c.end_reason from handoff_claims c join users u on u.id = c.user_id order by c.claimed_at")
    assert ended == [("Sam", "taken_over"), ("Dana", None)]
    assert (await taken.team.sam.get(taken.path)).status_code == 200, "who held it keeps reading"
    must_be_legal(make, taken.team.account_id)
