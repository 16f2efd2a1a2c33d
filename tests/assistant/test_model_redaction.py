"""Not one secret of the redaction corpus in any byte that leaves for a model."""

import json
from collections.abc import Sequence
from uuid import uuid4

import pytest

from resolutionflow.assistant.base import Answered, Asked, Attempt, Case, FactRow, Proposed, Utterance
from resolutionflow.assistant.model.language_model import LanguageModel
from tests.assistant.modelled import a_case, connected, replied, similar
from tests.assistant.wire.protocols import PROTOCOLS, Protocol
from tests.assistant.wire.server import WireServer, serving
from tests.platform.redaction.corpus import HALVES, Half, planted

both_protocols = pytest.mark.parametrize("protocol", PROTOCOLS)


def case_with(texts: Sequence[str]) -> Case:
    """The texts in turn in every field that people or tickets fill."""
    said, asked, tried, proposed, facts, alike = [], [], [], [], [], []
    for seq, text in enumerate(texts):
        match seq % 10:
            case 0:
                said.append(Utterance(uuid4(), seq, by_assistant=False, text=text))
            case 1:
                asked.append(Asked(uuid4(), seq, text))
            case 2:
                asked.append(Asked(uuid4(), seq, "Which?", answer=text, answer_id=uuid4()))
            case 3:
                tried.append(Attempt(uuid4(), seq, text, "worked"))
            case 4:
                tried.append(Attempt(uuid4(), seq, "Looked", "failed", observed=text))
            case 5:
                tried.append(Attempt(uuid4(), seq, "Ran", "failed", command=text))
            case 6:
                tried.append(Attempt(uuid4(), seq, "Set", "failed", target=text))
            case 7:
                proposed.append(Proposed(uuid4(), seq, "Run", command=text))
            case 8:
                facts.append(FactRow(uuid4(), "Note", text))
            case _:
                alike.append(similar(text))
    return a_case(
        said=tuple(said), asked=tuple(asked), tried=tuple(tried), proposed=tuple(proposed), facts=tuple(facts), similar=tuple(alike)
    )


async def told(wire: WireServer, model: LanguageModel, case: Case) -> str:
    """All that left: the bytes as they were, and the text that they mean."""
    await replied(model, case)
    await model.assess(case)
    return "\n".join(
        [*(each.decode() for each in wire.received), *(json.dumps(json.loads(body), ensure_ascii=False) for body in wire.bodies)]
    )


@pytest.mark.parametrize("half", HALVES)
@pytest.mark.parametrize("shift", range(10))
async def test_no_planted_secret_leaves(half: Half, shift: int) -> None:
    """In every field each text stands once; the protocols take turns."""
    protocol = PROTOCOLS[(shift + HALVES.index(half)) % 2]
    lines = [*planted(half)][:: 2 if protocol == "openai" else 3]
    async with serving(protocol) as wire:
        sent = await told(wire, connected(wire), case_with([""] * shift + [each.text for each in lines]))
    secrets = [each.text[start:end] for each in lines for start, end in each.spans]
    assert [secret for secret in secrets if len(secret) > 5 and (secret in sent or json.dumps(secret)[1:-1] in sent)] == []


@both_protocols
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Wi-Fi password", "canary-4-you"),
        ("Admin PIN", "493817"),
        ("API key", "c4n4ry0f0ur0wn"),
        ("BitLocker recovery key", "471207-" * 7 + "471207"),
    ],
)
async def test_a_fact_named_like_a_secret_hides_its_value(protocol: Protocol, name: str, value: str) -> None:
    async with serving(protocol) as wire:
        sent = await told(wire, connected(wire), a_case(facts=(FactRow(uuid4(), name, value),)))
    assert value not in sent


async def test_no_invisible_character_breaks_a_secret_in_two() -> None:
    async with serving("openai") as wire:
        sent = await told(wire, connected(wire), a_case("pass\u200bword: Canary\u200b2024!x"))
    assert "Canary" not in sent


async def test_the_engineer_is_told_what_was_hidden_and_what_was_left_out() -> None:
    case = a_case("password: Canary2024!x", similar=(), left_out="3 older entries of 50 are left out.")
    async with serving("anthropic") as wire:
        answered = (await replied(connected(wire), case))[-1]
    assert isinstance(answered, Answered)
    assert answered.notice == "Hidden from the model: 1 password. 3 older entries of 50 are left out."


async def test_nothing_is_said_where_nothing_was_hidden() -> None:
    async with serving("anthropic") as wire:
        answered = (await replied(connected(wire), a_case()))[-1]
    assert isinstance(answered, Answered)
    assert answered.notice is None
