"""The figures once more in plain Python, from steps and pickups alone, over a random but repeatable past."""

import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

import pytest

from resolutionflow.analytics.schemas import Period
from resolutionflow.handoffs.models import Intent
from resolutionflow.platform.actor import Role
from resolutionflow.platform.ids import AccountId
from tests.factories.analytics import Past, figures, past
from tests.factories.make import Make, Somebody
from tests.factories.notifications import team

NOON = datetime(2026, 6, 15, 12, tzinfo=UTC)
CASES = 24


@dataclass(frozen=True)
class Pickup:
    by: object
    at: datetime
    until: datetime


async def live(case: Past, seniors: Sequence[Somebody], chief: Somebody, start: datetime, dice: random.Random) -> None:
    """What may happen to a case, some of it several times."""
    now = start

    def later(seconds: float) -> datetime:
        nonlocal now
        now += timedelta(microseconds=dice.randint(0, int(seconds * 1_000_000)))
        return now

    if dice.random() < 0.2:
        if dice.random() < 0.5:
            await case.withdraw(later(900))
        return
    for senior in dice.sample(seniors, k=dice.randint(1, len(seniors))):
        await case.claim(senior, later(3 * 86_400))
        for author in dice.choices([senior, case.owner], k=dice.randint(0, 3)):
            await case.note(author, later(600))
        what = dice.choice(("release", "release", "advise", "resolve", "take over"))
        if what == "release":
            await case.release(senior, later(3_600))
            continue
        if what == "advise":
            await case.advise(senior, later(3_600))
        elif what == "resolve":
            await case.resolve(senior, later(3_600))
        else:
            await case.take_over(chief, later(3_600))
            if dice.random() < 0.5:
                await case.note(chief, later(600))
        return


def recomputed(make: Make, account: AccountId, *, since: datetime, until: datetime) -> dict[str, Any]:
    """The definition of api.md, read literally, without what the product keeps for the purpose."""
    steps = defaultdict(list)
    for session, author, at in make.rows("select session_id, author_id, created_at from steps where account_id = %s", account):
        steps[session, author].append(at)
    pickups = defaultdict(list)
    claims = "select handoff_id, user_id, claimed_at, ended_at from handoff_claims where account_id = %s order by claimed_at"
    for handoff, user, at, ended in make.rows(claims, account):
        pickups[handoff].append(Pickup(user, at, ended or datetime.max.replace(tzinfo=UTC)))
    created = claimed = advised = reopened = 0
    to_action: list[int] = []
    to_claim: list[int] = []
    for handoff, session, intent, at, status, reopenings in make.rows(
        "select id, session_id, intent, created_at, status, reopened_count from handoffs where account_id = %s", account
    ):
        if intent != "escalate":
            continue
        created += since <= at <= until
        if not pickups[handoff]:
            continue
        first_steps = [
            min((step for step in steps[session, pickup.by] if pickup.at <= step <= pickup.until), default=None)
            for pickup in pickups[handoff]
        ]
        acted = [(pickup, step) for pickup, step in zip(pickups[handoff], first_steps, strict=True) if step is not None]
        pickup, step = acted[0] if acted else (pickups[handoff][-1], None)
        if not since <= pickup.at <= until:
            continue
        claimed += 1
        advised += status == "returned"
        reopened += reopenings > 0
        to_claim.append(microseconds(pickup.at - at))
        if step is not None:
            to_action.append(microseconds(step - pickup.at))
    return {
        "n_handoffs_created": created,
        "n_handoffs_claimed": claimed,
        "n_handoffs_with_action": len(to_action),
        "n_advised": advised,
        "n_reopened": reopened,
        "conversion_rate": len(to_action) / claimed if claimed else None,
        "avg_seconds": mean(to_action),
        "median_seconds": percentile(to_action, Fraction(1, 2)),
        "p95_seconds": percentile(to_action, Fraction(95, 100)),
        "avg_time_to_claim_seconds": mean(to_claim),
    }


def microseconds(delta: timedelta) -> int:
    return max(0, delta // timedelta(microseconds=1))


def mean(values: Sequence[int]) -> float | None:
    return to_milliseconds(Fraction(sum(values), len(values))) if values else None


def percentile(values: Sequence[int], share: Fraction) -> float | None:
    """Interpolated between the two values around its place."""
    if not values:
        return None
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return to_milliseconds(ordered[low] + (ordered[high] - ordered[low]) * (place - low))


def to_milliseconds(value: Fraction) -> float:
    seconds = Decimal(value.numerator) / Decimal(value.denominator) / 1_000_000
    return float(seconds.quantize(Decimal("0.001"), rounding=ROUND_HALF_UP))


@pytest.mark.parametrize("seed", [1, 2])
async def test_the_figures_agree_with_a_second_reckoning(make: Make, seed: int) -> None:
    dice = random.Random(seed)
    jane, *seniors = await team(make, "Jane", "Sam", "Ana", "Ben")
    olga = await make.person("Olga", account=jane.account_id, role=Role.OWNER)
    mia, tom = await team(make, "Mia", "Tom")
    pat = await make.person("Pat", account=mia.account_id, role=Role.OWNER)
    for _ in range(CASES):
        start = NOON - timedelta(seconds=dice.randint(0, 120 * 86_400))
        await live(await past(make, jane, start), seniors, olga, start, dice)
        if dice.random() < 0.1:
            await past(make, jane, start, intent=Intent.PARK)
        if dice.random() < 0.2:
            await live(await past(make, mia, start), [tom], pat, start, dice)
    for period in Period:
        found = await figures(make, jane.account_id, at=NOON, period=period)
        expected = recomputed(make, jane.account_id, since=found.since, until=found.until)
        assert found.model_dump(include=set(expected)) == expected
    quarter = await figures(make, jane.account_id, at=NOON, period=Period.QUARTER)
    assert 5 < quarter.n_handoffs_with_action < quarter.n_handoffs_claimed < quarter.n_handoffs_created
