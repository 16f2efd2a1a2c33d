"""Who hears a bell, of what, and when it is not pending any more."""

import asyncio
import itertools
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from resolutionflow.handoffs import actions as handoffs
from resolutionflow.handoffs.models import Intent
from resolutionflow.handoffs.schemas import HandoffBody, HandoffView, QueueCard
from resolutionflow.notifications import actions
from resolutionflow.notifications.models import BellType
from resolutionflow.platform.actor import Role
from resolutionflow.platform.ids import HandoffId, SessionId
from resolutionflow.sessions import actions as sessions
from resolutionflow.sessions.schemas import ResolveBody
from tests.factories.make import Make, Somebody
from tests.factories.notifications import bells, heard, team, who_heard
from tests.profiles import profile

AN_HOUR = timedelta(hours=1)


async def hand_back(make: Make, senior: Somebody, handoff: HandoffView, advice: str) -> None:
    async with make.work(senior.account_id) as db:
        await handoffs.hand_back(
            db, senior.actor, session_id=SessionId(handoff.session_id), handoff_id=HandoffId(handoff.id), advice=advice
        )


async def release(make: Make, senior: Somebody, handoff: HandoffView) -> None:
    async with make.work(senior.account_id) as db:
        await handoffs.release(db, senior.actor, session_id=SessionId(handoff.session_id), handoff_id=HandoffId(handoff.id))


async def withdraw(make: Make, junior: Somebody, handoff: HandoffView) -> None:
    async with make.work(junior.account_id) as db:
        await handoffs.withdraw(db, junior.actor, session_id=SessionId(handoff.session_id), handoff_id=HandoffId(handoff.id))


async def resolve(make: Make, person: Somebody, handoff: HandoffView, resolution: str = "Cleared the credential cache") -> None:
    async with make.work(person.account_id) as db:
        await sessions.resolve(db, person.actor, session_id=SessionId(handoff.session_id), body=ResolveBody(resolution=resolution))


async def test_an_escalation_rings_at_everybody_who_takes_escalations_but_the_escalator(make: Make) -> None:
    jane, sam = await team(make, "Jane", "Sam")
    await make.person("Olga", account=jane.account_id, role=Role.OWNER)
    await make.person("Ada", account=jane.account_id, role=Role.ADMIN)
    await make.person("Ben", account=jane.account_id, takes_escalations=False)
    await make.person("Vic", account=jane.account_id, role=Role.VIEWER)
    await make.person("Gone", account=jane.account_id, is_active=False)
    await make.person("Removed", account=jane.account_id, deleted_at=datetime.now(UTC))
    handoff = await make.handoff(jane)
    assert who_heard(make, jane.account_id) == {"Sam", "Olga", "Ada"}
    (bell,) = await bells(sam)
    assert bell["title"] == "Escalation from Jane: Outlook is failing to sync e-mail"
    assert bell["body"] == "normal priority · Next idea"
    assert bell["link"] == f"/pilot/{handoff.session_id}?pickup=true"
    assert (bell["type"], bell["is_read"], bell["handoff_id"]) == ("session.escalated", False, str(handoff.id))


async def test_where_nobody_takes_escalations_all_hear(make: Make) -> None:
    jane = await make.person("Jane", takes_escalations=False)
    for name in ("Sam", "Ana"):
        await make.person(name, account=jane.account_id, takes_escalations=False)
    await make.handoff(jane)
    assert who_heard(make, jane.account_id) == {"Sam", "Ana"}


async def test_where_only_the_escalator_takes_escalations_all_others_hear(make: Make) -> None:
    jane = await make.person("Jane")
    await make.person("Sam", account=jane.account_id, takes_escalations=False)
    await make.handoff(jane)
    assert who_heard(make, jane.account_id) == {"Sam"}


async def test_a_named_colleague_alone_hears_it_even_with_the_switch_off(make: Make) -> None:
    jane, _ = await team(make, "Jane", "Sam")
    ana = await make.person("Ana", account=jane.account_id, takes_escalations=False, away_until=datetime.now(UTC) - AN_HOUR)
    await make.handoff(jane, target_user_id=ana.id)
    assert who_heard(make, jane.account_id) == {"Ana"}


