"""What is counted in a text: stems of words, pairs of them, and terms of the trade for each kind."""

import math
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise

from resolutionflow.assistant.kinds import ProblemKind
from resolutionflow.assistant.playbooks.matching import fold

LONGEST = 4_000
"""Characters that are looked at: a ticket says what it is about at its beginning."""
TERM = "@"
"""Marks the feature that counts the terms of a kind: `@printer`."""
_ENDINGS = re.compile(r"(?:ing|edly|ed|ies|es|s|ly)$")
_SAYS_NOTHING = """
the a an and or to of in on for is are was be been it its this that these with at by from as i we you he she they my our your his her
their me us please hi hello dear thanks thank regards kind best good morning afternoon pm am has have had do does did can could would
should will not no so but if when then there here just also any all some into about after before since again very
"""
_STOP = frozenset(_SAYS_NOTHING.split())


@dataclass(frozen=True, slots=True)
class Vocabulary:
    terms: Mapping[ProblemKind, tuple[str, ...]]
    examples: tuple[tuple[str, ProblemKind], ...]


@cache
def vocabulary() -> Vocabulary:
    table = tomllib.loads((files(__package__) / "vocabulary.toml").read_text(encoding="utf-8"))
    return Vocabulary(
        terms={ProblemKind(kind): tuple(said["terms"]) for kind, said in table.items()},
        examples=tuple((text, ProblemKind(kind)) for kind, said in table.items() for text in said["examples"]),
    )


def features(text: str) -> dict[str, float]:
    """Weights of length one: what stands once counts nearly as much as what stands often."""
    folded = fold(text[:LONGEST])
    stems = [stem(word) for word in folded.split() if word not in _STOP and not word.isdigit()]
    counts: dict[str, float] = {}
    for name in (*stems, *(f"{one} {two}" for one, two in pairwise(stems))):
        counts[name] = counts.get(name, 0.0) + 1.0
    weights = {name: 1.0 + math.log(count) for name, count in counts.items()}
    length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
    found = {name: weight / length for name, weight in weights.items()}
    return found | _terms(" ".join(stems))


def stem(word: str) -> str:
    shorter = _ENDINGS.sub("", word)
    return shorter if len(shorter) >= 3 else word


@cache
def _stemmed_terms() -> dict[ProblemKind, tuple[str, ...]]:
    return {
        kind: tuple(f" {' '.join(stem(word) for word in fold(term).split() if word not in _STOP)} " for term in terms)
        for kind, terms in vocabulary().terms.items()
    }


def _terms(stems: str) -> dict[str, float]:
    """For each kind how many of its terms stand in the text, as a share of all that do."""
    padded = f" {stems} "
    hits = {kind: sum(term in padded for term in terms if term.strip()) for kind, terms in _stemmed_terms().items()}
    total = sum(hits.values())
    return {f"{TERM}{kind}": count / total + 0.15 * min(count, 4) for kind, count in hits.items() if count}
