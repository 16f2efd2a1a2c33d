"""Creating a handoff (R-E1…R-E5): all that belongs to it, whom it may name, what it freezes."""

from typing import Any
from uuid import UUID

import pytest

from resolutionflow.platform.actor import Role
from resolutionflow.platform.ids import SessionId, uuid7
from resolutionflow.sessions.schemas import FactStep, NoteStep, TriedStep
from tests.factories.cases import Start, Team, case_at, team
from tests.factories.make import Make, Somebody
from tests.faults.invariants import must_be_legal

ASK = {"intent": "escalate", "reason": "Access to the firewall"}
_LEFT_BEHIND = """
select s.status, s.holder_id, s.escalation_reason, s.priority, s.escalated_to_id, s.escalation_package - 'handoff',
       h.intent, h.status, h.reason, h.engineer_notes, h.priority, h.target_user_id, h.handed_off_by, h.snapshot,
       (select array_agg(kind) from documents d where d.session_id = s.id),
       (select array_agg(user_id order by user_id) from app_notifications n where n.session_id = s.id and type = 'session.escalated'),
       (select array_agg(type order by number, type) from events e where e.subject_id in (s.id, h.id)),
       (select array_agg(action order by action) from audit_log a where a.subject_id in (s.id, h.id)),
       (select count(*) from queue.procrastinate_jobs j join events e on e.id = (j.args ->> 'event_id')::uuid where e.subject_id = h.id)
from sessions s join handoffs h on h.session_id = s.id where s.id = %s
"""


def left_behind(make: Make, session_id: UUID) -> tuple[Any, ...]:
    (row,) = make.rows(_LEFT_BEHIND, session_id)
    return row


def traces(make: Make) -> list[tuple[Any, ...]]:
    """Whether anything of any escalation exists."""
    return make.rows(
        """select (select count(*) from handoffs), (select count(*) from documents), (select count(*) from app_notifications),
                  (select count(number) from events), (select count(*) from queue.procrastinate_jobs),
                  (select count(*) from sessions where status <> 'active')"""
    )


async def test_an_escalation_leaves_everything_that_belongs_to_it(make: Make) -> None:
    people = await team(make)
    session_id = await make.session(people.jane)
    reply = await people.jane.post(f"/ai-sessions/{session_id}/handoff", {**ASK, "engineer_notes": "Client is upset", "priority": "high"})
    assert reply.status_code == 201
    left = left_behind(make, session_id)
    assert left[:5] == ("escalated", None, "Access to the firewall", "high", None)
    assert left[6:12] == ("escalate", "open", "Access to the firewall", "Client is upset", "high", None)
    assert left[14:] == (
        ["escalation"],
        sorted([people.sam.id, people.ben.id, people.dana.id]),
        ["handoff_created", "session_moved", "session_started"],
        ["handoff_created", "session_started"],
        2,
    )


async def test_the_older_call_leaves_the_same(make: Make) -> None:
    people = await team(make)
    newer, older = await make.session(people.jane), await make.session(people.jane)
    target = str(people.ben.id)
    made = await people.jane.post(f"/ai-sessions/{newer}/handoff", {**ASK, "target_user_id": target})
    body = {"escalation_reason": ASK["reason"], "escalated_to_id": target}
    closed = await people.jane.post(f"/ai-sessions/{older}/escalate", body)
    assert (made.status_code, closed.status_code) == (201, 200)
    assert left_behind(make, newer) == left_behind(make, older)
    said = closed.json()
    assert (said["session_id"], said["status"], said["psa_result"]["status"]) == (str(older), "escalated", "no_psa")
    assert said["documentation"] == (await people.jane.get(f"/ai-sessions/{older}/documentation")).json()


async def test_an_escalation_that_is_refused_leaves_nothing(make: Make) -> None:
    jane = await make.person("Jane")
    session_id = await make.session(jane)
    before = traces(make)
    assert (await jane.post(f"/ai-sessions/{session_id}/handoff", {**ASK, "target_user_id": str(jane.id)})).status_code == 422
    assert traces(make) == before


