"""Sessions that still carry the status `requesting_escalation` and no handoff row are in the queue like all others (R-E8)."""

import pytest

from tests.factories.cases import Case, Start, case_at, legacy_case, team
from tests.factories.make import Make
from tests.faults.invariants import must_be_legal

NOTE = {"kind": "note", "content": "The client called again"}


@pytest.fixture
async def legacy(make: Make) -> Case:
    return legacy_case(make, await team(make))


async def test_it_waits_in_the_queue_without_a_handoff(make: Make, legacy: Case) -> None:
    (card,) = (await legacy.team.sam.get("/ai-sessions/escalations")).json()["items"]
    assert (card["session_id"], card["handoff_id"], card["status"]) == (str(legacy.session_id), None, "open")
    assert (card["ask"], card["escalated_by"]["name"]) == ("Access to the firewall", "Jane")


async def test_it_is_counted_like_the_list_shows_it(make: Make, legacy: Case) -> None:
    await case_at(make, legacy.team, Start.OPEN)
    counts = [(await who.get("/ai-sessions/escalations/count")).json()["count"] for who in (legacy.team.sam, legacy.team.jane)]
    assert counts == [2, 0]
    assert len((await legacy.team.sam.get("/ai-sessions/escalations")).json()["items"]) == 2


async def test_it_is_picked_up_like_any_other(make: Make, legacy: Case) -> None:
    sam, ben = legacy.team.sam, legacy.team.ben
    picked_up = await sam.post(f"{legacy.path}/pickup")
    assert (picked_up.status_code, picked_up.json()["status"], picked_up.json()["holder_name"]) == (200, "active", "Sam")
    (handoff,) = (await sam.get(f"{legacy.path}/handoffs")).json()["items"]
    assert (handoff["status"], handoff["reason"], handoff["handed_off_by_name"]) == ("claimed", "Access to the firewall", "Jane")
    late = await ben.post(f"{legacy.path}/pickup")
    assert (late.status_code, late.json()["code"], late.json()["claimed_by_name"]) == (409, "already_claimed", "Sam")
    (card,) = (await ben.get("/ai-sessions/escalations")).json()["items"]
    assert (card["handoff_id"], card["claimed_by"]["name"]) == (handoff["id"], "Sam")
    must_be_legal(make, sam.account_id)


async def test_its_first_action_is_measured(make: Make, legacy: Case) -> None:
    sam = legacy.team.sam
    await sam.post(f"{legacy.path}/pickup")
    await sam.post(f"{legacy.path}/steps", NOTE)
    figures = (await sam.get("/analytics/flowpilot/escalations")).json()
    assert (figures["n_handoffs_claimed"], figures["n_handoffs_with_action"]) == (1, 1)


async def test_its_owner_cannot_pick_it_up_and_can_write_and_solve_it(make: Make, legacy: Case) -> None:
    jane = legacy.team.jane
    assert (await jane.post(f"{legacy.path}/pickup")).json()["code"] == "own_handoff"
    assert (await jane.post(f"{legacy.path}/steps", NOTE)).status_code == 201
    assert (await jane.post(f"{legacy.path}/resolve", {"resolution": "It was the cable"})).status_code == 200
    told = make.rows("select type, body ->> 'session_id' from events where number is not null order by number")
    assert told == [("handoff_updated", None), ("handoff_closed", str(legacy.session_id))]
    assert (await jane.get("/ai-sessions/escalations")).json()["items"] == []


async def test_it_cannot_be_handed_off_again_while_it_waits(make: Make, legacy: Case) -> None:
    reply = await legacy.team.jane.post(f"{legacy.path}/handoff", {"intent": "escalate", "reason": "Still stuck"})
    assert (reply.status_code, reply.json()["code"]) == (409, "already_handed_off")


async def test_it_is_released_and_picked_up_by_the_next(make: Make, legacy: Case) -> None:
    sam, ben = legacy.team.sam, legacy.team.ben
    await sam.post(f"{legacy.path}/pickup")
    (handoff,) = (await sam.get(f"{legacy.path}/handoffs")).json()["items"]
    assert (await sam.post(f"{legacy.path}/handoffs/{handoff['id']}/release")).status_code == 200
    assert (await ben.post(f"{legacy.path}/pickup")).status_code == 200
    must_be_legal(make, sam.account_id)
