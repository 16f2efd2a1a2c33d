"""Messages to the assistant and its replies: streamed or in one piece, failed, taken again, sent twice, stopped."""

import asyncio

from resolutionflow.assistant.base import Answered, AssistantFailure, Hint, Source, Text
from resolutionflow.platform.actor import Role
from tests.factories.make import Make
from tests.factories.talking import GOOD, WAIT, reply_ended, session_of, steps_of, streamed, talking

HELLO = {"content": "Outlook asks for the password again and again"}
BUSY = AssistantFailure("model_overloaded", "The model is overloaded.")


async def test_a_message_is_answered_by_a_message_and_its_tasks(make: Make) -> None:
    with talking(make, (*GOOD[:-1], Hint("escalate", "Access to the tenant"), GOOD[-1])) as (script, made):
        jane = await made.person()
        session = await made.session(jane)
        reply = await jane.post(f"/ai-sessions/{session}/messages", HELLO)
        seen = await session_of(jane, session)
    assert reply.status_code == 201, reply.text
    steps = reply.json()["steps"]
    assert [(step["kind"], step["author_type"], step["source"]) for step in steps] == [
        ("message", "user", None),
        ("message", "assistant", "playbook"),
        ("question", "assistant", "playbook"),
        ("action", "assistant", "playbook"),
    ]
    assert steps[1]["content"] == "Cached credentials are likely."
    assert steps[2]["options"] == ["Yes", "No"]
    assert (steps[3]["command"], steps[3]["expected"]) == ("cmdkey /list", "No MicrosoftOffice entry is left")
    assert [step["seq"] for step in steps] == [1, 2, 3, 4]
    assert [step["id"] for step in seen["task_lane"]["questions"] + seen["task_lane"]["actions"]] == [step["id"] for step in steps[2:]]
    assert (seen["turn"]["status"], seen["turn"]["hints"]) == ("done", [{"kind": "escalate", "text": "Access to the tenant"}])
    assert [said.text for said in script.cases[0].said] == [HELLO["content"]]


async def test_a_reply_streams_the_saved_message_the_pieces_and_the_stored_steps(make: Make) -> None:
    with talking(make) as (_, made):
        jane = await made.person()
        session = await made.session(jane)
        events = await streamed(jane, f"/ai-sessions/{session}/messages", HELLO)
        stored = await steps_of(jane, session)
    assert [name for name, _ in events] == ["step", "delta", "delta", "step", "step", "step", "done"]
    assert "".join(data["text"] for name, data in events if name == "delta") == "Cached credentials are likely."
    assert [data for name, data in events if name == "step"] == stored
    assert events[-1][1]["status"] == "done"


async def test_a_reply_that_fails_leaves_the_message_and_an_error_that_can_be_tried_again(make: Make) -> None:
    with talking(make, (Text("Half a "), BUSY), GOOD) as (_, made):
        jane = await made.person()
        session = await made.session(jane)
        events = await streamed(jane, f"/ai-sessions/{session}/messages", HELLO)
        left = await steps_of(jane, session)
        turn = (await session_of(jane, session))["turn"]
        again = await streamed(jane, f"/ai-sessions/{session}/turns/{turn['id']}/retry")
        after = await session_of(jane, session)
        once_more = await jane.post(f"/ai-sessions/{session}/turns/{turn['id']}/retry")
    assert [name for name, _ in events] == ["step", "delta", "error"]
    assert events[-1][1] == {"code": "model_overloaded", "detail": "The model is overloaded.", "retryable": True, "turn_id": turn["id"]}
    assert [step["content"] for step in left] == [HELLO["content"]]
    assert (turn["status"], turn["error"]["code"]) == ("failed", "model_overloaded")
    assert [name for name, _ in again][-1] == "done"
    assert (after["turn"]["status"], after["turn"]["error"], after["step_count"]) == ("done", None, 4)
    assert [step["id"] for step in once_more.json()["steps"]] == [data["id"] for name, data in again if name == "step"]


async def test_without_a_stream_a_failed_reply_is_a_problem_that_says_so(make: Make) -> None:
    with talking(make, (BUSY,), (RuntimeError("a bug"),)) as (_, made):
        jane = await made.person()
        session = await made.session(jane)
        overloaded = await jane.post(f"/ai-sessions/{session}/messages", HELLO)
        broken = await jane.post(f"/ai-sessions/{session}/messages", HELLO)
    assert (overloaded.status_code, overloaded.json()["code"], overloaded.json()["retryable"]) == (503, "model_overloaded", True)
    assert (broken.status_code, broken.json()["code"]) == (503, "failed")


