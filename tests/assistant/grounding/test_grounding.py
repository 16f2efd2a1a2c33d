"""What a senior reads is borne out by the rows of the case, whoever wrote it (R-A4a)."""

from collections.abc import Sequence
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resolutionflow.assistant.base import Assessment, Case, Claim, SuggestedStep
from resolutionflow.assistant.grounding import grounded
from resolutionflow.assistant.grounding.repeats import doing, means_the_same
from resolutionflow.assistant.kinds import ProblemKind
from resolutionflow.assistant.playbooks.library import shipped
from resolutionflow.platform.ids import uuid7
from tests.assistant.grounding import plants
from tests.assistant.grounding.desk import OUTLOOK, TRUE, Desk
from tests.assistant.playbooks.talk import Talk
from tests.profiles import profile

SURE = OUTLOOK.claim("observed", "Only one person is affected.", "others", quote="only Petra")


def judged(case: Case, *claims: Claim, steps: Sequence[SuggestedStep] = ()) -> Assessment | None:
    return grounded(Assessment(likely_cause="Old token", claims=list(claims), suggested_steps=list(steps), confidence="high"), case)


PLANTS = {
    "unknown id": plants.UNKNOWN_ID,
    "other session's id": plants.OTHER_SESSION,
    "other account's id": plants.OTHER_ACCOUNT,
    "right row with wrong outcome": plants.WRONG_OUTCOME,
    "unrelated row": plants.UNRELATED_ROW,
    "invented quote": plants.INVENTED_QUOTE,
    "nothing cited": plants.CITES_NOTHING,
}


@pytest.mark.parametrize("kind", PLANTS)
def test_a_claim_that_its_rows_do_not_bear_out_is_dropped(kind: str) -> None:
    assert len(PLANTS[kind]) >= 10
    believed = [(claim.kind, claim.text, claim.quote) for desk, claim in PLANTS[kind] if judged(desk.case, claim) is not None]
    assert believed == []


def test_true_claims_survive() -> None:
    assert len(TRUE) >= 50
    lost = [(claim.kind, claim.text) for desk, claim in TRUE if judged(desk.case, claim) is None]
    assert len(lost) <= len(TRUE) // 10, lost


def test_what_was_dropped_is_counted_and_the_rest_stays_as_it_was() -> None:
    _, bad = plants.WRONG_OUTCOME[0]
    _, repeated = plants.REPEATED[0]
    _, new = plants.NEW[0]
    found = judged(OUTLOOK.case, bad, SURE, steps=[repeated, new])
    assert found == Assessment(
        likely_cause="Old token", claims=[SURE], suggested_steps=[new], confidence="high", evidence=SURE.evidence, dropped=2
    )


def test_where_no_claim_is_left_there_is_no_assessment() -> None:
    assert judged(OUTLOOK.case, steps=[plants.NEW[0][1]]) is None
    assert judged(Case("Outlook asks for the password"), SURE) is None


@pytest.mark.parametrize(("desk", "step"), plants.REPEATED, ids=[step.title for _, step in plants.REPEATED])
def test_a_step_that_was_tried_is_not_suggested_again_in_any_words(desk: Desk, step: SuggestedStep) -> None:
    assert _steps_left(desk, step) == []


@pytest.mark.parametrize(("desk", "step"), plants.NEW, ids=[step.title for _, step in plants.NEW])
def test_a_step_that_shares_words_with_a_tried_one_stays(desk: Desk, step: SuggestedStep) -> None:
    assert _steps_left(desk, step) == [step]


def test_a_repeat_that_says_why_stays_and_no_other_label_does() -> None:
    desk, step = plants.REPEATED[0]
    for label, stays in {
        "again, because it ran before the update": True,
        "again, because": False,
        "again": False,
        "Because!": False,
    }.items():
        labelled = step.model_copy(update={"repeats": label})
        assert _steps_left(desk, labelled) == ([labelled] if stays else []), label
    new = plants.NEW[1][1]
    assert _steps_left(OUTLOOK, new.model_copy(update={"repeats": "urgent"})) == [new]


