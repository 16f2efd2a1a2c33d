import asyncio

from resolutionflow.accounts.actions.clients import ensure_client
from resolutionflow.platform.ids import AccountId, ClientId
from tests.factories.make import Make


async def _client(make: Make, account: AccountId, name: str) -> ClientId:
    async with make.work(account) as db:
        return await ensure_client(db, name)


async def test_a_client_is_the_same_in_whatever_case_and_spacing(make: Make) -> None:
    account = await make.account()
    first = await _client(make, account, "Contoso Ltd")
    assert await _client(make, account, "  contoso   LTD ") == first
    assert make.rows("select name from clients") == [("Contoso Ltd",)]


async def test_a_client_named_by_many_at_once_is_made_once(make: Make) -> None:
    account = await make.account()
    assert len(set(await asyncio.gather(*(_client(make, account, "Contoso") for _ in range(8))))) == 1


async def test_two_accounts_have_clients_of_the_same_name(make: Make) -> None:
    one, two = await make.account(), await make.account()
    assert await _client(make, one, "Contoso") != await _client(make, two, "Contoso")


async def test_typing_offers_known_clients_those_that_begin_with_it_first(make: Make) -> None:
    viewer = await make.person()
    for name in ("Big Contoso", "Contoso", "Fabrikam"):
        await _client(make, viewer.account_id, name)
    found = (await viewer.get("/clients", params={"q": "conto"})).json()["items"]
    assert [client["name"] for client in found] == ["Contoso", "Big Contoso"]
    assert set(found[0]) == {"id", "name", "psa_id"}


async def test_nothing_typed_offers_all_of_the_account_and_nobody_elses(make: Make) -> None:
    jane = await make.person()
    await _client(make, jane.account_id, "Contoso")
    await _client(make, await make.account(), "Fabrikam")
    assert [client["name"] for client in (await jane.get("/clients")).json()["items"]] == ["Contoso"]


async def test_signs_of_patterns_are_just_text(make: Make) -> None:
    jane = await make.person()
    await _client(make, jane.account_id, "100% Legal")
    await _client(make, jane.account_id, "1000 Pines")
    for typed, expected in (("100%", ["100% Legal"]), ("_", []), ("\\", []), ("'; drop table clients; --", [])):
        found = (await jane.get("/clients", params={"q": typed})).json()["items"]
        assert [client["name"] for client in found] == expected


async def test_a_nul_is_refused(make: Make) -> None:
    reply = await (await make.person()).get("/clients", params={"q": "a\x00"})
    assert (reply.status_code, reply.json()["code"]) == (422, "invalid")