async def test_a_message_sent_again_with_its_key_is_answered_from_what_is_stored(make: Make) -> None:
    key = {"Idempotency-Key": "one-message"}
    with talking(make) as (script, made):
        jane = await made.person()
        path = f"/ai-sessions/{await made.session(jane)}/messages"
        first, again = await jane.post(path, HELLO, headers=key), await jane.post(path, HELLO, headers=key)
        other = await jane.post(path, {"content": "Something else"}, headers=key)
    assert first.json() == again.json()
    assert len(script.cases) == 1
    assert (other.status_code, other.json()["code"]) == (409, "idempotency_mismatch")


async def test_a_message_sent_again_after_a_failed_reply_tries_the_reply_again(make: Make) -> None:
    key = {"Idempotency-Key": "one-message"}
    with talking(make, (BUSY,), GOOD) as (_, made):
        jane = await made.person()
        session = await made.session(jane)
        failed = await jane.post(f"/ai-sessions/{session}/messages", HELLO, headers=key)
        again = await jane.post(f"/ai-sessions/{session}/messages", HELLO, headers=key)
        steps = await steps_of(jane, session)
    assert (failed.status_code, again.status_code) == (503, 201)
    assert [step["kind"] for step in steps] == ["message", "message", "question", "action"]


async def test_while_a_reply_runs_neither_the_same_nor_another_message_is_taken(make: Make) -> None:
    key = {"Idempotency-Key": "one-message"}
    with talking(make, (Text("Wait"), WAIT, Answered(Source.PLAYBOOK))) as (script, made):
        jane = await made.person()
        session = await made.session(jane)
        path = f"/ai-sessions/{session}/messages"
        first = asyncio.create_task(jane.post(path, HELLO, headers=key))
        await script.began.wait()
        same, other = await jane.post(path, HELLO, headers=key), await jane.post(path, {"content": "And?"})
        running = (await session_of(jane, session))["turn"]["status"]
        script.go.set()
        assert (await first).status_code == 201
        steps = await steps_of(jane, session)
    assert [(reply.status_code, reply.json()["code"]) for reply in (same, other)] == [(409, "in_progress")] * 2
    assert running == "running"
    assert [step["content"] for step in steps] == [HELLO["content"], "Wait"]


async def test_of_many_messages_at_once_one_is_taken(make: Make) -> None:
    with talking(make, (Text("Wait"), WAIT, Answered(Source.PLAYBOOK))) as (script, made):
        jane = await made.person()
        session = await made.session(jane)
        calls = [asyncio.create_task(jane.post(f"/ai-sessions/{session}/messages", {"content": str(n)})) for n in range(10)]
        await script.began.wait()
        _, _ = await asyncio.wait(calls, return_when=asyncio.FIRST_COMPLETED)
        script.go.set()
        replies = await asyncio.gather(*calls)
        steps = await steps_of(jane, session)
    taken = [reply for reply in replies if reply.status_code == 201]
    assert {reply.json()["code"] for reply in replies if reply not in taken} <= {"in_progress"}
    assert len([step for step in steps if step["author_type"] == "user"]) == len(taken) >= 1


async def test_a_stopped_reply_leaves_nothing_but_the_message(make: Make) -> None:
    with talking(make, (Text("A long story"), WAIT, Answered(Source.PLAYBOOK)), GOOD) as (script, made):
        jane = await made.person()
        session = await made.session(jane)
        stream = asyncio.create_task(streamed(jane, f"/ai-sessions/{session}/messages", HELLO))
        await script.began.wait()
        turn = (await session_of(jane, session))["turn"]
        stopped = await jane.post(f"/ai-sessions/{session}/turns/{turn['id']}/stop")
        events = await stream
        left = await steps_of(jane, session)
        again = await jane.post(f"/ai-sessions/{session}/turns/{turn['id']}/retry")
    assert (stopped.status_code, stopped.json()["status"], stopped.json()["error"]["code"]) == (200, "failed", "stopped")
    assert events[-1][0:1] == ("error",)
    assert events[-1][1]["code"] == "stopped"
    assert len(left) == 1
    assert script.closed >= 1
    assert again.status_code == 201


async def test_a_reply_is_written_although_whoever_asked_has_hung_up(make: Make) -> None:
    with talking(make, (Text("Still here"), WAIT, Answered(Source.PLAYBOOK))) as (script, made):
        jane = await made.person()
        session = await made.session(jane)
        call = asyncio.create_task(streamed(jane, f"/ai-sessions/{session}/messages", HELLO))
        await script.began.wait()
        call.cancel()
        await asyncio.gather(call, return_exceptions=True)
        script.go.set()
        await reply_ended(jane, session)
        assert [step["content"] for step in await steps_of(jane, session)] == [HELLO["content"], "Still here"]


