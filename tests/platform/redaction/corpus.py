"""Reads the planted secrets and the look-alikes, and says what redaction made of them.

`python -m tests.platform.redaction.corpus` prints it.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from resolutionflow.platform.redaction import Secret, redact

Half = Literal["seen", "unseen"]
HALVES: tuple[Half, ...] = ("seen", "unseen")
_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Planted:
    """A line with one secret or more; `spans` are their places."""

    kind: Secret
    text: str
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    planted: Planted
    leaked: tuple[str, ...]
    """Secrets of which any character was left."""
    spilt: str
    """What was hidden beside them."""
    kinds: tuple[Secret, ...]


def planted(half: Half) -> Iterator[Planted]:
    for kind, lines in tomllib.loads((_HERE / "secrets.toml").read_text("utf-8"))[half].items():
        for line in lines:
            pieces = re.split("[⟦⟧]", line.replace("¦", ""))
            ends = [sum(map(len, pieces[: count + 1])) for count in range(len(pieces))]
            spans = tuple((ends[at - 1], ends[at]) for at in range(1, len(pieces), 2))
            yield Planted(Secret(kind), "".join(pieces), spans)


def lookalikes(half: Half) -> list[str]:
    return [line for lines in tomllib.loads((_HERE / "lookalikes.toml").read_text("utf-8"))[half].values() for line in lines]


def outcome(of: Planted) -> Outcome:
    found = redact(of.text).hidden
    hidden = {at for each in found for at in range(each.start, each.end)}
    secret = {at for start, end in of.spans for at in range(start, end)}
    leaked = tuple(of.text[start:end] for start, end in of.spans if not hidden.issuperset(range(start, end)))
    return Outcome(of, leaked, "".join(of.text[at] for at in sorted(hidden - secret)), tuple(each.kind for each in found))


def report() -> Iterator[str]:
    for half in HALVES:
        outcomes = [outcome(each) for each in planted(half)]
        secrets = sum(len(each.planted.spans) for each in outcomes)
        leaks = [(each, leak) for each in outcomes for leak in each.leaked]
        plain = lookalikes(half)
        wrong = [line for line in plain if redact(line).hidden]
        named = sum(each.planted.kind in each.kinds for each in outcomes)
        yield f"{half}: recall {secrets - len(leaks)}/{secrets}, false positives {len(wrong)}/{len(plain)}"
        yield f"  right kind {named}/{len(outcomes)}"
        yield from (f"  missed {each.planted.kind}: {leak!r} in {redact(each.planted.text).text!r}" for each, leak in leaks)
        yield from (f"  spilt: {each.spilt!r} in {redact(each.planted.text).text!r}" for each in outcomes if each.spilt)
        yield from (f"  wrongly: {line!r} became {redact(line).text!r}" for line in wrong)


if __name__ == "__main__":
    print("\n".join(report()))
