"""A claim is a promise (R-C4): kept by the first step, renewed on asking, ended once by the clock, taken back by a late step."""

import asyncio
import signal
from pathlib import Path
from typing import Any

import httpx2
import pytest

from resolutionflow.handoffs.jobs import look_after_claims
from resolutionflow.notifications.models import BellType
from resolutionflow.platform.actor import Role
from resolutionflow.platform.ids import uuid7
from tests.factories.cases import NOTE, Case, Start, case_at, team
from tests.factories.make import Make
from tests.factories.notifications import bells, heard
from tests.faults.invariants import must_be_legal
from tests.profiles import profile
from tests.serving import PATIENCE, due_now, served

HOUR = 3_600
"""How long a pickup through the API holds, by the setting."""
ADVICE = {"content": "Recreate the profile"}


async def picked_up(make: Make) -> Case:
    """Jane's case, just picked up by Sam."""
    case = await case_at(make, await team(make), Start.OPEN)
    assert (await case.team.sam.post(f"{case.handoff}/claim")).status_code == 200
    return case


def pass_time(make: Make, seconds: int) -> None:
    """As if everything about claims had happened so much earlier: the same as a clock that moved on."""
    earlier = f"- interval '{seconds} seconds'"
    make.rows(
        f"""with claims as (update handoff_claims set claimed_at = claimed_at {earlier}, ended_at = ended_at {earlier})
            update handoffs set created_at = created_at {earlier}, claimed_at = claimed_at {earlier},
                lease_ask_at = lease_ask_at {earlier}, lease_expires_at = lease_expires_at {earlier} returning id"""
    )


async def pass_time_watched(make: Make, seconds: int) -> None:
    pass_time(make, seconds)
    await look_after_claims(make.work)


async def lapsed(make: Make) -> tuple[Case, str]:
    """Waiting again because Sam did nothing; with the time since which he had had it."""
    case = await picked_up(make)
    await pass_time_watched(make, HOUR)
    since = make.rows("select claimed_at from handoff_claims")[0][0]
    return case, since.isoformat().replace("+00:00", "Z")


async def handoff(case: Case) -> dict[str, Any]:
    (found,) = (await case.team.jane.get(f"{case.path}/handoffs")).json()["items"]
    handoff: dict[str, Any] = found
    return handoff


async def waits_again(case: Case) -> None:
    async with asyncio.timeout(PATIENCE):
        while True:
            if (await handoff(case))["status"] == "open":
                return
            await asyncio.sleep(0.1)


def told(make: Make) -> list[str]:
    return [kind for (kind,) in make.rows("select type from events where number > 2 order by number")]


def refusal(reply: httpx2.Response) -> tuple[int, str]:
    return reply.status_code, reply.json()["code"]


async def test_a_pickup_promises_a_first_step_within_the_time_that_is_set(make: Make) -> None:
    case = await picked_up(make)
    seconds = "round(extract(epoch from {} - claimed_at))"
    ((whole, half),) = make.rows(f"select {seconds.format('lease_expires_at')}, {seconds.format('lease_ask_at')} from handoffs")
    assert (whole, half) == (HOUR, HOUR / 2)
    assert (await handoff(case))["lease_expires_at"] is not None


async def test_without_a_limit_a_claim_never_lapses(make: Make) -> None:
    case = await case_at(make, await team(make), Start.CLAIMED)
    await pass_time_watched(make, 100 * HOUR)
    assert ((await handoff(case))["status"], (await handoff(case))["lease_expires_at"]) == ("claimed", None)