def _steps_left(desk: Desk, *steps: SuggestedStep) -> list[SuggestedStep]:
    hypothesis = Claim(kind="hypothesis", text="Something else")
    found = judged(desk.case, hypothesis, steps=steps)
    assert found is not None
    return found.suggested_steps


def test_a_step_said_twice_is_there_once_and_one_that_cites_a_foreign_row_is_not_there() -> None:
    step = plants.NEW[3][1]
    foreign = plants.NEW[1][1].model_copy(update={"evidence": [uuid7()]})
    assert _steps_left(OUTLOOK, step, step.model_copy(update={"title": f"{step.title}."}), foreign) == [step]


def test_a_flood_is_cut_to_what_a_person_reads() -> None:
    ids = list(OUTLOOK.ids.values())
    novel = Claim.model_construct(kind="hypothesis", text="It may be so. " * 5_000, quote=None, evidence=ids, against=ids)
    steps = [SuggestedStep(title=f"Look at log number {number}") for number in range(40)]
    flood = Assessment.model_construct(
        likely_cause="x" * 9_000, claims=[novel] * 50, suggested_steps=steps, confidence="high", evidence=ids * 9, dropped=0
    )
    found = grounded(flood, OUTLOOK.case)
    assert found is not None
    assert (len(found.claims), len(found.suggested_steps), found.dropped) == (20, 8, 62)
    assert {(len(claim.text), len(claim.evidence), len(claim.against)) for claim in found.claims} == {(500, 5, 5)}
    assert len(found.likely_cause or "") == 500


def test_what_nothing_speaks_for_is_of_low_confidence() -> None:
    found = judged(OUTLOOK.case, Claim(kind="hypothesis", text="Perhaps the licence"))
    assert found is not None
    assert found.confidence == "low"


def test_a_quote_around_a_hidden_secret_still_stands() -> None:
    found = judged(OUTLOOK.case, OUTLOOK.claim("observed", "Mail", "webmail", quote="Opens at once, [hidden: a password] 09:12"))
    assert found is not None


@pytest.mark.parametrize("kind", sorted(shipped()))
def test_no_two_actions_of_a_playbook_are_taken_for_one(kind: ProblemKind) -> None:
    actions = [doing(action.do, command=action.command) for action in shipped()[kind].actions]
    assert [(one.folded, other.folded) for one, other in combinations(actions, 2) if means_the_same(one, other)] == []


@pytest.mark.parametrize("kind", sorted(shipped()))
@settings(max_examples=max(3, profile.hypothesis_examples // 6), deadline=None)
@given(st.data())
async def test_the_built_in_assessment_survives_whole(kind: ProblemKind, data: st.DataObject) -> None:
    talk = Talk(data.draw(st.sampled_from([symptom.says[0] for symptom in shipped()[kind].symptoms] or ["-"])), kind=kind)
    for _ in range(data.draw(st.integers(0, 12))):
        reply = await talk.reply()
        for ask in reply.questions:
            talk.answers(**{(ask.playbook_key or "").rpartition("/")[2]: data.draw(st.sampled_from([*ask.options, "?"]))})
        for do in reply.actions:
            outcome = data.draw(st.sampled_from(["worked", "failed", "inconclusive", "skipped"]))
            talk.reports(**{(do.playbook_key or "").rpartition("/")[2]: outcome}, observed=data.draw(st.none() | st.text(max_size=600)))
    assessment = await talk.assess()
    assert grounded(assessment, talk.case) == (assessment if assessment.claims else None)


@settings(max_examples=profile.hypothesis_examples, deadline=None)
@given(
    st.text(max_size=80), st.text(max_size=80), st.sampled_from(sorted(OUTLOOK.ids)), st.sampled_from(["observed", "worked", "ruled_out"])
)
def test_whatever_is_said_it_is_judged(text: str, quote: str, row: str, kind: str) -> None:
    claim = OUTLOOK.claim(kind, text, row, quote=quote)
    step = SuggestedStep(title=text, command=quote)
    found = judged(OUTLOOK.case, claim, SURE, steps=[step])
    assert found is not None
    assert SURE in found.claims
