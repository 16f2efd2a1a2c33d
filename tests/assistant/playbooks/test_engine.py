"""The built-in assistant follows a playbook, rule by rule."""

from dataclasses import replace
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from resolutionflow.assistant.base import Case, Hint, SimilarCase, Source
from resolutionflow.assistant.kinds import NAMES, ProblemKind
from resolutionflow.assistant.playbooks import Playbooks, recognise
from resolutionflow.assistant.playbooks.library import shipped
from resolutionflow.assistant.playbooks.recognition import Recognition
from tests.assistant.playbooks.talk import SMALL, Reply, Talk, small
from tests.factories.ledger import NOW
from tests.profiles import profile

OUTCOMES = ("worked", "failed", "inconclusive", "skipped")


async def after_questions(**answers: str) -> tuple[Talk, Reply]:
    """A talk about the small playbook whose opening questions are answered, "Not sure" where nothing is given."""
    talk = Talk(playbook=small(questions=2))
    await talk.reply()
    talk.answers(**{"colleague": "Not sure", "display": "Not sure", **answers})
    return talk, await talk.reply()


async def test_it_opens_with_what_it_takes_the_problem_for_and_at_most_three_questions() -> None:
    reply = await Talk(playbook=small()).reply()
    assert "I take this for: **Jobs stay in the queue**. Likeliest so far: the queue is stuck" in reply.text
    assert len(reply.questions) == 3
    assert not reply.actions
    assert reply.questions[0].options == ("Yes, others can", "No, nobody can", "Not sure")
    assert reply.questions[0].detail == "It tells the device from this computer."
    assert reply.answered.source is Source.PLAYBOOK


async def test_what_the_problem_says_already_is_not_asked() -> None:
    reply = await Talk("Jobs are stuck after the update", playbook=small()).reply()
    assert "since" not in reply.keys


async def test_what_a_fact_says_already_is_not_asked() -> None:
    talk = Talk(playbook=small())
    talk.knows("display", "Ready")
    assert "display" not in (await talk.reply()).keys


async def test_a_fact_whose_name_is_part_of_a_word_answers_nothing() -> None:
    talk = Talk(playbook=small())
    talk.knows("play", "Ready")
    talk.knows("—", "Ready")
    assert "display" in (await talk.reply()).keys


async def test_the_same_question_of_another_playbook_counts_as_answered() -> None:
    talk = Talk("hm")
    keys = (await talk.reply()).keys
    assert "how_many" in keys
    talk.answers(**{**dict.fromkeys(keys, "Not sure"), "which_kind": NAMES[ProblemKind.SLOW_PC], "how_many": "One person"})
    assert "How many people have it?" not in [ask.content for ask in (await talk.reply()).questions]


async def test_after_the_opening_questions_comes_an_action_and_another_question_only_between_actions() -> None:
    talk = Talk(playbook=small())
    await talk.reply()
    talk.answers(colleague="Not sure", display="Ready", since="Yes")
    assert (await talk.reply()).keys == ["look_at_queue"]
    talk.reports(look_at_queue="failed")
    assert (await talk.reply()).keys == ["test_page"]
    talk.answers(test_page="Yes")
    assert (await talk.reply()).keys == ["reinstall_driver"]


async def test_while_a_question_is_open_it_waits_for_the_answer() -> None:
    talk = Talk(playbook=small())
    await talk.reply()
    talk.says("and now?")
    reply = await talk.reply()
    assert (reply.keys, reply.hint) == ([], None)
    assert "I wait for: Can a colleague print? (and 2 more in the list)." in reply.text


async def test_an_answer_rules_causes_out() -> None:
    _, reply = await after_questions(colleague="No, nobody can")
    assert reply.keys == ["power_cycle"]


async def test_an_answer_in_other_words_counts() -> None:
    _, reply = await after_questions(colleague="no, I tried with two of them")
    assert reply.keys == ["power_cycle"]


async def test_one_action_is_proposed_with_its_reason_its_place_its_command_and_what_is_seen_when_it_works() -> None:
    talk, _ = await after_questions()
    talk.reports(look_at_queue="worked")
    (action,) = (await talk.reply()).actions
    assert (action.content, action.command, action.expected) == ("Clear the queue", "Restart-Service Spooler", "A new job prints")
    assert action.detail is not None
    assert "Services → Print Spooler" in action.detail
    assert "**Mind:** Waiting jobs are lost." in action.detail
    assert "One broken job holds up the others." in action.detail


async def test_what_only_looks_and_finds_nothing_makes_the_cause_less_likely() -> None:
    talk, reply = await after_questions()
    assert reply.keys == ["look_at_queue"]
    talk.reports(look_at_queue="failed")
    reply = await talk.reply()
    assert "Not that." in reply.text
    assert reply.keys == ["reinstall_driver"]


