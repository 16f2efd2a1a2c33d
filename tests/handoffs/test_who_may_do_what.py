"""Who may do what, when: the table of product.md with every refusal's code. What was refused has changed nothing."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import httpx2
import pytest

from resolutionflow.platform.actor import Role
from tests.factories.cases import Case, Start, Team, case_at
from tests.factories.make import Make, Somebody

PEOPLE = ("owner", "holder", "other", "admin", "viewer", "stranger")
"""Jane owns the case; Sam picked it up where somebody did; a stranger is an engineer of another account."""

TABLE = """
active     owner               holder      other               admin               viewer     stranger
read       ok                  -           not_found           ok                  not_found  not_found
note       ok                  -           not_found           not_holder          forbidden  not_found
describe   ok                  -           not_found           not_holder          forbidden  not_found
escalate   ok                  -           not_found           not_holder          forbidden  not_found
park       ok                  -           not_found           not_holder          forbidden  not_found
pickup     not_open            -           not_found           not_open            forbidden  not_found
resolve    ok                  -           not_found           not_holder          forbidden  not_found
resume     not_active          -           not_found           not_active          forbidden  not_found
reopen     not_active          -           not_found           not_active          forbidden  not_found
take-over  forbidden           -           forbidden           ok                  forbidden  forbidden

open       owner               holder      other               admin               viewer     stranger
read       ok                  -           ok                  ok                  ok         not_found
note       ok                  -           not_holder          not_holder          forbidden  not_found
describe   ok                  -           not_holder          not_holder          forbidden  not_found
escalate   already_handed_off  -           already_handed_off  already_handed_off  forbidden  not_found
park       already_handed_off  -           already_handed_off  already_handed_off  forbidden  not_found
claim      own_handoff         -           ok                  ok                  forbidden  not_found
pickup     own_handoff         -           ok                  ok                  forbidden  not_found
withdraw   ok                  -           forbidden           forbidden           forbidden  not_found
release    not_open            -           not_open            not_open            forbidden  not_found
hand-back  own_handoff         -           ok                  ok                  forbidden  not_found
resolve    ok                  -           not_holder          not_holder          forbidden  not_found
resume     not_active          -           not_active          not_active          forbidden  not_found
reopen     not_active          -           not_active          not_active          forbidden  not_found
take-over  forbidden           -           forbidden           not_active          forbidden  forbidden

claimed    owner               holder      other               admin               viewer     stranger
read       ok                  ok          not_found           ok                  not_found  not_found
note       ok                  ok          not_found           not_holder          forbidden  not_found
describe   ok                  ok          not_found           not_holder          forbidden  not_found
escalate   not_holder          ok          not_found           not_holder          forbidden  not_found
park       not_holder          ok          not_found           not_holder          forbidden  not_found
claim      already_claimed     ok          already_claimed     already_claimed     forbidden  not_found
pickup     already_claimed     ok          already_claimed     already_claimed     forbidden  not_found
withdraw   already_claimed     forbidden   not_found           forbidden           forbidden  not_found
release    not_holder          ok          not_found           ok                  forbidden  not_found
hand-back  already_claimed     ok          already_claimed     already_claimed     forbidden  not_found
resolve    not_holder          ok          not_found           not_holder          forbidden  not_found
resume     not_active          not_active  not_found           not_active          forbidden  not_found
reopen     not_active          not_active  not_found           not_active          forbidden  not_found
take-over  forbidden           forbidden   forbidden           ok                  forbidden  forbidden

parked     owner               holder      other               admin               viewer     stranger
read       ok                  -           not_found           ok                  not_found  not_found
note       not_active          -           not_found           not_active          forbidden  not_found
describe   ok                  -           not_found           not_holder          forbidden  not_found
escalate   not_active          -           not_found           not_active          forbidden  not_found
park       not_active          -           not_found           not_active          forbidden  not_found
pickup     not_open            -           not_found           not_open            forbidden  not_found
resolve    ok                  -           not_found           not_holder          forbidden  not_found
resume     ok                  -           not_found           not_holder          forbidden  not_found
reopen     not_active          -           not_found           not_active          forbidden  not_found
take-over  forbidden           -           forbidden           ok                  forbidden  forbidden

