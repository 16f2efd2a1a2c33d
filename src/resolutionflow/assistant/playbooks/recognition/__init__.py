"""Which kind of problem is it? A small model learnt from tickets, shipped as data, that can show which words decided."""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from resolutionflow.assistant.kinds import ProblemKind
from resolutionflow.assistant.playbooks.recognition.features import features
from resolutionflow.assistant.playbooks.recognition.learning import KINDS, Weights

SURE = 0.6
"""From this probability on the kind is taken for settled; docs/recognition.md has what that means on unseen tickets."""
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Recognition:
    kind: ProblemKind | None
    """None where nothing in the text says anything."""
    sure: bool
    ranked: tuple[tuple[ProblemKind, float], ...] = ()
    """Every kind with its probability, likeliest first."""
    words: tuple[tuple[str, float], ...] = ()
    """What spoke most for the kind, with its weight."""


def recognise(text: str) -> Recognition:
    """Never raises, whatever the text; a millisecond for a ticket."""
    return judge(shipped(), text)


def judge(weights: Weights, text: str) -> Recognition:
    found = {name: value for name, value in features(text).items() if name in weights.of}
    if not found:
        return Recognition(None, sure=False)
    chances = weights.probabilities(found)
    ranked = sorted(zip(KINDS, chances, strict=True), key=lambda each: -each[1])
    kind, chance = ranked[0]
    place = KINDS.index(kind)
    spoke = sorted(
        ((name, round(value * weights.of[name][place], 2)) for name, value in found.items()), key=lambda each: (-each[1], each[0])
    )
    return Recognition(kind, chance >= SURE, tuple(ranked), tuple(each for each in spoke[:_SHOWN] if each[1] > 0))


@cache
def shipped() -> Weights:
    """What `resolutionflow playbooks train` has learnt."""
    stored = json.loads((files(__package__) / "weights.json").read_text(encoding="utf-8"))
    return unpacked(stored)


def packed(weights: Weights) -> dict[str, object]:
    """Two decimals, and only what matters: most weights are next to nothing."""
    rows = {
        name: {KINDS[place].value: round(weight, 2) for place, weight in enumerate(row) if abs(weight) >= 0.08}
        for name, row in sorted(weights.of.items())
    }
    bias = {kind.value: round(each, 3) for kind, each in zip(KINDS, weights.bias, strict=True)}
    return {"bias": bias, "weights": {name: row for name, row in rows.items() if row}}


def unpacked(stored: dict[str, dict[str, dict[str, float]]]) -> Weights:
    rows = {name: tuple(row.get(kind.value, 0.0) for kind in KINDS) for name, row in stored["weights"].items()}
    bias: dict[str, float] = stored["bias"]  # type: ignore[assignment]  # the one flat table
    return Weights(rows, tuple(bias[kind.value] for kind in KINDS))
