"""Old state + events = fresh state: a screen that missed nothing of the log shows what a reload would show, in every field."""

import asyncio
import json
import random
from collections.abc import Coroutine, Iterator
from pathlib import Path
from typing import Any, TypeVar

import httpx2
import pytest
from hypothesis import HealthCheck, note, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule, run_state_machine_as_test

from resolutionflow.app.api import create_app
from resolutionflow.app.runtime import build
from resolutionflow.events import frames
from resolutionflow.events import queries as log
from resolutionflow.handoffs.jobs import look_after_claims
from resolutionflow.platform.db.glances import Glances
from resolutionflow.platform.ids import HandoffId
from resolutionflow.platform.settings import Settings
from tests.database import Urls, sweep
from tests.events.reading import Reader
from tests.factories.cases import MOVES, Case, Start, Team, legacy_case, team
from tests.factories.make import Make, Somebody
from tests.faults.invariants import REFUSALS
from tests.flows.queue_client import QueueClient
from tests.profiles import profile
from tests.serving import Product, served, through

MOST_CASES = 4
MOST_CHOICES = 999
STREAM = "/api/v1/ai-sessions/escalations/stream"
Answer = TypeVar("Answer")


def standing(make: Make, case: Case) -> Start:
    """Where a case stands now; speaks of its newest handoff from here on."""
    newest = "select id from handoffs where session_id = %s and intent = 'escalate' order by created_at desc, id desc limit 1"
    for (handoff_id,) in make.rows(newest, case.session_id):
        case.handoff_id = HandoffId(handoff_id)
    ((status, is_claimed, has_lapsed),) = make.rows(
        """select status, exists(select from handoffs h where h.session_id = s.id and h.status = 'claimed'),
                  coalesce(earlier_holder_id = %s, false) from sessions s where id = %s""",
        case.team.sam.id,
        case.session_id,
    )
    if status in ("escalated", "requesting_escalation"):
        return Start.LAPSED if has_lapsed else Start.OPEN
    return Start.CLAIMED if is_claimed else Start(status)


def possible(make: Make, cases: list[Case]) -> list[tuple[Case, str]]:
    """What lapsed waits like anything open."""
    starts = [(case, standing(make, case)) for case in cases]
    waits = {Start.LAPSED: (Start.LAPSED, Start.OPEN)}
    return [(case, name) for case, start in starts for name, (needs, _) in MOVES.items() if needs in waits.get(start, (start,))]


async def move(case: Case, name: str) -> None:
    reply = await MOVES[name][1](case)
    assert reply.is_success or (reply.status_code, reply.json()["code"]) in REFUSALS, (name, reply.text)


async def fresh(who: Somebody) -> dict[str, Any]:
    reply = await who.get("/ai-sessions/escalations")
    assert reply.status_code == 200, reply.text
    queue: dict[str, Any] = reply.json()
    return queue


class World:
    """A database, the API on it, and a loop to run both in from a test that is not a coroutine."""

    def __init__(self, urls: Urls, configured: Settings) -> None:
        self._loop = asyncio.new_event_loop()
        self._runtime = build(configured, urls.app)
        transport = httpx2.ASGITransport(app=create_app(self._runtime, worker=False))
        self._client = httpx2.AsyncClient(transport=transport, base_url="http://test")
        self.make = Make(self._runtime, self._client, urls)
        self.glances = Glances(urls.app)
        self.run(self.glances.open())

    def run(self, work: Coroutine[Any, Any, Answer]) -> Answer:
        return self._loop.run_until_complete(work)

    def close(self) -> None:
        self.run(self.glances.close())
        self.run(self._client.aclose())
        self.run(self._runtime.database.close())
        self._loop.close()


@pytest.fixture
def world(urls: Urls, settings: Settings) -> Iterator[World]:
    made = World(urls, settings)
    yield made
    made.close()
    sweep(urls)


