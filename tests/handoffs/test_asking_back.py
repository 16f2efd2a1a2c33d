"""Ask back before the pickup: live at the escalator, answered on the open handoff, kept for whoever claims (R-C5)."""

import asyncio
from typing import Any

import httpx2
import pytest

from resolutionflow.notifications.models import BellType
from resolutionflow.platform.actor import Role
from tests.factories.cases import Case, Start, case_at, team
from tests.factories.make import Make, Somebody
from tests.factories.notifications import bells, heard
from tests.faults.invariants import must_be_legal

QUESTION = {"content": "Does it happen in the browser too?"}
ANSWER = {"content": "Yes, there as well"}


async def case(make: Make, start: Start = Start.OPEN) -> Case:
    return await case_at(make, await team(make), start)


async def ask(case: Case, who: Somebody, body: object = QUESTION, **more: Any) -> httpx2.Response:
    return await who.post(f"{case.handoff}/questions", body, **more)


async def asked(case: Case, who: Somebody, content: str = QUESTION["content"]) -> str:
    reply = await ask(case, who, {"content": content})
    assert reply.status_code == 201, reply.text
    return str(reply.json()["id"])


async def answer(case: Case, who: Somebody, question: str, body: object = ANSWER, **more: Any) -> httpx2.Response:
    return await who.post(f"{case.handoff}/questions/{question}/answer", body, **more)


async def questions(case: Case, reader: Somebody) -> list[dict[str, Any]]:
    (handoff,) = (await reader.get(f"{case.path}/handoffs")).json()["items"]
    found: list[dict[str, Any]] = handoff["questions"]
    return found


async def is_pending(case: Case) -> bool:
    (card,) = (await case.team.ben.get("/ai-sessions/escalations")).json()["items"]
    return bool(card["question_pending"])


def refusal(reply: httpx2.Response) -> tuple[int, str]:
    return reply.status_code, reply.json()["code"]


async def test_a_question_and_its_answer_stand_on_the_handoff_and_its_card(make: Make) -> None:
    waiting = await case(make)
    jane, sam = waiting.team.jane, waiting.team.sam
    reply = await ask(waiting, sam)
    assert reply.status_code == 201
    assert [reply.json()[name] for name in ("content", "asked_by_name", "answer", "answered_at")] == [*QUESTION.values(), "Sam", None, None]
    assert await is_pending(waiting)
    answered = await answer(waiting, jane, reply.json()["id"])
    assert (answered.status_code, answered.json()["answer"]) == (200, ANSWER["content"])
    assert await questions(waiting, waiting.team.ben) == [answered.json()]
    assert not await is_pending(waiting)
    must_be_legal(make, waiting.team.account_id)


async def test_every_queue_is_told_of_question_and_answer(make: Make) -> None:
    waiting = await case(make)
    question = await asked(waiting, waiting.team.sam)
    await answer(waiting, waiting.team.jane, question)
    bodies = make.rows("select type, body from events where number > 1 order by number")
    assert [(kind, body["question"]["id"], body["question"]["answer"], body["question_pending"]) for kind, body in bodies] == [
        ("handoff_question", question, None, True),
        ("handoff_answer", question, ANSWER["content"], False),
    ]


async def test_the_question_rings_at_the_escalator_and_the_answer_at_who_asked(make: Make) -> None:
    waiting = await case(make)
    jane, sam, ben = waiting.team.jane, waiting.team.sam, waiting.team.ben
    question = await asked(waiting, sam)
    (bell,) = await bells(jane, unread=True)
    assert (bell["type"], bell["title"]) == (BellType.QUESTION, "Sam asks: Does it happen in the browser too?")
    await answer(waiting, jane, question)
    assert await bells(jane, unread=True) == [], "answered, so nothing is asked of her any more"
    assert (await bells(sam))[0]["title"] == "Jane answers: Yes, there as well"
    assert BellType.ANSWER not in await heard(ben)


async def test_two_who_ask_at_once_are_both_answered(make: Make) -> None:
    waiting = await case(make)
    replies = await asyncio.gather(*(ask(waiting, who) for who in (waiting.team.sam, waiting.team.ben)))
    assert [reply.status_code for reply in replies] == [201, 201]
    assert await heard(waiting.team.jane, unread=True) == [BellType.QUESTION] * 2
    first, second = [reply.json()["id"] for reply in replies]
    await answer(waiting, waiting.team.jane, first)
    assert await is_pending(waiting), "the other one still waits"
    await answer(waiting, waiting.team.jane, second)
    assert not await is_pending(waiting)
    assert {each["asked_by_name"] for each in await questions(waiting, waiting.team.ben)} == {"Sam", "Ben"}


async def test_asking_for_what_was_just_picked_up_tells_by_whom(make: Make) -> None:
    taken = await case(make, Start.CLAIMED)
    reply = await ask(taken, taken.team.ben)
    assert refusal(reply) == (409, "already_claimed")
    assert reply.json()["claimed_by_name"] == "Sam"


