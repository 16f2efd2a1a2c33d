"""Time to first action (R-X1, R-X2): each rule by itself."""

from datetime import UTC, datetime, timedelta

import pytest

from resolutionflow.analytics.schemas import Period
from resolutionflow.handoffs.models import Intent
from resolutionflow.platform.actor import Role
from tests.factories.analytics import figures, past
from tests.factories.make import Make
from tests.factories.notifications import team

NOON = datetime(2026, 6, 15, 12, tzinfo=UTC)
SECOND, MINUTE, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(days=1)
TICK = timedelta(microseconds=1)


async def test_it_is_the_time_from_the_pickup_to_the_claimers_first_step(make: Make) -> None:
    jane, sam = await team(make, "Jane", "Sam")
    case = await past(make, jane, NOON - DAY)
    await case.claim(sam, NOON - DAY + 2 * MINUTE)
    await case.note(sam, NOON - DAY + 2 * MINUTE + 42 * SECOND)
    await case.note(sam, NOON - DAY + 5 * MINUTE)
    found = await figures(make, jane.account_id, at=NOON)
    assert (found.avg_seconds, found.median_seconds, found.p95_seconds) == (42, 42, 42)
    assert found.avg_time_to_claim_seconds == 120
    assert (found.n_handoffs_created, found.n_handoffs_claimed, found.n_handoffs_with_action, found.conversion_rate) == (1, 1, 1, 1)


async def test_what_the_owner_writes_after_the_pickup_is_no_first_action(make: Make) -> None:
    jane, sam = await team(make, "Jane", "Sam")
    case = await past(make, jane, NOON - DAY)
    await case.claim(sam, NOON - DAY)
    await case.note(jane, NOON - DAY + SECOND)
    found = await figures(make, jane.account_id, at=NOON)
    assert (found.n_handoffs_claimed, found.n_handoffs_with_action, found.conversion_rate, found.avg_seconds) == (1, 0, 0, None)


async def test_an_escalation_nobody_picked_up_is_created_and_nothing_else(make: Make) -> None:
    jane, sam = await team(make, "Jane", "Sam")
    waiting = await past(make, jane, NOON - DAY)
    withdrawn = await past(make, jane, NOON - DAY)
    await withdrawn.withdraw(NOON - DAY + MINUTE)
    await waiting.note(jane, NOON - DAY + MINUTE)
    found = await figures(make, sam.account_id, at=NOON)
    assert (found.n_handoffs_created, found.n_handoffs_claimed) == (2, 0)
    assert found.conversion_rate is found.avg_seconds is found.median_seconds is found.p95_seconds is None
    assert found.avg_time_to_claim_seconds is None


async def test_parking_counts_nowhere(make: Make) -> None:
    jane = await make.person("Jane")
    await past(make, jane, NOON - DAY, intent=Intent.PARK)
    found = await figures(make, jane.account_id, at=NOON)
    assert (found.n_handoffs_created, found.n_handoffs_claimed) == (0, 0)


async def test_a_session_handed_over_to_a_named_colleague_counts_nowhere(make: Make) -> None:
    jane, sam = await team(make, "Jane", "Sam")
    case = await past(make, jane, NOON - DAY)
    await case.claim(sam, NOON - DAY)
    await case.note(sam, NOON - DAY + SECOND)
    make.rows("update handoffs set intent = 'handover' returning true")
    found = await figures(make, jane.account_id, at=NOON)
    assert (found.n_handoffs_created, found.n_handoffs_claimed, found.avg_seconds) == (0, 0, None)


async def test_advice_is_a_first_action_and_an_outcome_of_its_own(make: Make) -> None:
    jane, sam = await team(make, "Jane", "Sam")
    at_once, later = await past(make, jane, NOON - DAY), await past(make, jane, NOON - DAY)
    await at_once.advise(sam, NOON - DAY + MINUTE)
    await later.claim(sam, NOON - DAY + MINUTE)
    await later.advise(sam, NOON - DAY + 2 * MINUTE)
    found = await figures(make, jane.account_id, at=NOON)
    assert (found.n_advised, found.n_handoffs_with_action, found.avg_seconds) == (2, 2, 30)


async def test_a_reopened_escalation_counts_once_by_its_first_claim_that_was_acted_on(make: Make) -> None:
    jane, sam, ana, ben = await team(make, "Jane", "Sam", "Ana", "Ben")
    start = NOON - DAY
    case = await past(make, jane, start)
    await case.claim(sam, start + 10 * SECOND)
    await case.release(sam, start + 20 * SECOND)
    await case.claim(ana, start + 30 * SECOND)
    await case.note(ana, start + 37 * SECOND)
    await case.release(ana, start + 40 * SECOND)
    await case.claim(ben, start + 50 * SECOND)
    await case.note(ben, start + 51 * SECOND)
    found = await figures(make, jane.account_id, at=NOON)
    assert (found.n_handoffs_claimed, found.n_handoffs_with_action, found.n_reopened) == (1, 1, 1)
    assert (found.avg_seconds, found.avg_time_to_claim_seconds) == (7, 30)


