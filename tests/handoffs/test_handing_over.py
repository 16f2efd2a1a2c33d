"""A case, or all of one's own, given to a named colleague: no escalation, told to that colleague alone (R-E2); and its way."""

import asyncio
from typing import Any

import pytest

from resolutionflow.notifications.models import BellType
from resolutionflow.platform.actor import Role
from resolutionflow.platform.ids import SessionId
from tests.factories.cases import ASK, FIX, NOTE, Start, case_at, team
from tests.factories.make import Make, Somebody
from tests.factories.notifications import bells, heard
from tests.faults.invariants import must_be_legal
from tests.profiles import profile


def over_to(colleague: Somebody, **more: object) -> dict[str, object]:
    return {"intent": "handover", "target_user_id": str(colleague.id), **more}


async def handoffs(session_id: SessionId, reader: Somebody) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await reader.get(f"/ai-sessions/{session_id}/handoffs")).json()["items"]
    return found


async def test_whoever_gets_a_case_works_on_it_at_once_with_all_that_was_known(make: Make) -> None:
    people = await team(make)
    session_id = await make.session(people.jane)
    await make.step(people.jane, session_id)
    reply = await people.jane.post(f"/ai-sessions/{session_id}/handoff", over_to(people.sam, engineer_notes="Calls back at nine"))
    assert (reply.status_code, reply.json()["status"], reply.json()["target_user_name"]) == (201, "closed", "Sam")
    assert [row["what"] for row in reply.json()["snapshot"]["tried"]] == ["Restart Outlook in safe mode"]
    session = (await people.sam.get(f"/ai-sessions/{session_id}")).json()
    assert [session[name] for name in ("status", "holder_name", "user_name", "can_write")] == ["active", "Sam", "Jane", True]
    assert (await people.sam.post(f"/ai-sessions/{session_id}/steps", NOTE)).status_code == 201
    assert (await people.sam.post(f"/ai-sessions/{session_id}/resolve", FIX)).status_code == 200
    must_be_legal(make, people.account_id)


async def test_that_colleague_alone_is_told(make: Make) -> None:
    people = await team(make)
    session_id = await make.session(people.jane)
    await people.jane.post(f"/ai-sessions/{session_id}/handoff", over_to(people.sam, reason="Call back at nine"))
    (bell,) = await bells(people.sam)
    assert (bell["type"], bell["body"], bell["link"]) == (BellType.HANDED_OVER, "Call back at nine", f"/pilot/{session_id}")
    assert bell["title"] == "Jane hands over to you: Outlook is failing to sync e-mail"
    assert [await heard(who) for who in (people.jane, people.ben, people.dana)] == [[], [], []]
    assert make.rows("select count(number) from events") == [(0,)]
    assert make.rows("select count(*) from queue.procrastinate_jobs") == [(0,)]
    assert (await people.ben.get("/ai-sessions/escalations")).json()["items"] == []


async def test_handing_over_counts_as_no_escalation(make: Make) -> None:
    people = await team(make)
    session_id = await make.session(people.jane)
    await people.jane.post(f"/ai-sessions/{session_id}/handoff", over_to(people.sam))
    await people.sam.post(f"/ai-sessions/{session_id}/steps", NOTE)
    figures = (await people.dana.get("/analytics/flowpilot/escalations")).json()
    assert [figures[name] for name in ("n_handoffs_created", "n_handoffs_claimed", "n_handoffs_with_action")] == [0, 0, 0]


async def test_handing_over_what_one_picked_up_settles_that_escalation(make: Make) -> None:
    taken = await case_at(make, await team(make), Start.CLAIMED)
    assert (await taken.team.sam.post(f"{taken.path}/handoff", over_to(taken.team.ben))).status_code == 201
    assert make.rows("select end_reason from handoff_claims") == [("handed_over",)]
    assert (await taken.team.jane.get(taken.path)).json()["holder_name"] == "Ben"
    assert (await taken.team.dana.get("/ai-sessions/escalations")).json()["items"] == []
    assert (await taken.team.sam.get(taken.path)).status_code == 200, "who held it keeps reading"
    must_be_legal(make, taken.team.account_id)


async def test_a_case_can_be_given_back_to_its_owner(make: Make) -> None:
    people = await team(make)
    session_id = await make.session(people.jane)
    for giver, taker in ((people.jane, people.sam), (people.sam, people.jane)):
        assert (await giver.post(f"/ai-sessions/{session_id}/handoff", over_to(taker))).status_code == 201
    session = (await people.jane.get(f"/ai-sessions/{session_id}")).json()
    assert (session["holder_name"], session["escalated_to_id"]) == ("Jane", None)


