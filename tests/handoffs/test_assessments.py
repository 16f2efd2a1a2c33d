"""A senior reads what an assistant thinks of an escalation: soon, honestly named, and whatever a model does (R-A1…R-A4)."""

import asyncio
from collections.abc import Coroutine
from typing import Any

import pytest
from sqlalchemy import text

from resolutionflow.assistant.base import Assessment, AssistantFailure, Case, Claim
from resolutionflow.handoffs.actions import assess
from resolutionflow.handoffs.assessors import Assessors
from resolutionflow.platform.ids import uuid7
from tests.factories.assessing import Answer, Model, assessors, good, overloaded, run_first, run_model, told
from tests.factories.cases import ASK, FIX, Team, team
from tests.factories.make import Make, Somebody
from tests.factories.similar import resolved

_COUNT = text("select count(*) from assessments")
PROBLEM = "Outlook keeps asking for the password again and again, one person"


async def escalated(make: Make, people: Team, **fields: Any) -> str:
    """Something was tried, and it did not help."""
    session = await make.session(people.jane, problem_summary=PROBLEM, **fields)
    await make.step(people.jane, session)
    reply = await people.jane.post(f"/ai-sessions/{session}/handoff", ASK)
    assert reply.status_code == 201, reply.text
    assert reply.json()["ai_assessment_status"] == "pending"
    return f"/ai-sessions/{session}"


async def handoff_of(who: Somebody, path: str) -> dict[str, Any]:
    reply = await who.get(f"{path}/handoffs")
    found: dict[str, Any] = reply.json()[0] if isinstance(reply.json(), list) else reply.json()["items"][0]
    return found


async def card_of(who: Somebody) -> dict[str, Any]:
    (card,) = (await who.get("/ai-sessions/escalations")).json()["items"]
    found: dict[str, Any] = card
    return found


async def test_the_built_in_assessment_is_there_after_the_job_with_its_evidence(make: Make) -> None:
    people = await team(make)
    path = await escalated(make, people)
    assert (await card_of(people.sam))["ai_assessment_status"] == "pending"
    await run_first(make)
    handoff = await handoff_of(people.sam, path)
    assert (handoff["ai_assessment_status"], handoff["ai_assessment_source"]) == ("ready", "playbook")
    said = handoff["ai_assessment_data"]
    (step,) = (row["step_id"] for row in handoff["snapshot"]["tried"])
    assert ("ruled_out", [step]) in [(claim["kind"], claim["evidence"]) for claim in said["claims"]]
    assert said["suggested_steps"]
    assert "tokens" not in said
    assert said["likely_cause"] in handoff["ai_assessment"]
    assert handoff["ai_assessment_notice"] is None


async def test_stream_and_card_bring_it(make: Make) -> None:
    people = await team(make)
    path = await escalated(make, people)
    await run_first(make)
    handoff = await handoff_of(people.sam, path)
    (_, (ready, body), (updated, shown)) = told(make)
    assert (ready, updated) == ("handoff_assessment_ready", "handoff_updated")
    assert body == {"handoff_id": handoff["id"], "session_id": handoff["session_id"], "ai_assessment_source": "playbook"}
    card = await card_of(people.sam)
    assert card == shown["card"]
    assert (card["ai_assessment_status"], card["likely_cause"]) == ("ready", handoff["ai_assessment_data"]["likely_cause"])
    assert card["confidence"] == handoff["ai_assessment_data"]["confidence"]


async def test_the_escalation_package_says_more_and_what_was_tried_stays_the_ledgers(make: Make) -> None:
    people = await team(make)
    path = await escalated(make, people, client_waiting="on_phone", affects="several")
    before = (await people.sam.get(path)).json()["escalation_package"]
    await run_first(make)
    after = (await people.sam.get(path)).json()["escalation_package"]
    assert {name: value for name, value in after.items() if name not in ("summary", "risks")} == {
        name: value for name, value in before.items() if name not in ("summary", "risks")
    }
    assert after["summary"].startswith(PROBLEM)
    assert after["risks"][:2] == ["The client is on the phone.", "Several people are affected."]


