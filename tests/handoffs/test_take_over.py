"""Taking over: an admin always, any engineer what somebody who is away or gone has picked up."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from resolutionflow.platform.actor import Role
from tests.factories.make import Make
from tests.factories.notifications import heard

LATER = datetime.now(UTC) + timedelta(days=2)


async def picked_up(make: Make, **holder: Any) -> tuple[Any, Any, Any, Any]:
    """Jane's case, picked up by Sam; Ben looks on."""
    jane = await make.person("Jane")
    sam, ben = [await make.person(name, account=jane.account_id, **columns) for name, columns in (("Sam", holder), ("Ben", {}))]
    handoff = await make.handoff(jane)
    await make.claim(sam, handoff)
    return jane, sam, ben, handoff


@pytest.mark.parametrize("gone", [{"away_until": LATER}, {"is_active": False}])
async def test_any_engineer_goes_on_with_what_somebody_left(make: Make, gone: dict[str, Any]) -> None:
    jane, sam, ben, handoff = await picked_up(make, **gone)
    reply = await ben.post(f"/ai-sessions/{handoff.session_id}/take-over")
    assert (reply.status_code, reply.json()["holder_name"]) == (200, "Ben"), reply.text
    assert (await ben.post(f"/ai-sessions/{handoff.session_id}/steps", {"kind": "note", "content": "Mine now"})).status_code == 201
    (card,) = (await jane.get("/ai-sessions/escalations")).json()["items"]
    assert (card["status"], card["claimed_by"]["name"]) == ("claimed", "Ben")
    assert make.rows("select end_reason from handoff_claims where user_id = %s", sam.id) == [("taken_over",)]


async def test_an_engineer_takes_nothing_from_somebody_who_is_there(make: Make) -> None:
    _, _, ben, handoff = await picked_up(make)
    reply = await ben.post(f"/ai-sessions/{handoff.session_id}/take-over")
    assert (reply.status_code, reply.json()["code"]) == (403, "forbidden")


async def test_the_holder_and_the_escalator_are_told(make: Make) -> None:
    jane, sam, _, handoff = await picked_up(make)
    olga = await make.person("Olga", account=jane.account_id, role=Role.ADMIN)
    assert (await olga.post(f"/ai-sessions/{handoff.session_id}/take-over")).status_code == 200
    assert await heard(sam, unread=True) == ["handoff.take_over"]
    assert "handoff.picked_up" in await heard(jane, unread=True)
    assert (await sam.post(f"/ai-sessions/{handoff.session_id}/steps", {"kind": "note", "content": "Late"})).json()["code"] == "not_holder"