@pytest.mark.parametrize("who", ["self", "viewer", "inactive", "unknown", "foreign"])
async def test_only_an_active_colleague_who_may_work_can_be_named(make: Make, who: str) -> None:
    jane = await make.person("Jane")
    named: dict[str, UUID] = {
        "self": jane.id,
        "viewer": (await make.person("Vic", account=jane.account_id, role=Role.VIEWER)).id,
        "inactive": (await make.person("Ida", account=jane.account_id, is_active=False)).id,
        "unknown": uuid7(),
        "foreign": (await make.person("Fred")).id,
    }
    session_id = await make.session(jane)
    reply = await jane.post(f"/ai-sessions/{session_id}/handoff", {**ASK, "target_user_id": str(named[who])})
    assert (reply.status_code, reply.json()["code"]) == (422, "invalid_target")
    assert reply.json()["detail"] == "Name an active engineer of your team, not yourself."


async def test_a_named_colleague_stands_on_the_card_and_everybody_may_still_take_it(make: Make) -> None:
    people = await team(make)
    handoff = await make.handoff(people.jane, target_user_id=people.sam.id)
    (card,) = (await people.ben.get("/ai-sessions/escalations")).json()["items"]
    assert (card["target_user_id"], card["target_user_name"]) == (str(people.sam.id), "Sam")
    assert (await people.ben.post(f"/ai-sessions/{handoff.session_id}/handoffs/{handoff.id}/claim")).status_code == 200


async def test_who_picked_up_an_escalation_for_nobody_is_not_shown_as_named(make: Make) -> None:
    people = await team(make)
    await make.claim(people.sam, await make.handoff(people.jane))
    (card,) = (await people.ben.get("/ai-sessions/escalations")).json()["items"]
    assert (card["claimed_by"]["name"], card["target_user_id"], card["target_user_name"]) == ("Sam", None, None)


@pytest.mark.parametrize("reason", [None, "", "  \n", "x" * 301])
async def test_escalating_takes_one_line_that_says_what_is_needed(make: Make, reason: str | None) -> None:
    jane = await make.person("Jane")
    session_id = await make.session(jane)
    reply = await jane.post(f"/ai-sessions/{session_id}/handoff", {"intent": "escalate", "reason": reason})
    assert (reply.status_code, reply.json()["code"]) == (422, "invalid")


async def test_parking_is_private(make: Make) -> None:
    people = await team(make)
    session_id = await make.session(people.jane)
    reply = await people.jane.post(f"/ai-sessions/{session_id}/handoff", {"intent": "park", "reason": "Waiting for the part"})
    assert (reply.status_code, reply.json()["status"], reply.json()["intent"]) == (201, "closed", "park")
    assert make.rows("select count(number), count(*) filter (where type = 'handoff_parked') from events") == [(0, 1)]
    assert make.rows("select count(*) from app_notifications") == [(0,)]
    assert (await people.sam.get("/ai-sessions/escalations")).json()["items"] == []


async def test_the_snapshot_freezes_what_was_sent(make: Make) -> None:
    people = await team(make)
    session_id = await make.session(
        people.jane, client_name="Northwind", device="LAPTOP-7", psa_ticket_id="#4711", client_waiting="on_phone"
    )
    typo = await make.step(people.jane, session_id, TriedStep(kind="tried", what="Restrat Outlook", outcome="failed"))
    row = TriedStep(kind="tried", what="Restart Outlook", target="OUTLOOK.EXE", outcome="failed", observed="  Same prompt\n", amends=typo)
    await make.step(people.jane, session_id, row)
    await make.step(people.jane, session_id, FactStep(kind="fact", name="Version", value="16.0"))
    path = f"/ai-sessions/{session_id}"
    frozen = (await people.jane.post(f"{path}/handoff", {**ASK, "engineer_notes": "Call back by noon"})).json()["snapshot"]
    problem = {name: frozen["problem"][name] for name in ("client_name", "device", "ticket_id", "client_waiting", "ask")}
    assert list(problem.values()) == ["Northwind", "LAPTOP-7", "4711", "on_phone", "Access to the firewall"]
    assert [(row["what"], row["target"], row["observed"], row["outcome"], row["author_name"]) for row in frozen["tried"]] == [
        ("Restart Outlook", "OUTLOOK.EXE", "  Same prompt\n", "failed", "Jane")
    ]
    assert [(fact["name"], fact["value"]) for fact in frozen["facts"]] == [("Version", "16.0")]
    assert (frozen["step_count"], frozen["tried_count"], frozen["notes"]) == (3, 1, "Call back by noon")

    await make.step(people.jane, session_id)
    await people.jane.patch(path, {"device": "LAPTOP-8"})
    ((now,),) = [[handoff["snapshot"] for handoff in (await people.sam.get(f"{path}/handoffs")).json()["items"]]]
    assert now == frozen
    (card,) = (await people.sam.get("/ai-sessions/escalations")).json()["items"]
    assert (card["tried_count"], card["device"]) == (2, "LAPTOP-8")


