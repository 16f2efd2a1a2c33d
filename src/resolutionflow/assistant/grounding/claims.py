"""Whether a claim agrees with the rows it cites."""

import re
from collections import Counter
from collections.abc import Sequence
from uuid import UUID

from resolutionflow.assistant.base import Attempt, Claim
from resolutionflow.assistant.grounding.rows import Row
from resolutionflow.assistant.grounding.words import command_of, flat, words

_OUTCOME = {"worked": "worked", "ruled_out": "failed"}
_HIDDEN = re.compile(r"\[hidden:[^\]]*\]")
_AROUND = " \"'`“”„‘’«»….,;:"
_SHORT = 4
"""Characters; what is shorter stands in almost any text, so it must be all that the row says, or stand there as a word."""
_ABOUT = 0.34
"""How much of what a row says was done a claim must name, or of the claim the row."""
_BETTER = 1.5
"""So much better another row fits where the wrong one was cited."""
_CLEARLY = 0.6
"""Or so well, where a quote ties the claim to the row that was cited."""
_NO_HELP = re.compile(
    r"\b(?:did not|didn't|does not|doesn't|has not|hasn't|never) (?:help|work|fix|solve|change|cure)"
    r"|\b(?:no|without|any) (?:effect|difference|success|improvement)\b|\bin vain\b|\bto no avail\b|\bfailed\b|\bunsuccessful"
)
_CURED = re.compile(
    r"(?<!not )(?<!n't )(?<!never )\b(?:fixed|solved|cured|resolved|repaired) (?:it|the|this|everything)\b|\bproblem (?:is|was) gone\b"
)


class Claims:
    """Judges the claims about one case."""

    def __init__(self, rows: dict[UUID, Row]) -> None:
        self._rows = rows
        self._attempts = [row.attempt for row in rows.values() if row.attempt is not None]
        self._done = {row.step_id: words(f"{row.what} {row.target or ''}") for row in self._attempts}
        self._beside = {row.step_id: words(f"{row.command or ''} {row.observed or ''}") for row in self._attempts}
        self._spread = Counter(word for id, each in self._done.items() for word in each | self._beside[id])

    def agrees(self, claim: Claim) -> bool:
        if not claim.text.strip() or any(id not in self._rows for id in (*claim.evidence, *claim.against)):
            return False
        cited = [self._rows[id] for id in claim.evidence]
        match claim.kind:
            case "hypothesis":
                return not claim.quote or _stands(claim.quote, cited)
            case "observed":
                return bool(claim.quote) and _stands(claim.quote or "", cited) and not self._contradicts(claim, cited)
            case "worked" | "ruled_out":
                outcomes = {row.outcome for row in cited if row.outcome is not None}
                is_quoted = not claim.quote or _stands(claim.quote, cited)
                return outcomes == {_OUTCOME[claim.kind]} and is_quoted and self._is_about(claim, cited)

    def _contradicts(self, claim: Claim, cited: Sequence[Row]) -> bool:
        """Speaks of a cure where every attempt it cites failed."""
        outcomes = {row.outcome for row in cited if row.outcome is not None}
        return outcomes == {"failed"} and _CURED.search(flat(claim.text)) is not None

    def _is_about(self, claim: Claim, cited: Sequence[Row]) -> bool:
        """Every attempt it cites is what it speaks of; none that it does not cite fits clearly better."""
        attempts = [row.attempt for row in cited if row.attempt is not None]
        text = flat(claim.text)
        if all(_says_verbatim(text, attempt) for attempt in attempts):
            return True
        if (_NO_HELP if claim.kind == "worked" else _CURED).search(text):
            return False
        said = words(claim.text)
        fits = [self._fit(said, attempt) for attempt in attempts]
        others = [self._fit(said, row) for row in self._attempts if row not in attempts]
        best = max(others, default=0.0)
        if claim.quote:
            return best < _CLEARLY or best <= max(fits)
        return min(fits) >= _ABOUT and best <= _BETTER * max(fits)

    def _fit(self, said: frozenset[str], row: Attempt) -> float:
        """From 0 to 1; a word that many rows have tells little about which is meant, one of command or outcome half as much."""
        done, beside = self._done[row.step_id], self._beside[row.step_id]
        of_row = self._weight(said & done) / (self._weight(done) or 1.0)
        of_claim = (self._weight(said & done) + self._weight(said & (beside - done)) / 2) / (self._weight(said) or 1.0)
        return max(of_row, of_claim)

    def _weight(self, some: frozenset[str]) -> float:
        return sum(1.0 / max(self._spread[word], 1) for word in some)


def _says_verbatim(text: str, row: Attempt) -> bool:
    what, command = flat(row.what)[:200], command_of(row.command)
    return (bool(what) and what in text) or (len(command) > _SHORT and command in command_of(text))


def _stands(quote: str, cited: Sequence[Row]) -> bool:
    """Whether one of the rows has it word for word; secrets that were hidden from a model stand for anything."""
    pieces = [piece for part in _HIDDEN.split(quote) if (piece := flat(part).strip(_AROUND) or flat(part))]
    return bool(pieces) and any(all(_holds(row.quotable, piece) for piece in pieces) for row in cited)


def _holds(text: str, piece: str) -> bool:
    if len(piece) >= _SHORT:
        return piece in text
    return re.search(rf"(?<!\w){re.escape(piece)}(?!\w)", text) is not None