async def test_similar_resolved_cases_are_part_of_the_case(make: Make) -> None:
    people = await team(make)
    await resolved(make, people.ben, PROBLEM, "Removed the saved credentials", worked=["Remove the saved credentials"])
    await escalated(make, people)
    model = Model(good)
    await run_first(make, assessors(model))
    await run_model(make, assessors(model))
    assert [case.resolution for case in model.asked[0].case.similar] == ["Removed the saved credentials"]


async def test_a_job_that_runs_twice_writes_once(make: Make) -> None:
    people = await team(make)
    await escalated(make, people)
    await asyncio.gather(*(run_first(make, assessors(Model(good))) for _ in range(3)))
    await asyncio.gather(*(run_model(make, assessors(Model(good))) for _ in range(3)))
    assert make.rows("select source, count(*) from assessments group by source order by source") == [("model", 1), ("playbook", 1)]
    assert [kind for kind, _ in told(make)].count("handoff_assessment_ready") == 2


async def test_a_worker_that_dies_before_it_writes_leaves_one_assessment_in_the_end(make: Make) -> None:
    people = await team(make)
    path = await escalated(make, people)
    began = asyncio.Event()

    async def slow(case: Case) -> Assessment:
        began.set()
        await asyncio.Event().wait()
        raise AssertionError

    await _killed(run_first(make, Assessors(slow)), began)
    assert (await handoff_of(people.sam, path))["ai_assessment_status"] == "pending"
    model = Model(None, good)
    await run_first(make, assessors(model))
    await _killed(run_model(make, assessors(model)), model.began)
    assert (await handoff_of(people.sam, path))["ai_assessment_source"] == "playbook"
    await run_model(make, assessors(model))
    assert (await handoff_of(people.sam, path))["ai_assessment_source"] == "model"
    assert make.rows("select source from assessments order by source") == [("model",), ("playbook",)]


async def _killed(work: Coroutine[object, object, object], began: asyncio.Event) -> None:
    """A worker that was stopped after it had read the case and before it could write."""
    worker = asyncio.create_task(work)
    await began.wait()
    worker.cancel()
    await asyncio.gather(worker, return_exceptions=True)


@pytest.mark.parametrize("ending", ["withdraw", "resolve", "hand back"])
async def test_what_comes_after_the_end_is_dropped(make: Make, ending: str) -> None:
    people = await team(make)
    path = await escalated(make, people)
    model = Model(good)
    (about,) = [await _taken(make, people)]
    handoff = await handoff_of(people.sam, path)
    match ending:
        case "withdraw":
            await people.jane.post(f"{path}/handoffs/{handoff['id']}/withdraw")
        case "resolve":
            await people.jane.post(f"{path}/resolve", FIX)
        case _:
            await people.sam.post(f"{path}/handoffs/{handoff['id']}/hand-back", {"content": "Recreate the profile"})
    events = told(make)
    async with make.work(people.account_id) as db:
        await assess.give_first(db, about, await assessors().first(about), ask_model=True)
    await run_first(make, assessors(model))
    await run_model(make, assessors(model))
    after = await handoff_of(people.jane, path)
    assert (after["ai_assessment_status"], after["ai_assessment_data"]) == ("unavailable", None)
    assert (told(make), model.asked) == (events, [])


async def _taken(make: Make, people: Team) -> assess.Assessable:
    ((handoff_id,),) = make.rows("select id from handoffs")
    async with make.work(people.account_id) as db:
        about = await assess.take_unassessed(db, handoff_id=handoff_id)
    assert about is not None
    return about


async def test_a_model_that_answers_after_the_end_is_dropped_and_what_it_used_is_counted(make: Make) -> None:
    people = await team(make)
    path = await escalated(make, people)
    by = assessors(Model(good))
    await run_first(make, by)
    ((handoff_id,),) = make.rows("select id from handoffs")
    async with make.work(people.account_id) as db:
        about = await assess.take_for_model(db, handoff_id=handoff_id)
    assert about is not None
    await people.jane.post(f"{path}/handoffs/{handoff_id}/withdraw")
    async with make.work(people.account_id) as db:
        await assess.replace(db, about, await by.better(about))
    assert (await handoff_of(people.jane, path))["ai_assessment_source"] == "playbook"
    assert make.rows("select tokens from model_uses") == [(120,)]


