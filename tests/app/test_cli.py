"""The command line: what an operator did wrong is one sentence."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.database import Urls

COMMAND = [str(Path(sys.executable).with_name("resolutionflow"))]


def run(*arguments: str, cwd: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("RESOLUTIONFLOW_")}
    environment |= {f"RESOLUTIONFLOW_{name}": value for name, value in settings.items()}
    return subprocess.run([*COMMAND, *arguments], cwd=cwd, env=environment, capture_output=True, text=True, timeout=100)


@pytest.mark.parametrize(
    ("arguments", "settings", "said"),
    [
        (("serve", "--port", "0"), {"HEARTBEAT": "5"}, "RESOLUTIONFLOW_HEARTBEAT is not a setting"),
        (("serve", "--port", "0", "--demo", "--host", "0.0.0.0"), {}, "only for 127.0.0.1"),
        (("serve", "--port", "0"), {"ENV": "production"}, "RESOLUTIONFLOW_SECRET_KEY must be set"),
        (("migrate",), {"DATABASE_URL": "mysql://db"}, "RESOLUTIONFLOW_DATABASE_URL is not valid"),
    ],
)
def test_a_mistake_is_one_sentence_and_no_traceback(
    tmp_path: Path, arguments: tuple[str, ...], settings: dict[str, str], said: str
) -> None:
    result = run(*arguments, cwd=tmp_path, **settings)
    assert result.returncode == 2
    assert said in result.stderr
    assert "Traceback" not in result.stderr


def test_serving_with_a_role_that_sees_everything_is_refused_with_the_way_out(tmp_path: Path, urls: Urls) -> None:
    result = run("web", "--port", "0", cwd=tmp_path, DATABASE_URL=urls.owner, DATABASE_OWNER_URL=urls.owner)
    assert result.returncode != 0
    assert "create role resolutionflow_app" in result.stderr


def test_the_api_document_names_every_event_of_the_stream(tmp_path: Path) -> None:
    result = run("openapi", "--out", "openapi.json", cwd=tmp_path)
    assert result.returncode == 0, result.stderr
    document = json.loads((tmp_path / "openapi.json").read_text())
    stream = document["paths"]["/api/v1/ai-sessions/escalations/stream"]["get"]["responses"]["200"]["content"]["text/event-stream"]
    events = set(stream["schema"]["x-events"])
    assert {"ready", "resync", "handoff_created", "handoff_claimed", "session_changed", "notification_changed"} <= events
    for reference in stream["schema"]["x-events"].values():
        assert reference.rpartition("/")[2] in document["components"]["schemas"]


def test_the_table_of_facts_says_who_reacts(tmp_path: Path) -> None:
    lines = {line.split()[0]: line for line in run("events", cwd=tmp_path).stdout.splitlines()}
    assert "notifications.ring_recipients" in lines["handoff_created"]
    assert "notifications.tell_operator" in lines["handoff_created"]
    assert "handoffs.close_handoff" in lines["session_resolved"]
    assert "write_audit_log" not in lines["step_written"]


def test_the_doctor_finds_a_sick_part(tmp_path: Path, urls: Urls) -> None:
    sick = run("doctor", cwd=tmp_path, DATABASE_URL=urls.app, DATABASE_OWNER_URL=urls.owner, EVENT_BUS_URL="redis://127.0.0.1:1")
    assert sick.returncode == 1
    assert "ok   database: PostgreSQL" in sick.stdout
    assert "ok   database role" in sick.stdout
    assert "ok   migrations" in sick.stdout
    assert "FAIL live bus: Redis does not answer" in sick.stdout
