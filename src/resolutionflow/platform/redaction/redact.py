"""Hides secrets in text before it leaves the process. What is hidden and what is not: docs/redaction.md."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from resolutionflow.platform.redaction.formats import FORMATS
from resolutionflow.platform.redaction.keys import CODES, KEYS
from resolutionflow.platform.redaction.numbers import NUMBERS
from resolutionflow.platform.redaction.passwords import PASSWORDS
from resolutionflow.platform.redaction.plain_text import INVISIBLE
from resolutionflow.platform.redaction.rules import OPAQUE, Secret

_RULES = (*FORMATS, *NUMBERS, *KEYS, *CODES, *PASSWORDS)
_INVISIBLE = re.compile(f"[{INVISIBLE}]")
_MARK = re.compile(rf"\[hidden: (?:{'|'.join(Secret)})\]")


@dataclass(frozen=True, slots=True)
class Hidden:
    """A place of the original text, as of a slice."""

    kind: Secret
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Redacted:
    text: str
    hidden: tuple[Hidden, ...]


def redact(text: str) -> Redacted:
    """The text with `[hidden: password]` and the like in the place of secrets. Takes any text, and changes nothing the second time.

    It is read without invisible characters, so that none can break a secret in two; those outside secrets stay.
    """
    read, places = _readable(text)
    found: list[Hidden] = []
    while True:
        before = len(found)
        for rule in _RULES:
            spans = list(rule.find(read))
            read = _replaced(read, [(start, end, OPAQUE * (end - start)) for start, end in spans])
            found += (Hidden(rule.kind, places[start], places[end - 1] + 1) for start, end in spans)
        if len(found) == before:
            break
    found.sort(key=lambda each: each.start)
    marks = [(each.start, each.end, f"[hidden: {each.kind}]") for each in found]
    return Redacted(_replaced(text, marks), tuple(found))


def summary(hidden: Sequence[Hidden]) -> str | None:
    """What was hidden, for a person: "1 password and 2 keys"."""
    counted = Counter(each.kind for each in hidden)
    parts = [f"{counted[kind]} {kind}{'s' if counted[kind] > 1 else ''}" for kind in Secret if counted[kind]]
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if parts[1:] else parts) or None


def _readable(text: str) -> tuple[str, Sequence[int]]:
    """The text as rules read it, and where each of its characters stands in the original."""
    read, places = text, range(len(text))
    if _INVISIBLE.search(text):
        kept = [at for at, char in enumerate(text) if not _INVISIBLE.match(char)]
        read, places = "".join(text[at] for at in kept), kept  # type: ignore[assignment]
    return _MARK.sub(lambda mark: OPAQUE * len(mark[0]), read), places


def _replaced(text: str, places: Sequence[tuple[int, int, str]]) -> str:
    parts: list[str] = []
    done = 0
    for start, end, instead in places:
        parts += text[done:start], instead
        done = end
    return "".join([*parts, text[done:]])