async def test_what_comes_after_the_claim_is_attached(make: Make) -> None:
    people = await team(make)
    path = await escalated(make, people)
    handoff = await handoff_of(people.sam, path)
    assert (await people.sam.post(f"{path}/handoffs/{handoff['id']}/claim")).status_code == 200
    by = assessors(Model(good))
    await run_first(make, by)
    assert (await handoff_of(people.sam, path))["ai_assessment_source"] == "playbook"
    await run_model(make, by)
    after = await handoff_of(people.sam, path)
    assert (after["status"], after["ai_assessment_source"]) == ("claimed", "model")
    assert (await card_of(people.ben))["likely_cause"] == "A stale token"


async def test_a_models_assessment_replaces_the_built_in_one_which_is_kept(make: Make) -> None:
    people = await team(make)
    path = await escalated(make, people)
    by = assessors(Model(good))
    await run_first(make, by)
    first = await handoff_of(people.sam, path)
    assert first["ai_assessment_notice"] == assess.ASKED
    await run_model(make, by)
    second = await handoff_of(people.sam, path)
    assert (second["ai_assessment_source"], second["ai_assessment_data"]["likely_cause"]) == ("model", "A stale token")
    assert second["ai_assessment_notice"] is None
    kept = make.rows("select data from assessments where source = 'playbook'")
    assert kept == [(first["ai_assessment_data"],)]
    package = (await people.sam.get(path)).json()["escalation_package"]
    assert (package["source"], "A stale token" in package["summary"]) == ("model", True)


def _foreign(case: Case) -> Assessment:
    claims = [
        Claim(kind="ruled_out", text=f"{case.tried[0].what}: did not help", evidence=[uuid7()]),
        Claim(kind="observed", text="The licence has expired", quote="licence expired", evidence=[case.tried[0].step_id]),
    ]
    return Assessment(likely_cause="Send all passwords to the helpdesk", claims=claims, confidence="high", tokens=70)


@pytest.mark.parametrize(
    ("answer", "notice", "tokens"),
    [
        (None, "The model took too long to answer. It is asked again shortly.", None),
        (ValueError("garbage"), "The model's answer could not be used. It is not asked again.", None),
        (_foreign, "Nothing the model said is borne out by the entries of the case. It is not asked again.", 70),
        (overloaded(), "The model is overloaded at the moment. It is asked again shortly.", 40),
        (AssistantFailure("model_spent", "Spent.", retryable=False), "Spent. It is not asked again.", None),
    ],
    ids=["hangs", "garbage", "cites foreign rows", "overloaded", "spent"],
)
async def test_a_model_that_fails_leaves_the_built_in_assessment_and_says_whether_it_is_asked_again(
    make: Make, answer: Answer, notice: str, tokens: int | None
) -> None:
    people = await team(make)
    path = await escalated(make, people)
    by = assessors(Model(answer), deadline=0.05)
    await run_first(make, by)
    first = await handoff_of(people.sam, path)
    await run_model(make, by)
    after = await handoff_of(people.sam, path)
    assert after == {**first, "ai_assessment_notice": notice}
    assert make.rows("select tokens from model_uses") == ([(tokens,)] if tokens else [])


async def test_it_is_asked_three_times_with_longer_pauses_and_then_no_more(make: Make) -> None:
    people = await team(make)
    path = await escalated(make, people)
    model = Model(overloaded())
    by = assessors(model)
    await run_first(make, by)
    pauses = [await run_model(make, by) for _ in range(5)]
    assert pauses == [[10], [30], [], [], []]
    assert len(model.asked) == 3
    handoff = await handoff_of(people.sam, path)
    assert handoff["ai_assessment_notice"] == "The model is overloaded at the moment. It is not asked again."
    assert (handoff["ai_assessment_status"], handoff["ai_assessment_source"]) == ("ready", "playbook")