async def test_everybody_hears_at_once_where_the_named_colleague_is_away(make: Make) -> None:
    jane, _ = await team(make, "Jane", "Sam")
    await make.person("Ben", account=jane.account_id, takes_escalations=False)
    ana = await make.person("Ana", account=jane.account_id, takes_escalations=False, away_until=datetime.now(UTC) + AN_HOUR)
    await make.handoff(jane, target_user_id=ana.id)
    assert who_heard(make, jane.account_id) == {"Sam", "Ana"}


async def test_an_escalation_of_one_account_rings_in_no_other(make: Make) -> None:
    jane, _ = await team(make, "Jane", "Sam")
    stranger = await make.person("Stranger")
    await make.handoff(jane)
    assert await bells(stranger) == []


async def test_somebody_alone_can_still_escalate(make: Make) -> None:
    jane = await make.person("Jane")
    await make.handoff(jane)
    assert who_heard(make, jane.account_id) == set()


async def test_parking_rings_at_nobody(make: Make) -> None:
    jane, sam = await team(make, "Jane", "Sam")
    await make.handoff(jane, intent=Intent.PARK, reason=None)
    assert await bells(sam) == []


async def test_a_fact_rings_once_at_a_person_however_often_it_is_told(make: Make) -> None:
    jane, sam = await team(make, "Jane", "Sam")
    handoff = await make.handoff(jane)
    card = (await sam.get("/ai-sessions/escalations")).json()["items"][0]
    async with make.work(jane.account_id) as db:
        await actions.ring_recipients(db, jane.actor, card=QueueCard.model_validate(card))
    assert [bell["handoff_id"] for bell in await bells(sam)] == [str(handoff.id)]


async def test_any_number_of_recipients_costs_one_statement(make: Make) -> None:
    jane, *_ = await team(make, "Jane", *(f"Senior {number}" for number in range(12)))
    session_id = await make.session(jane)
    statements: list[str] = []

    def note(*parts: object) -> None:
        statements.append(str(parts[2]))

    engine: Engine = make.runtime.database.engine.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        await make.handoff(jane, session_id)
    finally:
        event.remove(engine, "before_cursor_execute", note)
    assert len([statement for statement in statements if "app_notifications" in statement]) == 1
    assert len(who_heard(make, jane.account_id)) == 12


async def test_those_who_heard_are_told_of_their_new_count(make: Make) -> None:
    jane, sam, ana = await team(make, "Jane", "Sam", "Ana")
    await make.handoff(jane)
    ((people,),) = make.rows("select body->'people' from events where type = 'bells_rung'")
    assert set(people) == {str(sam.id), str(ana.id)}


async def test_a_claim_tells_the_escalator_and_ends_what_was_pending(make: Make) -> None:
    jane, sam, ana = await team(make, "Jane", "Sam", "Ana")
    handoff = await make.handoff(jane)
    await make.claim(sam, handoff)
    (bell,) = await bells(jane, unread=True)
    assert (bell["type"], bell["title"], bell["link"]) == ("handoff.picked_up", "Picked up by Sam", f"/pilot/{handoff.session_id}")
    assert (await bells(sam, unread=True), await bells(ana, unread=True)) == ([], [])
    assert await heard(ana) == [BellType.ESCALATED]
    ((people,),) = make.rows("select body->'people' from events where type = 'bells_read'")
    assert set(people) == {str(sam.id), str(ana.id)}


async def test_a_claim_leaves_the_bells_of_other_cases_alone(make: Make) -> None:
    jane, sam, ana = await team(make, "Jane", "Sam", "Ana")
    first, second = await make.handoff(jane), await make.handoff(jane)
    await make.claim(sam, first)
    assert [bell["handoff_id"] for bell in await bells(ana, unread=True)] == [str(second.id)]


async def test_a_withdrawal_ends_what_was_pending_and_rings_at_nobody(make: Make) -> None:
    jane, sam = await team(make, "Jane", "Sam")
    handoff = await make.handoff(jane)
    await withdraw(make, jane, handoff)
    assert (await bells(sam, unread=True), await bells(jane)) == ([], [])


