"""Do words that people typed say one of a playbook's phrases?"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_LONGEST = 20_000
_NOT_WORDS = re.compile(r"[^\w*]+|_")


def fold(text: str) -> str:
    """Lower case, no accents, one space between words and one at each end."""
    plain = unicodedata.normalize("NFKD", text[:_LONGEST]).casefold()
    letters = "".join(char for char in plain if not unicodedata.combining(char))
    return f" {' '.join(_NOT_WORDS.sub(' ', letters).split())} "


def says(folded: str, phrases: Iterable[str]) -> bool:
    """Whether one of the phrases stands in a folded text, at the borders of words."""
    return any(_pattern(phrase).search(folded) for phrase in phrases)


def weight(folded: str, phrases: Iterable[str]) -> int:
    """How many words of the text the matching phrases account for: longer phrases say more."""
    return sum(len(phrase.split()) for phrase in phrases if _pattern(phrase).search(folded))


def same_command(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and one.split() != [] and one.casefold().split() == other.casefold().split()


@lru_cache(maxsize=8_192)
def _pattern(phrase: str) -> re.Pattern[str]:
    words = (re.escape(word).replace(r"\*", r"\w*") for word in fold(phrase).split())
    return re.compile(f" {' '.join(words)} ")
