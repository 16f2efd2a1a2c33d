import pytest

from resolutionflow.notifications.queries import unread_counts
from resolutionflow.platform.actor import Role
from resolutionflow.platform.ids import uuid7
from tests.factories.make import Make
from tests.factories.notifications import bells, team


async def test_bells_come_newest_first_and_page_by_page(make: Make) -> None:
    jane, sam = await team(make, "Jane", "Sam")
    handoffs = [str((await make.handoff(jane)).id) for _ in range(5)]
    seen: list[str] = []
    cursor: str | None = None
    for expected in (2, 2, 1):
        page = (await sam.get("/notifications", params={"limit": 2} | ({"cursor": cursor} if cursor else {}))).json()
        assert len(page["items"]) == expected
        seen += [bell["handoff_id"] for bell in page["items"]]
        cursor = page["next_cursor"]
    assert cursor is None
    assert seen == handoffs[::-1]


async def test_a_bell_has_the_fields_of_the_contract(make: Make) -> None:
    jane, sam = await team(make, "Jane", "Sam")
    await make.handoff(jane)
    (bell,) = await bells(sam)
    assert {"id", "type", "title", "body", "link", "is_read", "created_at"} <= set(bell)
    assert bell["id"][14] == "7"
    assert bell["created_at"].endswith("Z")


async def test_a_bell_read_is_not_counted_and_not_among_the_unread(make: Make) -> None:
    jane, sam = await team(make, "Jane", "Sam")
    for _ in range(2):
        await make.handoff(jane)
    newest, older = await bells(sam)
    assert (await sam.get("/notifications/unread-count")).json() == {"count": 2}
    reply = await sam.post(f"/notifications/{newest['id']}/read")
    assert (reply.status_code, reply.content) == (204, b"")
    assert (await sam.get("/notifications/unread-count")).json() == {"count": 1}
    assert [bell["id"] for bell in await bells(sam, unread=True)] == [older["id"]]
    assert [bell["is_read"] for bell in await bells(sam)] == [True, False]


async def test_reading_a_bell_again_changes_nothing(make: Make) -> None:
    jane, sam = await team(make, "Jane", "Sam")
    await make.handoff(jane)
    (bell,) = await bells(sam)
    for _ in range(2):
        assert (await sam.post(f"/notifications/{bell['id']}/read")).status_code == 204
    assert make.rows("select count(*) from events where type = 'bells_read'") == [(1,)]


async def test_read_all_reads_ones_own_and_nobody_elses(make: Make) -> None:
    jane, sam, ana = await team(make, "Jane", "Sam", "Ana")
    for _ in range(2):
        await make.handoff(jane)
    assert (await sam.post("/notifications/read-all")).status_code == 204
    assert (await sam.get("/notifications/unread-count")).json() == {"count": 0}
    assert (await ana.get("/notifications/unread-count")).json() == {"count": 2}


async def test_a_colleagues_a_foreign_and_an_unknown_bell_are_not_found_alike(make: Make) -> None:
    jane, sam, ana = await team(make, "Jane", "Sam", "Ana")
    mia, tom = await team(make, "Mia", "Tom")
    await make.handoff(jane)
    await make.handoff(mia)
    colleagues, foreign = (await bells(sam))[0]["id"], (await bells(tom))[0]["id"]
    answers = [await ana.post(f"/notifications/{bell}/read") for bell in (colleagues, foreign, uuid7())]
    assert [answer.status_code for answer in answers] == [404] * 3
    assert len({answer.text for answer in answers}) == 1
    assert [bell["is_read"] for bell in (*await bells(sam), *await bells(tom))] == [False, False]


async def test_a_viewer_has_bells_too_and_they_are_empty(make: Make) -> None:
    jane = await make.person("Jane")
    vic = await make.person("Vic", account=jane.account_id, role=Role.VIEWER)
    await make.handoff(jane)
    assert await bells(vic) == []
    assert (await vic.get("/notifications/unread-count")).json() == {"count": 0}
    assert (await vic.post("/notifications/read-all")).status_code == 204


async def test_bells_are_for_people_who_signed_in(make: Make) -> None:
    for method, path in (("GET", ""), ("GET", "/unread-count"), ("POST", "/read-all"), ("POST", f"/{uuid7()}/read")):
        reply = await make.client.request(method, f"/api/v1/notifications{path}")
        assert (reply.status_code, reply.json()["code"]) == (401, "not_authenticated")


@pytest.mark.parametrize("query", [{"limit": 0}, {"limit": 101}, {"cursor": "nonsense"}, {"unread": "perhaps"}])
async def test_a_list_refuses_what_it_cannot_read(make: Make, query: dict[str, str]) -> None:
    jane = await make.person("Jane")
    reply = await jane.get("/notifications", params=query)
    assert (reply.status_code, reply.json()["code"]) == (422, "invalid")


async def test_a_malformed_id_is_refused(make: Make) -> None:
    jane = await make.person("Jane")
    assert (await jane.post("/notifications/not-an-id/read")).status_code == 422


async def test_counts_are_told_for_whom_one_asks_zeros_included(make: Make) -> None:
    jane, sam, ana = await team(make, "Jane", "Sam", "Ana")
    await make.handoff(jane, target_user_id=sam.id)
    async with make.work(jane.account_id) as db:
        asked = await unread_counts(db, frozenset((sam.id, ana.id)))
        everybody = await unread_counts(db, None)
        nobody = await unread_counts(db, frozenset())
    assert asked == {sam.id: 1, ana.id: 0}
    assert everybody == {jane.id: 0, sam.id: 1, ana.id: 0}
    assert nobody == {}


async def test_counts_of_another_account_are_not_told(make: Make) -> None:
    jane, sam = await team(make, "Jane", "Sam")
    stranger = await make.person("Stranger")
    await make.handoff(jane)
    async with make.work(stranger.account_id) as db:
        assert await unread_counts(db, frozenset((sam.id,))) == {}
        assert await unread_counts(db, None) == {stranger.id: 0}