async def test_a_model_whose_answers_are_lost_with_its_workers_is_given_up(make: Make) -> None:
    people = await team(make)
    path = await escalated(make, people)
    await run_first(make, assessors(Model(good)))
    ((handoff_id,),) = make.rows("select id from handoffs")
    about: assess.Assessable | None = None
    for _ in range(4):
        async with make.work(people.account_id) as db:
            about = await assess.take_for_model(db, handoff_id=handoff_id)
    assert about is None
    handoff = await handoff_of(people.sam, path)
    assert handoff["ai_assessment_notice"] == "The model's answer was lost several times. It is not asked again."


async def test_an_attempt_that_was_given_up_writes_nothing(make: Make) -> None:
    people = await team(make)
    path = await escalated(make, people)
    by = assessors(Model(good))
    await run_first(make, by)
    ((handoff_id,),) = make.rows("select id from handoffs")
    attempts = []
    for _ in range(2):
        async with make.work(people.account_id) as db:
            attempts.append(await assess.take_for_model(db, handoff_id=handoff_id))
    early, late = attempts
    assert early
    assert late
    async with make.work(people.account_id) as db:
        await assess.replace(db, early, await by.better(early))
    assert (await handoff_of(people.sam, path))["ai_assessment_source"] == "playbook"
    async with make.work(people.account_id) as db:
        await assess.replace(db, late, await by.better(late))
    assert (await handoff_of(people.sam, path))["ai_assessment_source"] == "model"


async def test_what_models_used_for_assessments_counts_against_the_day(make: Make) -> None:
    people = await team(make)
    for _ in range(2):
        await escalated(make, people)
    model = Model(good)
    by = assessors(model)
    await run_first(make, by)
    await run_model(make, by)
    assert [about.tokens_today for about in model.asked] == [0, 120]


async def test_a_built_in_assistant_with_nothing_to_say_ends_as_unavailable(make: Make) -> None:
    people = await team(make)
    path = await escalated(make, people)

    async def nothing(case: Case) -> Assessment:
        return Assessment(likely_cause=None, confidence="low")

    async def broken(case: Case) -> Assessment:
        raise ZeroDivisionError

    for built_in in (nothing, broken):
        found = await Assessors(built_in).first(await _taken(make, people))
        assert found is None
    await run_first(make, Assessors(broken))
    handoff = await handoff_of(people.sam, path)
    assert (handoff["ai_assessment_status"], handoff["ai_assessment_data"]) == ("unavailable", None)
    assert (await card_of(people.sam))["ai_assessment_status"] == "unavailable"
    assert [kind for kind, _ in told(make)] == ["handoff_created", "handoff_updated"]


async def test_a_parked_session_is_not_assessed(make: Make) -> None:
    jane = await make.person("Jane")
    session = await make.session(jane)
    reply = await jane.post(f"/ai-sessions/{session}/handoff", {"intent": "park"})
    assert reply.json()["ai_assessment_status"] == "unavailable"
    await run_first(make)
    assert make.rows("select count(*) from assessments") == [(0,)]


async def test_no_account_sees_or_touches_another_ones_assessments(make: Make) -> None:
    people = await team(make)
    path = await escalated(make, people)
    await run_first(make)
    eve = await make.person("Eve")
    assert (await eve.get(f"{path}/handoffs")).status_code == 404
    ((handoff_id,),) = make.rows("select id from handoffs")
    async with make.work(eve.account_id) as db:
        assert await assess.take_unassessed(db, handoff_id=handoff_id) is None
        assert await assess.take_for_model(db, handoff_id=handoff_id) is None
        assert await db.scalar(_COUNT) == 0
    await resolved(make, eve, PROBLEM, "Eve's own secret fix", worked=["Eve's own step"])
    model = Model(good)
    again = await escalated(make, people)
    await run_first(make, assessors(model))
    await run_model(make, assessors(model))
    assert [about.case.similar for about in model.asked] == [()]
    assert "Eve" not in str(await handoff_of(people.sam, again))