async def test_what_only_looks_and_finds_something_is_no_solution() -> None:
    talk, _ = await after_questions()
    talk.reports(look_at_queue="worked")
    reply = await talk.reply()
    assert "So it is there: a job with an error stands first" in reply.text
    assert (reply.keys, reply.hint) == (["clear_queue"], None)


async def test_what_worked_is_confirmed_and_offered_as_the_resolution() -> None:
    talk, _ = await after_questions(colleague="No, nobody can")
    talk.reports(power_cycle="worked")
    reply = await talk.reply()
    assert reply.hint == Hint("resolve", "Switch the printer off and on.")
    assert "Print a page." in reply.text
    assert not reply.keys


async def test_when_it_came_back_after_all_the_next_thing_is_tried() -> None:
    talk, _ = await after_questions(colleague="No, nobody can", display="An error")
    talk.reports(power_cycle="worked")
    await talk.reply()
    talk.says("It is back")
    reply = await talk.reply()
    assert reply.hint == Hint("escalate", "Next idea: the usual causes are ruled out")


async def test_what_failed_rules_the_cause_out_with_its_last_action_and_goes_to_the_next() -> None:
    talk, _ = await after_questions()
    talk.reports(look_at_queue="worked")
    await talk.reply()
    talk.reports(clear_queue="failed")
    reply = await talk.reply()
    assert "That rules out: the queue is stuck." in reply.text
    assert reply.keys == ["reinstall_driver"]


async def test_a_cause_that_an_answer_ruled_out_is_not_said_to_be_ruled_out_by_an_action() -> None:
    shared = [{**cause, "actions": [*cause["actions"], "power_cycle"]} if cause["id"] == "queue" else cause for cause in SMALL["causes"]]
    talk = Talk(playbook=small(causes=shared, questions=1))
    await talk.reply()
    talk.answers(colleague="No, nobody can")
    await talk.reply()
    talk.reports(power_cycle="failed")
    assert "That rules out: the printer has a fault." in (await talk.reply()).text


async def test_what_is_not_clear_is_explained_and_tried_again_and_then_left() -> None:
    talk, _ = await after_questions()
    talk.reports(look_at_queue="inconclusive")
    again = await talk.reply()
    assert "Not clear yet. Sort by time. Then do it once more." in again.text
    assert again.keys == ["look_at_queue"]
    talk.reports(look_at_queue="inconclusive")
    left = await talk.reply()
    assert "Still not clear, so I leave that: look at the queue." in left.text
    assert left.keys == ["clear_queue"]


async def test_what_is_skipped_stays_possible_and_is_not_proposed_again() -> None:
    talk, _ = await after_questions()
    talk.reports(look_at_queue="skipped")
    reply = await talk.reply()
    assert "Skipped; it stays possible." in reply.text
    assert reply.keys == ["clear_queue"]


async def test_what_people_say_they_have_done_is_not_proposed() -> None:
    talk = Talk("Jobs are stuck, I cleared the queue twice", playbook=small(questions=1))
    talk.tried("Switched it off", "failed")
    await talk.reply()
    talk.answers(colleague="Not sure")
    reply = await talk.reply()
    talk.reports(look_at_queue="worked")
    assert (reply.keys, (await talk.reply()).keys) == (["look_at_queue"], ["reinstall_driver"])


async def test_a_command_that_was_run_already_is_not_proposed() -> None:
    talk, _ = await after_questions()
    talk.tried("The spooler", "failed", command="restart-service  spooler")
    talk.reports(look_at_queue="worked")
    assert (await talk.reply()).keys == ["reinstall_driver"]


async def test_what_the_engineer_cured_alone_is_offered_as_the_resolution() -> None:
    talk, _ = await after_questions()
    talk.tried("Replaced the *network* cable", "worked")
    talk.says("That was it")
    reply = await talk.reply()
    assert reply.hint == Hint("resolve", "Replaced the *network* cable")
    assert not reply.keys


async def test_a_message_that_it_works_asks_for_the_outcome_while_a_task_is_open() -> None:
    talk, _ = await after_questions()
    talk.says("It works again")
    assert "Mark in the list what worked" in (await talk.reply()).text
    talk.says("No, it is not solved")
    assert "I wait for: Look at the queue." in (await talk.reply()).text


async def test_a_colleagues_advice_is_waited_for() -> None:
    talk, _ = await after_questions()
    talk.reports(look_at_queue="failed")
    talk.advised("Try another [cable](https://example.com)")
    reply = await talk.reply()
    assert reply.keys == []
    assert r"I wait for: Try another \[cable\]" in reply.text


