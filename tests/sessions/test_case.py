"""What an assistant is given of a session, and when it goes on by itself."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from resolutionflow.assistant.kinds import ProblemKind
from resolutionflow.sessions.models import AuthorType, Kind, Outcome
from resolutionflow.sessions.policy.case import BUDGET, LONGEST, case_of
from resolutionflow.sessions.policy.turns import asks_for_reply
from resolutionflow.sessions.schemas import StepView
from tests.factories.ledger import about, step
from tests.profiles import profile


def asked(seq: int, **fields: Any) -> StepView:
    return step(seq, Kind.QUESTION, author_type=AuthorType.ASSISTANT, author_id=None, **{"content": "Since when?", **fields})


def proposed(seq: int, **fields: Any) -> StepView:
    return step(seq, Kind.ACTION, author_type=AuthorType.ASSISTANT, author_id=None, **{"content": "Restart Outlook", **fields})


def test_a_case_says_what_was_said_asked_tried_and_known() -> None:
    question, action = asked(2, options=["Today", "Longer"], playbook_key="email_outlook/since"), proposed(3, command="outlook /safe")
    steps = [
        step(1, Kind.MESSAGE, content="Outlook hangs"),
        question,
        action,
        step(4, Kind.ANSWER, content="Today", reply_to=question.id),
        step(5, Kind.ACTION_RESULT, outcome="failed", observed="It hangs", reply_to=action.id),
        step(6, Kind.FACT, name="Build", value="24H2"),
        proposed(7, content="Disable the add-ins"),
    ]
    case = case_of(about(problem_domain="email_outlook", affects="one", device="NW-LT-114", client_name="Northwind"), steps)
    assert (case.problem, case.kind, case.affects) == ("Outlook asks for a password", ProblemKind.EMAIL_OUTLOOK, "one")
    assert [said.text for said in case.said] == ["Outlook hangs"]
    assert [(row.content, row.options, row.answer, row.playbook_key) for row in case.asked] == [
        ("Since when?", ("Today", "Longer"), "Today", "email_outlook/since")
    ]
    assert [(row.what, row.outcome, row.observed, row.command) for row in case.tried] == [
        ("Restart Outlook", "failed", "It hangs", "outlook /safe")
    ]
    assert [row.what for row in case.proposed] == ["Disable the add-ins"]
    assert [(fact.name, fact.value) for fact in case.facts] == [("Build", "24H2")]
    assert case.left_out is None


def test_an_amended_row_is_not_in_the_case() -> None:
    wrong = step(1, Kind.TRIED, content="Restart", outcome="worked")
    right = step(2, Kind.TRIED, content="Restart", outcome="failed", amends=wrong.id)
    assert [row.outcome for row in case_of(about(), [wrong, right]).tried] == ["failed"]


def test_beyond_the_budget_decisive_and_new_rows_stay_and_what_went_is_said() -> None:
    decisive = step(1, Kind.TRIED, content="Reset the password", outcome=Outcome.FAILED)
    chat = [step(seq, Kind.MESSAGE, content="x" * 1_900) for seq in range(2, 60)]
    case = case_of(about(), [decisive, *chat])
    assert [row.what for row in case.tried] == ["Reset the password"]
    assert case.said[-1].seq == 59
    assert case.said[0].seq > 2
    assert sum(len(said.text) for said in case.said) <= BUDGET
    assert case.left_out is not None
    assert f"of {len(chat) + 1}" in case.left_out


def test_a_long_text_keeps_its_beginning_and_its_end() -> None:
    case = case_of(about(), [step(1, Kind.TRIED, content="Log", outcome="failed", observed="BEGIN" + "." * 90_000 + "END")])
    observed = case.tried[0].observed or ""
    assert observed.startswith("BEGIN")
    assert observed.endswith("END")
    assert len(observed) <= LONGEST + 60


KINDS = st.sampled_from([Kind.MESSAGE, Kind.NOTE, Kind.QUESTION, Kind.ACTION, Kind.FACT, Kind.TRIED])


@settings(max_examples=profile.hypothesis_examples, deadline=None)
@given(st.lists(st.tuples(KINDS, st.integers(1, 5_000)), max_size=60), st.integers(500, 20_000))
def test_a_case_stays_within_any_budget(rows: list[tuple[Kind, int]], budget: int) -> None:
    steps = [
        step(seq, kind, content="y" * size, outcome="failed" if kind is Kind.TRIED else None, name=f"n{seq}" if kind is Kind.FACT else None)
        for seq, (kind, size) in enumerate(rows, start=1)
    ]
    case = case_of(about(), steps, budget=budget)
    texts = [*(said.text for said in case.said), *(row.what for row in case.tried), *(row.content for row in case.asked)]
    assert sum(map(len, texts)) <= budget
    rows_kept = len(case.said) + len(case.tried) + len(case.asked) + len(case.proposed) + len(case.facts)
    assert (case.left_out is None) == (rows_kept == len(steps))


def test_it_waits_until_nothing_of_its_last_turn_is_open() -> None:
    first, second = asked(1), asked(2)
    answer = step(3, Kind.ANSWER, content="Today", reply_to=first.id)
    last = step(4, Kind.ANSWER, content="One", reply_to=second.id)
    assert asks_for_reply([first, second, answer], after_seq=2) is None
    assert asks_for_reply([first, second, answer, last], after_seq=3) == last


def test_it_has_nothing_to_say_to_what_a_colleague_advised() -> None:
    advice = step(1, Kind.ADVICE, content="Recreate the profile")
    result = step(2, Kind.ACTION_RESULT, outcome="worked", reply_to=advice.id)
    assert asks_for_reply([advice, result], after_seq=1) is None


def test_what_worked_is_replied_to_at_once() -> None:
    first, second = proposed(1), proposed(2)
    result = step(3, Kind.ACTION_RESULT, outcome="worked", reply_to=first.id)
    assert asks_for_reply([first, second, result], after_seq=2) == result
