"""For every endpoint: whatever is sent, the answer is a documented refusal and never a fault of ours."""

import copy
import json
import random
from collections.abc import Iterator
from typing import Any

import pytest

from resolutionflow.app.runtime import Runtime
from resolutionflow.platform.actor import Role
from tests.architecture.operations import BODIES, BODYLESS, PUBLIC, Operation, operations
from tests.factories.make import Make, Somebody
from tests.profiles import profile

NOT_EVEN_JSON = (
    b"", b"{", b"\xff\xfe\x00", b"\xef\xbb\xbf{}", b"[]", b"null", b"true", b"0", b'"text"', b'{"a": NaN}', b'{"a": 1e400}',
    b'{"a": -Infinity}', b"[" * 5_000, b'{"a":' * 5_000, b'{"a": 1, "a": 2}',
)  # fmt: skip
STRANGE: tuple[Any, ...] = (
    None, 0, -1, 2**70, 1.5, True, "", " ", "\u0000", "a\u0000b", "\ud800", "\u202e\u200b\u2066",
    "👩‍🔧", "x" * 100_001, "<script>alert(1)</script>",
    "'; drop table users; --", "{{7*7}}", "../../etc/passwd", [], ["a"], {}, {"a": {"b": []}}, "0000-00-00", "2026-13-45T99:99:99Z",
)  # fmt: skip


@pytest.fixture
async def people(make: Make) -> dict[Role, Somebody]:
    owner = await make.person("Olga", role=Role.OWNER)
    others = {role: await make.person(role.title(), account=owner.account_id, role=role) for role in list(Role)[1:]}
    return {Role.OWNER: owner} | others


async def ids_for(make: Make, people: dict[Role, Somebody]) -> dict[str, object]:
    engineer = people[Role.ENGINEER]
    session = await make.session(engineer)
    handoff = await make.handoff(people[Role.ADMIN])
    return {
        "session_id": session,
        "turn_id": session,
        "handoff_id": handoff.id,
        "question_id": session,
        "user_id": people[Role.VIEWER].id,
        "notification_id": session,
        "invitation_id": session,
    }


def spoilt(body: dict[str, Any], chance: random.Random) -> Iterator[dict[str, Any]]:
    """The body with one thing wrong each: a field gone, one too many, one strange."""
    for field in body:
        yield {name: value for name, value in body.items() if name != field}
    yield {**body, "unknown_field": 1}
    for _ in range(profile.bad_inputs):
        changed = copy.deepcopy(body)
        changed[chance.choice(list(body))] = chance.choice(STRANGE)
        yield changed


async def send(person: Somebody | None, make: Make, operation: Operation, path: str, content: bytes, kind: str = "application/json") -> Any:
    headers = {"Content-Type": kind, **(person.headers if person else {})}
    return await make.client.request(operation.method, f"/api/v1{path}", content=content, headers=headers)


def judge(operation: Operation, reply: Any, sent: object) -> None:
    told = (operation.name, reply.status_code, repr(sent)[:120], reply.text[:200])
    assert reply.status_code in operation.statuses | {200, 201, 204}, told
    assert reply.status_code < 500 or reply.status_code == 501, told
    if reply.status_code >= 400:
        assert reply.headers["content-type"] == "application/problem+json", told
        assert reply.json()["code"], told


async def test_bodies_that_are_wrong_are_refused_and_never_break_us(make: Make, runtime: Runtime, people: dict[Role, Somebody]) -> None:
    chance = random.Random(7)
    ids = await ids_for(make, people)
    for operation in operations(runtime):
        if operation.body is None:
            continue
        person = None if operation.name in PUBLIC else people[Role.ENGINEER if "account" not in operation.path else Role.OWNER]
        for body in spoilt(operation.body, chance):
            judge(operation, await send(person, make, operation, operation.at(**ids), json.dumps(body).encode()), body)
        for content in NOT_EVEN_JSON:
            judge(operation, reply := await send(person, make, operation, operation.at(**ids), content), content)
            assert reply.status_code >= 400 or operation.name in ("change_me", "describe_session", "change_user"), (operation.name, content)


async def test_every_post_patch_and_put_has_an_example(runtime: Runtime) -> None:
    writing = {each.name for each in operations(runtime) if each.method in ("POST", "PUT", "PATCH")}
    assert writing == set(BODIES) | BODYLESS


async def test_calls_without_a_body_take_none_or_an_empty_one(make: Make, runtime: Runtime, people: dict[Role, Somebody]) -> None:
    ids = await ids_for(make, people)
    for operation in operations(runtime):
        if operation.name not in BODYLESS - PUBLIC - {"logout"}:
            continue
        for content in (b"[]", b"1", b'{"unknown": 1}', b"{"):
            reply = await send(people[Role.ENGINEER], make, operation, operation.at(**ids), content)
            judge(operation, reply, content)
            assert reply.status_code in (403, 422), (operation.name, content, reply.text)


async def test_ids_that_are_none_are_refused_as_invalid(make: Make, runtime: Runtime, people: dict[Role, Somebody]) -> None:
    ids = await ids_for(make, people)
    for operation in operations(runtime):
        for place in operation.ids:
            for strange in ("1", "not-an-id", "%00", "..%2f..", "g" * 36, "x" * 3_000, "%F0%9F%91%A9"):
                content = json.dumps(operation.body).encode() if operation.body else b""
                reply = await send(people[Role.OWNER], make, operation, operation.at(**ids | {place: strange}), content)
                assert reply.status_code in (404, 405, 422), (operation.name, place, strange, reply.text)


