import asyncio

import pytest

from resolutionflow.platform.actor import Role
from resolutionflow.platform.ids import uuid7
from tests.factories.accounts import PASSWORD, Browser, Browsers
from tests.factories.make import Make


async def test_everybody_of_the_account_sees_its_people_and_nobody_elses(make: Make) -> None:
    viewer = await make.person("Vera", role=Role.VIEWER)
    await make.person("Ana", account=viewer.account_id)
    await make.person("Stranger")
    listed = (await viewer.get("/account/users")).json()["items"]
    assert [user["name"] for user in listed] == ["Ana", "Vera"]


async def test_an_admin_changes_role_name_and_switch_of_somebody(make: Make) -> None:
    admin = await make.person("Adam", role=Role.ADMIN)
    ana = await make.person("Ana", account=admin.account_id)
    reply = await admin.patch(f"/account/users/{ana.id}", {"role": "viewer", "name": "Ana B.", "takes_escalations": False})
    body = reply.json()
    assert reply.status_code == 200
    assert (body["role"], body["name"], body["takes_escalations"], body["is_active"]) == ("viewer", "Ana B.", False, True)
    assert (await ana.get("/auth/me")).json()["user"] == body


async def test_a_demotion_counts_from_the_next_request_on(make: Make) -> None:
    owner = await make.person(role=Role.OWNER)
    admin = await make.person("Adam", role=Role.ADMIN, account=owner.account_id)
    await owner.patch(f"/account/users/{admin.id}", {"role": "engineer"})
    assert (await admin.get("/account/invitations")).status_code == 403


async def test_a_deactivated_person_is_out_at_once_and_their_sign_ins_do_not_come_back(make: Make) -> None:
    admin = await make.person("Adam", role=Role.ADMIN)
    ana = await make.person("Ana", account=admin.account_id)
    assert (await admin.patch(f"/account/users/{ana.id}", {"is_active": False})).json()["is_active"] is False
    assert (await ana.get("/auth/me")).status_code == 401
    await admin.patch(f"/account/users/{ana.id}", {"is_active": True})
    assert (await ana.get("/auth/me")).status_code == 401


async def test_a_removed_person_is_gone_and_their_address_is_free(browsers: Browsers) -> None:
    owner, sam = browsers(), browsers()
    await owner.register()
    joined = await sam.accept((await owner.invite("sam@northwind.example")).json()["token"])
    path = f"/account/users/{joined.json()['user']['id']}"
    assert (await owner.call("DELETE", path)).status_code == 204
    assert (await sam.get("/auth/me")).status_code == 401
    assert (await browsers().sign_in("sam@northwind.example")).status_code == 401
    assert [user["name"] for user in (await owner.get("/account/users")).json()["items"]] == ["Olga"]
    assert (await owner.patch(path, {"name": "Ghost"})).status_code == 404
    assert (await owner.call("DELETE", path)).status_code == 404
    assert (await browsers().register("sam@northwind.example")).status_code == 201


@pytest.mark.parametrize("change", [{"role": "admin"}, {"is_active": False}, None])
async def test_an_admin_cannot_touch_an_owner(make: Make, change: dict[str, object] | None) -> None:
    admin = await make.person("Adam", role=Role.ADMIN)
    owner = await make.person("Olga", role=Role.OWNER, account=admin.account_id)
    path = f"/account/users/{owner.id}"
    reply = await (admin.patch(path, change) if change else admin.call("DELETE", path))
    assert (reply.status_code, reply.json()["code"]) == (403, "forbidden")


async def test_an_admin_cannot_make_an_owner_even_of_themselves(make: Make) -> None:
    admin = await make.person("Adam", role=Role.ADMIN)
    assert (await admin.patch(f"/account/users/{admin.id}", {"role": "owner"})).status_code == 403


async def test_an_owner_makes_another_owner(make: Make) -> None:
    owner = await make.person(role=Role.OWNER)
    ana = await make.person("Ana", account=owner.account_id)
    assert (await owner.patch(f"/account/users/{ana.id}", {"role": "owner"})).json()["role"] == "owner"


@pytest.mark.parametrize("change", [{"role": "admin"}, {"is_active": False}, None])
async def test_the_last_owner_stays(make: Make, change: dict[str, object] | None) -> None:
    owner = await make.person(role=Role.OWNER)
    await make.person("Idle", role=Role.OWNER, account=owner.account_id, is_active=False)
    path = f"/account/users/{owner.id}"
    reply = await (owner.patch(path, change) if change else owner.call("DELETE", path))
    assert (reply.status_code, reply.json()["code"]) == (409, "last_owner")
    assert (await owner.get("/auth/me")).json()["user"]["role"] == "owner"


@pytest.mark.parametrize("round_", range(5))
async def test_of_two_owners_who_demote_each_other_at_once_one_stays(make: Make, round_: int) -> None:
    olga = await make.person("Olga", role=Role.OWNER)
    otto = await make.person("Otto", role=Role.OWNER, account=olga.account_id)
    replies = await asyncio.gather(
        olga.patch(f"/account/users/{otto.id}", {"role": "engineer"}), otto.patch(f"/account/users/{olga.id}", {"role": "engineer"})
    )
    assert sorted(reply.status_code for reply in replies) == [200, 403]
    assert make.rows("select count(*) from users where role = 'owner'") == [(1,)]


async def test_of_two_owners_who_leave_at_once_one_stays(make: Make) -> None:
    olga = await make.person("Olga", role=Role.OWNER)
    otto = await make.person("Otto", role=Role.OWNER, account=olga.account_id)
    replies = await asyncio.gather(*(one.patch(f"/account/users/{one.id}", {"is_active": False}) for one in (olga, otto)))
    assert sorted(reply.status_code for reply in replies) == [200, 409]


