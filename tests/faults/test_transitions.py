"""Any two moves of one case at once leave it where one after the other could have left it."""

import asyncio
import random
from itertools import combinations_with_replacement

import httpx2
import pytest

from tests.factories.cases import MOVES, Case, case_at, team
from tests.factories.make import Make
from tests.faults.invariants import REFUSALS, must_be_legal
from tests.profiles import profile

PAIRS = list(combinations_with_replacement(MOVES, 2))
CHANCE = random.Random(2026)


@pytest.mark.parametrize("first", MOVES)
async def test_a_move_raced_by_every_other_leaves_a_legal_case(make: Make, first: str) -> None:
    people = await team(make)
    for place, (one, other) in enumerate(pair for pair in PAIRS if pair[0] == first):
        for turn in range(profile.race_rounds):
            start = MOVES[(one, other)[(place + turn) % 2]][0]  # both where there are rounds enough, else now the one's, now the other's
            case = await case_at(make, people, start)
            replies = await asyncio.gather(*(_move(case, name) for name in CHANCE.sample([one, other], 2)))
            said = [(reply.status_code, reply.text) for reply in replies]
            assert any(reply.is_success for reply in replies), (start, one, other, said)
            assert all(_is_documented(reply) for reply in replies), (start, one, other, said)
    must_be_legal(make, people.account_id)


async def _move(case: Case, name: str) -> httpx2.Response:
    for _ in range(CHANCE.randrange(8)):
        await asyncio.sleep(0)  # so that now one, now the other comes first
    return await MOVES[name][1](case)


def _is_documented(reply: httpx2.Response) -> bool:
    return reply.is_success or (reply.status_code, reply.json()["code"]) in REFUSALS