async def test_a_reopened_escalation_nobody_acted_on_counts_by_its_last_claim(make: Make) -> None:
    jane, sam, ana = await team(make, "Jane", "Sam", "Ana")
    start = NOON - DAY
    case = await past(make, jane, start)
    await case.claim(sam, start + 10 * SECOND)
    await case.release(sam, start + 20 * SECOND)
    await case.claim(ana, start + 30 * SECOND)
    found = await figures(make, jane.account_id, at=NOON)
    assert (found.n_handoffs_claimed, found.n_handoffs_with_action, found.avg_time_to_claim_seconds) == (1, 0, 30)


async def test_a_take_over_is_a_claim_of_its_own(make: Make) -> None:
    jane, sam = await team(make, "Jane", "Sam")
    olga = await make.person("Olga", account=jane.account_id, role=Role.OWNER)
    start = NOON - DAY
    case = await past(make, jane, start)
    await case.claim(sam, start + 10 * SECOND)
    await case.take_over(olga, start + 60 * SECOND)
    await case.note(olga, start + 65 * SECOND)
    found = await figures(make, jane.account_id, at=NOON)
    assert (found.n_handoffs_claimed, found.avg_seconds, found.avg_time_to_claim_seconds) == (1, 5, 60)


async def test_a_clock_that_stepped_back_gives_zero_never_less(make: Make) -> None:
    jane, sam = await team(make, "Jane", "Sam")
    case = await past(make, jane, NOON - DAY)
    await case.claim(sam, NOON - DAY + MINUTE)
    await case.note(sam, NOON - DAY + 2 * MINUTE)
    make.rows("update handoff_claims set first_action_at = claimed_at - interval '3 seconds' returning true")
    make.rows("update handoffs set created_at = claimed_at + interval '3 seconds' returning true")
    found = await figures(make, jane.account_id, at=NOON)
    assert (found.avg_seconds, found.median_seconds, found.p95_seconds, found.avg_time_to_claim_seconds) == (0, 0, 0, 0)


@pytest.mark.parametrize(("period", "days"), [(Period.WEEK, 7), (Period.MONTH, 30), (Period.QUARTER, 90)])
async def test_a_period_begins_and_ends_on_the_tick(make: Make, period: Period, days: int) -> None:
    jane, sam = await team(make, "Jane", "Sam")
    begin = NOON - days * DAY
    for claimed_at in (begin - TICK, begin, NOON, NOON + TICK):
        case = await past(make, jane, claimed_at - MINUTE)
        await case.claim(sam, claimed_at)
    found = await figures(make, jane.account_id, at=NOON, period=period)
    assert (found.n_handoffs_claimed, found.since, found.until) == (2, begin, NOON)


async def test_creation_is_counted_by_its_own_moment(make: Make) -> None:
    jane, sam = await team(make, "Jane", "Sam")
    case = await past(make, jane, NOON - 8 * DAY)
    await case.claim(sam, NOON - 6 * DAY)
    await past(make, jane, NOON - 7 * DAY)
    found = await figures(make, jane.account_id, at=NOON, period=Period.WEEK)
    assert (found.n_handoffs_created, found.n_handoffs_claimed) == (1, 1)


async def test_an_escalation_counts_in_the_period_of_the_claim_it_counts_by(make: Make) -> None:
    jane, sam, ana = await team(make, "Jane", "Sam", "Ana")
    case = await past(make, jane, NOON - 9 * DAY)
    await case.claim(sam, NOON - 9 * DAY)
    await case.note(sam, NOON - 9 * DAY + MINUTE)
    await case.release(sam, NOON - 8 * DAY)
    await case.claim(ana, NOON - DAY)
    await case.note(ana, NOON - DAY + SECOND)
    assert (await figures(make, jane.account_id, at=NOON, period=Period.WEEK)).n_handoffs_claimed == 0
    month = await figures(make, jane.account_id, at=NOON)
    assert (month.n_handoffs_claimed, month.avg_seconds) == (1, 60)


async def test_another_accounts_escalations_do_not_count(make: Make) -> None:
    jane = await make.person("Jane")
    mia, tom = await team(make, "Mia", "Tom")
    case = await past(make, mia, NOON - DAY)
    await case.claim(tom, NOON - DAY)
    await case.note(tom, NOON - DAY + MINUTE)
    found = await figures(make, jane.account_id, at=NOON)
    assert (found.n_handoffs_created, found.n_handoffs_claimed, found.avg_seconds) == (0, 0, None)
    assert (await figures(make, tom.account_id, at=NOON)).n_handoffs_claimed == 1