class Queue(RuleBasedStateMachine):
    """Four people move a few cases; Ben's screen is connected, cut off, or reloaded meanwhile."""

    def __init__(self, world: World) -> None:
        super().__init__()
        self.world, self.make = world, world.make
        self.people = world.run(team(world.make))
        self.screen = QueueClient()
        self.cases: list[Case] = []
        self.is_connected = True

    @initialize(has_legacy=st.booleans())
    def open_the_page(self, has_legacy: bool) -> None:
        if has_legacy:
            self.cases.append(legacy_case(self.make, self.people))
        self.screen.load(self.world.run(fresh(self.people.ben)))

    @precondition(lambda self: len(self.cases) < MOST_CASES)
    @rule()
    def start(self) -> None:
        self.cases.append(Case(self.people, self.world.run(self.make.session(self.people.jane))))

    @precondition(lambda self: self.cases)
    @rule(data=st.data())
    def move(self, data: st.DataObject) -> None:
        self.world.run(move(*self._chosen(data)))

    @precondition(lambda self: self.cases)
    @rule(data=st.data())
    def reload_while_something_moves(self, data: st.DataObject) -> None:
        """What commits between the reading of the cursor and of the cards is in both, and shows once."""

        async def at_once(case: Case, name: str) -> dict[str, Any]:
            queue: dict[str, Any]
            queue, _ = await asyncio.gather(fresh(self.people.ben), move(case, name))
            return queue

        self.screen.load(self.world.run(at_once(*self._chosen(data))))
        self.is_connected = True

    @precondition(lambda self: self.cases)
    @rule()
    def every_claim_runs_out(self) -> None:
        self.make.rows("update handoffs set lease_expires_at = now() where lease_expires_at is not null returning id")
        self.world.run(look_after_claims(self.make.work))

    @precondition(lambda self: self.is_connected)
    @rule()
    def disconnect(self) -> None:
        self.is_connected = False

    @precondition(lambda self: not self.is_connected)
    @rule()
    def reconnect(self) -> None:
        self.is_connected = True

    @invariant()
    def a_connected_screen_shows_what_a_reload_would_show(self) -> None:
        if self.is_connected:
            for event in self.world.run(self._missed()):
                self.screen.apply(event)
            assert self.screen.items == self.world.run(fresh(self.people.ben))["items"]

    def teardown(self) -> None:
        self.is_connected = True
        self.a_connected_screen_shows_what_a_reload_would_show()

    def _chosen(self, data: st.DataObject) -> tuple[Case, str]:
        choices = possible(self.make, self.cases)
        case, name = choices[data.draw(st.integers(0, MOST_CHOICES)) % len(choices)]
        note(f"{name}: case {self.cases.index(case)}")
        return case, name

    async def _missed(self) -> list[dict[str, Any]]:
        """As the stream would send it."""
        events = await log.after(self.world.glances, self.people.account_id, self.screen.cursor)
        return [json.loads(frames.event(each).data.decode().partition("data: ")[2]) for each in events]


@pytest.mark.timeout(3_600)  # its length is the profile's, and a failure is made as short as possible before it is shown
def test_whatever_happens_a_screen_kept_by_events_shows_what_a_reload_shows(world: World) -> None:
    class InThisWorld(Queue):
        def __init__(self) -> None:
            super().__init__(world)

    run_state_machine_as_test(
        InThisWorld,
        settings=settings(
            max_examples=profile.hypothesis_examples,
            stateful_step_count=profile.hypothesis_steps,
            deadline=None,
            database=None,
            suppress_health_check=[HealthCheck.too_slow],
        ),
    )


async def test_a_screen_whose_stream_is_cut_again_and_again_shows_what_a_reload_shows(make: Make, tmp_path: Path) -> None:
    chance = random.Random(2026)
    people = await team(make)
    screen, cases = QueueClient(), [legacy_case(make, people)]
    async with served(make, tmp_path) as product, through(product, people.jane, people.sam, people.ben, people.dana) as them:
        people = Team(*them)
        cases = [Case(people, case.session_id) for case in cases]
        screen.load(await fresh(people.ben))
        stream = await _connected(product, people.ben, screen)
        for _ in range(profile.hypothesis_steps):
            for _ in range(chance.randrange(1, 5)):
                if len(cases) < MOST_CASES:
                    cases.append(Case(people, await make.session(people.jane)))
                await move(*chance.choice(possible(make, cases)))
            if chance.random() < 0.6:  # cut with unread events underway
                await stream.close()
                stream = await _connected(product, people.ben, screen)
            if chance.random() < 0.5:
                await _catch_up(make, stream, screen)
        await _catch_up(make, stream, screen)
        assert screen.items == (await fresh(people.ben))["items"]
        await stream.close()


async def _connected(product: Product, who: Somebody, screen: QueueClient) -> Reader:
    reader = await Reader.get(product.port, path=STREAM, Authorization=f"Bearer {who.token}", Last_Event_ID=str(screen.cursor))
    ready = await reader.next()
    assert (ready.event, ready.data["last_event_id"]) == ("ready", screen.cursor)
    return reader


async def _catch_up(make: Make, stream: Reader, screen: QueueClient) -> None:
    ((head,),) = make.rows("select last_number from event_counters")
    for event in await stream.events(head - screen.cursor):
        screen.apply(event.data)