async def test_asking_for_what_was_just_withdrawn_tells_by_whom(make: Make) -> None:
    waiting = await case(make)
    await waiting.team.jane.post(f"{waiting.handoff}/withdraw")
    reply = await ask(waiting, waiting.team.sam)
    assert (*refusal(reply), reply.json()["detail"]) == (409, "not_open", "Jane took it back.")


async def test_the_clocks_go_on_while_a_question_waits(make: Make) -> None:
    waiting = await case(make)
    before = make.rows("select created_at, status, claimed_at from handoffs")
    await asked(waiting, waiting.team.sam)
    assert make.rows("select created_at, status, claimed_at from handoffs") == before
    assert (await waiting.team.ben.post(f"{waiting.handoff}/claim")).status_code == 200, "a question reserves nothing"


async def test_an_answer_after_the_pickup_is_kept_for_whoever_has_it(make: Make) -> None:
    waiting = await case(make)
    question = await asked(waiting, waiting.team.sam)
    await waiting.team.ben.post(f"{waiting.handoff}/claim")
    assert (await answer(waiting, waiting.team.jane, question)).status_code == 200
    assert [each["answer"] for each in await questions(waiting, waiting.team.ben)] == [ANSWER["content"]]
    assert (await heard(waiting.team.sam))[0] == BellType.ANSWER


async def test_a_question_is_answered_once(make: Make) -> None:
    waiting = await case(make)
    question = await asked(waiting, waiting.team.sam)
    replies = await asyncio.gather(*(answer(waiting, waiting.team.jane, question, {"content": f"Tab {tab}"}) for tab in (1, 2, 3)))
    assert sorted(reply.status_code for reply in replies) == [200, 409, 409]
    assert {reply.json()["code"] for reply in replies if reply.status_code == 409} == {"already_answered"}
    said = next(reply.json()["answer"] for reply in replies if reply.status_code == 200)
    assert [each["answer"] for each in await questions(waiting, waiting.team.sam)] == [said]


async def test_nothing_is_answered_once_the_escalator_has_the_case_back(make: Make) -> None:
    waiting = await case(make)
    question = await asked(waiting, waiting.team.sam)
    await waiting.team.jane.post(f"{waiting.handoff}/withdraw")
    assert refusal(await answer(waiting, waiting.team.jane, question)) == (409, "not_open")


async def test_a_question_sent_again_is_asked_once(make: Make) -> None:
    waiting = await case(make)
    key = {"Idempotency-Key": "ask-1"}
    replies = await asyncio.gather(*(ask(waiting, waiting.team.sam, headers=key) for _ in range(3)))
    assert {reply.status_code for reply in replies} == {201}
    assert len({reply.text for reply in replies}) == 1
    assert refusal(await ask(waiting, waiting.team.sam, {"content": "Another"}, headers=key)) == (409, "idempotency_mismatch")
    question = replies[0].json()["id"]
    said = [await answer(waiting, waiting.team.jane, question, headers=key) for _ in range(2)]
    assert (said[0].status_code, said[0].text) == (200, said[1].text)
    assert len(await questions(waiting, waiting.team.jane)) == 1


async def test_one_asks_others_and_only_the_one_asked_answers(make: Make) -> None:
    waiting = await case(make)
    assert refusal(await ask(waiting, waiting.team.jane)) == (409, "own_handoff")
    viewer = await make.person("Vic", account=waiting.team.account_id, role=Role.VIEWER)
    question = await asked(waiting, waiting.team.sam)
    for who in (viewer, waiting.team.ben, waiting.team.dana):
        assert refusal(await answer(waiting, who, question)) == (403, "forbidden")
    assert refusal(await ask(waiting, viewer)) == (403, "forbidden")


async def test_a_question_of_another_case_or_account_is_none_of_this_one(make: Make) -> None:
    ours, theirs = await case(make), await case(make)
    other = await case_at(make, ours.team, Start.OPEN)
    for foreign in (await asked(theirs, theirs.team.sam), await asked(other, other.team.sam)):
        assert refusal(await answer(ours, ours.team.jane, foreign)) == (404, "not_found")
    assert refusal(await ask(theirs, ours.team.sam)) == (404, "not_found")


@pytest.mark.parametrize(
    "body", [{}, None, {"content": ""}, {"content": "  "}, {"content": 7}, {"content": "a\0b"}, {"content": "x" * 20_001}]
)
async def test_words_that_are_none_are_refused(make: Make, body: object) -> None:
    waiting = await case(make)
    question = await asked(waiting, waiting.team.sam)
    assert refusal(await ask(waiting, waiting.team.sam, body)) == (422, "invalid")
    assert refusal(await answer(waiting, waiting.team.jane, question, body)) == (422, "invalid")
    assert len(await questions(waiting, waiting.team.sam)) == 1