@pytest.mark.parametrize("role", [Role.ENGINEER, Role.VIEWER])
async def test_only_admins_change_people_whatever_they_send(make: Make, role: Role) -> None:
    person = await make.person(role=role)
    for method, path, json in (("PATCH", person.id, {"role": "admin"}), ("PATCH", "no-id", {"nonsense": 1}), ("DELETE", person.id, None)):
        reply = await person.call(method, f"/account/users/{path}", json=json)
        assert (reply.status_code, reply.json()["code"]) == (403, "forbidden")


@pytest.mark.parametrize("method", ["PATCH", "DELETE"])
async def test_a_foreign_person_is_as_unknown_as_an_invented_one(make: Make, method: str) -> None:
    owner = await make.person(role=Role.OWNER)
    stranger = await make.person("Stranger")
    replies = [await owner.call(method, f"/account/users/{id}", json={"name": "X"}) for id in (stranger.id, uuid7())]
    assert [reply.status_code for reply in replies] == [404, 404]
    assert replies[0].json() == replies[1].json()
    assert (await stranger.get("/auth/me")).json()["user"]["name"] == "Stranger"


@pytest.mark.parametrize(
    "body", [{"role": "king"}, {"is_active": "no way"}, {"name": " "}, {"email": "new@example.com"}, {"name": "a\x00b"}, []]
)
async def test_bad_changes_are_refused(make: Make, body: object) -> None:
    owner = await make.person(role=Role.OWNER)
    reply = await owner.patch(f"/account/users/{owner.id}", body)
    assert (reply.status_code, reply.json()["code"]) == (422, "invalid")


async def test_people_set_their_own_name_switches_and_absence(make: Make) -> None:
    ana = await make.person("Ana")
    away = {"name": "Ana  B.", "takes_escalations": False, "shortcuts": False, "away_until": "2026-12-01T14:00:00+02:00"}
    user = (await ana.patch("/auth/me", away)).json()["user"]
    assert (user["name"], user["takes_escalations"], user["shortcuts"]) == ("Ana B.", False, False)
    assert user["away_until"] == "2026-12-01T12:00:00.000000Z"
    assert (await ana.patch("/auth/me", {"name": "Ana"})).json()["user"]["away_until"] == user["away_until"]
    assert (await ana.patch("/auth/me", {"away_until": None})).json()["user"]["away_until"] is None


@pytest.mark.parametrize(
    "body",
    [
        {"role": "owner"},
        {"is_active": True},
        {"away_until": "2026-12-01T14:00:00"},
        {"away_until": "9999-12-31T23:59:59-23:59"},
        {"away_until": "0001-01-01T00:00:00+14:00"},
        {"away_until": 1e400},
        {"away_until": "soon"},
        {"name": ""},
        {"shortcuts": 7},
    ],
)
async def test_nobody_sets_more_or_nonsense_about_themselves(make: Make, body: dict[str, object]) -> None:
    ana = await make.person("Ana")
    content = str(body).replace("inf", "1e400").replace("'", '"').replace("True", "true").encode()
    reply = await ana.call("PATCH", "/auth/me", content=content, headers={"Content-Type": "application/json"})
    assert (reply.status_code, reply.json()["code"]) == (422, "invalid")


async def test_an_account_is_read_by_its_admins(make: Make) -> None:
    admin = await make.person(role=Role.ADMIN)
    engineer = await make.person("Ana", account=admin.account_id)
    body = (await admin.get("/account")).json()
    assert body == {"id": str(admin.account_id), "name": "Northwind IT", "time_zone": "UTC", "is_demo": False}
    assert (await engineer.get("/account")).status_code == 403


async def _signed_in_twice(browsers: Browsers) -> tuple[Browser, Browser]:
    desk, phone = browsers(), browsers()
    await desk.register()
    await phone.sign_in()
    return desk, phone


async def test_a_new_password_ends_the_other_sign_ins(browsers: Browsers) -> None:
    desk, phone = await _signed_in_twice(browsers)
    assert (await desk.post("/auth/password", {"current_password": PASSWORD, "password": "a green kettle"})).status_code == 204
    assert (await desk.get("/auth/me")).status_code == 200
    assert (await desk.refresh()).status_code == 200
    assert (await phone.get("/auth/me")).status_code == 401
    assert (await browsers().sign_in()).status_code == 401
    assert (await browsers().sign_in(password="a green kettle")).status_code == 200


async def test_without_the_current_password_nothing_changes(browsers: Browsers) -> None:
    desk, phone = await _signed_in_twice(browsers)
    reply = await desk.post("/auth/password", {"current_password": "wrong", "password": "a green kettle"})
    assert (reply.status_code, reply.json()["code"]) == (422, "invalid")
    assert reply.json()["errors"][0]["loc"] == ["body", "current_password"]
    assert (await phone.get("/auth/me")).status_code == 200


async def test_guessing_the_current_password_is_throttled_like_signing_in(browsers: Browsers) -> None:
    desk, _ = await _signed_in_twice(browsers)
    body = {"current_password": "wrong", "password": "a green kettle"}
    codes = [(await desk.post("/auth/password", body)).status_code for _ in range(6)]
    assert codes == [422] * 5 + [429]
    assert (await browsers().sign_in()).status_code == 429


async def test_a_common_new_password_is_refused(browsers: Browsers) -> None:
    desk, _ = await _signed_in_twice(browsers)
    reply = await desk.post("/auth/password", {"current_password": PASSWORD, "password": "password1"})
    assert reply.json()["errors"][0]["loc"] == ["body", "password"]
