import asyncio

import pytest

from tests.factories.accounts import Browser, Browsers
from tests.factories.make import Make


async def _ask_with(browsers: Browsers, holder: Browser) -> Browser:
    """Another browser that presents the same cookie: a second tab, or a thief."""
    other = browsers()
    holder.copy_cookies_to(other)
    return other


async def _signed_in(browsers: Browsers) -> Browser:
    browser = browsers()
    await browser.register()
    return browser


def _seconds_pass(make: Make, seconds: int) -> None:
    make.rows("update refresh_tokens set used_at = used_at - make_interval(secs => %s) returning 1", seconds)


async def test_a_refresh_gives_a_new_pair_and_the_access_token_works(browsers: Browsers) -> None:
    browser = await _signed_in(browsers)
    before = browser.cookie
    reply = await browser.refresh()
    assert reply.status_code == 200
    assert browser.cookie != before
    assert (await browser.get("/auth/me")).json() == {"user": reply.json()["user"], "account": reply.json()["account"]}


async def test_tokens_follow_one_another_for_long(browsers: Browsers) -> None:
    browser = await _signed_in(browsers)
    seen = {browser.cookie}
    for _ in range(5):
        assert (await browser.refresh()).status_code == 200
        seen.add(browser.cookie)
    assert len(seen) == 6


async def test_two_tabs_that_refresh_at_once_get_the_same_successor(browsers: Browsers) -> None:
    first = await _signed_in(browsers)
    tabs = [first, *[await _ask_with(browsers, first) for _ in range(3)]]
    replies = await asyncio.gather(*(tab.refresh() for tab in tabs))
    assert {reply.status_code for reply in replies} == {200}
    assert len({tab.cookie for tab in tabs}) == 1
    assert (await first.refresh()).status_code == 200


async def test_a_second_use_after_the_grace_ends_the_sign_in_of_both(browsers: Browsers, make: Make) -> None:
    owner = await _signed_in(browsers)
    thief = await _ask_with(browsers, owner)
    await owner.refresh()
    _seconds_pass(make, 11)
    stolen = await thief.refresh()
    assert (stolen.status_code, stolen.json()["code"]) == (401, "not_authenticated")
    assert (await owner.get("/auth/me")).status_code == 401
    assert (await owner.refresh()).status_code == 401
    assert make.rows("select count(*) from audit_log where action = 'refresh_token_reused'") == [(1,)]


async def test_within_the_grace_the_one_before_the_last_is_reuse_too(browsers: Browsers) -> None:
    owner = await _signed_in(browsers)
    thief = await _ask_with(browsers, owner)
    await owner.refresh()
    await owner.refresh()
    assert (await thief.refresh()).status_code == 401
    assert (await owner.get("/auth/me")).status_code == 401


async def test_another_sign_in_of_the_same_person_goes_on(browsers: Browsers, make: Make) -> None:
    owner = await _signed_in(browsers)
    phone = browsers()
    await phone.sign_in()
    thief = await _ask_with(browsers, owner)
    await owner.refresh()
    _seconds_pass(make, 11)
    await thief.refresh()
    assert (await phone.get("/auth/me")).status_code == 200
    assert (await phone.refresh()).status_code == 200


@pytest.mark.parametrize(
    "end",
    [
        "update refresh_tokens set expires_at = now() - interval '1 second' returning 1",
        "update token_families set revoked_at = now() returning 1",
        "update users set is_active = false returning 1",
        "update users set is_active = false, deleted_at = now() returning 1",
        "delete from refresh_tokens returning 1",
    ],
)
async def test_what_ended_is_not_refreshed(browsers: Browsers, make: Make, end: str) -> None:
    browser = await _signed_in(browsers)
    make.rows(end)
    assert (await browser.refresh()).status_code == 401


async def test_without_a_cookie_or_with_an_invented_one_there_is_nothing_to_refresh(browsers: Browsers) -> None:
    browser = browsers()
    assert (await browser.refresh()).status_code == 401
    browser.client.cookies.set("resolutionflow_refresh", "invented")
    assert (await browser.refresh()).status_code == 401


@pytest.mark.parametrize("path", ["/auth/refresh", "/auth/logout"])
@pytest.mark.parametrize("site", ["cross-site", "same-site"])
async def test_no_other_site_may_use_the_cookie(browsers: Browsers, path: str, site: str) -> None:
    browser = await _signed_in(browsers)
    reply = await browser.post(path, headers={"Sec-Fetch-Site": site})
    assert (reply.status_code, reply.json()["code"]) == (403, "forbidden")
    assert (await browser.refresh(headers={"Sec-Fetch-Site": "same-origin"})).status_code == 200


async def test_refresh_tokens_are_kept_only_as_hashes(browsers: Browsers, make: Make) -> None:
    browser = await _signed_in(browsers)
    await browser.refresh()
    assert all(browser.cookie not in row[0] for row in make.rows("select t::text from refresh_tokens t"))


async def test_signing_out_refuses_the_access_token_from_the_next_request_on(browsers: Browsers) -> None:
    browser = await _signed_in(browsers)
    assert (await browser.post("/auth/logout")).status_code == 204
    assert (await browser.get("/auth/me")).status_code == 401
    assert (await browser.refresh()).status_code == 401
    assert not list(browser.client.cookies.jar)


async def test_the_cookie_alone_signs_out(browsers: Browsers) -> None:
    browser = await _signed_in(browsers)
    tab = await _ask_with(browsers, browser)
    assert (await tab.post("/auth/logout")).status_code == 204
    assert (await browser.get("/auth/me")).status_code == 401


async def test_the_access_token_alone_signs_out(browsers: Browsers) -> None:
    browser = await _signed_in(browsers)
    browser.client.cookies.clear()
    assert (await browser.post("/auth/logout")).status_code == 204
    assert (await browser.get("/auth/me")).status_code == 401


async def test_signing_out_leaves_other_sign_ins_alone(browsers: Browsers) -> None:
    browser = await _signed_in(browsers)
    phone = browsers()
    await phone.sign_in()
    await browser.post("/auth/logout")
    assert (await phone.get("/auth/me")).status_code == 200


async def test_nobody_signed_in_cannot_sign_out(browsers: Browsers) -> None:
    assert (await browsers().post("/auth/logout")).status_code == 401
