"""The stream in its place: behind every layer of the product, with its sign-in, rights and handoffs."""

from collections.abc import AsyncIterator

import pytest
from prometheus_client import REGISTRY

from resolutionflow.app.api import create_app
from resolutionflow.app.runtime import build
from resolutionflow.platform.actor import Role
from resolutionflow.platform.settings import Settings
from tests.database import Urls
from tests.events.live import serving
from tests.events.reading import Reader, eventually
from tests.factories.make import Make, Somebody

PATH = "/api/v1/ai-sessions/escalations/stream"


@pytest.fixture
async def port(settings: Settings, urls: Urls) -> AsyncIterator[int]:
    """A server of its own beside the one that writes: what happened reaches it by the doorbell."""
    runtime = build(settings, urls.app)
    try:
        async with serving(create_app(runtime, worker=False)) as port, runtime.hub:
            await eventually(lambda: runtime.hub.is_listening)
            yield port
    finally:
        await runtime.database.close()


async def _stream(port: int, person: Somebody) -> Reader:
    return await Reader.get(port, path=PATH, Authorization=f"Bearer {person.token}")


async def test_an_escalation_is_stepped_through_every_layer_to_a_colleague(port: int, make: Make) -> None:
    jane = await make.person("Jane")
    sam = await make.person("Sam", account=jane.account_id)
    reader = await _stream(port, sam)
    assert (reader.status, reader.headers["cache-control"], reader.headers["x-content-type-options"]) == (200, "no-cache", "nosniff")
    assert (await reader.next()).event == "ready"
    before = _behind()
    handoff = await make.handoff(jane)
    (created,) = await reader.events(1)
    assert (created.id, created.event, created.data["card"]["handoff_id"]) == (1, "handoff_created", str(handoff.id))
    assert _behind() == before, "a layer made the step wait"


async def test_viewers_and_strangers_are_refused(port: int, make: Make) -> None:
    viewer = await make.person(role=Role.VIEWER)
    refused = await _stream(port, viewer)
    assert (refused.status, (await refused.problem())["code"]) == (403, "forbidden")
    refused = await Reader.get(port, path=PATH)
    assert (refused.status, (await refused.problem())["code"]) == (401, "not_authenticated")


async def test_somebody_deactivated_loses_the_stream_at_once(port: int, make: Make) -> None:
    ana = await make.person("Ana", role=Role.ADMIN)
    sam = await make.person("Sam", account=ana.account_id)
    reader = await _stream(port, sam)
    assert (await reader.next()).event == "ready"
    reply = await ana.call("PATCH", f"/account/users/{sam.id}", json={"is_active": False})
    assert reply.status_code == 200, reply.text
    assert await reader.has_ended()


def _behind() -> float:
    return REGISTRY.get_sample_value("resolutionflow_streams_behind_total") or 0.0