resolved   owner               holder      other               admin               viewer     stranger
read       ok                  ok          ok                  ok                  not_found  not_found
note       not_active          not_active  not_active          not_active          forbidden  not_found
describe   not_active          not_active  not_active          not_active          forbidden  not_found
escalate   not_active          not_active  not_active          not_active          forbidden  not_found
park       not_active          not_active  not_active          not_active          forbidden  not_found
claim      not_open            not_open    not_open            not_open            forbidden  not_found
pickup     not_open            not_open    not_open            not_open            forbidden  not_found
withdraw   not_open            forbidden   forbidden           forbidden           forbidden  not_found
release    not_open            not_open    not_open            not_open            forbidden  not_found
hand-back  not_open            not_open    not_open            not_open            forbidden  not_found
resolve    not_active          not_active  not_active          not_active          forbidden  not_found
resume     not_active          not_active  not_active          not_active          forbidden  not_found
reopen     ok                  ok          not_holder          not_holder          forbidden  not_found
take-over  forbidden           forbidden   forbidden           not_active          forbidden  forbidden
"""

ADVICE = {"content": "Recreate the profile"}
CALLS: dict[str, Callable[[Somebody, Case], Awaitable[httpx2.Response]]] = {
    "read": lambda who, case: who.get(case.path),
    "note": lambda who, case: who.post(f"{case.path}/steps", {"kind": "note", "content": "Asked the user to wait"}),
    "describe": lambda who, case: who.patch(case.path, {"device": "LAPTOP-7"}),
    "escalate": lambda who, case: who.post(f"{case.path}/handoff", {"intent": "escalate", "reason": "Next idea"}),
    "park": lambda who, case: who.post(f"{case.path}/handoff", {"intent": "park"}),
    "claim": lambda who, case: who.post(f"{case.handoff}/claim"),
    "pickup": lambda who, case: who.post(f"{case.path}/pickup"),
    "withdraw": lambda who, case: who.post(f"{case.handoff}/withdraw"),
    "release": lambda who, case: who.post(f"{case.handoff}/release"),
    "hand-back": lambda who, case: who.post(f"{case.handoff}/hand-back", ADVICE),
    "resolve": lambda who, case: who.post(f"{case.path}/resolve", {"resolution": "Cleared the cached credentials"}),
    "resume": lambda who, case: who.post(f"{case.path}/resume"),
    "reopen": lambda who, case: who.post(f"{case.path}/reopen"),
    "take-over": lambda who, case: who.post(f"{case.path}/take-over"),
}
STATUS = {"ok": 200, "not_found": 404, "forbidden": 403}


def rows() -> list[Any]:
    found = []
    for block in TABLE.strip().split("\n\n"):
        heading, *lines = [line.split() for line in block.splitlines()]
        assert tuple(heading[1:]) == PEOPLE
        for name, *expected in lines:
            answers = {who: code for who, code in zip(PEOPLE, expected, strict=True) if code != "-"}
            found.append(pytest.param(Start(heading[0]), name, answers, id=f"{heading[0]}-{name}"))
    return found


@pytest.mark.parametrize(("start", "name", "expected"), rows())
async def test_everybody_gets_the_answer_of_the_table(make: Make, start: Start, name: str, expected: dict[str, str]) -> None:
    jane = await make.person("Jane")
    colleagues = {"holder": Role.ENGINEER, "other": Role.ENGINEER, "admin": Role.ADMIN, "viewer": Role.VIEWER}
    people = {"owner": jane, "stranger": await make.person("Stranger")}
    for who, role in colleagues.items():
        people[who] = await make.person(who, account=jane.account_id, role=role)
    team = Team(jane, sam=people["holder"], ben=people["other"], dana=people["admin"])

    case = await case_at(make, team, start)
    before = everything(make, case.session_id)
    refused = {who: code for who, code in expected.items() if code != "ok"}
    answers = {who: await CALLS[name](people[who], case) for who in refused}
    assert {who: reply.json()["code"] for who, reply in answers.items()} == refused
    assert {who: reply.status_code for who, reply in answers.items()} == {who: STATUS.get(code, 409) for who, code in refused.items()}
    assert everything(make, case.session_id) == before

    for who in expected.keys() - refused.keys():
        reply = await CALLS[name](people[who], await case_at(make, team, start))
        assert reply.is_success, (who, reply.text)


def everything(make: Make, session_id: UUID) -> list[tuple[Any, ...]]:
    """All that a call could have changed."""
    return make.rows(
        """select s.*, h.*, c.*, (select count(*) from steps), (select count(*) from events), (select count(*) from audit_log),
                  (select count(*) from app_notifications), (select count(*) from documents), (select count(*) from session_readers)
           from sessions s left join handoffs h on h.session_id = s.id left join handoff_claims c on c.handoff_id = h.id where s.id = %s""",
        session_id,
    )


@pytest.mark.parametrize("name", CALLS)
async def test_nobody_signed_out_gets_past_the_door(make: Make, name: str) -> None:
    jane = await make.person("Jane")
    case = await case_at(make, Team(jane, jane, jane, jane), Start.OPEN)
    nobody = Somebody(jane.actor, "no token", jane.client)
    reply = await CALLS[name](nobody, case)
    assert (reply.status_code, reply.json()["code"]) == (401, "not_authenticated")
