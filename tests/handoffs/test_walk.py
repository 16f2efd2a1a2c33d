"""One escalation from start to first action, through the API."""

from tests.factories.make import Make


async def test_an_escalation_is_created_seen_claimed_and_acted_on(make: Make) -> None:
    jane = await make.person("Jane")
    sam = await make.person("Sam", account=jane.account_id)
    session = (await jane.post("/ai-sessions", {"problem_summary": "Outlook asks for the password", "client_name": "Northwind"})).json()
    step = {"kind": "tried", "what": "Restarted Outlook in safe mode", "outcome": "failed", "observed": "Same prompt"}
    assert (await jane.post(f"/ai-sessions/{session['id']}/steps", step)).status_code == 201

    made = await jane.post(f"/ai-sessions/{session['id']}/handoff", {"intent": "escalate", "reason": "Next idea"})
    assert made.status_code == 201, made.text
    handoff = made.json()
    assert (handoff["status"], handoff["snapshot"]["tried_count"]) == ("open", 1)

    queue = (await sam.get("/ai-sessions/escalations")).json()
    assert [card["session_id"] for card in queue["items"]] == [session["id"]]
    assert (await sam.get("/ai-sessions/escalations/count")).json() == {"count": 1}
    assert (await jane.get("/ai-sessions/escalations/count")).json() == {"count": 0}
    assert (await sam.get("/notifications/unread-count")).json() == {"count": 1}

    claimed = await sam.post(f"/ai-sessions/{session['id']}/handoffs/{handoff['id']}/claim")
    assert claimed.status_code == 200, claimed.text
    assert (await sam.post(f"/ai-sessions/{session['id']}/steps", {"kind": "note", "content": "Looking"})).status_code == 201
    seen = (await jane.get(f"/ai-sessions/{session['id']}")).json()
    assert (seen["status"], seen["escalated_to_name"], seen["step_count"]) == ("active", "Sam", 2)

    figures = (await sam.get("/analytics/flowpilot/escalations")).json()
    assert (figures["n_handoffs_created"], figures["n_handoffs_claimed"], figures["n_handoffs_with_action"]) == (1, 1, 1)
    resolved = await sam.post(f"/ai-sessions/{session['id']}/resolve", {"resolution": "Cleared the cached credentials"})
    assert resolved.status_code == 200, resolved.text
    assert resolved.json()["psa_result"]["status"] == "no_psa"
    assert (await sam.get("/ai-sessions/escalations")).json()["items"] == []
