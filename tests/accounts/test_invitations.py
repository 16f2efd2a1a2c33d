import asyncio
from typing import Any

import pytest

from resolutionflow.platform.actor import Role
from resolutionflow.platform.ids import uuid7
from tests.factories.accounts import Browser, Browsers
from tests.factories.make import Make

SAM = "sam@northwind.example"


async def _owner(browsers: Browsers, email: str = "olga@northwind.example") -> Browser:
    browser = browsers()
    await browser.register(email)
    return browser


async def _token(owner: Browser, **fields: Any) -> str:
    return str((await owner.invite(**{"email": SAM, **fields})).json()["token"])


async def test_an_invitation_is_shown_once_with_its_link(browsers: Browsers) -> None:
    owner = await _owner(browsers)
    reply = await owner.invite(" Sam@Northwind.example", "admin")
    body = reply.json()
    assert reply.status_code == 201
    assert (body["email"], body["role"], body["takes_escalations"]) == (SAM, "admin", True)
    assert body["url"] == f"http://127.0.0.1:8000/accept-invitation?token={body['token']}"
    [listed] = (await owner.get("/account/invitations")).json()["items"]
    assert "token" not in listed
    assert (listed["id"], listed["email"], listed["invited_by_name"], listed["expires_at"]) == (body["id"], SAM, "Olga", body["expires_at"])


async def test_accepting_joins_the_account_with_the_role_offered(browsers: Browsers) -> None:
    owner = await _owner(browsers)
    token = await _token(owner, role="engineer", takes_escalations=False)
    sam = browsers()
    reply = await sam.accept(token)
    user = reply.json()["user"]
    assert reply.status_code == 201
    assert (user["name"], user["email"], user["role"], user["takes_escalations"]) == ("Sam", SAM, "engineer", False)
    assert reply.json()["account"] == (await owner.get("/auth/me")).json()["account"]
    assert (await sam.get("/auth/me")).status_code == 200
    assert (await browsers().sign_in(SAM)).status_code == 200
    assert (await owner.get("/account/invitations")).json()["items"] == []


async def test_an_invitation_is_good_once(browsers: Browsers) -> None:
    token = await _token(await _owner(browsers))
    await browsers().accept(token)
    reply = await browsers().accept(token, "Mallory")
    assert (reply.status_code, reply.json()["code"]) == (409, "invitation_spent")


async def test_of_two_who_accept_one_invitation_at_once_one_joins(browsers: Browsers, make: Make) -> None:
    token = await _token(await _owner(browsers))
    replies = await asyncio.gather(*(browsers().accept(token, f"Sam {number}") for number in range(5)))
    assert sorted(reply.status_code for reply in replies) == [201, 409, 409, 409, 409]
    assert {reply.json()["code"] for reply in replies if reply.status_code == 409} == {"invitation_spent"}
    assert make.rows("select count(*) from users") == [(2,)]
    assert make.rows("select count(*) from audit_log where action = 'invitation_accepted'") == [(1,)]


async def test_an_invitation_ends_after_three_days(browsers: Browsers, make: Make) -> None:
    owner = await _owner(browsers)
    token = await _token(owner)
    make.rows("update invitations set expires_at = expires_at - interval '71 hours 59 minutes' returning 1")
    assert (await browsers().accept(token, password="1234567")).status_code == 422
    make.rows("update invitations set expires_at = expires_at - interval '1 minute' returning 1")
    assert (await browsers().accept(token)).json()["code"] == "invitation_spent"
    assert len((await owner.get("/account/invitations")).json()["items"]) == 1


async def test_a_withdrawn_invitation_is_worth_nothing(browsers: Browsers) -> None:
    owner = await _owner(browsers)
    invitation = (await owner.invite(SAM)).json()
    path = f"/account/invitations/{invitation['id']}"
    assert (await owner.call("DELETE", path)).status_code == 204
    assert (await browsers().accept(invitation["token"])).json()["code"] == "invitation_spent"
    assert (await owner.call("DELETE", path)).status_code == 404


async def test_an_accepted_invitation_cannot_be_withdrawn(browsers: Browsers) -> None:
    owner = await _owner(browsers)
    invitation = (await owner.invite(SAM)).json()
    await browsers().accept(invitation["token"])
    reply = await owner.call("DELETE", f"/account/invitations/{invitation['id']}")
    assert (reply.status_code, reply.json()["code"]) == (409, "invitation_spent")


async def test_inviting_again_ends_the_earlier_link(browsers: Browsers) -> None:
    owner = await _owner(browsers)
    first, second = await _token(owner), await _token(owner, role="viewer")
    assert (await browsers().accept(first)).json()["code"] == "invitation_spent"
    assert (await browsers().accept(second)).json()["user"]["role"] == "viewer"


