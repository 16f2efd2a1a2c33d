"""The ledger and what is written from it."""

import re
from uuid import UUID

import pytest

from resolutionflow.sessions.models import Kind, Outcome
from resolutionflow.sessions.policy.documentation import clip, title_from, write
from resolutionflow.sessions.policy.ledger import ledger_of
from resolutionflow.sessions.schemas import Contact
from tests.factories.ledger import about, step


def test_an_amended_try_gives_way_to_the_one_that_amends_it() -> None:
    wrong = step(1, Kind.TRIED, content="Restart Outlook", outcome="worked")
    right = step(2, Kind.TRIED, content="Restart Outlook", outcome="failed", amends=wrong.id)
    assert [(row.what, row.outcome, row.step_id) for row in ledger_of([wrong, right]).tried] == [
        ("Restart Outlook", Outcome.FAILED, right.id)
    ]


def test_a_fact_said_twice_stands_as_it_was_said_last() -> None:
    steps = [step(1, Kind.FACT, name="Windows build", value="22H2"), step(2, Kind.FACT, name="windows build", value="23H2")]
    assert [(fact.name, fact.value) for fact in ledger_of(steps).facts] == [("windows build", "23H2")]


def test_what_came_of_an_action_is_a_try_and_takes_it_off_the_lane() -> None:
    advice = step(1, Kind.ADVICE, content="Clear the cached credentials", command="cmdkey /list")
    open_before = ledger_of([advice]).lane.actions
    result = step(2, Kind.ACTION_RESULT, reply_to=advice.id, outcome="worked", observed="Signed in")
    ledger = ledger_of([advice, result])
    assert [each.id for each in open_before] == [advice.id]
    assert ledger.lane.actions == []
    assert [(row.what, row.command, row.observed) for row in ledger.tried] == [
        ("Clear the cached credentials", "cmdkey /list", "Signed in")
    ]


def test_a_question_is_open_until_it_is_answered() -> None:
    question = step(1, Kind.QUESTION, content="Since when?")
    assert [each.content for each in ledger_of([question]).questions_left] == ["Since when?"]
    assert ledger_of([question, step(2, Kind.ANSWER, reply_to=question.id, content="Today")]).lane.questions == []


@pytest.mark.parametrize(
    ("problem", "ticket", "title"),
    [
        ("Outlook asks for a password. Since this morning.", None, "Outlook asks for a password"),
        ("Printer jams.\nSecond line", None, "Printer jams"),
        ("", "12345", "Ticket #12345"),
        ("  ", "#12345", "Ticket #12345"),
        ("Version 2.1 fails to start", None, "Version 2.1 fails to start"),
    ],
)
def test_a_title_is_the_first_sentence_of_the_problem(problem: str, ticket: str | None, title: str) -> None:
    assert title_from(problem, ticket) == title


def test_a_long_title_is_cut_at_a_word() -> None:
    title = title_from("word " * 40, None)
    assert len(title) <= 80
    assert title.endswith("word…")
    assert clip("x" * 200, 10) == "x" * 9 + "…"


SAID = (
    "# Escalation: Outlook",
    "Client: Northwind",
    "Ana Lee · +1 555 0100",
    "\\#12345",
    "**Failed**: Restart Outlook on NW-LT-114",
    "Expected: Signs in",
    "Observed: Asks again",
    "Build: 22H2",
    "Escalated by Jane: next idea",
    "- Open: since when?",
)


def test_documentation_says_the_problem_the_tries_the_facts_and_the_outcome() -> None:
    steps = [
        step(1, Kind.TRIED, content="Restart Outlook", target="NW-LT-114", expected="Signs in", observed="Asks again", outcome="failed"),
        step(2, Kind.FACT, name="Build", value="22H2"),
    ]
    case = about(client_name="Northwind", contact=Contact(name="Ana Lee", phone="+1 555 0100"), psa_ticket_id="12345")
    text = write(case, ledger_of(steps), heading="Escalation", outcome=["Escalated by Jane: next idea"], next_steps=["Open: since when?"])
    for part in SAID:
        assert part in text, part
    assert text == write(
        case, ledger_of(steps), heading="Escalation", outcome=["Escalated by Jane: next idea"], next_steps=["Open: since when?"]
    )


def test_documentation_without_tries_says_so() -> None:
    assert "Nothing was recorded as tried." in write(about(), ledger_of([]), heading="Resolution", outcome=["Resolved: x"], next_steps=[])


ATTACKS = [
    "![x](https://evil.example/?q=1)",
    "[click](javascript:alert(1))",
    "<img src=x>",
    "# heading\n## more",
    "`code`",
    "a | b",
    "**bold**",
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_what_people_typed_never_becomes_markup(attack: str) -> None:
    steps = [
        step(1, Kind.TRIED, content=attack, observed=attack, target=attack, outcome="failed"),
        step(2, Kind.FACT, name=attack, value=attack),
    ]
    text = write(about(title=attack, problem_summary=attack), ledger_of(steps), heading="Escalation", outcome=[attack], next_steps=[attack])
    bare = re.sub(r"\\.", "", text)
    assert not re.search(r"[\[\]<>`]", bare), bare
    assert bare.count("**") == 2, "only our own word is bold"
    assert "\n## more" not in bare


def test_a_command_is_code_whatever_it_holds() -> None:
    text = write(
        about(),
        ledger_of([step(1, Kind.TRIED, content="x", outcome="failed", command="echo `date`")]),
        heading="R",
        outcome=["x"],
        next_steps=[],
    )
    assert "`` echo `date` ``" in text


def test_ids_of_rows_are_kept_in_the_ledger() -> None:
    made: UUID = (one := step(1, Kind.TRIED, content="x", outcome="worked")).id
    assert ledger_of([one]).tried[0].step_id == made