@pytest.mark.parametrize("columns", [{"role": Role.VIEWER}, {"is_active": False}])
async def test_nobody_gets_a_case_who_cannot_work_on_it(make: Make, columns: dict[str, Any]) -> None:
    people = await team(make)
    session_id = await make.session(people.jane)
    other = await make.person("Vic", account=people.account_id, **columns)
    for target in (other, people.jane, await make.person("Stranger")):
        for path, body in (
            (f"/ai-sessions/{session_id}/handoff", over_to(target)),
            ("/ai-sessions/handovers", {"target_user_id": str(target.id)}),
        ):
            reply = await people.jane.post(path, body)
            assert (reply.status_code, reply.json()["code"]) == (422, "invalid_target")
    nobody = await people.jane.post(f"/ai-sessions/{session_id}/handoff", {"intent": "handover"})
    assert (nobody.status_code, nobody.json()["code"]) == (422, "invalid")


async def test_one_gives_only_what_one_holds(make: Make) -> None:
    waiting = await case_at(make, await team(make), Start.OPEN)
    others = await make.session(waiting.team.jane)
    for who, session_id, code in ((waiting.team.jane, waiting.session_id, "already_handed_off"), (waiting.team.dana, others, "not_holder")):
        reply = await who.post(f"/ai-sessions/{session_id}/handoff", over_to(waiting.team.ben))
        assert (reply.status_code, reply.json()["code"]) == (409, code)


async def test_all_of_ones_own_go_to_one_colleague_at_once(make: Make) -> None:
    people = await team(make)
    mine = {await make.session(people.jane) for _ in range(3)}
    for start in (Start.OPEN, Start.PARKED, Start.RESOLVED, Start.CLAIMED):
        await case_at(make, people, start)
    key = {"Idempotency-Key": "end of shift"}
    replies = [await people.jane.post("/ai-sessions/handovers", {"target_user_id": str(people.ben.id)}, headers=key) for _ in range(2)]
    assert (replies[0].status_code, replies[0].text) == (201, replies[1].text)
    assert {item["session_id"] for item in replies[0].json()["items"]} == {str(id) for id in mine}
    assert {id for (id,) in make.rows("select id from sessions where holder_id = %s", people.ben.id)} == mine
    assert (await heard(people.ben)).count(BellType.HANDED_OVER) == 3
    must_be_legal(make, people.account_id)


async def test_of_two_who_are_given_a_case_at_once_one_has_it(make: Make) -> None:
    people = await team(make)
    for _ in range(profile.race_rounds):
        session_id = await make.session(people.jane)
        calls = [people.jane.post(f"/ai-sessions/{session_id}/handoff", over_to(who)) for who in (people.sam, people.ben)]
        replies = await asyncio.gather(*calls)
        assert sorted(reply.status_code for reply in replies) == [201, 409]
    must_be_legal(make, people.account_id)


async def test_the_way_of_a_case_from_hand_to_hand_is_kept_and_counted(make: Make) -> None:
    case = await case_at(make, await team(make), Start.LAPSED)
    jane, sam, ben = case.team.jane, case.team.sam, case.team.ben
    await ben.post(f"{case.handoff}/claim")
    await ben.post(f"{case.path}/handoff", ASK)
    (card,) = (await sam.get("/ai-sessions/escalations")).json()["items"]
    assert card["bounces"] == 1
    await sam.post(f"{case.path}/pickup")
    await sam.post(f"{case.path}/handoff", over_to(jane))
    given, onward, first = await handoffs(case.session_id, jane)
    assert [(each["handed_off_by_name"], each["target_user_name"], each["bounces"]) for each in (given, onward, first)] == [
        ("Sam", "Jane", 2),
        ("Ben", None, 1),
        ("Jane", None, 0),
    ]
    ways = [[(claim["name"], claim["ended"]) for claim in each["claims"]] for each in (given, onward, first)]
    assert ways == [[], [("Sam", "handed_over")], [("Sam", "lapsed"), ("Ben", "escalated_on")]]
    assert all(claim["at"] <= claim["until"] for claim in [*onward["claims"], *first["claims"]])


async def test_what_was_withdrawn_or_parked_is_no_bounce(make: Make) -> None:
    people = await team(make)
    session_id = await make.session(people.jane)
    waiting = await make.handoff(people.jane, session_id)
    await people.jane.post(f"/ai-sessions/{session_id}/handoffs/{waiting.id}/withdraw")
    await people.jane.post(f"/ai-sessions/{session_id}/handoff", {"intent": "park"})
    await people.jane.post(f"/ai-sessions/{session_id}/resume")
    assert (await make.handoff(people.jane, session_id)).bounces == 0
