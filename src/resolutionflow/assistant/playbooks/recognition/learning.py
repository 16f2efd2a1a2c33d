"""Multinomial logistic regression over sparse features, in plain Python: some seconds for a thousand tickets, the same result each time."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

from resolutionflow.assistant.kinds import ProblemKind
from resolutionflow.assistant.playbooks.recognition.features import TERM, features, vocabulary

Sample = tuple[str, ProblemKind]
KINDS = tuple(ProblemKind)
_EPOCHS = 40
_RATE = 0.5
_SHRINK = 2e-4
"""How much every weight is pulled to zero at each sample."""
_TIMES_SEEN = 2
"""A word that stands in fewer samples is not learnt."""
_TERM_WEIGHT = 2.0
"""Where the weight of a kind's own terms begins: the trade's words count before anything is learnt."""


@dataclass(frozen=True, slots=True)
class Weights:
    """By feature, the weight for each of `KINDS` in order."""

    of: Mapping[str, tuple[float, ...]]
    bias: tuple[float, ...]

    def scores(self, found: Mapping[str, float]) -> list[float]:
        totals = list(self.bias)
        for name, value in found.items():
            row = self.of.get(name)
            if row is not None:
                for place, weight in enumerate(row):
                    totals[place] += weight * value
        return totals

    def probabilities(self, found: Mapping[str, float]) -> list[float]:
        return softmax(self.scores(found))


def softmax(scores: Sequence[float]) -> list[float]:
    top = max(scores)
    raised = [math.exp(score - top) for score in scores]
    total = sum(raised)
    return [each / total for each in raised]


def learn(samples: Sequence[Sample], *, with_examples: bool = True) -> Weights:
    """From tickets and the vocabulary's own examples. Kinds with few samples count as much as those with many."""
    everything = [*samples, *(vocabulary().examples if with_examples else ())]
    rows = [(features(text), KINDS.index(kind)) for text, kind in everything]
    seen = Counter(name for found, _ in rows for name in found)
    known = {name for name, times in seen.items() if times >= _TIMES_SEEN or name.startswith(TERM)}
    table = {name: [0.0] * len(KINDS) for name in known}
    for place, kind in enumerate(KINDS):
        table.setdefault(f"{TERM}{kind}", [0.0] * len(KINDS))[place] = _TERM_WEIGHT
    bias = [0.0] * len(KINDS)
    often = Counter(kind for _, kind in rows)
    fair = {place: math.sqrt(len(rows) / (len(often) * times)) for place, times in often.items()}
    squares = {name: [1e-3] * len(KINDS) for name in table}
    order = Random(7)  # noqa: S311 - the same order each time, not a secret
    kept = [({name: value for name, value in found.items() if name in table}, kind) for found, kind in rows]
    for _ in range(_EPOCHS):
        order.shuffle(kept)
        for found, place in kept:
            _step(table, squares, bias, found, place, fair[place])
    return Weights({name: tuple(row) for name, row in table.items()}, tuple(bias))


def _step(
    table: dict[str, list[float]], squares: dict[str, list[float]], bias: list[float], found: Mapping[str, float], kind: int, fair: float
) -> None:
    totals = list(bias)
    for name, value in found.items():
        row = table[name]
        for place in range(len(totals)):
            totals[place] += row[place] * value
    wrong = [fair * chance for chance in softmax(totals)]
    wrong[kind] -= fair
    for name, value in found.items():
        row, square = table[name], squares[name]
        for place, error in enumerate(wrong):
            slope = error * value + _SHRINK * row[place]
            square[place] += slope * slope
            row[place] -= _RATE * slope / math.sqrt(square[place] + 1.0)
    for place, error in enumerate(wrong):
        bias[place] -= 0.02 * error
