"""The demo is told once, through the product's own actions, and opens only while it is served."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import httpx2
import pytest

from resolutionflow.app.api import create_app
from resolutionflow.app.demo import story
from resolutionflow.app.demo.cases import PAST, TODAY
from resolutionflow.app.demo.people import PASSWORD, PEOPLE, Who, demo_sign_ins, sheet
from resolutionflow.app.demo.script import Escalated, PickedUp, last_heard, on_day
from resolutionflow.app.runtime import Runtime, build
from resolutionflow.platform.settings import Settings
from tests.database import Urls, superuser, sweep

_EVERY_ID = " union all ".join(
    f"select count(*), min(id::text), max(id::text) from {table}" for table in ("accounts", "sessions", "steps", "events")
)
_MOMENTS = {
    "accounts": "created_at",
    "users": "created_at",
    "sessions": "created_at",
    "steps": "created_at",
    "handoffs": "created_at",
    "handoff_claims": "claimed_at",
    "documents": "created_at",
    "app_notifications": "created_at",
    "events": "occurred_at",
    "audit_log": "at",
}


@pytest.fixture(scope="module")
async def told(urls: Urls, settings: Settings) -> AsyncIterator[Runtime]:
    """The story as `serve --demo` tells it; the tests that have it only look."""
    sweep(urls)
    runtime = build(settings, urls.app)
    await story.tell(runtime, urls.owner)
    yield runtime
    await runtime.database.close()
    sweep(urls)


class Look:
    """What lies in the database, past row-level security."""

    def __init__(self, urls: Urls) -> None:
        self._connection = superuser(urls.superuser)

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        return self._connection.execute(query).fetchall()

    def one(self, query: str) -> Any:
        return self.rows(query)[0][0]


@pytest.fixture
def look(urls: Urls) -> Look:
    return Look(urls)


async def _browser(runtime: Runtime, who: Who, *, demo: bool = True) -> tuple[httpx2.AsyncClient, httpx2.Response]:
    app = create_app(runtime, worker=False, demo=demo_sign_ins() if demo else None)
    client = httpx2.AsyncClient(transport=httpx2.ASGITransport(app=app), base_url="http://test/api/v1")
    reply = await client.post("/auth/login", json={"email": who.email, "password": PASSWORD})
    if reply.is_success:
        client.headers["Authorization"] = f"Bearer {reply.json()['access_token']}"
    return client, reply


async def test_five_people_twelve_clients_and_three_who_wait(told: Runtime, look: Look) -> None:
    assert look.rows("select name, is_demo from accounts") == [("Alder Street IT", True)]
    assert look.one("select count(*) from users") == 5
    assert look.one("select count(*) from clients") == 12
    sam, _ = await _browser(told, Who.SAM)
    queue = (await sam.get("/ai-sessions/escalations")).json()["items"]
    waiting = [card for card in queue if card["status"] == "open"]
    assert [(card["escalated_by"]["name"], card["priority"], card["target_user_name"]) for card in waiting] == [
        ("Ben Okafor", "normal", "Sam Rivera"),
        ("Jane Miller", "high", None),
        ("Jane Miller", "critical", None),
    ]
    assert waiting[-1]["tried_count"] == 7
    assert [card["claimed_by"]["name"] for card in queue if card["status"] == "claimed"] == ["Dana Whitfield"]


async def test_jane_has_two_cases_of_her_own_and_one_parked(told: Runtime) -> None:
    jane, _ = await _browser(told, Who.JANE)
    mine = (await jane.get("/ai-sessions", params={"limit": 100})).json()["items"]
    held = [each["status"] for each in mine if each["holder_name"] == "Jane Miller" and each["status"] != "resolved"]
    assert sorted(held) == ["active", "active", "parked"]


async def test_everybody_listed_can_sign_in(told: Runtime) -> None:
    for offered in demo_sign_ins():
        client, reply = await _browser(told, Who(offered.email.partition("@")[0]))
        user = reply.json()["user"]
        assert (user["name"], user["role"], reply.json()["account"]["is_demo"]) == (offered.name, offered.role, True)
        assert (await client.get("/auth/me")).status_code == 200
        assert offered.email in sheet()


async def test_the_figures_are_those_of_the_script(told: Runtime) -> None:
    acts = [beat.act for case in (*PAST, *TODAY) for beat in case.beats]
    sam, _ = await _browser(told, Who.SAM)
    figures = (await sam.get("/analytics/flowpilot/escalations", params={"period": "30d"})).json()
    assert figures["n_handoffs_created"] == sum(isinstance(act, Escalated) for act in acts) == 21
    assert (figures["n_handoffs_claimed"], figures["n_handoffs_with_action"]) == (17, 16)
    assert (figures["n_advised"], figures["n_reopened"]) == (3, 1)
    assert sum(isinstance(act, PickedUp) for act in acts) == 17, "one was picked up twice, one advised at once"
    assert 60 < figures["median_seconds"] < 300
    week = (await sam.get("/analytics/flowpilot/escalations", params={"period": "7d"})).json()
    assert week["n_handoffs_claimed"] > 0


async def test_it_was_made_by_the_products_actions(told: Runtime, look: Look) -> None:
    assert look.one("select count(*) from handoffs where snapshot #> '{problem,summary}' is null") == 0
    numbers = [row[0] for row in look.rows("select number from events where number is not null order by number")]
    assert numbers == list(range(1, len(numbers) + 1))
    assert look.one("select last_number from event_counters") == len(numbers)
    steps = look.rows("select session_id, array_agg(seq order by seq), count(*) from steps group by session_id")
    assert all(seqs == list(range(1, count + 1)) for _, seqs, count in steps)
    audited = dict(look.rows("select action, count(*) from audit_log group by action"))
    assert (audited["person_invited"], audited["invitation_accepted"], audited["handoff_created"]) == (4, 4, 21)
    documents = dict(look.rows("select kind, count(*) from documents group by kind"))
    assert documents == {"escalation": 21, "resolution": len(PAST)}


async def test_times_lie_in_the_past_and_in_order(told: Runtime, look: Look) -> None:
    for table, column in _MOMENTS.items():
        assert look.one(f"select count(*) from {table} where {column} > now()") == 0, table
    in_order = "select count(*) from (select {at} < lag({at}) over ({by}) as back from {table}) as each where back"
    assert look.one(in_order.format(at="occurred_at", by="order by number", table="events where number is not null")) == 0
    assert look.one(in_order.format(at="created_at", by="partition by session_id order by seq", table="steps")) == 0
    assert look.one("select count(*) from handoffs join sessions s on s.id = session_id where handoffs.created_at < s.created_at") == 0
    assert look.one("select count(*) from steps join sessions s on s.id = session_id where steps.created_at < s.created_at") == 0
    assert look.one("select count(*) from sessions where created_at < (select max(created_at) from users)") == 0
    waited = [row[0] for row in look.rows("select now() - created_at from handoffs where status = 'open' order by created_at desc")]
    for age, minutes in zip(waited, (4, 26, 110), strict=True):
        assert timedelta(minutes=minutes) <= age < timedelta(minutes=minutes + 15)


async def test_only_what_waits_or_happened_today_rings(told: Runtime, look: Look) -> None:
    unread = "select u.name, n.type, count(*) from app_notifications n join users u on u.id = n.user_id where read_at is null group by 1, 2"
    assert sorted(look.rows(unread)) == [
        ("Ben Okafor", "session.escalated", 2),
        ("Dana Whitfield", "session.escalated", 2),
        ("Jane Miller", "handoff.picked_up", 1),
        ("Priya Nair", "session.escalated", 2),
        ("Sam Rivera", "session.escalated", 3),
    ]


async def test_the_past_leaves_nothing_for_the_queue(told: Runtime, look: Look) -> None:
    jobs = "select e.occurred_at from queue.procrastinate_jobs j join events e on e.id = (j.args ->> 'event_id')::uuid"
    escalated_today = sum(isinstance(beat.act, Escalated) for case in TODAY for beat in case.beats)
    assert len(look.rows(jobs)) == 2 * escalated_today, "told to the operator, and assessed"


async def test_what_was_escalated_before_today_was_assessed_then(told: Runtime, look: Look) -> None:
    late = "select count(*) from assessments a join handoffs h on h.id = a.handoff_id where a.created_at - h.created_at > '1 minute'"
    assert look.one(late) == 0
    statuses = dict(look.rows("select ai_assessment_status, count(*) from handoffs where intent = 'escalate' group by 1"))
    assert statuses["pending"] == sum(isinstance(beat.act, Escalated) for case in TODAY for beat in case.beats)
    assert statuses["ready"] > 10


async def test_told_again_soon_it_changes_nothing(told: Runtime, look: Look, urls: Urls) -> None:
    before = look.rows(_EVERY_ID)
    await story.tell(told, urls.owner)
    assert look.rows(_EVERY_ID) == before


async def test_nobody_of_it_gets_in_where_the_demo_is_not_served(told: Runtime) -> None:
    refused, reply = await _browser(told, Who.SAM, demo=False)
    assert (reply.status_code, reply.json()["code"]) == (401, "not_authenticated")
    served, _ = await _browser(told, Who.SAM)
    reply = await refused.get("/auth/me", headers={"Authorization": served.headers["Authorization"]})
    assert reply.status_code == 401
    assert (await refused.get("/meta")).json()["demo_sign_ins"] is None
    assert len((await served.get("/meta")).json()["demo_sign_ins"]) == len(PEOPLE)


def test_working_days_skip_the_weekend() -> None:
    monday = datetime(2026, 11, 23, 12, tzinfo=UTC)
    began = [on_day(back, "09:00")(monday, timedelta()).astimezone() for back in (1, 2, 5, 6)]
    assert [(each.strftime("%a"), each.hour) for each in began] == [("Fri", 9), ("Thu", 9), ("Mon", 9), ("Fri", 9)]
    assert all(later > earlier for later, earlier in pairwise(began))


def test_a_case_of_today_ends_so_many_minutes_ago() -> None:
    told_at = datetime(2026, 11, 23, 12, tzinfo=UTC)
    for case in TODAY[:-1]:
        last = list(case.scenes(told_at))[-1]
        assert timedelta(minutes=4) <= told_at - last.moment <= timedelta(minutes=110)
    assert last_heard(4)(told_at, timedelta(minutes=10)) == datetime(2026, 11, 23, 11, 46, tzinfo=UTC)
