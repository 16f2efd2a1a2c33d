"""Do words that people typed say one of a playbook's phrases?"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_LONGEST = 20_000
_ANY = "anyending"
_NOT_WORDS = re.compile(r"[\W_]+")


def fold(text: str) -> str:
    """Lower case, no accents, one space between words and one at each end."""
    plain = text[:_LONGEST].casefold()
    if not plain.isascii():
        plain = "".join(char for char in unicodedata.normalize("NFKD", plain).casefold() if not unicodedata.combining(char))
    return f" {' '.join(_NOT_WORDS.sub(' ', plain).split())} "


def says(folded: str, phrases: Iterable[str]) -> bool:
    """Whether one of the phrases stands in a folded text, at the borders of words."""
    words, patterns = _wanted(tuple(phrases))
    for each in words:
        if each in folded:
            return True
    return bool(patterns) and any(each.search(folded) for each in patterns)


def weight(folded: str, phrases: Iterable[str]) -> int:
    """How many words of the text the matching phrases account for: longer phrases say more."""
    words, patterns = _wanted(tuple(phrases))
    found = [each for each in words if each in folded] + [each.pattern for each in patterns if each.search(folded)]
    return sum(each.count(" ") - 1 for each in found)


def same_command(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and one.split() != [] and one.casefold().split() == other.casefold().split()


fold_known = lru_cache(maxsize=4_096)(fold)
"""For sentences of playbooks, which are few; what people type is not kept."""


@lru_cache(maxsize=4_096)
def _wanted(phrases: tuple[str, ...]) -> tuple[list[str], list[re.Pattern[str]]]:
    """The phrases folded; a pattern only where a `*` stands for any ending, since plain words are found ten times faster."""
    starred = [fold(phrase.replace("*", f" {_ANY} ")) for phrase in phrases if "*" in phrase]
    patterns = [re.compile(re.escape(phrase).replace("\\ ", " ").replace(f" {_ANY} ", r"\w* ")) for phrase in starred]
    return [fold(phrase) for phrase in phrases if "*" not in phrase], patterns
