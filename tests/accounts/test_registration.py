import asyncio
from typing import Any

import pytest

from tests.factories.accounts import PASSWORD, Browsers
from tests.factories.make import Make


async def test_registering_makes_an_account_and_its_owner_and_signs_them_in(browsers: Browsers) -> None:
    olga = browsers()
    reply = await olga.register(account_name="  Northwind   IT ", email=" Olga@Northwind.Example")
    body = reply.json()
    assert reply.status_code == 201
    assert (body["token_type"], body["expires_in"]) == ("bearer", 900)
    assert (body["user"]["email"], body["user"]["role"]) == ("olga@northwind.example", "owner")
    assert body["account"]["name"] == "Northwind IT"
    me = await olga.get("/auth/me")
    assert me.json() == {"user": body["user"], "account": body["account"]}


async def test_a_user_has_exactly_the_fields_of_the_contract(browsers: Browsers) -> None:
    user = (await browsers().register()).json()["user"]
    contract = {"id", "name", "email", "role", "is_active", "takes_escalations", "away_until", "created_at"}
    assert set(user) == contract | {"shortcuts"}
    assert user["created_at"].endswith("Z")


async def test_an_account_begins_with_its_event_counter(browsers: Browsers, make: Make) -> None:
    await browsers().register()
    assert make.rows("select c.last_number from event_counters c join accounts a on a.id = c.account_id") == [(0,)]


async def test_the_password_is_kept_as_argon2id_of_todays_strength(browsers: Browsers, make: Make) -> None:
    await browsers().register()
    [(stored,)] = make.rows("select password_hash from users")
    assert stored.startswith("$argon2id$v=19$m=19456,t=2,p=1$")


async def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(browsers: Browsers) -> None:
    cookie = (await browsers().register()).headers["set-cookie"]
    assert cookie.startswith("resolutionflow_refresh=")
    assert {"HttpOnly", "Path=/api/v1/auth", "SameSite=strict"} <= set(cookie.split("; "))
    assert "Secure" not in cookie


async def test_on_https_the_cookie_is_bound_to_the_host(browsers: Browsers) -> None:
    cookie = (await browsers(public_url="https://help.example.com").register()).headers["set-cookie"]
    assert cookie.startswith("__Host-")
    assert {"HttpOnly", "Path=/", "SameSite=strict", "Secure"} <= set(cookie.split("; "))


@pytest.mark.parametrize("email", ["olga@northwind.example", "OLGA@northwind.EXAMPLE"])
async def test_a_taken_address_is_refused(browsers: Browsers, make: Make, email: str) -> None:
    await browsers().register()
    reply = await browsers().register(email=email)
    assert (reply.status_code, reply.json()["code"]) == (409, "email_taken")
    assert make.rows("select count(*) from accounts") == [(1,)]


async def test_of_two_who_register_one_address_at_once_one_gets_it(browsers: Browsers, make: Make) -> None:
    replies = await asyncio.gather(*(browsers().register() for _ in range(4)))
    assert sorted(reply.status_code for reply in replies) == [201, 409, 409, 409]
    assert make.rows("select (select count(*) from accounts), (select count(*) from users)") == [(1, 1)]


async def test_a_common_password_is_refused_at_its_field(browsers: Browsers) -> None:
    reply = await browsers().register(password="Password1")
    assert (reply.status_code, reply.json()["code"]) == (422, "invalid")
    assert reply.json()["errors"][0]["loc"] == ["body", "password"]


async def test_by_invitation_only_nobody_registers(browsers: Browsers) -> None:
    reply = await browsers(registration="invite").register()
    assert (reply.status_code, reply.json()["code"]) == (403, "registration_closed")


async def test_only_the_first_account_may_register_itself_even_of_several_at_once(browsers: Browsers, make: Make) -> None:
    attempts = [browsers(registration="first").register(email=f"olga{number}@northwind.example") for number in range(4)]
    codes = sorted(reply.status_code for reply in await asyncio.gather(*attempts))
    assert codes == [201, 403, 403, 403]
    assert make.rows("select count(*) from accounts") == [(1,)]
    assert (await browsers(registration="first").register(email="late@northwind.example")).json()["code"] == "registration_closed"


async def test_one_address_registers_only_so_often_an_hour(browsers: Browsers) -> None:
    browser = browsers(address="203.0.113.7", registrations_per_hour=2)
    codes = [(await browser.register(email=f"olga{number}@northwind.example")).status_code for number in range(2)]
    refused = await browser.register(email="olga9@northwind.example")
    assert codes == [201, 201]
    assert (refused.status_code, refused.json()["code"]) == (429, "too_many_requests")
    assert 3500 < int(refused.headers["retry-after"]) <= 3600
    elsewhere = await browsers(address="203.0.113.8", registrations_per_hour=2).register(email="olga9@northwind.example")
    assert elsewhere.status_code == 201


async def test_a_burst_of_registrations_does_not_slip_past_the_limit(browsers: Browsers) -> None:
    browser = browsers(address="203.0.113.7", registrations_per_hour=2)
    replies = await asyncio.gather(*(browser.register(email=f"olga{number}@northwind.example") for number in range(6)))
    assert sorted(reply.status_code for reply in replies) == [201, 201, 429, 429, 429, 429]


@pytest.mark.parametrize(
    "fields",
    [
        {"email": "no address"},
        {"email": "two@at@example.com"},
        {"email": "olga@localhost"},
        {"email": "olga\u0007@northwind.example"},
        {"email": "olga\x00@northwind.example"},
        {"email": f"{'o' * 65}@northwind.example"},
        {"email": f"olga@{'northwind.' * 30}example"},
        {"email": None},
        {"email": ["olga@northwind.example"]},
        {"password": "1234567"},
        {"password": "x" * 129},
        {"password": "nul\x00 in the middle"},
        {"name": "   "},
        {"name": "O" * 301},
        {"account_name": ""},
        {"role": "owner"},
        {"is_demo": True},
    ],
)
async def test_bad_input_is_refused_and_makes_nothing(browsers: Browsers, make: Make, fields: dict[str, Any]) -> None:
    reply = await browsers().register(**fields)
    assert (reply.status_code, reply.json()["code"]) == (422, "invalid")
    assert PASSWORD not in reply.text
    assert make.rows("select count(*) from accounts") == [(0,)]


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"email": "\\ud800@example.com"}', b"[" * 50_000, b'{"email": 1e400}', b"\xff\xfe"])
async def test_unreadable_bodies_are_refused(browsers: Browsers, body: bytes) -> None:
    reply = await browsers().client.post("/api/v1/auth/register", content=body, headers={"Content-Type": "application/json"})
    assert (reply.status_code, reply.json()["code"]) == (422, "invalid")