async def test_a_reply_whose_process_died_can_be_taken_again(make: Make) -> None:
    with talking(make, (Text("Never ends"), WAIT), GOOD) as (script, made):
        jane = await made.person()
        session = await made.session(jane)
        call = asyncio.create_task(streamed(jane, f"/ai-sessions/{session}/messages", HELLO))
        await script.began.wait()
        lapsed = "update turns set lease_until = now() - interval '1 second' where session_id = %s returning id"
        made.rows(lapsed, session)
        seen = (await session_of(jane, session))["turn"]
        again = await jane.post(f"/ai-sessions/{session}/turns/{seen['id']}/retry")
        script.go.set()
        late = await call
        steps = await steps_of(jane, session)
    assert (seen["status"], seen["error"]["code"], seen["error"]["retryable"]) == ("failed", "interrupted", True)
    assert again.status_code == 201
    assert late[-1][0] == "done", "the first process finds the reply of the second"
    assert [step["content"] for step in steps][:2] == [HELLO["content"], "Cached credentials are likely."]
    assert len(steps) == 4


async def test_a_reply_that_comes_after_the_case_was_handed_on_or_closed_is_left_out(make: Make) -> None:
    moves = [("handoff", {"intent": "escalate", "reason": "Next idea"}), ("resolve", {"resolution": "It came back by itself"})]
    for path, body in moves:
        with talking(make, (Text("Too late"), WAIT, Answered(Source.PLAYBOOK))) as (script, made):
            jane = await made.person()
            session = await made.session(jane)
            call = asyncio.create_task(streamed(jane, f"/ai-sessions/{session}/messages", HELLO))
            await script.began.wait()
            moved = await jane.post(f"/ai-sessions/{session}/{path}", body)
            script.go.set()
            events = await call
            turn = (await session_of(jane, session))["turn"]
            steps = await steps_of(jane, session)
        assert moved.is_success, moved.text
        assert (events[-1][0], events[-1][1]["code"], events[-1][1]["retryable"]) == ("error", "not_active", False)
        assert turn["error"]["code"] == "not_active"
        assert [step["content"] for step in steps] == [HELLO["content"]]


async def test_only_whoever_works_on_the_session_talks_to_the_assistant(make: Make) -> None:
    with talking(make) as (script, made):
        jane = await made.person("Jane")
        sam = await made.person("Sam", account=jane.account_id)
        viewer = await made.person("Vic", account=jane.account_id, role=Role.VIEWER)
        stranger = await made.person("Eve")
        session = await made.session(jane)
        path = f"/ai-sessions/{session}/messages"
        hidden = [await who.post(path, HELLO) for who in (sam, stranger)]
        refused = await viewer.post(path, HELLO)
        handoff = await made.handoff(jane, session)
        waiting = [await who.post(path, HELLO) for who in (jane, sam)]
        await made.claim(sam, handoff)
        owner, holder = await jane.post(path, HELLO), await sam.post(path, HELLO)
    assert [reply.status_code for reply in hidden] == [404, 404]
    assert (refused.status_code, refused.json()["detail"]) == (403, "Engineer or admin access required")
    assert [(reply.status_code, reply.json()["code"]) for reply in waiting] == [(409, "not_holder")] * 2
    assert (owner.status_code, owner.json()["code"], holder.status_code) == (409, "not_holder", 201)
    assert len(script.cases) == 1


async def test_a_turn_of_another_session_or_account_is_not_found(make: Make) -> None:
    with talking(make, (BUSY,)) as (_, made):
        jane, eve = await made.person("Jane"), await made.person("Eve")
        session, other, foreign = await made.session(jane), await made.session(jane), await made.session(eve)
        await jane.post(f"/ai-sessions/{session}/messages", HELLO)
        turn = (await session_of(jane, session))["turn"]["id"]
        paths = [f"/ai-sessions/{id}/turns/{turn}/{call}" for id in (other, foreign) for call in ("retry", "stop")]
        replies = [await jane.post(path) for path in paths] + [await eve.post(path) for path in paths]
    assert {reply.status_code for reply in replies} == {404}


async def test_empty_long_and_unstorable_messages_are_refused_and_odd_ones_kept_as_they_are(make: Make) -> None:
    odd = "<b>bold</b> ![x](http://127.0.0.1:9/?q=1) \u202egnirts \U0001f600 \u200b"
    with talking(make) as (script, made):
        jane = await made.person()
        path = f"/ai-sessions/{await made.session(jane)}/messages"
        refused = [await jane.post(path, {"content": text}) for text in ("", "   ", "x" * 100_000, "NUL \x00")]
        kept = await jane.post(path, {"content": odd})
    assert [reply.status_code for reply in refused] == [422] * 4
    assert kept.json()["steps"][0]["content"] == odd.strip()
    assert len(script.cases) == 1
