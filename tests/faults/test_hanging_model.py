"""A model's host that hangs while escalations arrive holds up nothing: not them, not what is told of them, not their first assessment."""

import asyncio
from collections.abc import Callable
from pathlib import Path

from tests.assistant.modelled import KEY, MODELS
from tests.assistant.wire.server import WireServer, serving
from tests.factories.make import Make
from tests.serving import PATIENCE, given_up, served, through

CROWD = 20
ASK = {"intent": "escalate", "reason": "Next idea"}
_LEFT = "select count(*) from queue.procrastinate_jobs where queue_name = 'reactions'"
_READY = "select count(*) from handoffs where ai_assessment_status = 'ready' and ai_assessment_source = %s"


async def test_escalations_before_a_host_that_hangs_are_told_and_assessed_all_the_same(make: Make, tmp_path: Path) -> None:
    jane = await make.person("Jane")
    await make.person("Sam", account=jane.account_id)
    sessions = [await make.session(jane, problem_summary="Outlook keeps asking for the password") for _ in range(CROWD)]
    async with serving("openai", "hang") as wire, served(make, tmp_path, **_model(wire), ai_timeout_seconds=3_600) as product:
        async with through(product, jane) as (there,):
            replies = await asyncio.gather(*(there.post(f"/ai-sessions/{session}/handoff", ASK) for session in sessions))
        assert {reply.status_code for reply in replies} == {201}
        await _until(lambda: make.rows(_LEFT) == [(0,)])
        assert make.rows(_READY, "playbook") == [(CROWD,)]
        assert make.rows("select count(*) from effects where starts_with(key, 'console:')") == [(CROWD,)]
        await _until(lambda: bool(wire.received))
        assert make.rows(_READY, "model") == [(0,)]


async def test_a_model_that_answers_replaces_the_first_assessment(make: Make, tmp_path: Path) -> None:
    jane = await make.person("Jane")
    session = await make.session(jane)
    await make.step(jane, session)
    async with serving("openai") as wire, served(make, tmp_path, **_model(wire)) as product:
        async with through(product, jane) as (there,):
            assert (await there.post(f"/ai-sessions/{session}/handoff", ASK)).status_code == 201
        await _until(lambda: make.rows(_READY, "model") == [(1,)])
        kept = make.rows("select source, data ->> 'likely_cause' from assessments order by source")
    assert [source for source, _ in kept] == ["model", "playbook"]
    assert kept[0][1] == "An add-in keeps Outlook from connecting."


async def test_the_product_ends_in_time_while_a_host_hangs_and_asks_again_when_it_is_back(make: Make, tmp_path: Path) -> None:
    jane = await make.person("Jane")
    session = await make.session(jane)
    await make.step(jane, session)
    async with serving("openai", "hang", "good") as wire, served(make, tmp_path, **_model(wire), ai_timeout_seconds=3_600) as product:
        async with through(product, jane) as (there,):
            assert (await there.post(f"/ai-sessions/{session}/handoff", ASK)).status_code == 201
        await _until(lambda: bool(wire.received))
        await product.terminate()
        given_up(make)
        await product.start()
        await _until(lambda: make.rows(_READY, "model") == [(1,)])


def _model(wire: WireServer) -> dict[str, object]:
    return {"ai_model": MODELS["openai"], "ai_base_url": wire.url, "ai_api_key": KEY}


async def _until(is_so: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not is_so():  # noqa: ASYNC110 - the rows and the requests of other processes set no event
            await asyncio.sleep(0.05)
