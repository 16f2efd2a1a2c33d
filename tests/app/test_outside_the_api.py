"""Health, metrics, meta, and the paths that serve the web application."""

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from resolutionflow.app import web
from tests.factories.make import Make


async def test_the_process_says_it_is_up_without_asking_the_database(make: Make) -> None:
    reply = await make.client.get("/healthz")
    assert (reply.status_code, reply.json()) == (200, {"status": "up"})


async def test_not_ready_names_the_part(make: Make) -> None:
    """Neither hub nor worker runs in this process."""
    reply = await make.client.get("/readyz")
    assert reply.status_code == 503
    assert reply.json() == {"ready": False, "checks": {"database": "ok", "worker": "no worker is running", "bus": "not connected"}}


async def test_a_worker_that_beats_is_ready_and_a_silent_one_is_not(make: Make) -> None:
    make.rows("insert into queue.procrastinate_workers (last_heartbeat) values (now()) returning id")
    assert (await make.client.get("/readyz")).json()["checks"]["worker"] == "ok"
    make.rows("update queue.procrastinate_workers set last_heartbeat = now() - interval '2 minutes' returning id")
    assert "silent" in (await make.client.get("/readyz")).json()["checks"]["worker"]


async def test_metrics_count_requests_by_route_and_show_no_ids(make: Make) -> None:
    jane = await make.person()
    session = await make.session(jane)
    await jane.get(f"/ai-sessions/{session}")
    text = (await make.client.get("/metrics")).text
    assert 'resolutionflow_http_requests_total{method="GET",route="/ai-sessions/{session_id}",status="200"}' in text
    assert str(session) not in text


async def test_meta_tells_nothing_of_any_account(make: Make) -> None:
    await make.person()
    said = (await make.client.get("/api/v1/meta")).json()
    assert set(said) == {"version", "registration", "assistant", "demo_sign_ins"}
    assert said["demo_sign_ins"] is None


async def test_unknown_paths_of_the_api_are_problems(make: Make) -> None:
    for method, path in (("GET", "/api/v1/nothing"), ("GET", "/api/nothing"), ("POST", "/api/v1/ai-sessions/x/y/z")):
        reply = await make.client.request(method, path)
        assert (reply.status_code, reply.json()["code"]) == (404, "not_found"), path
    reply = await make.client.delete("/api/v1/meta")
    assert (reply.status_code, reply.json()["code"]) == (405, "method_not_allowed")


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> TestClient:
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text("<title>ResolutionFlow</title>")
    (tmp_path / "assets" / "index-abc.js").write_text("1")
    (tmp_path / "theme.js").write_text("1")
    return TestClient(web.files(tmp_path))


def test_every_path_that_is_no_file_is_the_application(built: TestClient) -> None:
    for path in ("/", "/escalations", "/pilot/01a20130-0000-7000-8000-000000000000?pickup=true"):
        reply = built.get(path)
        assert (reply.status_code, reply.headers["cache-control"]) == (200, "no-cache"), path
        assert "ResolutionFlow" in reply.text


def test_hashed_assets_are_kept_and_missing_ones_are_missing(built: TestClient) -> None:
    assert built.get("/assets/index-abc.js").headers["cache-control"] == "public, max-age=31536000, immutable"
    assert built.get("/theme.js").headers["cache-control"] == "no-cache"
    assert built.get("/assets/index-old.js").status_code == 404
    assert built.get("/../../pyproject.toml").text.startswith("<title>")


def test_without_a_build_the_page_says_what_to_do() -> None:
    reply = TestClient(web.files(None)).get("/escalations")
    assert reply.status_code == 503
    assert "make setup" in reply.text
