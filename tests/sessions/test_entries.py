"""Entries of the ledger over the API: sent again, amended, answered, read in pages."""

import asyncio

from tests.factories.make import Make

TRIED = {"kind": "tried", "what": "Restarted Outlook", "outcome": "worked"}


async def test_an_entry_sent_again_with_its_key_is_written_once(make: Make) -> None:
    jane = await make.person()
    path = f"/ai-sessions/{await make.session(jane)}/steps"
    key = {"Idempotency-Key": "one-intention"}
    first, again = await jane.post(path, TRIED, headers=key), await jane.post(path, TRIED, headers=key)
    other = await jane.post(path, {**TRIED, "outcome": "failed"}, headers=key)
    assert (first.status_code, first.json()) == (again.status_code, again.json())
    assert (other.status_code, other.json()["code"]) == (409, "idempotency_mismatch")
    assert len((await jane.get(path)).json()["items"]) == 1


async def test_entries_written_at_once_are_numbered_without_gaps(make: Make) -> None:
    jane = await make.person()
    path = f"/ai-sessions/{await make.session(jane)}/steps"
    replies = await asyncio.gather(*(jane.post(path, {"kind": "note", "content": str(number)}) for number in range(20)))
    assert {reply.status_code for reply in replies} == {201}
    assert [step["seq"] for step in (await jane.get(path)).json()["items"]] == list(range(1, 21))


async def test_an_entry_is_amended_once_and_only_by_its_kind(make: Make) -> None:
    jane = await make.person()
    session = await make.session(jane)
    path = f"/ai-sessions/{session}/steps"
    wrong = (await jane.post(path, TRIED)).json()
    as_fact = await jane.post(path, {"kind": "fact", "name": "Build", "value": "22H2", "amends": wrong["id"]})
    right = await jane.post(path, {**TRIED, "outcome": "failed", "amends": wrong["id"]})
    twice = await jane.post(path, {**TRIED, "outcome": "skipped", "amends": wrong["id"]})
    assert [reply.status_code for reply in (as_fact, right, twice)] == [422, 201, 409]
    assert (await jane.get(f"/ai-sessions/{session}")).json()["tried_count"] == 1


async def test_advice_is_an_action_that_the_owner_settles_once(make: Make) -> None:
    jane = await make.person("Jane")
    sam = await make.person("Sam", account=jane.account_id)
    handoff = await make.handoff(jane)
    path = f"/ai-sessions/{handoff.session_id}"
    back = await sam.post(f"{path}/handoffs/{handoff.id}/hand-back", {"content": "Clear the cached credentials"})
    assert (back.status_code, back.json()["status"]) == (200, "returned")
    (action,) = (await jane.get(path)).json()["task_lane"]["actions"]
    result = {"kind": "action_result", "reply_to": action["id"], "outcome": "worked", "observed": "Signed in"}
    first, again = await asyncio.gather(jane.post(f"{path}/steps", result), jane.post(f"{path}/steps", result))
    assert sorted((first.status_code, again.status_code)) == [201, 409]
    assert (await jane.get(path)).json()["task_lane"] == {"questions": [], "actions": []}


async def test_a_long_session_is_read_in_pages(make: Make) -> None:
    jane = await make.person()
    session = await make.session(jane)
    for _ in range(5):
        await make.step(jane, session)
    seen, cursor = [], "0"
    while cursor:
        page = (await jane.get(f"/ai-sessions/{session}/steps?limit=2&cursor={cursor}")).json()
        seen += [step["seq"] for step in page["items"]]
        cursor = page["next_cursor"]
    assert seen == [1, 2, 3, 4, 5]
    assert [step["seq"] for step in (await jane.get(f"/ai-sessions/{session}/steps?after_seq=3")).json()["items"]] == [4, 5]