async def test_a_word_of_danger_is_escalated_at_once_with_the_reason_and_what_seniors_miss() -> None:
    reply = await Talk("Jobs are stuck and it smells burnt", playbook=small()).reply()
    assert reply.hint == Hint("escalate", "Somebody on site at once")
    assert "**Escalate now.** Smoke is a danger to people." in reply.text
    assert "Seniors usually ask for: the model of the printer; whether others can print." in reply.text
    assert not reply.keys


async def test_an_answer_can_be_the_reason_to_escalate_and_known_facts_are_not_asked_for() -> None:
    talk = Talk(playbook=small())
    talk.knows("Model of the printer", "M404")
    await talk.reply()
    talk.answers(display="It smokes")
    reply = await talk.reply()
    assert reply.hint == Hint("escalate", "A replacement")
    assert "Seniors usually ask for: whether others can print." in reply.text


async def test_after_so_many_failures_it_is_escalated_once_and_goes_on_when_asked_to() -> None:
    talk, _ = await after_questions()
    reply = None
    for action in ("look_at_queue", "reinstall_driver", "clear_queue"):
        assert reply is None or reply.hint is None
        talk.reports(**{action: "failed"})
        reply = await talk.reply()
    assert reply is not None
    assert reply.hint == Hint("escalate", "Next idea")
    talk.says("Nobody is free, go on")
    assert (await talk.reply()).keys == ["power_cycle"]


async def test_a_second_reason_to_escalate_is_seen_behind_the_first() -> None:
    talk = Talk("smoke", playbook=small())
    await talk.reply()
    talk.says("go on")
    await talk.reply()
    talk.answers(display="It smokes")
    assert (await talk.reply()).hint == Hint("escalate", "A replacement")


async def test_when_nothing_is_left_it_says_so_and_escalates() -> None:
    talk, _ = await after_questions(colleague="No, nobody can")
    talk.reports(power_cycle="failed")
    reply = await talk.reply()
    assert reply.hint == Hint("escalate", "Next idea: the usual causes are ruled out")
    assert "Every cause this playbook knows has been tried or ruled out." in reply.text


async def test_the_same_case_gets_the_same_reply() -> None:
    talk, _ = await after_questions()
    talk.reports(look_at_queue="failed")
    assistant = Playbooks(recognise)
    case = replace(talk.case, kind=ProblemKind.PRINTER)
    assert list(assistant.parts(case)) == [part async for part in Playbooks(recognise).reply(case)]


def unsure(_: str) -> Recognition:
    return Recognition(ProblemKind.PRINTER, sure=False, ranked=((ProblemKind.PRINTER, 0.4), (ProblemKind.SLOW_PC, 0.3)))


async def test_unsure_of_the_kind_it_asks_which_and_follows_the_answer() -> None:
    talk = Talk("It does not do what it should", recognise=unsure)
    opening = await talk.reply()
    assert "I cannot tell yet what kind of problem this is" in opening.text
    assert opening.questions[0].options == (NAMES[ProblemKind.PRINTER], NAMES[ProblemKind.SLOW_PC], NAMES[ProblemKind.OTHER])
    assert len(opening.questions) <= 3
    assert opening.answered.kind is None
    talk.answers(**{**dict.fromkeys(opening.keys, "-"), "which_kind": NAMES[ProblemKind.SLOW_PC]})
    reply = await talk.reply()
    assert reply.answered.kind is ProblemKind.SLOW_PC
    assert "**Slow or freezing computer**" in reply.text
    assert all((ask.playbook_key or "").startswith("slow_pc/") for ask in reply.questions)


async def test_the_kind_can_be_answered_in_free_words() -> None:
    talk = Talk("hm")
    keys = (await talk.reply()).keys
    talk.answers(**{**dict.fromkeys(keys, "-"), "which_kind": "her printer shows offline"})
    assert (await talk.reply()).answered.kind is ProblemKind.PRINTER


async def test_a_problem_of_no_known_kind_can_still_turn_out_to_be_of_one() -> None:
    talk = Talk("Question")
    first = await talk.reply()
    assert first.answered.kind is None
    assert all((ask.playbook_key or "").startswith("other/") for ask in first.questions)
    talk.says("The printer upstairs shows as offline")
    second = await talk.reply()
    assert second.answered.kind is ProblemKind.PRINTER
    assert "I take this for: **The printer shows as offline**" in second.text


async def test_where_a_text_says_nothing_the_commonest_kinds_are_offered() -> None:
    (which, *_) = (await Talk("hm").reply()).questions
    assert NAMES[ProblemKind.EMAIL_OUTLOOK] in which.options


async def test_a_kind_without_a_playbook_is_named_and_served_by_the_general_path() -> None:
    reply = await Talk("Chrome shows a blank page", kind=ProblemKind.BROWSER).reply()
    assert "I take this for: **Browser and websites**." in reply.text
    assert all((ask.playbook_key or "").startswith("other/") for ask in reply.questions)
    assert reply.answered.kind is ProblemKind.BROWSER


