"""How good recognition is on tickets it has not seen: cross-validation of the whole pipeline, beside naive Bayes and the largest kind."""

import json
import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from resolutionflow.assistant.kinds import ProblemKind
from resolutionflow.assistant.playbooks.matching import fold
from resolutionflow.assistant.playbooks.recognition import SURE, judge, packed, unpacked
from resolutionflow.assistant.playbooks.recognition.learning import learn

_FOLDS = 5
_ALIKE = 0.5
"""Share of words from which two tickets count as copies: they fall into the same fold."""


_ROW = re.compile(r"[:#]|\s\(")


class EvaluationError(ValueError):
    """A sentence that names the line."""


@dataclass(frozen=True, slots=True)
class Ticket:
    text: str
    kind: ProblemKind
    origin: str
    source: str


@dataclass(frozen=True, slots=True)
class Guess:
    ticket: Ticket
    kind: ProblemKind | None
    sure: bool


@dataclass(frozen=True, slots=True)
class Score:
    """Shares from 0 to 1. `precision_when_sure` is None where it never was."""

    name: str
    tickets: int
    accuracy: float
    macro_f1: float
    coverage: float
    precision_when_sure: float | None

    def line(self) -> str:
        sure = "–" if self.precision_when_sure is None else f"{self.precision_when_sure:.3f}"
        return f"{self.name:<44}{self.tickets:>6}{self.accuracy:>10.3f}{self.macro_f1:>10.3f}{self.coverage:>10.3f}{sure:>10}"


@dataclass(frozen=True, slots=True)
class Report:
    scores: list[Score]

    def lines(self) -> list[str]:
        head = f"{'':<44}{'rows':>6}{'accuracy':>10}{'macro-F1':>10}{'coverage':>10}{'precision':>10}"
        return [
            head,
            *(score.line() for score in self.scores),
            f"Coverage and precision: where it is sure (from {SURE}). Macro-F1 over the kinds present.",
        ]


def read(path: Path) -> list[Ticket]:
    """Tickets as JSON lines with `body`, `kind` and, where there are, `subject`, `origin`, `source`. Raises `EvaluationError`."""
    tickets = []
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise EvaluationError(f"{path} cannot be read: {error}.") from None
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            text = f"{row.get('subject') or ''}\n{row['body']}".strip()
            tickets.append(Ticket(text, ProblemKind(row["kind"]), str(row.get("origin", "")), str(row.get("source", ""))))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise EvaluationError(f"line {number} of {path.name} is not a ticket with body and kind: {error}.") from None
    if len(tickets) < _FOLDS:
        raise EvaluationError(f"{path.name} has {len(tickets)} tickets; {_FOLDS} are the least that can be divided.")
    return tickets


def train(path: Path, out: Path) -> int:
    """Learn from the vocabulary and these tickets and write the weights; answers how many tickets there were."""
    tickets = read(path)
    weights = learn([(ticket.text, ticket.kind) for ticket in tickets])
    out.write_text(json.dumps(packed(weights), sort_keys=True, separators=(",", ":")) + "\n", encoding="utf-8")
    return len(tickets)


def evaluate(path: Path) -> Report:
    tickets = read(path)
    folds = _folds(tickets)
    ours = _guesses(tickets, folds, _ours)
    scores = [_score("ours, cross-validated", ours)]
    scores += [_score(f"  {origin}", [guess for guess in ours if guess.ticket.origin == origin]) for origin in _origins(tickets)]
    scores.append(_score("ours, each source unseen", _guesses(tickets, _by_source(tickets), _ours)))
    scores.append(_score("ours, from the vocabulary alone", list(_ours([], tickets))))
    scores.append(_score("naive Bayes, cross-validated", _guesses(tickets, folds, _naive_bayes)))
    scores.append(_score("the largest kind", _guesses(tickets, folds, _majority)))
    return Report(scores)


Method = Callable[[Sequence[Ticket], Sequence[Ticket]], Iterable[Guess]]


