"""kill -9 at the worst moments, and a client that sends the same escalation again: it exists once, with all that belongs to it."""

import asyncio
import re
import signal
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx2
import pytest

import resolutionflow
from tests.database import superuser
from tests.factories.make import Make, Somebody
from tests.profiles import profile
from tests.serving import PATIENCE, Product, served, through

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
            first, again = await _killed_at(point, triggers[point], product, jane, f"/ai-sessions/{session_id}/handoff")
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
            await product.start()
            async with through(product, jane) as (jane_there,):
                early = await jane_there.post(path, HELLO, headers=key)
                make.rows("update turns set lease_until = now() - interval '1 second' where session_id = %s returning id", session_id)
                again = await jane_there.post(path, HELLO, headers=key)
            assert (early.status_code, early.json()["code"]) == (409, "in_progress"), early.text
            assert again.status_code == 201, again.text
            messages = "select count(*) from steps where session_id = %s and kind = 'message' group by author_type order by author_type"
            assert make.rows(messages, session_id) == [(1,), (1,)]
    assert hit == [*REPLY_POINTS * profile.kills]


async def _killed_at(
    point: str, trigger: Path, product: Product, jane: Somebody, path: str
) -> tuple[httpx2.Response | None, httpx2.Response]:
    """The answer before the kill, if there was one, and the answer to the same request after the restart."""
    key = {"Idempotency-Key": f"{point} {uuid4()}"}
    _arm(trigger)
    async with through(product, jane) as (jane,):
        first = await _answer(jane, path, key)
    assert await product.died() == -signal.SIGKILL
    assert _was_hit(trigger), point
    assert (first is not None) == (point == "after_reaction")
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


async def _jobs_done(make: Make) -> None:
    """Wait for the worker. What a dead one held is given up at once: the test does not sit out its silence."""
    connection = superuser(make.urls.superuser)
    async with asyncio.timeout(PATIENCE):
        while left := _jobs(make):
            if "doing" in left:
                connection.execute(
                    "update queue.procrastinate_workers set last_heartbeat = now() - interval '1 minute' where id = any(%s)", (_dead(make),)
                )
            await asyncio.sleep(0.1)


def _jobs(make: Make) -> list[Any]:
    return [row[0] for row in make.rows("select status::text from queue.procrastinate_jobs where task_name = 'react'")]


def _dead(make: Make) -> list[int]:
    """All workers but the newest."""
    return [row[0] for row in make.rows("select id from queue.procrastinate_workers order by id desc offset 1")]