async def test_a_kind_once_settled_is_not_judged_again() -> None:
    talk = Talk("The printer shows as offline")
    first = await talk.reply()
    talk.says("The VPN disconnects, the VPN client shows an error, no remote access by VPN")
    second = await talk.reply()
    assert (first.answered.kind, second.answered.kind) == (ProblemKind.PRINTER, ProblemKind.PRINTER)


async def test_resolved_cases_are_pointed_at_once_and_favour_what_worked_there() -> None:
    past = SimilarCase(uuid4(), "Jobs hang", "…", "Northwind", True, "Done", ("Reinstall the driver",), NOW)
    talk = Talk(playbook=small(questions=1, symptoms=[]), similar=(past,))
    first = await talk.reply()
    assert first.answered.cites == (past.session_id,)
    assert "A resolved case looks alike. What helped there: “Reinstall the driver” at the same client." in first.text
    talk.answers(colleague="Not sure")
    second = await talk.reply()
    assert (second.answered.cites, second.keys) == ((), ["reinstall_driver"])


HOSTILE = [
    "<img src=https://evil.test/x onerror=alert(1)>",
    "![x](https://evil.test/x.png) [click](javascript:alert(1)) <https://evil.test>",
    "`code` **bold** ~~~\n# heading\n| a | b |",
    "&lt;script&gt; &#x202e; \x00\x1b[31m \u202egnp.exe\u2066 \u200b",
    "x" * 100_000,
    "((((" * 25_000,
    "\ud800 lone",
]


@pytest.mark.parametrize("text", HOSTILE)
async def test_what_others_wrote_shows_as_plain_text(text: str) -> None:
    past = SimilarCase(uuid4(), text, text, text, False, text, (text,), NOW)
    talk = Talk(text, playbook=small(), similar=(past,), device=text, client_name=text)
    opening = await talk.reply()
    talk.says(text)
    talk.advised(text)
    waiting = await talk.reply()
    talk.tried(text, "worked")
    cured = await talk.reply()
    for reply in (opening, waiting, cured):
        shown = MarkdownIt("commonmark").render(reply.text)
        assert not any(tag in shown for tag in ("<img", "<a ", "<script", "<code", "<h1", "<hr"))
        assert not any(char in reply.text for char in "\x00\x1b\u202e\u2066\u200b\ud800")
        assert len(reply.text) < 3_000
    assert cured.hint is not None
    assert len(cured.hint.text) <= 160


@settings(max_examples=profile.hypothesis_examples, deadline=None)
@given(st.text(max_size=300), st.text(max_size=300), st.text(max_size=100))
async def test_no_text_makes_it_fail(problem: str, message: str, answer: str) -> None:
    talk = Talk(problem)
    keys = (await talk.reply()).keys
    talk.says(message)
    await talk.reply()
    talk.answers(**dict.fromkeys(keys, answer))
    talk.tried(answer, "failed", observed=message, command=answer)
    talk.knows(answer or "-", message)
    assert (await talk.reply()).answered.source is Source.PLAYBOOK


@pytest.mark.parametrize("kind", sorted(shipped()))
@settings(max_examples=max(3, profile.hypothesis_examples // 6), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
async def test_every_walk_through_a_shipped_playbook_ends_in_a_resolution_or_an_escalation(kind: ProblemKind, data: st.DataObject) -> None:
    book = shipped()[kind]
    phrases = ["-", *(phrase for symptom in book.symptoms for phrase in symptom.says[:2])]
    talk = Talk(data.draw(st.sampled_from(phrases)), kind=kind)
    for _ in range(80):
        reply = await talk.reply()
        if reply.hint is not None:
            return
        assert reply.keys
        for ask in reply.questions:
            answer = data.draw(st.sampled_from([*ask.options, "no idea", "something else"]))
            talk.answers(**{(ask.playbook_key or "").rpartition("/")[2]: answer})
        for do in reply.actions:
            outcome = data.draw(st.sampled_from([*OUTCOMES[1:], *OUTCOMES[1:], OUTCOMES[0]]))
            talk.reports(**{(do.playbook_key or "").rpartition("/")[2]: outcome})
    raise AssertionError("the walk did not end within 80 replies")


async def test_a_key_of_another_version_of_the_playbook_is_a_row_like_any_other() -> None:
    case = Case("Jobs are stuck", kind=ProblemKind.PRINTER)
    talk = Talk(playbook=small())
    talk.tried("Kick it", "failed", playbook_key="printer/kick")
    assert list(Playbooks(recognise).parts(replace(case, tried=talk.case.tried)))