async def test_advice_before_any_claim_rings_once_at_the_owner(make: Make) -> None:
    jane, sam = await team(make, "Jane", "Sam")
    handoff = await make.handoff(jane)
    await hand_back(make, sam, handoff, "Recreate the profile\nthen restart Outlook")
    (bell,) = await bells(jane, unread=True)
    assert (bell["type"], bell["title"]) == ("handoff.returned", "Sam advises: Recreate the profile")


async def test_a_released_case_rings_at_the_escalator_each_time_and_at_nobody_else(make: Make) -> None:
    jane, sam, ana = await team(make, "Jane", "Sam", "Ana")
    handoff = await make.handoff(jane)
    for senior in (sam, ana):
        await make.claim(senior, handoff)
        await release(make, senior, handoff)
    assert await heard(jane) == [BellType.REOPENED, BellType.PICKED_UP, BellType.REOPENED, BellType.PICKED_UP]
    (bell,) = await bells(jane, unread=True)
    assert bell["body"] == "Put back by Ana · Outlook is failing to sync e-mail"
    assert (await bells(sam, unread=True), await bells(ana, unread=True)) == ([], [])


async def test_a_case_solved_by_a_senior_tells_the_owner_what_fixed_it(make: Make) -> None:
    jane, sam = await team(make, "Jane", "Sam")
    handoff = await make.handoff(jane)
    await make.claim(sam, handoff)
    await resolve(make, sam, handoff)
    (bell,) = await bells(jane, unread=True)
    assert (bell["type"], bell["title"]) == ("handoff.solved", "Solved by Sam: Cleared the credential cache")


async def test_a_case_solved_by_its_owner_ends_what_was_pending_and_rings_at_nobody(make: Make) -> None:
    jane, sam = await team(make, "Jane", "Sam")
    handoff = await make.handoff(jane)
    await resolve(make, jane, handoff)
    assert (await bells(sam, unread=True), await bells(jane)) == ([], [])


async def test_a_case_escalated_on_and_solved_tells_owner_and_escalator(make: Make) -> None:
    jane, sam, ana = await team(make, "Jane", "Sam", "Ana")
    handoff = await make.handoff(jane)
    await make.claim(sam, handoff)
    onward = await make.handoff(sam, SessionId(handoff.session_id))
    assert (await heard(sam, unread=True), await heard(ana, unread=True)) == ([], [BellType.ESCALATED])
    await make.claim(ana, onward)
    await resolve(make, ana, onward)
    assert BellType.SOLVED in await heard(jane, unread=True)
    assert await heard(sam, unread=True) == [BellType.SOLVED]
    assert await bells(ana, unread=True) == []


async def test_an_escalator_who_takes_the_case_over_again_is_told_nothing(make: Make) -> None:
    sam = await make.person("Sam")
    olga = await make.person("Olga", account=sam.account_id, role=Role.OWNER)
    handoff = await make.handoff(olga)
    await make.claim(sam, handoff)
    async with make.work(olga.account_id) as db:
        await sessions.take_over(db, olga.actor, session_id=SessionId(handoff.session_id))
    assert await bells(olga, unread=True) == []


async def test_an_escalation_that_is_rolled_back_leaves_no_bell(make: Make) -> None:
    jane, sam = await team(make, "Jane", "Sam")
    session_id = await make.session(jane)

    async def escalate_and_lose_power() -> None:
        async with make.work(jane.account_id) as db:
            await handoffs.create(db, jane.actor, session_id=session_id, body=HandoffBody(intent=Intent.ESCALATE, reason="Next idea"))
            raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        await escalate_and_lose_power()
    assert await bells(sam) == []


async def test_reading_and_settling_at_once_never_blocks_one_another_for_good(make: Make) -> None:
    jane, sam, ana, ben = await team(make, "Jane", "Sam", "Ana", "Ben")
    for _ in range(profile.race_rounds):
        waiting = [await make.handoff(jane) for _ in range(6)]
        claims = [make.claim(senior, handoff) for senior, handoff in zip(itertools.cycle((sam, ana, ben)), waiting, strict=False)]
        reads = [person.post("/notifications/read-all") for person in (sam, ana, ben, jane) for _ in range(2)]
        done = await asyncio.gather(*claims, *reads)
        assert {reply.status_code for reply in done if reply is not None} == {204}
    for person in (sam, ana, ben):
        assert await bells(person, unread=True) == []
