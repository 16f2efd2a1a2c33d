"""Does a playbook lead somewhere, whatever is answered and whatever comes of its actions? The engine itself walks its branches."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal
from uuid import UUID

from resolutionflow.assistant.base import Action, Asked, Attempt, Case, Hint, Part, Question, Text, Utterance
from resolutionflow.assistant.kinds import ProblemKind
from resolutionflow.assistant.playbooks.engine import Playbooks
from resolutionflow.assistant.playbooks.schema import Ask, Option, Playbook
from resolutionflow.assistant.playbooks.sentences import detail_of
from resolutionflow.assistant.playbooks.standing import TIRED_OF, key_of, option_of, standing_of

_NO_SYMPTOM = "-"
LONGEST = 100
"""Replies after which a walk counts as going round in circles."""
Outcome = Literal["worked", "failed", "inconclusive", "skipped"]
Outcomes = Callable[[Action], Outcome]
Replies = Callable[[Case], Iterable[Part]]
Picks = Mapping[str, Option]
"""By question, the answer given to it. Other questions get one that tells nothing."""


def dead_ends(playbook: Playbook, *, pairs: bool = True, replies: Replies | None = None) -> list[str]:
    """What no walk reaches, walks that lead nowhere and walks in circles; empty where all is well.

    Walked are, with no symptom and with each, no telling answer and each answer alone; where no symptom shows, with `pairs` also every two.
    What changes something fails and checks find something; or checks find nothing, all stays unclear, all is skipped: each of these without
    a telling answer, else the one in which the question comes up. Wherever an action is proposed, what follows when it works is looked at.
    `replies` walks instead of the engine.
    """
    walker = _Walker(playbook, replies or Playbooks(lambda _: _Settled(playbook.kind), lambda _: playbook).parts)
    for problem in walker.problems():
        plain = {outcomes: walker.walk(problem, {}, outcomes) for outcomes in (walker.found, walker.failed, walker.unclear, walker.skipped)}
        for one in walker.answers():
            outcomes = next((outcomes for outcomes, asked in plain.items() if asked >= one.keys()), None)
            asked = walker.walk(problem, one, outcomes) if outcomes else set()
            for other in walker.answers(after=one) if pairs and problem == _NO_SYMPTOM and asked >= one.keys() else ():
                walker.walk(problem, {**one, **other}, walker.found)
    for stop in playbook.stops:
        for phrase in stop.says[:1]:
            walker.walk(_typed(phrase), {}, walker.failed)
    return [*_misread(playbook), *walker.unreached(), *(f"{what}: {where}" for what, where in walker.wrong.items())]


@dataclass(frozen=True, slots=True)
class _Settled:
    """Recognises one kind in anything."""

    kind: ProblemKind
    sure: bool = True
    ranked: tuple[tuple[ProblemKind, float], ...] = ()


class _Walker:
    """Walks through one playbook, remembers what was met and, with the first walk that showed it, what is wrong."""

    def __init__(self, playbook: Playbook, replies: Replies) -> None:
        self.wrong: dict[str, str] = {}
        self._playbook = playbook
        self._replies = cache(lambda case: [*replies(case)])  # walks begin alike
        self._met: set[str] = set()
        self._cured: set[tuple[str, str]] = set()
        self._asks = {key_of(playbook, ask.id): ask for ask in playbook.questions}
        self._looks = {key_of(playbook, action.id) for action in playbook.actions if action.only_looks}
        actions = {action.id: action for action in playbook.actions}
        self._cause_of = {detail_of(cause, actions[id]): cause.id for cause in playbook.causes for id in cause.actions}
        self._stopping = {(stop.question, stop.answer) for stop in playbook.stops}

    def problems(self) -> Iterator[str]:
        """A text that picks no symptom, and for each symptom one that picks it and does not stop at once."""
        yield _NO_SYMPTOM
        for symptom in self._playbook.symptoms:
            for phrase in symptom.says:
                standing = standing_of(self._playbook, Case(problem=_typed(phrase)))
                if standing.symptom is symptom and not any(standing.stops()):
                    self._met.add(symptom.id)
                    yield _typed(phrase)
                    break

    def answers(self, after: Picks | None = None) -> Iterator[Picks]:
        """Each telling answer, alone; only to questions behind those of `after`."""
        ids = [ask.id for ask in self._playbook.questions]
        first = max((ids.index(id) + 1 for id in after or ()), default=0)
        for ask in self._playbook.questions[first:]:
            yield from ({ask.id: option} for option in ask.options if self._tells(ask, option))

    def failed(self, _: Action) -> Outcome:
        return "failed"

    def found(self, action: Action) -> Outcome:
        return "worked" if action.playbook_key in self._looks else "failed"

    def unclear(self, _: Action) -> Outcome:
        return "inconclusive"

    def skipped(self, _: Action) -> Outcome:
        return "skipped"

    def walk(self, problem: str, picks: Picks, outcomes: Outcomes) -> set[str]:
        """One walk to its end; answers the ids of the questions that were asked."""
        where = "; ".join([f"“{problem}”", *(f"{id}: {option.text}" for id, option in picks.items()), f"then {outcomes.__name__}"])
        case = Case(problem=problem, kind=self._playbook.kind)
        proposed: Counter[str] = Counter()
        for _ in range(LONGEST):
            parts = self._replies(case)
            self._meet(parts)
            tasks = _tasks(parts)
            proposed.update(key for task in tasks if (key := task.playbook_key))
            if again := [key for key, times in proposed.items() if times > (1 if key in self._asks else TIRED_OF)]:
                self.wrong.setdefault(f"{again[0]} comes again and again", where)
                break
            if any(isinstance(part, Hint) for part in parts):
                break
            if not tasks:
                self.wrong.setdefault("A walk leads nowhere", where)
                break
            self._cure(case, parts, where)
            case = _gone_on(case, parts, lambda question: self._answer(question, picks), outcomes)
        else:
            self.wrong.setdefault("A walk does not end", where)
        return {self._asks[key].id for key in proposed if key in self._asks}

    def unreached(self) -> list[str]:
        book = self._playbook
        met = self._met
        found = [
            *(f"Symptom {each.id} is never reached." for each in book.symptoms if each.id not in met),
            *(f"Question {each.id} is never reached." for each in book.questions if each.id not in met),
            *(f"Cause {each.id} is never reached." for each in book.causes if each.id not in met),
            *(f"Action {each.id} is never reached." for each in book.actions if each.id not in met),
            *(f"Stop {each.id} is never reached." for each in book.stops if each.id not in met),
        ]
        options = [(ask, option) for ask in book.questions if ask.id in met for option in ask.options if self._tells(ask, option)]
        return [
            *found,
            *(f"Option {ask.id}: {option.text} is never reached." for ask, option in options if _at(ask, option) not in self._met),
        ]

    def _tells(self, ask: Ask, option: Option) -> bool:
        return bool(option.supports or option.rules_out) or (ask.id, option.text) in self._stopping

    def _answer(self, question: Question, picks: Picks) -> str:
        ask = self._asks[question.playbook_key or ""]
        option = picks.get(ask.id) or next((option for option in ask.options if not self._tells(ask, option)), None)
        if option is None:
            return "-"
        self._met.add(_at(ask, option))
        return option.text

    def _meet(self, parts: Sequence[Part]) -> None:
        said = "".join(part.text for part in parts if isinstance(part, Text))
        if any(isinstance(part, Hint) for part in parts):
            self._met |= {stop.id for stop in self._playbook.stops if stop.because in said}
        for task in _tasks(parts):
            self._met.add((task.playbook_key or "").removeprefix(f"{self._playbook.kind}/"))
            if isinstance(task, Action):
                self._met.add(self._cause_of[task.detail or ""])

    def _cure(self, case: Case, parts: Sequence[Part], where: str) -> None:
        """Where an action works that changes something, the next thing is to resolve."""
        for action in _tasks(parts):
            key = action.playbook_key or ""
            if isinstance(action, Question) or key in self._looks or (case.problem, key) in self._cured:
                continue
            self._cured.add((case.problem, key))
            reply = self._replies(_gone_on(case, parts, lambda _: "-", lambda _: "worked"))
            if not any(isinstance(part, Hint) and part.kind == "resolve" for part in reply):
                self.wrong.setdefault(f"{key} works and is not resolved", where)


def _tasks(parts: Sequence[Part]) -> list[Question | Action]:
    return [part for part in parts if isinstance(part, Question | Action)]


def _gone_on(case: Case, parts: Sequence[Part], answer: Callable[[Question], str], outcomes: Outcomes) -> Case:
    """The case once the reply is written down and all its tasks are done, in the rows that `sessions.policy.case` would make of it."""
    seq = 1 + len(case.said) + len(case.asked) + len(case.tried)
    said = "".join(part.text for part in parts if isinstance(part, Text))
    asked, tried = [], []
    for place, task in enumerate(_tasks(parts), start=1):
        id = UUID(int=seq + place)
        if isinstance(task, Question):
            asked.append(Asked(id, seq + place, task.content, task.options, answer(task), id, task.playbook_key))
        else:
            tried.append(Attempt(id, seq + place, task.content, outcomes(task), playbook_key=task.playbook_key, command=task.command))
    utterance = Utterance(UUID(int=seq), seq, by_assistant=True, text=said)
    return replace(case, said=(*case.said, utterance), asked=(*case.asked, *asked), tried=(*case.tried, *tried))


def _misread(playbook: Playbook) -> list[str]:
    """Answers that the engine takes for another option of the same question."""
    return [
        f"Option {ask.id}: {option.text} is read as {read.text if read else 'none'}."
        for ask in playbook.questions
        for option in ask.options
        if (read := option_of(ask, option.text)) is not option
    ]


def _typed(phrase: str) -> str:
    return phrase.replace("*", "")


def _at(ask: Ask, option: Option) -> str:
    return f"{ask.id}/{option.text}"
