import pytest

from resolutionflow.analytics.schemas import METRIC_DEFINITION
from resolutionflow.platform.actor import Role
from tests.factories.make import Make
from tests.factories.notifications import team

PATH = "/analytics/flowpilot/escalations"
FIELDS = {
    "period",
    "from",
    "to",
    "n_handoffs_created",
    "n_handoffs_claimed",
    "n_handoffs_with_action",
    "n_advised",
    "n_reopened",
    "conversion_rate",
    "avg_seconds",
    "median_seconds",
    "p95_seconds",
    "avg_time_to_claim_seconds",
    "metric_definition",
}


async def test_an_account_without_escalations_gets_zeros_and_nulls(make: Make) -> None:
    jane = await make.person("Jane")
    answer = (await jane.get(PATH)).json()
    assert set(answer) == FIELDS
    assert answer["period"] == "30d"
    counts = [answer[name] for name in FIELDS if name.startswith("n_")]
    seconds = [answer[name] for name in FIELDS if name.endswith("seconds") or name == "conversion_rate"]
    assert (set(counts), set(seconds)) == ({0}, {None})


async def test_what_was_just_picked_up_and_acted_on_shows_at_once(make: Make) -> None:
    jane, sam = await team(make, "Jane", "Sam")
    handoff = await make.handoff(jane)
    assert (await sam.post(f"/ai-sessions/{handoff.session_id}/handoffs/{handoff.id}/claim")).status_code == 200
    note = {"kind": "note", "content": "Looking at it"}
    assert (await sam.post(f"/ai-sessions/{handoff.session_id}/steps", note)).status_code == 201
    answer = (await jane.get(PATH, params={"period": "7d"})).json()
    assert (answer["n_handoffs_created"], answer["n_handoffs_claimed"], answer["n_handoffs_with_action"]) == (1, 1, 1)
    assert (answer["conversion_rate"], answer["avg_seconds"] >= 0) == (1.0, True)
    assert answer["from"] < answer["to"]
    assert answer["to"].endswith("Z")


async def test_every_answer_says_what_is_measured_and_what_is_not(make: Make) -> None:
    jane = await make.person("Jane")
    definition = (await jane.get(PATH)).json()["metric_definition"]
    assert definition == METRIC_DEFINITION
    assert "time to first action" in definition
    assert "not minutes recovered" in definition


@pytest.mark.parametrize("role", [Role.ENGINEER, Role.ADMIN, Role.OWNER])
async def test_engineers_and_admins_read_it(make: Make, role: Role) -> None:
    person = await make.person(role=role)
    for period in ("7d", "30d", "90d"):
        reply = await person.get(PATH, params={"period": period})
        assert (reply.status_code, reply.json()["period"]) == (200, period)


async def test_viewers_do_not_whatever_they_ask_for(make: Make) -> None:
    vic = await make.person("Vic", role=Role.VIEWER)
    for period in ("30d", "nonsense"):
        reply = await vic.get(PATH, params={"period": period})
        assert (reply.status_code, reply.json()["detail"]) == (403, "Engineer or admin access required")


@pytest.mark.parametrize("period", ["1d", "365d", "30", "", "30D", "7d\x00"])
async def test_another_period_is_refused(make: Make, period: str) -> None:
    jane = await make.person("Jane")
    reply = await jane.get(PATH, params={"period": period})
    assert (reply.status_code, reply.json()["code"]) == (422, "invalid")
