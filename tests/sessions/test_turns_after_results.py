"""After an answer or an outcome the assistant goes on by itself, once nothing of its last turn is open."""

import asyncio
from typing import Any

from resolutionflow.events.registry import Logged
from resolutionflow.sessions.reactions import reply_to_result
from tests.factories.make import Make, Somebody
from tests.factories.talking import GOOD, WAIT, session_of, steps_of, talking

HELLO = {"content": "Outlook asks for the password again and again"}


async def _run_due_turns(made: Make) -> int:
    """What the worker would do."""
    query = "select id, account_id, type, subject_id, occurred_at from events where type = 'turn_due' order by occurred_at"
    rows = made.rows(query)
    for event_id, account, kind, subject, at in rows:
        logged = Logged(id=event_id, account_id=account, type=kind, subject_id=subject, occurred_at=at)
        await reply_to_result(made.work, logged, made.runtime.conversations)
    return len(rows)


async def _lane(jane: Somebody, session: object) -> tuple[dict[str, Any], dict[str, Any]]:
    lane = (await session_of(jane, session))["task_lane"]
    return lane["questions"][0], lane["actions"][0]


async def test_it_replies_when_the_last_question_is_answered_and_the_last_action_has_an_outcome(make: Make) -> None:
    with talking(make) as (script, made):
        jane = await made.person()
        session = await made.session(jane)
        await jane.post(f"/ai-sessions/{session}/messages", HELLO)
        question, action = await _lane(jane, session)
        await jane.post(f"/ai-sessions/{session}/steps", {"kind": "answer", "reply_to": question["id"], "content": "Yes"})
        assert await _run_due_turns(made) == 0
        result = {"kind": "action_result", "reply_to": action["id"], "outcome": "failed", "observed": "It asks again"}
        await jane.post(f"/ai-sessions/{session}/steps", result)
        waiting = (await session_of(jane, session))["turn"]["status"]
        assert await _run_due_turns(made) == 1
        assert await _run_due_turns(made) == 1, "the same job a second time"
        steps = await steps_of(jane, session)
    assert waiting == "running"
    assert [step["kind"] for step in steps] == ["message", "message", "question", "action", "answer", "action_result", *_GOOD_KINDS]
    case = script.cases[-1]
    assert [(row.what, row.outcome) for row in case.tried] == [("Remove the saved Office credentials", "failed")]
    assert [(row.content, row.answer) for row in case.asked] == [("Does Outlook on the web work?", "Yes")]


_GOOD_KINDS = ["message", "question", "action"]


async def test_it_replies_at_once_when_something_worked(make: Make) -> None:
    with talking(make) as (_, made):
        jane = await made.person()
        session = await made.session(jane)
        await jane.post(f"/ai-sessions/{session}/messages", HELLO)
        _, action = await _lane(jane, session)
        await jane.post(f"/ai-sessions/{session}/steps", {"kind": "action_result", "reply_to": action["id"], "outcome": "worked"})
        assert await _run_due_turns(made) == 1


async def test_two_tabs_that_answer_the_same_question_leave_one_answer_and_one_reply(make: Make) -> None:
    with talking(make, GOOD[:3] + GOOD[-1:]) as (script, made):
        jane = await made.person()
        session = await made.session(jane)
        await jane.post(f"/ai-sessions/{session}/messages", HELLO)
        (question,) = (await session_of(jane, session))["task_lane"]["questions"]
        answer = {"kind": "answer", "reply_to": question["id"], "content": "Yes"}
        replies = await asyncio.gather(*(jane.post(f"/ai-sessions/{session}/steps", answer) for _ in range(5)))
        await _run_due_turns(made)
    assert sorted(reply.status_code for reply in replies) == [201, 409, 409, 409, 409]
    assert len(script.cases) == 2


async def test_a_due_reply_never_keeps_the_engineer_from_writing(make: Make) -> None:
    with talking(make, GOOD[:3] + GOOD[-1:]) as (_, made):
        jane = await made.person()
        session = await made.session(jane)
        await jane.post(f"/ai-sessions/{session}/messages", HELLO)
        (question,) = (await session_of(jane, session))["task_lane"]["questions"]
        await jane.post(f"/ai-sessions/{session}/steps", {"kind": "answer", "reply_to": question["id"], "content": "Yes"})
        written = await jane.post(f"/ai-sessions/{session}/messages", {"content": "It also happens on her phone"})
        await _run_due_turns(made)
        steps = await steps_of(jane, session)
    assert written.status_code == 201
    assert [step["kind"] for step in steps] == ["message", "message", "question", "answer", "message", "message", "question"]


async def test_a_result_that_comes_while_a_reply_runs_is_replied_to_after_it(make: Make) -> None:
    with talking(make, GOOD[:1] + GOOD[3:], (WAIT, *GOOD[:1], GOOD[-1]), (*GOOD[:1], GOOD[-1])) as (script, made):
        jane = await made.person()
        session = await made.session(jane)
        await jane.post(f"/ai-sessions/{session}/messages", HELLO)
        (action,) = (await session_of(jane, session))["task_lane"]["actions"]
        call = asyncio.create_task(jane.post(f"/ai-sessions/{session}/messages", {"content": "Trying it now"}))
        script.began.clear()
        await script.began.wait()
        await jane.post(f"/ai-sessions/{session}/steps", {"kind": "action_result", "reply_to": action["id"], "outcome": "failed"})
        script.go.set()
        await call
        assert await _run_due_turns(made) == 1
    assert [row.outcome for row in script.cases[-1].tried] == ["failed"]


async def test_a_due_reply_is_left_out_when_the_case_was_escalated_meanwhile(make: Make) -> None:
    with talking(make, GOOD[:3] + GOOD[-1:]) as (script, made):
        jane = await made.person()
        session = await made.session(jane)
        await jane.post(f"/ai-sessions/{session}/messages", HELLO)
        (question,) = (await session_of(jane, session))["task_lane"]["questions"]
        await jane.post(f"/ai-sessions/{session}/steps", {"kind": "answer", "reply_to": question["id"], "content": "Yes"})
        await jane.post(f"/ai-sessions/{session}/handoff", {"intent": "escalate", "reason": "Next idea"})
        await _run_due_turns(made)
        turn = (await session_of(jane, session))["turn"]
    assert (turn["status"], turn["error"]["code"]) == ("failed", "not_active")
    assert len(script.cases) == 1


async def test_an_analysis_asked_for_with_the_pickup_is_no_first_action(make: Make) -> None:
    with talking(make) as (script, made):
        jane = await made.person("Jane")
        sam = await made.person("Sam", account=jane.account_id)
        handoff = await made.handoff(jane)
        path = f"/ai-sessions/{handoff.session_id}/handoffs/{handoff.id}/claim"
        claimed = await sam.post(path, {"start": "ai_analysis"})
        assert await _run_due_turns(made) == 1
        figures = (await sam.get("/analytics/flowpilot/escalations")).json()
        steps = await steps_of(sam, handoff.session_id)
    assert claimed.status_code == 200
    assert [(step["kind"], step["author_type"]) for step in steps][:2] == [("system", "system"), ("message", "assistant")]
    assert (figures["n_handoffs_claimed"], figures["n_handoffs_with_action"]) == (1, 0)
    assert len(script.cases) == 1
