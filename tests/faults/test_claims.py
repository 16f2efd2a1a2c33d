"""Of any number of people who claim at once exactly one wins, and the others learn who (R-C1)."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

import pytest

from resolutionflow.events.log import record
from resolutionflow.handoffs.actions.claim import already_claimed
from resolutionflow.handoffs.events import HandoffClaimed
from resolutionflow.handoffs.models import Handoff, HandoffStatus
from resolutionflow.handoffs.schemas import HandoffView, Person
from resolutionflow.platform.clock import now
from resolutionflow.platform.errors import Problem
from resolutionflow.platform.ids import HandoffId, SessionId
from tests.factories.make import Make, Somebody
from tests.profiles import profile


@dataclass(frozen=True)
class Answer:
    """What one claimer was told."""

    who: Somebody
    status: int
    body: dict[str, Any]


Claimer = Callable[[Somebody, HandoffView], Awaitable[Answer]]


async def over_http(who: Somebody, handoff: HandoffView) -> Answer:
    reply = await who.post(f"/ai-sessions/{handoff.session_id}/handoffs/{handoff.id}/claim")
    return Answer(who, reply.status_code, reply.json())


async def race(handoff: HandoffView, claimers: Sequence[Somebody], claim: Claimer) -> list[Answer]:
    return await asyncio.gather(*(claim(who, handoff) for who in claimers))


def must_have_one_winner(make: Make, handoff: HandoffView, answers: Sequence[Answer]) -> Somebody:
    """The check: one 200, everybody else told who and since when; one claim, one audit row, one event."""
    statuses = Counter((answer.status, answer.body.get("code")) for answer in answers)
    assert statuses == {(200, None): 1, (409, "already_claimed"): len(answers) - 1}
    won = next(answer for answer in answers if answer.status == 200)
    told = {(answer.body["claimed_by_name"], answer.body["claimed_at"]) for answer in answers if answer is not won}
    assert told == {(won.who.name, won.body["claimed_at"])}
    written = """
        select (select count(*) from handoff_claims c where c.handoff_id = h.id),
               (select count(*) from audit_log a where a.subject_id = h.id and action = 'handoff_claimed'),
               (select count(*) from events e where e.subject_id = h.id and type = 'handoff_claimed')
        from handoffs h where h.id = %s"""
    assert make.rows(written, handoff.id) == [(1, 1, 1)]
    return won.who


async def crowd(make: Make, size: int) -> tuple[Somebody, list[Somebody]]:
    """Somebody who escalates, and so many colleagues who could pick up."""
    jane = await make.person("Jane")
    return jane, [await make.person(f"Senior {number}", account=jane.account_id) for number in range(size)]


async def test_of_a_whole_crowd_that_claims_at_once_one_wins_and_the_rest_learn_who(make: Make) -> None:
    jane, seniors = await crowd(make, profile.claim_burst)
    handoff = await make.handoff(jane)
    must_have_one_winner(make, handoff, await race(handoff, seniors, over_http))


@pytest.mark.timeout(3_600)  # its length is the profile's
async def test_round_after_round_one_claimer_wins(make: Make) -> None:
    jane, seniors = await crowd(make, profile.claim_claimers)
    for _ in range(profile.claim_rounds):
        handoff = await make.handoff(jane)
        must_have_one_winner(make, handoff, await race(handoff, seniors, over_http))


async def test_the_check_catches_a_claim_that_looks_first_and_writes_later(make: Make) -> None:
    jane, seniors = await crowd(make, 5)
    handoff = await make.handoff(jane)
    everybody_looked = asyncio.Barrier(len(seniors))

    async def look_then_write(who: Somebody, handoff: HandoffView) -> Answer:
        try:
            async with make.work(who.account_id) as db:
                row = await db.get_one(Handoff, handoff.id)
                if row.status != HandoffStatus.OPEN:
                    raise await already_claimed(db, row)
                await everybody_looked.wait()
                row.status, row.claimed_by, row.claimed_at = HandoffStatus.CLAIMED, who.id, now()
                await db.flush()
                await db.refresh(row)
                assert row.claimed_at is not None
                person = Person(id=who.id, name=who.name)
                ids = {"handoff_id": HandoffId(row.id), "session_id": SessionId(row.session_id)}
                record(db, who.actor, HandoffClaimed(**ids, claimed_by=person, claimed_at=row.claimed_at))
        except Problem as refusal:
            return Answer(who, refusal.status, {"code": refusal.code, **refusal.members})
        return Answer(who, 200, {"claimed_at": row.claimed_at.isoformat().replace("+00:00", "Z")})

    answers = await race(handoff, seniors, look_then_write)
    with pytest.raises(AssertionError):
        must_have_one_winner(make, handoff, answers)


async def test_a_winner_whose_answer_was_lost_claims_again_and_nothing_changes(make: Make) -> None:
    jane, seniors = await crowd(make, 5)
    handoff = await make.handoff(jane)
    winner = must_have_one_winner(make, handoff, await race(handoff, seniors, over_http))
    before = standing(make, handoff)
    again = [await over_http(winner, handoff), await over_http(winner, handoff)]
    assert [(answer.status, answer.body["claimed_by"]) for answer in again] == [(200, str(winner.id))] * 2
    assert (await winner.post(f"/ai-sessions/{handoff.session_id}/pickup")).status_code == 200
    assert standing(make, handoff) == before


async def test_one_person_who_claims_in_many_tabs_at_once_claims_once(make: Make) -> None:
    jane, (sam,) = await crowd(make, 1)
    handoff = await make.handoff(jane)
    answers = await race(handoff, [sam] * 10, over_http)
    assert {answer.status for answer in answers} == {200}
    assert make.rows("select count(*) from handoff_claims where handoff_id = %s", handoff.id) == [(1,)]


def standing(make: Make, handoff: HandoffView) -> list[tuple[Any, ...]]:
    """All that a claim writes."""
    return make.rows(
        """select h.status, h.claimed_by, h.claimed_at, s.status, s.holder_id, s.updated_at, c.id, e.last_number,
                  (select count(*) from events), (select count(*) from audit_log), (select count(*) from app_notifications)
           from handoffs h join sessions s on s.id = h.session_id join handoff_claims c on c.handoff_id = h.id
           join event_counters e on e.account_id = h.account_id where h.id = %s""",
        handoff.id,
    )
