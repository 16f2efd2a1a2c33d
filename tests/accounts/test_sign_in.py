import asyncio

import pytest

from tests.factories.accounts import PASSWORD, Browsers
from tests.factories.make import Make

EMAIL = "olga@northwind.example"
REFUSED = (401, "not_authenticated", "The e-mail address or the password is not right.")


async def test_the_right_password_signs_in_whatever_the_case_of_the_address(browsers: Browsers) -> None:
    await browsers().register()
    browser = browsers()
    reply = await browser.sign_in(f" {EMAIL.upper()} ")
    assert reply.status_code == 200
    assert (await browser.get("/auth/me")).json()["user"]["email"] == EMAIL


@pytest.mark.parametrize(
    ("email", "password"), [(EMAIL, "wrong"), (EMAIL, ""), ("nobody@northwind.example", PASSWORD), ("no address", PASSWORD)]
)
async def test_every_failure_reads_the_same(browsers: Browsers, email: str, password: str) -> None:
    await browsers().register()
    reply = await browsers().sign_in(email, password)
    body = reply.json()
    assert (reply.status_code, body["code"], body["detail"]) == REFUSED
    assert "set-cookie" not in reply.headers


@pytest.mark.parametrize("state", ["is_active = false", "is_active = false, deleted_at = now()"])
async def test_who_left_is_refused_like_anybody_else(browsers: Browsers, make: Make, state: str) -> None:
    await browsers().register()
    make.rows(f"update users set {state} returning 1")
    reply = await browsers().sign_in()
    assert (reply.status_code, reply.json()["code"], reply.json()["detail"]) == REFUSED


async def test_a_demo_account_opens_only_while_the_demo_is_served(browsers: Browsers, make: Make) -> None:
    await browsers().register()
    make.rows("update accounts set is_demo = true returning 1")
    assert (await browsers().sign_in()).status_code == 401
    served = browsers(demo=True)
    assert (await served.sign_in()).status_code == 200
    assert (await served.refresh()).status_code == 200
    later = browsers()
    later.token = served.token
    served.copy_cookies_to(later)
    assert (await served.get("/auth/me")).status_code == 200
    assert (await later.get("/auth/me")).status_code == 401
    assert (await later.refresh()).status_code == 401


async def test_after_five_failures_even_the_right_password_waits(browsers: Browsers) -> None:
    await browsers().register()
    codes = [(await browsers().sign_in(password=f"wrong {number}")).status_code for number in range(5)]
    reply = await browsers(address="203.0.113.7").sign_in()
    assert codes == [401] * 5
    assert (reply.status_code, reply.json()["code"]) == (429, "too_many_requests")
    assert 1700 < int(reply.headers["retry-after"]) <= 1800


async def test_an_unknown_address_is_throttled_like_a_known_one(browsers: Browsers) -> None:
    codes = [(await browsers().sign_in("nobody@northwind.example")).status_code for _ in range(6)]
    assert codes == [401] * 5 + [429]


async def test_the_failures_of_half_an_hour_ago_are_forgotten(browsers: Browsers, make: Make) -> None:
    await browsers().register()
    for number in range(5):
        await browsers().sign_in(password=f"wrong {number}")
    make.rows("update attempts set at = at - interval '31 minutes' returning 1")
    assert (await browsers().sign_in()).status_code == 200


async def test_signing_in_clears_a_persons_failures(browsers: Browsers) -> None:
    await browsers().register()
    for password in ["wrong"] * 4 + [PASSWORD] + ["wrong"] * 4:
        await browsers().sign_in(password=password)
    assert (await browsers().sign_in()).status_code == 200


async def test_an_address_that_tries_many_people_waits_too(browsers: Browsers) -> None:
    browser = browsers(address="203.0.113.7", login_failures_per_30_min=1)
    codes = [(await browser.sign_in(f"person{number}@northwind.example")).status_code for number in range(21)]
    assert codes == [401] * 20 + [429]
    assert (await browsers(login_failures_per_30_min=1).sign_in("person99@northwind.example")).status_code == 401


async def test_of_a_burst_of_guesses_no_more_learn_anything_than_one_after_another_would(browsers: Browsers) -> None:
    await browsers().register()
    replies = await asyncio.gather(*(browsers().sign_in(password=f"wrong {number}") for number in range(15)))
    assert sorted(reply.status_code for reply in replies) == [401] * 5 + [429] * 10


async def test_many_people_sign_in_from_one_office_at_once(browsers: Browsers) -> None:
    await browsers().register()
    replies = await asyncio.gather(*(browsers().sign_in() for _ in range(15)))
    assert {reply.status_code for reply in replies} == {200}


async def test_a_sign_in_is_in_the_audit_log(browsers: Browsers, make: Make) -> None:
    user = (await browsers().register()).json()["user"]
    await browsers().sign_in()
    rows = make.rows("select action, subject_type, subject_id::text, actor_id::text from audit_log order by at")
    assert rows[-1] == ("signed_in", "person", user["id"], user["id"])


async def test_nothing_that_names_a_person_is_kept_of_a_failure(browsers: Browsers, make: Make) -> None:
    await browsers(address="203.0.113.7").sign_in("nobody@northwind.example")
    rows = make.rows("select kind, key from attempts order by kind")
    assert [kind for kind, _ in rows] == ["failed_for_person", "failed_from_address"]
    assert all(len(key) == 64 for _, key in rows)


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"email": EMAIL},
        {"email": EMAIL, "password": None},
        {"email": "a\x00", "password": "b"},
        {"email": EMAIL, "password": "x" * 1001},
    ],
)
async def test_bad_input_is_refused(browsers: Browsers, body: dict[str, object]) -> None:
    reply = await browsers().post("/auth/login", body)
    assert (reply.status_code, reply.json()["code"]) == (422, "invalid")
