from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text
from starlette.applications import Starlette
from starlette.types import Scope

from resolutionflow.accounts import jobs, queries
from resolutionflow.accounts.identity import authenticate_stream
from resolutionflow.platform.actor import Role
from resolutionflow.platform.errors import Forbidden, NotAuthenticated
from resolutionflow.platform.ids import UserId, uuid7
from tests.factories.accounts import Browsers
from tests.factories.make import Make, Somebody


def _token(make: Make, person: Somebody, *, seconds: int) -> Somebody:
    family = person.actor.family_id
    assert family is not None
    return replace(person, token=make.token(person.account_id, person.id, family, seconds=seconds))


@pytest.mark.parametrize(("seconds", "status"), [(900, 200), (-5, 200), (-11, 401)])
async def test_a_token_ends_by_the_databases_clock_with_ten_seconds_to_spare(make: Make, seconds: int, status: int) -> None:
    person = _token(make, await make.person(), seconds=seconds)
    assert (await person.get("/auth/me")).status_code == status


@pytest.mark.parametrize(
    "end",
    [
        "update token_families set revoked_at = now() returning 1",
        "update users set is_active = false returning 1",
        "update users set deleted_at = now() returning 1",
        "delete from token_families returning 1",
    ],
)
async def test_a_genuine_token_of_somebody_who_is_out_is_refused(make: Make, end: str) -> None:
    person = await make.person()
    make.rows(end)
    reply = await person.get("/auth/me")
    assert (reply.status_code, reply.json()["code"]) == (401, "not_authenticated")
    assert reply.headers["www-authenticate"] == "Bearer"


async def test_a_token_that_mixes_two_people_is_refused(make: Make) -> None:
    jane = await make.person()
    ana = await make.person("Ana", account=jane.account_id)
    stranger = await make.person("Stranger")
    assert ana.actor.family_id is not None
    for account, user in ((jane.account_id, jane.id), (stranger.account_id, ana.id), (stranger.account_id, stranger.id)):
        mixed = replace(jane, token=make.token(account, user, ana.actor.family_id))
        assert (await mixed.get("/auth/me")).status_code == 401


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Basic amFuZTpwYXNz", "Bearer x.y.z", f"Bearer {'x' * 5000}", "Bearer \xff"])
async def test_anything_but_a_bearer_token_is_refused(make: Make, header: str) -> None:
    reply = await make.client.get("/api/v1/auth/me", headers=[(b"authorization", header.encode("latin-1"))])
    assert (reply.status_code, reply.json()["code"]) == (401, "not_authenticated")


async def test_who_is_not_signed_in_learns_nothing_of_a_bad_body(make: Make) -> None:
    assert (await make.client.patch("/api/v1/account/users/no-id", json={"nonsense": 1})).status_code == 401


async def test_the_stream_is_for_engineers_and_ends_with_the_token(make: Make) -> None:
    jane = _token(make, await make.person(), seconds=60)
    vera = await make.person("Vera", role=Role.VIEWER)
    out = await make.person("Out", is_active=False)
    actor, claims = await authenticate_stream(_scope(make, jane))
    assert (actor.user_id, actor.role) == (jane.id, Role.ENGINEER)
    assert claims.expires_at - datetime.now(UTC) <= timedelta(seconds=60)
    with pytest.raises(Forbidden, match="Engineer or admin access required"):
        await authenticate_stream(_scope(make, vera))
    with pytest.raises(NotAuthenticated):
        await authenticate_stream(_scope(make, out))


async def test_who_may_go_on_listening(make: Make) -> None:
    jane = await make.person()
    account = jane.account_id
    others = {
        "viewer": await make.person(role=Role.VIEWER, account=account),
        "inactive": await make.person(is_active=False, account=account),
        "stranger": await make.person(),
        "admin": await make.person(role=Role.ADMIN, account=account),
    }
    pairs = {(each.id, each.actor.family_id) for each in [jane, *others.values()] if each.actor.family_id}
    crossed = {(jane.id, others["admin"].actor.family_id or uuid7()), (UserId(uuid7()), uuid7())}
    async with make.work(account) as db:
        allowed = await queries.may_stream(db, pairs | crossed)
        assert await queries.may_stream(db, set()) == set()
    assert allowed == {(jane.id, jane.actor.family_id), (others["admin"].id, others["admin"].actor.family_id)}


@pytest.mark.parametrize("call", ["app.login('olga@northwind.example')", "app.account_ids()"])
async def test_before_a_tenant_is_known_the_database_gives_ids_and_nothing_else(browsers: Browsers, make: Make, call: str) -> None:
    await browsers().register()
    async with make.work(None) as db:
        [row] = (await db.execute(text(f"select * from {call}"))).all()
        assert all(len(str(value)) == 36 for value in row)
        assert (await db.execute(text("select count(*) from accounts"))).scalar_one() == 0
        assert (await db.execute(text("select count(*) from users"))).scalar_one() == 0


async def test_expired_sign_ins_and_old_attempts_are_forgotten_and_others_kept(browsers: Browsers, make: Make) -> None:
    desk, phone = browsers(), browsers()
    account = (await desk.register()).json()["account"]["id"]
    make.rows("update refresh_tokens set expires_at = now() - interval '1 second' returning 1")
    make.rows("update token_families set created_at = now() - interval '31 days' returning 1")
    await phone.sign_in(password="wrong")
    make.rows("update attempts set at = now() - interval '61 minutes' returning 1")
    await phone.sign_in(password="wrong")
    await phone.sign_in()
    await phone.sign_in(password="wrong")
    await jobs.forget_expired(make.work, account)
    await jobs.forget_attempts(make.work)
    counted = "select (select count(*) from refresh_tokens), (select count(*) from token_families), (select count(*) from attempts)"
    assert make.rows(counted) == [(1, 1, 3)]
    assert (await phone.refresh()).status_code == 200


def _scope(make: Make, person: Somebody) -> Scope:
    app = Starlette()
    app.state.database, app.state.signing_key, app.state.demo = make.runtime.database, make.runtime.signing_key, False
    return {"type": "http", "app": app, "headers": [(b"authorization", f"Bearer {person.token}".encode())]}