async def escalated_on(make: Make) -> tuple[Team, SessionId, dict[str, Any], dict[str, Any]]:
    """Jane escalated, Sam picked it up and escalated it on: the case, the earlier handoff and the later."""
    people = await team(make)
    case = await case_at(make, people, Start.CLAIMED)
    assert (await people.sam.post(f"{case.path}/handoff", ASK)).status_code == 201
    later, earlier = (await people.sam.get(f"{case.path}/handoffs")).json()["items"]
    return people, case.session_id, earlier, later


async def test_the_holder_may_escalate_on_and_the_card_names_both(make: Make) -> None:
    people, _, earlier, later = await escalated_on(make)
    assert (earlier["status"], later["status"], later["handed_off_by_name"]) == ("closed", "open", "Sam")
    assert make.rows("select end_reason from handoff_claims") == [("escalated_on",)]
    (card,) = (await people.ben.get("/ai-sessions/escalations")).json()["items"]
    assert (card["handoff_id"], card["owner"]["name"], card["escalated_by"]["name"]) == (later["id"], "Jane", "Sam")
    must_be_legal(make, people.account_id)


async def test_the_owner_goes_on_reading_and_noting_after_the_holder_escalated_on(make: Make) -> None:
    people, session_id, _, _ = await escalated_on(make)
    assert (await people.jane.get(f"/ai-sessions/{session_id}")).json()["can_write"]
    await make.step(people.jane, session_id, NoteStep(kind="note", content="The client called again"))


async def test_who_escalated_on_cannot_claim_it_and_takes_it_back_by_withdrawing(make: Make) -> None:
    people, session_id, _, later = await escalated_on(make)
    handoff = f"/ai-sessions/{session_id}/handoffs/{later['id']}"
    assert (await people.sam.post(f"{handoff}/claim")).json()["code"] == "own_handoff"
    assert (await people.jane.post(f"{handoff}/withdraw")).status_code == 403
    assert (await people.sam.post(f"{handoff}/withdraw")).json()["status"] == "withdrawn"
    session = (await people.sam.get(f"/ai-sessions/{session_id}")).json()
    assert (session["status"], session["holder_name"], session["user_name"]) == ("active", "Sam", "Jane")


async def test_a_withdrawn_case_can_be_escalated_again(make: Make) -> None:
    people = await team(make)
    case = await case_at(make, people, Start.OPEN)
    assert (await people.jane.post(f"{case.handoff}/withdraw")).status_code == 200
    assert (await people.jane.post(f"{case.handoff}/withdraw")).json()["code"] == "not_open"
    assert (await people.jane.post(f"{case.path}/handoff", ASK)).status_code == 201
    statuses = [handoff["status"] for handoff in (await people.sam.get(f"{case.path}/handoffs")).json()["items"]]
    assert statuses == ["open", "withdrawn"]


@pytest.mark.parametrize("path", ["", "/count"])
async def test_a_viewer_is_told_who_may_see_the_queue(make: Make, path: str) -> None:
    viewer: Somebody = await make.person("Vic", role=Role.VIEWER)
    reply = await viewer.get(f"/ai-sessions/escalations{path}")
    assert (reply.status_code, reply.json()["detail"]) == (403, "Engineer or admin access required")
