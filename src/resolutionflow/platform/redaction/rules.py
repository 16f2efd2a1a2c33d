"""What a rule is: a pattern that finds, and a judge that says how much of what it found is secret."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

OPAQUE = "\ufdd0"
"""Stands where something is hidden already. A noncharacter: no pattern may match it, or hiding twice would hide more."""

BARE = rf"[^\s{OPAQUE}]"
LONGEST = 512
"""A pattern reads a value no further, or many refused long values would take quadratic time; an accepted one is hidden to its end."""

_REST = re.compile(rf"{BARE}*+")
SPACE = r"[ \t\xa0]"


class Secret(StrEnum):
    """Kinds of secret, in the words shown to people."""

    PASSWORD = "password"
    KEY = "key"
    PRIVATE_KEY = "private key"
    LINK = "secret link"
    CODE = "one-time code"
    CARD = "card number"
    BANK_ACCOUNT = "bank account number"
    RECOVERY = "recovery key"
    PRODUCT_KEY = "product key"


Judge = Callable[[str, re.Match[str]], int]
"""How many characters of a found value are secret, from its start; 0 spares it."""


def whole(value: str, _: re.Match[str]) -> int:
    return len(value)


@dataclass(frozen=True, slots=True)
class Rule:
    """Hides the groups of `pattern` whose names begin with "hide", or the whole match if it has none.

    Patterns take linear time: every repeat is bounded, possessive, or of a class that excludes what follows it.
    """

    kind: Secret
    pattern: re.Pattern[str]
    judge: Judge = whole

    def find(self, text: str) -> Iterator[tuple[int, int]]:
        """The places to hide, in order. After a find that was spared the search goes on one character further."""
        groups: Sequence[str | int] = [name for name in self.pattern.groupindex if name.startswith("hide")] or [0]
        at = 0
        while found := self.pattern.search(text, at):
            at = found.start() + 1
            for group in groups:
                start, end = found.span(group)
                if start < end and (length := self.judge(text[start:end], found)):
                    end = start + length
                    if length == LONGEST and (rest := _REST.match(text, end)):
                        end = rest.end()
                    yield start, end
                    at = max(at, end)


def rule(kind: Secret, pattern: str, judge: Judge = whole, *, flags: re.RegexFlag = re.IGNORECASE) -> Rule:
    return Rule(kind, re.compile(pattern, flags), judge)