def _guesses(tickets: Sequence[Ticket], folds: Sequence[int], method: Method) -> list[Guess]:
    found: list[Guess] = []
    for fold_ in sorted(set(folds)):
        known = [ticket for ticket, place in zip(tickets, folds, strict=True) if place != fold_]
        unseen = [ticket for ticket, place in zip(tickets, folds, strict=True) if place == fold_]
        found += method(known, unseen)
    return found


def _ours(known: Sequence[Ticket], unseen: Sequence[Ticket]) -> Iterable[Guess]:
    """With the weights as they would be shipped, rounded and pruned."""
    stored: dict[str, dict[str, dict[str, float]]] = json.loads(json.dumps(packed(learn([(ticket.text, ticket.kind) for ticket in known]))))
    weights = unpacked(stored)
    for ticket in unseen:
        seen = judge(weights, ticket.text)
        yield Guess(ticket, seen.kind, seen.sure)


def _naive_bayes(known: Sequence[Ticket], unseen: Sequence[Ticket]) -> Iterable[Guess]:
    """Multinomial, bag of words, add-one: what most people would write."""
    words: dict[ProblemKind, Counter[str]] = defaultdict(Counter)
    for ticket in known:
        words[ticket.kind].update(fold(ticket.text).split())
    often = Counter(ticket.kind for ticket in known)
    vocabulary = len({word for counts in words.values() for word in counts})
    totals = {kind: sum(counts.values()) + vocabulary for kind, counts in words.items()}
    for ticket in unseen:
        said = fold(ticket.text).split()
        best = max(often, key=lambda kind: math.log(often[kind]) + sum(math.log((words[kind][word] + 1) / totals[kind]) for word in said))
        yield Guess(ticket, best, sure=True)


def _majority(known: Sequence[Ticket], unseen: Sequence[Ticket]) -> Iterable[Guess]:
    largest = Counter(ticket.kind for ticket in known).most_common(1)[0][0]
    return [Guess(ticket, largest, sure=True) for ticket in unseen]


def _folds(tickets: Sequence[Ticket]) -> list[int]:
    """Copies of one ticket stay together, else the model would be asked what it was told."""
    words = [frozenset(fold(ticket.text).split()) for ticket in tickets]
    leader = list(range(len(tickets)))
    for place in range(len(tickets)):
        for other in range(place):
            if leader[other] == other and len(words[place] & words[other]) > _ALIKE * len(words[place] | words[other]):
                leader[place] = other
                break
    leaders = sorted(set(leader))
    Random(1).shuffle(leaders)  # noqa: S311 - the same folds each time
    fold_of = {each: number % _FOLDS for number, each in enumerate(leaders)}
    return [fold_of[leader[place]] for place in range(len(tickets))]


def _by_source(tickets: Sequence[Ticket]) -> list[int]:
    """One fold for each file or site that tickets come from: what stands before the row in `name:row`, `name#row` or `name (row)`."""
    names = [_ROW.split(ticket.source, maxsplit=1)[0] for ticket in tickets]
    sources = sorted(set(names))
    return [sources.index(name) for name in names]


def _origins(tickets: Sequence[Ticket]) -> list[str]:
    return sorted({ticket.origin for ticket in tickets} - {""})


def _score(name: str, guesses: Sequence[Guess]) -> Score:
    right = [guess for guess in guesses if guess.kind is guess.ticket.kind]
    sure = [guess for guess in guesses if guess.sure]
    sure_right = [guess for guess in right if guess.sure]
    kinds = {guess.ticket.kind for guess in guesses}
    return Score(
        name=name,
        tickets=len(guesses),
        accuracy=len(right) / len(guesses) if guesses else 0.0,
        macro_f1=sum(_f1(guesses, kind) for kind in kinds) / len(kinds) if kinds else 0.0,
        coverage=len(sure) / len(guesses) if guesses else 0.0,
        precision_when_sure=len(sure_right) / len(sure) if sure else None,
    )


def _f1(guesses: Sequence[Guess], kind: ProblemKind) -> float:
    hit = sum(guess.kind is kind and guess.ticket.kind is kind for guess in guesses)
    said = sum(guess.kind is kind for guess in guesses)
    true = sum(guess.ticket.kind is kind for guess in guesses)
    return 2 * hit / (said + true) if said + true else 0.0
