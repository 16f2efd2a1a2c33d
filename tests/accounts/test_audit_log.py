import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from resolutionflow.platform.actor import Role
from tests.factories.accounts import PASSWORD, Browsers
from tests.factories.make import Make


async def test_every_change_to_an_account_is_in_its_audit_log_with_who_did_it(browsers: Browsers) -> None:
    olga = browsers()
    me = (await olga.register()).json()["user"]["id"]
    invitation = (await olga.invite("sam@northwind.example", "admin")).json()
    sam = (await browsers().accept(invitation["token"])).json()["user"]["id"]
    await olga.call("DELETE", f"/account/invitations/{(await olga.invite('ana@northwind.example')).json()['id']}")
    await olga.patch(f"/account/users/{sam}", {"role": "viewer", "name": "Samuel"})
    await olga.patch(f"/account/users/{sam}", {"is_active": False})
    await olga.patch(f"/account/users/{sam}", {"is_active": True})
    await olga.call("DELETE", f"/account/users/{sam}")
    await olga.patch("/auth/me", {"shortcuts": False})
    await olga.post("/auth/password", {"current_password": PASSWORD, "password": "a green kettle"})
    items = (await olga.get("/account/audit-log")).json()["items"]
    assert [(item["action"], item["actor_name"], item["subject_id"]) for item in reversed(items)] == [
        ("account_registered", "Olga", items[-1]["subject_id"]),
        ("person_invited", "Olga", invitation["id"]),
        ("invitation_accepted", "Samuel", invitation["id"]),
        ("person_invited", "Olga", items[-4]["subject_id"]),
        ("invitation_withdrawn", "Olga", items[-4]["subject_id"]),
        ("person_changed", "Olga", sam),
        ("role_changed", "Olga", sam),
        ("person_deactivated", "Olga", sam),
        ("person_reactivated", "Olga", sam),
        ("person_removed", "Olga", sam),
        ("person_changed", "Olga", me),
        ("password_changed", "Olga", me),
    ]
    assert [item["data"] for item in items if item["action"] == "role_changed"] == [{"was": "admin", "role": "viewer"}]


async def test_what_changes_nothing_writes_nothing(make: Make) -> None:
    owner = await make.person("Olga", role=Role.OWNER)
    await owner.patch(f"/account/users/{owner.id}", {"role": "owner", "name": "Olga"})
    assert (await owner.get("/account/audit-log")).json() == {"items": [], "next_cursor": None}


async def test_the_log_keeps_ids_and_settings_but_no_names_or_addresses(browsers: Browsers, make: Make) -> None:
    olga = browsers()
    await olga.register()
    await olga.invite("sam@northwind.example")
    kept = " ".join(row[0] for row in make.rows("select a::text from audit_log a union all select e::text from events e"))
    assert not any(word in kept for word in ("Olga", "northwind", "Northwind"))


async def test_it_is_read_in_pages_newest_first(make: Make) -> None:
    admin = await make.person(role=Role.ADMIN)
    for number in range(5):
        await admin.patch("/auth/me", {"name": f"Adam {number}"})
    seen, cursor = [], None
    while True:
        page = (await admin.get("/account/audit-log", params={"limit": 2, **({"cursor": cursor} if cursor else {})})).json()
        seen += [item["id"] for item in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert len(seen) == len(set(seen)) == 5
    assert seen == [item["id"] for item in (await admin.get("/account/audit-log")).json()["items"]]


async def test_admins_read_it_and_only_their_own(make: Make) -> None:
    admin = await make.person(role=Role.ADMIN)
    engineer = await make.person(account=admin.account_id)
    await (await make.person("Stranger", role=Role.ADMIN)).patch("/auth/me", {"name": "S."})
    assert (await admin.get("/account/audit-log")).json()["items"] == []
    assert (await engineer.get("/account/audit-log")).status_code == 403


@pytest.mark.parametrize("statement", ["update audit_log set action = 'nothing'", "delete from audit_log", "truncate audit_log"])
async def test_nobody_who_serves_can_rewrite_it(make: Make, statement: str) -> None:
    account = await make.account()
    with pytest.raises(ProgrammingError, match="permission denied"):
        async with make.work(account) as db:
            await db.execute(text(statement))
