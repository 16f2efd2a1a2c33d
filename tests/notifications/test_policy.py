import re
from datetime import UTC, datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from resolutionflow.handoffs.models import AssessmentStatus, HandoffStatus
from resolutionflow.handoffs.schemas import Person, QueueCard
from resolutionflow.notifications import policy
from resolutionflow.notifications.models import BellType
from resolutionflow.notifications.policy import Case
from resolutionflow.platform.ids import AccountId, uuid7
from resolutionflow.sessions.models import Priority, Waiting
from resolutionflow.sessions.schemas import Contact

LONG = "Outlook is failing to sync email for every user of the front office since this morning"


def card(**fields: Any) -> QueueCard:
    jane = Person(id=uuid7(), name="Jane")
    usual: dict[str, Any] = {
        "handoff_id": uuid7(),
        "session_id": uuid7(),
        "title": "Outlook is failing",
        "problem_summary": "Outlook is failing",
        "problem_domain": None,
        "client_name": None,
        "contact": None,
        "device": None,
        "client_waiting": Waiting.NO,
        "callback_by": None,
        "affects": None,
        "priority": Priority.NORMAL,
        "psa_ticket_id": None,
        "ask": "Next idea",
        "owner": jane,
        "escalated_by": jane,
        "target_user_id": None,
        "target_user_name": None,
        "step_count": 0,
        "tried_count": 0,
        "ai_assessment_status": AssessmentStatus.UNAVAILABLE,
        "likely_cause": None,
        "confidence": None,
        "last_claim": None,
        "reopened_count": 0,
        "claimed_by": None,
        "claimed_at": None,
        "question_pending": False,
        "created_at": datetime.now(UTC),
        "status": HandoffStatus.OPEN,
    }
    return QueueCard(**usual | fields)


def case(**fields: Any) -> Case:
    usual: dict[str, Any] = {
        "handoff_id": uuid7(),
        "session_id": uuid7(),
        "owner_id": uuid7(),
        "escalator_id": uuid7(),
        "problem": "#12345: Outlook is failing",
        "ask": None,
        "resolution": None,
        "advice": None,
        "reopened_count": 0,
    }
    return Case(**usual | fields)


def test_a_title_says_who_which_ticket_and_what() -> None:
    assert policy.title_of(card(psa_ticket_id="12345")) == "Escalation from Jane · #12345: Outlook is failing"


def test_a_title_without_a_ticket_says_who_and_what() -> None:
    assert policy.title_of(card()) == "Escalation from Jane: Outlook is failing"


def test_a_title_of_a_session_that_is_only_a_ticket_says_its_number_once() -> None:
    assert policy.title_of(card(psa_ticket_id="12345", title="Ticket #12345", problem_summary="")) == "Escalation from Jane · #12345"


def test_a_session_without_a_summary_is_called_by_its_title() -> None:
    titled = card(psa_ticket_id="12345", title="Printer on floor 2", problem_summary="")
    assert policy.title_of(titled) == "Escalation from Jane · #12345: Printer on floor 2"


def test_a_long_title_is_cut_at_a_word_within_seventy_characters_before_the_ellipsis() -> None:
    title = policy.title_of(card(psa_ticket_id="12345", problem_summary=LONG))
    assert title == "Escalation from Jane · #12345: Outlook is failing to sync email for…"
    assert len(title.removesuffix("…")) <= 70


def test_a_text_that_just_fits_is_not_cut() -> None:
    text = f"{'a' * 34} {'b' * 35}"
    assert policy.clip(text, 70) == text
    assert policy.clip(f"{text} c", 70) == f"{text}…"
    assert policy.clip(f"{text}b", 70) == f"{'a' * 34}…"


def test_one_endless_word_is_cut_where_it_must_be() -> None:
    assert policy.clip("x" * 100, 70) == f"{'x' * 70}…"


def test_a_problem_of_several_lines_stands_on_one() -> None:
    assert policy.title_of(card(problem_summary="Outlook\n\n  is\tfailing")) == "Escalation from Jane: Outlook is failing"


@given(st.text(max_size=300))
def test_a_clipped_text_is_the_beginning_of_what_was_said(text: str) -> None:
    line = " ".join(text.split())
    clipped = policy.clip(text, 70)
    if clipped == line:
        assert len(line) <= 70
        return
    kept = clipped.removesuffix("…")
    assert len(kept) <= 70
    assert line.startswith(kept)
    rest = re.sub(r"^[ ,.;:·]+", "", line[len(kept) :])
    assert rest == "" or line[: -len(rest)].endswith(" ") or " " not in line[:71]


def test_the_first_line_says_client_contact_phone_priority_and_ask_in_this_order() -> None:
    full = card(
        client_name="Bakery Klein",
        contact=Contact(name="Mia Klein", phone="555 0100"),
        client_waiting=Waiting.ON_PHONE,
        priority=Priority.HIGH,
        ask="Is it the mailbox or the server?",
    )
    assert policy.first_line_of(full) == "Bakery Klein · Mia Klein · on the phone · high priority · Is it the mailbox or the server?"


def test_the_first_line_leaves_out_what_nobody_knows() -> None:
    assert policy.first_line_of(card(contact=Contact(phone="555 0100"))) == "normal priority · Next idea"


def test_an_escalation_links_to_its_pickup_and_news_to_the_session() -> None:
    escalation = card()
    assert policy.escalated(escalation).link == f"/pilot/{escalation.session_id}?pickup=true"
    about = case()
    assert policy.picked_up(about, by="Sam", at=datetime.now(UTC)).link == f"/pilot/{about.session_id}"


def test_an_alert_says_the_same_as_the_bell() -> None:
    escalation = card(psa_ticket_id="12345", client_name="Bakery Klein")
    bell, alert = policy.escalated(escalation), policy.alert_of(escalation, account_id=AccountId(uuid7()), handoff_id=uuid7())
    assert (alert.title, alert.first_line, alert.link) == (bell.title, bell.body, bell.link)


def test_advice_is_quoted_by_its_first_line() -> None:
    bell = policy.returned(case(advice="\n  Recreate the profile\nthen restart Outlook"), by="Sam")
    assert (bell.type, bell.title, bell.body) == (
        BellType.RETURNED,
        "Sam advises: Recreate the profile",
        "#12345: Outlook is failing",
    )


def test_a_solution_says_what_fixed_it() -> None:
    bell = policy.solved(case(resolution="Cleared the credential cache"), by="Sam")
    assert (bell.title, bell.body) == ("Solved by Sam: Cleared the credential cache", "#12345: Outlook is failing")


def test_each_pickup_and_each_reopening_is_a_fact_of_its_own() -> None:
    about = case()
    first, second = datetime(2026, 1, 1, 9, tzinfo=UTC), datetime(2026, 1, 1, 10, tzinfo=UTC)
    assert policy.picked_up(about, by="Sam", at=first).event_key != policy.picked_up(about, by="Sam", at=second).event_key
    again = case(handoff_id=about.handoff_id, reopened_count=1)
    assert policy.reopened(about, by="Sam").event_key != policy.reopened(again, by="Sam").event_key


def test_a_case_that_comes_back_by_itself_names_nobody() -> None:
    assert policy.reopened(case(), by=None).body == "#12345: Outlook is failing"


def test_a_case_that_the_clock_put_back_names_who_went_quiet() -> None:
    assert policy.reopened(case(), quiet="Sam").body == "Sam went quiet · #12345: Outlook is failing"
    assert policy.reopened(case(), by="Sam").body == "Put back by Sam · #12345: Outlook is failing"
