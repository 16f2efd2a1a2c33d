"""The command line: what an operator did wrong is one sentence."""

import json
import logging
import os
import signal
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from resolutionflow.app.cli import main
from resolutionflow.platform import logs
from tests.database import Urls


@dataclass(frozen=True)
class Ended:
    code: object
    out: str
    err: str


Run = Callable[..., Ended]


@pytest.fixture
def as_before() -> Iterator[None]:
    """Signals and logs again as they were; set up before `capsys`, so that logs are not bound to the stream it closes."""
    handlers = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    yield
    for number, handler in handlers.items():
        signal.signal(number, handler)
    logs.configure("json", level=logging.WARNING)


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, as_before: None, capsys: pytest.CaptureFixture[str]) -> Run:
    """`resolutionflow …` in an empty folder with these settings alone."""
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("RESOLUTIONFLOW_")]:
        monkeypatch.delenv(name)

    def command(*arguments: str, **settings: str) -> Ended:
        for name, value in settings.items():
            monkeypatch.setenv(f"RESOLUTIONFLOW_{name}", value)
        monkeypatch.setattr(sys, "argv", ["resolutionflow", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        return Ended(ended.value.code, said.out, said.err)

    return command


@pytest.mark.parametrize(
    ("arguments", "settings", "said"),
    [
        (("serve", "--port", "0"), {"HEARTBEAT": "5"}, "RESOLUTIONFLOW_HEARTBEAT is not a setting"),
        (("serve", "--port", "0", "--demo", "--host", "0.0.0.0"), {}, "only for 127.0.0.1"),
        (("serve", "--port", "0"), {"ENV": "production"}, "RESOLUTIONFLOW_SECRET_KEY must be set"),
        (("migrate",), {"DATABASE_URL": "mysql://db"}, "RESOLUTIONFLOW_DATABASE_URL is not valid"),
    ],
)
def test_a_mistake_is_one_sentence_and_no_traceback(run: Run, arguments: tuple[str, ...], settings: dict[str, str], said: str) -> None:
    result = run(*arguments, **settings)
    assert result.code == 2
    assert said in result.err
    assert "Traceback" not in result.err


def test_serving_with_a_role_that_sees_everything_is_refused_with_the_way_out(run: Run, urls: Urls) -> None:
    result = run("web", "--port", "0", DATABASE_URL=urls.owner, DATABASE_OWNER_URL=urls.owner)
    assert result.code != 0
    assert "create role resolutionflow_app" in result.err


def test_the_api_document_names_every_event_of_the_stream(run: Run, tmp_path: Path) -> None:
    result = run("openapi", "--out", "openapi.json")
    assert result.code == 0, result.err
    document = json.loads((tmp_path / "openapi.json").read_text())
    stream = document["paths"]["/api/v1/ai-sessions/escalations/stream"]["get"]["responses"]["200"]["content"]["text/event-stream"]
    events = set(stream["schema"]["x-events"])
    assert {"ready", "resync", "handoff_created", "handoff_claimed", "session_changed", "notification_changed"} <= events
    for reference in stream["schema"]["x-events"].values():
        assert reference.rpartition("/")[2] in document["components"]["schemas"]


def test_the_table_of_facts_says_who_reacts(run: Run) -> None:
    lines = {line.split()[0]: line for line in run("events").out.splitlines()}
    assert "notifications.ring_recipients" in lines["handoff_created"]
    assert "notifications.tell_operator" in lines["handoff_created"]
    assert "handoffs.close_handoff" in lines["session_resolved"]
    assert "write_audit_log" not in lines["step_written"]


def test_the_doctor_finds_a_sick_part(run: Run, urls: Urls) -> None:
    sick = run("doctor", DATABASE_URL=urls.app, DATABASE_OWNER_URL=urls.owner, EVENT_BUS_URL="redis://127.0.0.1:1")
    assert sick.code == 1
    assert "ok   database: PostgreSQL" in sick.out
    assert "ok   database role" in sick.out
    assert "ok   migrations" in sick.out
    assert "FAIL live bus: Redis does not answer" in sick.out
