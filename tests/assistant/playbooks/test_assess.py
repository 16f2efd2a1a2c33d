"""What the built-in assistant thinks of a case that waits for a senior: only what stands in its rows."""

from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from resolutionflow.assistant.base import Assessment, Case
from resolutionflow.assistant.kinds import ProblemKind
from resolutionflow.assistant.playbooks.library import shipped
from tests.assistant.playbooks.talk import Talk, small
from tests.profiles import profile


def rows_of(case: Case) -> dict[UUID, str | None]:
    """Ids that may be cited, with the outcome where the row has one."""
    answers = {asked.answer_id: None for asked in case.asked if asked.answer_id}
    return {**{row.step_id: row.outcome for row in case.tried}, **answers}


def cited(assessment: Assessment) -> set[UUID]:
    claims = {id for claim in assessment.claims for id in (*claim.evidence, *claim.against)}
    return {*assessment.evidence, *claims, *(id for step in assessment.suggested_steps for id in step.evidence)}


def check_against_rows(assessment: Assessment, case: Case) -> None:
    rows = rows_of(case)
    assert cited(assessment) <= rows.keys()
    for claim in assessment.claims:
        if claim.kind == "worked":
            assert {rows[id] for id in claim.evidence} == {"worked"}
        elif claim.kind == "ruled_out":
            assert {rows[id] for id in claim.evidence} == {"failed"}
        elif claim.kind == "observed":
            (row,) = [row for row in case.tried if row.step_id in claim.evidence]
            assert claim.quote
            assert claim.quote in (row.observed or "")


async def walked() -> Talk:
    talk = Talk(playbook=small())
    await talk.reply()
    talk.answers(colleague="Yes, others can", display="Ready", since="No")
    await talk.reply()
    talk.reports(look_at_queue="worked", observed="Job 7 has an error")
    await talk.reply()
    return talk


async def test_the_likeliest_cause_is_a_hypothesis_with_the_rows_that_speak_for_it() -> None:
    talk = await walked()
    assessment = await talk.assess()
    assert assessment.likely_cause == "The queue is stuck"
    assert assessment.confidence == "high"
    (hypothesis,) = [claim for claim in assessment.claims if claim.kind == "hypothesis"]
    case = talk.case
    assert hypothesis.text == "The queue is stuck. One broken job holds up the others."
    assert set(hypothesis.evidence) == {case.asked[0].answer_id, case.asked[1].answer_id, case.tried[0].step_id}


async def test_what_worked_failed_and_was_seen_is_said_with_its_row() -> None:
    talk = await walked()
    talk.reports(clear_queue="failed")
    talk.tried("Ping", "inconclusive", observed="Two of four lost")
    assessment = await talk.assess()
    said = {(claim.kind, claim.text, claim.quote) for claim in assessment.claims if claim.kind != "hypothesis"}
    assert said == {
        ("worked", "Look at the queue: worked", "Job 7 has an error"),
        ("ruled_out", "Clear the queue: did not help", None),
        ("observed", "Ping", "Two of four lost"),
    }
    check_against_rows(assessment, talk.case)


async def test_what_was_done_is_not_suggested_again() -> None:
    talk = await walked()
    talk.tried("The driver", "failed", command=None)
    talk.says("I cleared the queue myself")
    assert [step.title for step in (await talk.assess()).suggested_steps] == ["Reinstall the driver"]


async def test_without_any_row_nothing_is_claimed_for_certain() -> None:
    assessment = await Talk("hm").assess()
    assert (assessment.likely_cause, assessment.confidence, assessment.evidence) == (None, "low", [])
    assert [claim.kind for claim in assessment.claims] == ["hypothesis"]
    assert assessment.suggested_steps


async def test_where_every_cause_is_ruled_out_there_is_no_hypothesis() -> None:
    talk = Talk(playbook=small(questions=1))
    await talk.reply()
    talk.answers(colleague="No, nobody can")
    await talk.reply()
    talk.reports(power_cycle="failed")
    assessment = await talk.assess()
    assert (assessment.likely_cause, assessment.suggested_steps) == (None, [])
    assert [claim.kind for claim in assessment.claims] == ["ruled_out"]


@pytest.mark.parametrize("kind", sorted(shipped()))
@settings(max_examples=max(3, profile.hypothesis_examples // 6), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
async def test_whatever_happened_it_cites_only_rows_of_the_case_and_agrees_with_them(kind: ProblemKind, data: st.DataObject) -> None:
    symptoms = shipped()[kind].symptoms
    talk = Talk(data.draw(st.sampled_from(["-", *(symptom.says[0] for symptom in symptoms)])), kind=kind)
    for _ in range(data.draw(st.integers(0, 15))):
        reply = await talk.reply()
        for ask in reply.questions:
            talk.answers(**{(ask.playbook_key or "").rpartition("/")[2]: data.draw(st.sampled_from([*ask.options, "?"]))})
        for do in reply.actions:
            outcome = data.draw(st.sampled_from(["worked", "failed", "inconclusive", "skipped"]))
            talk.reports(**{(do.playbook_key or "").rpartition("/")[2]: outcome}, observed=data.draw(st.none() | st.text(max_size=900)))
        talk.tried(data.draw(st.text(max_size=700)), "failed", command=data.draw(st.none() | st.text(max_size=20)))
    check_against_rows(await talk.assess(), talk.case)