async def test_nobody_gets_in_without_a_good_token(make: Make, runtime: Runtime, people: dict[Role, Somebody]) -> None:
    ids = await ids_for(make, people)
    good = people[Role.OWNER].token
    head, payload, signature = good.split(".")
    none = "eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0"
    wrong = ["", "x", "a.b.c", f"{head}.{payload}.", f"{none}.{payload}.", f"{head}.{payload}.{signature[:-4]}AAAA", "x" * 9_000]
    for operation in operations(runtime):
        if operation.name in PUBLIC:
            continue
        for token in wrong:
            content = json.dumps(operation.body).encode() if operation.body else b""
            headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}
            path = f"/api/v1{operation.at(**ids)}"
            reply = await make.client.request(operation.method, path, content=content, headers=headers)
            assert (reply.status_code, reply.json()["code"]) == (401, "not_authenticated"), (operation.name, token)


async def test_an_unreadable_body_is_no_reason_to_say_more_than_that_nobody_is_signed_in(make: Make, runtime: Runtime) -> None:
    headers = {"Content-Type": "application/json"}
    asked = 0
    for operation in operations(runtime):
        if operation.body is None:
            continue
        ids = dict.fromkeys(operation.ids, "01a20130-0000-7000-8000-000000000000")
        reply = await make.client.request(operation.method, f"/api/v1{operation.at(**ids)}", content=b"{", headers=headers)
        assert reply.status_code == (422 if operation.name in PUBLIC else 401), operation.name
        asked += 1
    assert asked


async def test_a_viewer_is_refused_by_the_role_before_anything_else(make: Make, runtime: Runtime, people: dict[Role, Somebody]) -> None:
    """403 comes before 404, 409 and 422."""
    viewer = people[Role.VIEWER]
    reading = {"read_me", "change_me", "change_password", "read_account", "list_users", "list_clients", "list_sessions", "read_session"}
    reading |= {
        "list_steps",
        "list_similar_sessions",
        "list_handoffs",
        "read_documentation",
        "list_notifications",
        "count_unread",
        "read_notification",
        "logout",
    }
    reading |= {"read_all_notifications", "list_similar_sessions"}
    nothing = "01a20130-0000-7000-8000-000000000000"
    ids = dict.fromkeys(("session_id", "turn_id", "handoff_id", "question_id", "user_id", "notification_id", "invitation_id"), nothing)
    for operation in operations(runtime):
        if operation.name in PUBLIC | reading:
            continue
        reply = await send(viewer, make, operation, operation.at(**ids), b'{"unknown": 1}')
        assert (reply.status_code, reply.json()["code"]) == (403, "forbidden"), (operation.name, reply.text)


WRONG_BODIES = [("text/plain", b"{}", 415), ("application/json", b"x" * 1_100_000, 413), ("multipart/form-data", b"--", 415)]


@pytest.mark.parametrize(("kind", "content", "status"), WRONG_BODIES)
async def test_bodies_of_another_kind_or_size_are_refused(
    make: Make, people: dict[Role, Somebody], kind: str, content: bytes, status: int
) -> None:
    headers = {"Content-Type": kind, **people[Role.ENGINEER].headers}
    reply = await make.client.post("/api/v1/ai-sessions", content=content, headers=headers)
    assert reply.status_code == status
    assert reply.headers["content-type"] == "application/problem+json"


async def test_a_body_that_never_says_its_size_is_cut_off(make: Make, people: dict[Role, Somebody]) -> None:
    async def endless() -> Any:
        for _ in range(300):
            yield b"x" * 8_192

    headers = {"Content-Type": "application/json", **people[Role.ENGINEER].headers}
    reply = await make.client.post("/api/v1/ai-sessions", content=endless(), headers=headers)
    assert (reply.status_code, reply.json()["code"]) == (413, "too_large")


async def test_every_answer_carries_the_security_headers(make: Make, people: dict[Role, Somebody]) -> None:
    for path in ("/api/v1/ai-sessions", "/api/v1/nothing-here", "/healthz", "/", "/api/v1/auth/login"):
        reply = await make.client.get(path, headers=people[Role.ENGINEER].headers)
        assert reply.headers["x-content-type-options"] == "nosniff", path
        assert "frame-ancestors 'none'" in reply.headers["content-security-policy"], path
        assert "unsafe-inline" not in reply.headers["content-security-policy"].partition("script-src")[2].partition(";")[0], path
        assert reply.headers["referrer-policy"], path
        assert reply.headers["x-request-id"], path
        if path.startswith("/api/"):
            assert reply.headers["cache-control"] == "no-store", path


async def test_text_that_is_strange_but_possible_is_kept_as_it_is(make: Make) -> None:
    jane = await make.person()
    session = await make.session(jane)
    for content in ("👩‍🔧 \u202eabc\u200b", "<img src=x onerror=alert(1)>", "'; drop table steps; --", "{{7*7}}", "a\r\nb\tc"):
        reply = await jane.post(f"/ai-sessions/{session}/steps", {"kind": "note", "content": content})
        assert (reply.status_code, reply.json()["content"]) == (201, content)
