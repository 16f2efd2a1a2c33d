"""kill -9 at the worst moments, and a client that sends the same escalation again: it exists once, with all that belongs to it."""

import asyncio
import re
import signal
from pathlib import Path
from uuid import uuid4

import httpx2
import pytest

import resolutionflow
from resolutionflow.platform.ids import SessionId
from tests.factories.make import Make, Somebody
from tests.profiles import profile
from tests.serving import PATIENCE, Product, given_up, served, through

SOURCE = Path(resolutionflow.__file__).parent
POINTS = ("before_commit", "after_commit", "after_reaction")
LEASE_POINTS = ("before_lease_ends",)  # tests/handoffs/test_leases.py
REPLY_POINTS = ("in_mid_stream", "before_reply_is_written")
ASK = {"intent": "escalate", "reason": "Access to the firewall"}
HELLO = {"content": "Outlook asks for the password again and again"}
_TRACES = """
select (select count(*) from handoffs where session_id = s.id),
       (select count(*) from events e join handoffs h on h.id = e.subject_id and e.type = 'handoff_created' where h.session_id = s.id),
       (select count(*) from audit_log a join handoffs h on h.id = a.subject_id and a.action = 'handoff_created' where h.session_id = s.id),
       (select count(*) from documents where session_id = s.id),
       (select array_agg(u.name order by u.name) from app_notifications n join users u on u.id = n.user_id where n.session_id = s.id)
from sessions s where s.id = %s
"""


def test_every_point_at_which_the_product_can_be_killed_is_named_here() -> None:
    found = {name for file in SOURCE.rglob("*.py") for name in re.findall(r'\bfailpoint\("(\w+)"\)', file.read_text())}
    assert found == {*POINTS, *LEASE_POINTS, *REPLY_POINTS}


@pytest.mark.timeout(3_600)  # its length is the profile's
async def test_an_escalation_sent_again_after_a_kill_exists_once_with_all_that_belongs_to_it(make: Make, tmp_path: Path) -> None:
    jane = await make.person("Jane")
    for name in ("Sam", "Ben"):
        await make.person(name, account=jane.account_id)
    triggers = {point: tmp_path / point for point in POINTS}
    armed = ",".join(f"{point}={file}" for point, file in triggers.items())
    hit: list[str] = []
    async with served(make, tmp_path, failpoints=armed) as product:
        for point in POINTS * profile.kills:
            session_id = await make.session(jane)
            first, again = await _killed_at(make, point, triggers[point], product, jane, f"/ai-sessions/{session_id}/handoff")
            hit.append(point)
            assert again.status_code == 201, again.text
            assert first is None or first.json() == again.json()
            assert make.rows(_TRACES, session_id) == [(1, 1, 1, 1, ["Ben", "Sam"])]
            await _jobs_done(make)
            handoff_id = again.json()["id"]
            assert make.rows("select count(*) from effects where key = %s", f"console:{handoff_id}") == [(1,)]
            assert [line["handoff_id"] for line in product.logged("escalation_waiting")].count(handoff_id) == 1
            assert make.rows("select source from assessments where handoff_id = %s", handoff_id) == [("playbook",)]
    assert hit == [*POINTS * profile.kills]
    told = "select type, count(*) from events where number is not null group by type order by type"
    assert make.rows(told) == [(kind, len(hit)) for kind in ("handoff_assessment_ready", "handoff_created", "handoff_updated")]
    assert make.rows("select max(number) from events") == [(3 * len(hit),)]


@pytest.mark.timeout(3_600)
async def test_a_message_sent_again_after_a_kill_in_mid_reply_is_there_once_with_one_reply(make: Make, tmp_path: Path) -> None:
    jane = await make.person("Jane")
    triggers = {point: tmp_path / point for point in REPLY_POINTS}
    armed = ",".join(f"{point}={file}" for point, file in triggers.items())
    hit: list[str] = []
    async with served(make, tmp_path, failpoints=armed) as product:
        for point in REPLY_POINTS * profile.kills:
            session_id = await make.session(jane)
            path = f"/ai-sessions/{session_id}/messages"
            key = {"Idempotency-Key": f"{point} {uuid4()}"}
            _arm(triggers[point])
            async with through(product, jane) as (jane_there,):
                assert await _answer(jane_there, path, key, HELLO) is None
            assert await product.died() == -signal.SIGKILL
            assert _was_hit(triggers[point]), point
            hit.append(point)
            _lease_ends(make, session_id, in_seconds=3_600)
            await product.start()
            async with through(product, jane) as (jane_there,):
                early = await jane_there.post(path, HELLO, headers=key)
                _lease_ends(make, session_id, in_seconds=-1)
                again = await jane_there.post(path, HELLO, headers=key)
            assert (early.status_code, early.json()["code"]) == (409, "in_progress"), early.text
            assert again.status_code == 201, again.text
            messages = "select count(*) from steps where session_id = %s and kind = 'message' group by author_type order by author_type"
            assert make.rows(messages, session_id) == [(1,), (1,)]
    assert hit == [*REPLY_POINTS * profile.kills]


async def _killed_at(
    make: Make, point: str, trigger: Path, product: Product, jane: Somebody, path: str
) -> tuple[httpx2.Response | None, httpx2.Response]:
    """The answer before the kill, if there was one, and the answer to the same request after the restart."""
    key = {"Idempotency-Key": f"{point} {uuid4()}"}
    _arm(trigger)
    async with through(product, jane) as (jane,):
        first = await _answer(jane, path, key)
    assert await product.died() == -signal.SIGKILL
    assert _was_hit(trigger), point
    assert (first is not None) == (point == "after_reaction")
    given_up(make)
    await product.start()
    async with through(product, jane) as (jane,):
        return first, await jane.post(path, ASK, headers=key)


def _arm(trigger: Path) -> None:
    trigger.touch()


def _was_hit(trigger: Path) -> bool:
    """A failpoint takes its trigger away as it is passed."""
    return not trigger.exists()


async def _answer(who: Somebody, path: str, key: dict[str, str], body: object = ASK) -> httpx2.Response | None:
    try:
        return await who.post(path, body, headers=key)
    except httpx2.TransportError:
        return None


def _lease_ends(make: Make, session_id: SessionId, *, in_seconds: int) -> None:
    """However long the restart takes."""
    lease = "update turns set lease_until = now() + make_interval(secs => %s) where session_id = %s returning id"
    assert len(make.rows(lease, in_seconds, session_id)) == 1


async def _jobs_done(make: Make) -> None:
    async with asyncio.timeout(PATIENCE):
        while make.rows("select from queue.procrastinate_jobs where task_name = 'react'"):  # noqa: ASYNC110 - rows of another process set no event
            await asyncio.sleep(0.05)