async def test_of_many_invitations_of_one_address_at_once_one_stays_open(browsers: Browsers) -> None:
    owner = await _owner(browsers)
    replies = await asyncio.gather(*(owner.invite(SAM) for _ in range(5)))
    assert {reply.status_code for reply in replies} == {201}
    assert len((await owner.get("/account/invitations")).json()["items"]) == 1


async def test_an_unknown_token_is_invalid_input(browsers: Browsers) -> None:
    reply = await browsers().accept("no-such-token")
    assert (reply.status_code, reply.json()["code"]) == (422, "invalid")


async def test_the_token_is_kept_only_as_a_hash(browsers: Browsers, make: Make) -> None:
    token = await _token(await _owner(browsers))
    assert all(token not in row[0] for row in make.rows("select i::text from invitations i union all select e::text from events e"))


async def test_somebody_of_the_team_is_not_invited_again(browsers: Browsers) -> None:
    reply = await (await _owner(browsers)).invite("olga@northwind.example")
    assert (reply.status_code, reply.json()["code"]) == (409, "email_taken")


async def test_an_address_of_another_account_is_learnt_of_only_by_its_owner(browsers: Browsers) -> None:
    await _owner(browsers, SAM)
    owner = await _owner(browsers)
    invitation = await owner.invite(SAM)
    assert invitation.status_code == 201
    reply = await browsers().accept(invitation.json()["token"])
    assert (reply.status_code, reply.json()["code"]) == (409, "email_taken")


async def test_many_are_invited_each_by_itself(browsers: Browsers) -> None:
    owner = await _owner(browsers)
    wanted = [SAM, "no address", "olga@northwind.example", "ana@northwind.example", "SAM@northwind.example"]
    items = [{"email": email, "role": "engineer"} for email in wanted]
    reply = await owner.post("/account/invitations", {"items": items})
    results = reply.json()["items"]
    assert reply.status_code == 201
    assert [result.get("code") for result in results] == [None, "invalid", "email_taken", None, "invalid"]
    assert [result["email"] for result in results] == wanted
    assert all(result["error"] for result in results if "code" in result)
    assert (await browsers().accept(results[0]["token"])).status_code == 201
    assert (await browsers().accept(results[3]["token"], "Ana")).status_code == 201


async def test_an_admin_invites_everybody_but_an_owner(make: Make) -> None:
    admin = await make.person(role=Role.ADMIN)
    one = await admin.post("/account/invitations", {"email": SAM, "role": "owner"})
    many = await admin.post("/account/invitations", {"items": [{"email": SAM, "role": "owner"}, {"email": SAM, "role": "admin"}]})
    assert (one.status_code, one.json()["code"]) == (403, "forbidden")
    assert [result.get("code") for result in many.json()["items"]] == ["forbidden", "invalid"]


@pytest.mark.parametrize("role", [Role.ENGINEER, Role.VIEWER])
@pytest.mark.parametrize(("method", "path"), [("POST", ""), ("GET", ""), ("DELETE", "/01a20130-0000-7000-8000-000000000000")])
async def test_only_admins_invite(make: Make, role: Role, method: str, path: str) -> None:
    reply = await (await make.person(role=role)).call(method, f"/account/invitations{path}")
    assert (reply.status_code, reply.json()["code"]) == (403, "forbidden")


async def test_another_accounts_invitation_is_not_there(browsers: Browsers) -> None:
    invitation = (await (await _owner(browsers)).invite(SAM)).json()
    stranger = await _owner(browsers, "sue@southwind.example")
    assert (await stranger.call("DELETE", f"/account/invitations/{invitation['id']}")).status_code == 404
    assert (await stranger.get("/account/invitations")).json()["items"] == []
    assert (await browsers().accept(invitation["token"])).status_code == 201


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"items": []},
        {"items": "sam@northwind.example"},
        {"items": [{"email": SAM, "role": "engineer"}] * 101},
        {"items": [{"email": SAM, "role": "king"}]},
        {"items": [], "email": SAM, "role": "engineer"},
        {"email": SAM, "role": "king"},
        {"email": SAM},
        {"email": "no address", "role": "engineer"},
        {"email": SAM, "role": "engineer", "takes_escalations": "perhaps"},
        {"email": SAM, "role": "engineer", "account_id": str(uuid7())},
        [],
        "sam",
        None,
    ],
)
async def test_bad_input_is_refused(make: Make, body: object) -> None:
    admin = await make.person(role=Role.ADMIN)
    reply = await admin.call("POST", "/account/invitations", json=body)
    assert (reply.status_code, reply.json()["code"]) == (422, "invalid")