@pytest.mark.parametrize(("path", "body"), [("steps", NOTE), ("messages", {"content": "Have you tried the browser?"})])
async def test_the_first_step_keeps_the_promise_for_good(make: Make, path: str, body: dict[str, str]) -> None:
    case = await picked_up(make)
    await pass_time_watched(make, HOUR // 2)
    assert (await case.team.sam.post(f"{case.path}/{path}", body)).status_code == 201
    assert BellType.LEASE not in await heard(case.team.sam, unread=True)
    await pass_time_watched(make, 100 * HOUR)
    assert ((await handoff(case))["status"], (await handoff(case))["lease_expires_at"]) == ("claimed", None)


async def test_what_others_or_the_product_write_keeps_nobodys_promise(make: Make) -> None:
    case = await case_at(make, await team(make), Start.OPEN)
    await case.team.sam.post(f"{case.handoff}/claim", {"start": "ai_analysis"})
    await case.team.jane.post(f"{case.path}/steps", NOTE)
    await pass_time_watched(make, HOUR)
    assert (await handoff(case))["status"] == "open"


async def test_at_half_time_the_claimer_alone_is_asked_once(make: Make) -> None:
    case = await picked_up(make)
    before = await heard(case.team.jane), await heard(case.team.ben)
    await look_after_claims(make.work)
    assert BellType.LEASE not in await heard(case.team.sam)
    pass_time(make, HOUR // 2)
    for _ in range(3):
        await asyncio.gather(*(look_after_claims(make.work) for _ in range(3)))
    assert await heard(case.team.sam, unread=True) == [BellType.LEASE]
    assert (await heard(case.team.jane), await heard(case.team.ben)) == before
    assert (await handoff(case))["status"] == "claimed"


async def test_still_on_it_begins_the_time_anew_and_is_asked_again(make: Make) -> None:
    case = await picked_up(make)
    for _ in range(3):
        await pass_time_watched(make, HOUR // 2)
        assert await heard(case.team.sam, unread=True) == [BellType.LEASE]
        before = (await handoff(case))["lease_expires_at"]
        renewed = await case.team.sam.post(f"{case.handoff}/still-on-it")
        assert (renewed.status_code, renewed.json()["status"]) == (200, "claimed")
        assert renewed.json()["lease_expires_at"] > before
        assert await heard(case.team.sam, unread=True) == []
    await pass_time_watched(make, HOUR)
    assert (await handoff(case))["status"] == "open"


async def test_the_claimer_alone_says_that_they_are_still_on_it(make: Make) -> None:
    case = await picked_up(make)
    viewer = await make.person("Vic", account=case.team.account_id, role=Role.VIEWER)
    for who, expected in (
        (case.team.ben, (404, "not_found")),
        (case.team.dana, (409, "already_claimed")),
        (case.team.jane, (409, "already_claimed")),
        (viewer, (403, "forbidden")),
    ):
        assert refusal(await who.post(f"{case.handoff}/still-on-it")) == expected
    stranger = await make.person("Stranger")
    assert refusal(await stranger.post(f"{case.handoff}/still-on-it")) == (404, "not_found")
    assert refusal(await case.team.sam.post(f"{case.path}/handoffs/{uuid7()}/still-on-it")) == (404, "not_found")
    await pass_time_watched(make, HOUR)
    assert refusal(await case.team.sam.post(f"{case.handoff}/still-on-it")) == (409, "not_open")


async def test_nothing_is_renewed_that_the_first_step_ended(make: Make) -> None:
    case = await picked_up(make)
    await case.team.sam.post(f"{case.path}/steps", NOTE)
    assert (await case.team.sam.post(f"{case.handoff}/still-on-it")).json()["lease_expires_at"] is None


async def test_a_lapsed_claim_waits_again_once_however_many_workers_look(make: Make) -> None:
    case = await picked_up(make)
    pass_time(make, HOUR)
    await asyncio.gather(*(look_after_claims(make.work) for _ in range(6)))
    await look_after_claims(make.work)
    now = await handoff(case)
    assert [now[name] for name in ("status", "reopened_count", "claimed_by", "claimed_at", "lease_expires_at")] == [
        "open",
        1,
        None,
        None,
        None,
    ]
    assert told(make) == ["handoff_reopened"]
    assert make.rows("select end_reason from handoff_claims") == [("lapsed",)]
    assert make.rows("select actor_id from audit_log where action = 'handoff_reopened'") == [(None,)]
    must_be_legal(make, case.team.account_id)


async def test_the_card_says_who_had_it_and_went_quiet(make: Make) -> None:
    case, since = await lapsed(make)
    (card,) = (await case.team.ben.get("/ai-sessions/escalations")).json()["items"]
    assert (card["status"], card["reopened_count"], card["claimed_by"]) == ("open", 1, None)
    assert [card["last_claim"][name] for name in ("id", "name", "went_quiet")] == [str(case.team.sam.id), "Sam", True]
    assert card["last_claim"]["at"] == since
    await case.team.sam.post(f"{case.handoff}/claim")
    await case.team.sam.post(f"{case.handoff}/release")
    assert (await handoff(case))["last_claim"]["went_quiet"] is False


async def test_a_lapse_is_told_to_the_escalator_and_the_claimer_and_starts_no_second_round(make: Make) -> None:
    case = await picked_up(make)
    before = await heard(case.team.ben)
    jobs = make.rows("select count(*) from queue.procrastinate_jobs")
    await pass_time_watched(make, HOUR)
    (bell,) = await bells(case.team.jane, unread=True)
    assert (bell["type"], bell["title"]) == (BellType.REOPENED, "Back in the queue")
    assert bell["body"].startswith("Sam went quiet · ")
    assert await heard(case.team.sam, unread=True) == [BellType.LEASE]
    assert (await heard(case.team.ben), make.rows("select count(*) from queue.procrastinate_jobs")) == (before, jobs)


@pytest.mark.parametrize(("path", "body"), [("steps", NOTE), ("messages", {"content": "Have you tried the browser?"})])
async def test_a_late_first_step_claims_again_since_the_original_time(make: Make, path: str, body: dict[str, str]) -> None:
    case, since = await lapsed(make)
    assert (await case.team.sam.get(case.path)).json()["can_write"] is True
    assert (await case.team.ben.get(case.path)).json()["can_write"] is False
    assert (await case.team.sam.post(f"{case.path}/{path}", body)).status_code == 201
    now = await handoff(case)
    assert [now[name] for name in ("status", "claimed_by_name", "claimed_at", "lease_expires_at")] == ["claimed", "Sam", since, None]
    session = (await case.team.jane.get(case.path)).json()
    assert [session[name] for name in ("status", "holder_name", "escalated_to_name")] == ["active", "Sam", "Sam"]
    assert told(make)[:2] == ["handoff_reopened", "handoff_claimed"]
    assert (await heard(case.team.jane, unread=True))[0] == BellType.PICKED_UP
    claims = make.rows("select end_reason, first_action_at is not null from handoff_claims order by id")
    assert claims == [("lapsed", False), (None, True)]
    must_be_legal(make, case.team.account_id)


async def test_the_figures_count_a_case_that_was_taken_back_once_and_from_the_first_pickup(make: Make) -> None:
    case, _ = await lapsed(make)
    await case.team.sam.post(f"{case.path}/steps", NOTE)
    figures = (await case.team.dana.get("/analytics/flowpilot/escalations")).json()
    assert [figures[name] for name in ("n_handoffs_claimed", "n_handoffs_with_action", "n_reopened")] == [1, 1, 1]
    assert figures["avg_seconds"] >= HOUR


async def test_late_advice_and_a_late_solution_are_the_earlier_claimers_too(make: Make) -> None:
    for path, body, status in (("handoff", ADVICE, "returned"), ("path", {"resolution": "Cleared the cache"}, "closed")):
        case, _ = await lapsed(make)
        since = make.rows("select claimed_at from handoff_claims where handoff_id = %s", case.handoff_id)
        where = f"{case.handoff}/hand-back" if path == "handoff" else f"{case.path}/resolve"
        assert (await case.team.sam.post(where, body)).status_code == 200
        assert (await handoff(case))["status"] == status
        assert make.rows("select claimed_at from handoff_claims where handoff_id = %s", case.handoff_id) == since * 2
        must_be_legal(make, case.team.account_id)


@pytest.mark.parametrize("after", ["claim", "release", "withdraw"])
async def test_nobody_comes_back_to_what_others_have_moved_on(make: Make, after: str) -> None:
    case, _ = await lapsed(make)
    if after == "withdraw":
        await case.team.jane.post(f"{case.handoff}/withdraw")
    else:
        await case.team.ben.post(f"{case.handoff}/claim")
    if after == "release":
        await case.team.ben.post(f"{case.handoff}/release")
    assert refusal(await case.team.sam.post(f"{case.path}/steps", NOTE)) == (409, "not_holder")
    must_be_legal(make, case.team.account_id)


async def test_a_refused_late_step_claims_nothing(make: Make) -> None:
    case, _ = await lapsed(make)
    unknown = {"kind": "answer", "reply_to": str(uuid7()), "content": "Yes"}
    assert refusal(await case.team.sam.post(f"{case.path}/steps", unknown)) == (422, "invalid")
    assert (await handoff(case))["status"] == "open"


async def test_a_late_step_and_a_new_claim_at_once_leave_one_holder_and_lose_no_text(make: Make) -> None:
    people = await team(make)
    for turn in range(profile.race_rounds * 4):
        case = await case_at(make, people, Start.LAPSED)
        calls = [people.sam.post(f"{case.path}/steps", NOTE), people.ben.post(f"{case.handoff}/claim")]
        replies = await asyncio.gather(*(calls if turn % 2 else reversed(calls)))
        step, claim = replies if turn % 2 else reversed(replies)
        written = make.rows("select count(*) from steps where session_id = %s and kind = 'note'", case.session_id)
        if step.status_code == 201:
            assert (refusal(claim), written) == ((409, "already_claimed"), [(1,)])
            assert claim.json()["claimed_by_name"] == "Sam"
        else:
            assert (refusal(step), claim.status_code, written) == ((409, "not_holder"), 200, [(0,)]), "refused, so the page keeps it"
    must_be_legal(make, people.account_id)


async def test_a_lease_that_ends_while_the_first_step_is_written_leaves_the_case_with_its_claimer(make: Make) -> None:
    for _ in range(profile.race_rounds * 4):
        case = await picked_up(make)
        pass_time(make, HOUR)
        watching = asyncio.gather(*(look_after_claims(make.work) for _ in range(2)))
        step = await case.team.sam.post(f"{case.path}/steps", NOTE)
        await watching
        assert step.status_code == 201, step.text
        await look_after_claims(make.work)
        assert ((await handoff(case))["status"], (await handoff(case))["claimed_by_name"]) == ("claimed", "Sam")
        must_be_legal(make, case.team.account_id)


async def test_whoever_takes_over_promises_anew(make: Make) -> None:
    case = await picked_up(make)
    await case.team.sam.post(f"{case.path}/steps", NOTE)
    await case.team.dana.post(f"{case.path}/take-over")
    assert (await handoff(case))["lease_expires_at"] is not None
    await pass_time_watched(make, HOUR)
    assert ((await handoff(case))["status"], (await handoff(case))["last_claim"]["name"]) == ("open", "Dana")


async def test_a_lease_of_one_account_is_looked_after_in_that_account_alone(make: Make) -> None:
    ours, theirs = await picked_up(make), await picked_up(make)
    make.rows("update handoffs set lease_expires_at = now() where id = %s returning id", ours.handoff_id)
    await look_after_claims(make.work)
    assert ((await handoff(ours))["status"], (await handoff(theirs))["status"]) == ("open", "claimed")
    assert make.rows("select distinct account_id from events where type = 'handoff_reopened'") == [(ours.team.account_id,)]


async def test_a_worker_killed_while_it_reopens_leaves_it_to_the_next_which_does_it_once(make: Make, tmp_path: Path) -> None:
    trigger = tmp_path / "killed"
    case = await picked_up(make)
    trigger.touch()
    async with served(make, tmp_path, failpoints=f"before_lease_ends={trigger}") as product:
        pass_time(make, HOUR)
        due_now(make, "look_after_claims")
        assert await product.died() == -signal.SIGKILL
        assert (await handoff(case))["status"] == "claimed"
        due_now(make, "look_after_claims")
        await product.start()
        await waits_again(case)
    lapses = [kind for kind in told(make) if kind == "handoff_reopened"]  # the worker also assessed the case meanwhile
    assert (lapses, (await handoff(case))["reopened_count"]) == (["handoff_reopened"], 1)
    must_be_legal(make, case.team.account_id)
