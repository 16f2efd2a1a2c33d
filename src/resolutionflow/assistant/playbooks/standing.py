"""How a case stands in its playbook: everything is derived from the case, nothing is remembered."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from resolutionflow.assistant.base import Asked, Attempt, Case
from resolutionflow.assistant.playbooks.matching import fold, fold_known, same_command, says, weight
from resolutionflow.assistant.playbooks.schema import Ask, Cause, Do, Option, Playbook, Stop, Symptom

_SUPPORT = 3.0
_DOUBT = 2.0
_SYMPTOM = 3.0
_SIMILAR = 2.0
TIRED_OF = 2
"""So often an action may be inconclusive before the next one is proposed."""
_AFFECTS = {"one": ("one", "only", "just"), "several": ("several", "some", "more"), "site": ("everyone", "everybody", "all", "site")}


@dataclass(slots=True)
class Standing:
    playbook: Playbook
    text: str
    """What the engineer and the ticket have said, folded."""
    symptom: Symptom | None = None
    answers: dict[str, Option | None] = field(default_factory=dict)
    """By question; None where it was answered by something that is none of its options."""
    answered_by: dict[str, Asked] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)
    attempts: dict[str, list[Attempt]] = field(default_factory=dict)
    done_before: set[str] = field(default_factory=set)
    """Actions that people say they have done without having been told to."""
    scores: dict[str, float] = field(default_factory=dict)
    """By cause that is not ruled out."""
    ruled_out: set[str] = field(default_factory=set)
    actions: dict[str, Do] = field(init=False)

    def __post_init__(self) -> None:
        self.actions = {action.id: action for action in self.playbook.actions}

    @property
    def live(self) -> list[Cause]:
        """Causes that are left, likeliest first."""
        order = {cause.id: place for place, cause in enumerate(self.playbook.causes)}
        left = [cause for cause in self.playbook.causes if cause.id in self.scores]
        return sorted(left, key=lambda cause: (-self.scores[cause.id], order[cause.id]))

    def is_done(self, action: Do) -> bool:
        if action.id in self.done_before:
            return True
        attempts = self.attempts.get(action.id, ())
        return len(attempts) >= TIRED_OF or any(attempt.outcome != "inconclusive" for attempt in attempts)

    def next_of(self, cause: Cause) -> Do | None:
        return next((self.actions[id] for id in cause.actions if not self.is_done(self.actions[id])), None)

    def next_action(self) -> tuple[Cause, Do] | None:
        """What to do next, and for which cause."""
        for cause in self.live:
            if action := self.next_of(cause):
                return cause, action
        return None

    def failed_count(self) -> int:
        return sum(attempt.outcome == "failed" for each in self.attempts.values() for attempt in each)

    def stops(self) -> Iterator[Stop]:
        """The stop conditions that hold."""
        return (stop for stop in self.playbook.stops if self._holds(stop))

    def denied_by_answers(self, cause: Cause) -> bool:
        return any(option is not None and cause.id in option.rules_out for option in self.answers.values())

    def _holds(self, stop: Stop) -> bool:
        if stop.question is not None:
            option = self.answers.get(stop.question)
            return option is not None and option.text == stop.answer
        if stop.failed is not None:
            return self.failed_count() >= stop.failed
        return says(self.text, stop.says)

    def questions_left(self) -> list[Ask]:
        """Those that split the causes that are left, the best splitters first."""
        left = {cause.id for cause in self.live}
        open_to_ask = [ask for ask in self.playbook.questions if ask.id not in self.asked and ask.id not in self.answers]
        worth = {ask.id: _splits(ask, left) for ask in open_to_ask}
        order = {ask.id: place for place, ask in enumerate(self.playbook.questions)}
        return sorted((ask for ask in open_to_ask if worth[ask.id] > 0), key=lambda ask: (-worth[ask.id], order[ask.id]))


def standing_of(playbook: Playbook, case: Case) -> Standing:
    spoken = [case.problem, *(said.text for said in case.said if not said.by_assistant)]
    standing = Standing(playbook, fold(" . ".join(spoken)))
    _read_answers(standing, case)
    _read_attempts(standing, case)
    standing.symptom = _symptom(playbook, standing.text)
    _score(standing, case)
    return standing


def key_of(playbook: Playbook, id: str) -> str:
    return f"{playbook.kind}/{id}"


def _read_answers(standing: Standing, case: Case) -> None:
    keys = {key_of(standing.playbook, ask.id): ask for ask in standing.playbook.questions}
    for asked in case.asked:
        ask = keys.get(asked.playbook_key or "")
        if ask is None:
            continue
        standing.asked.add(ask.id)
        if asked.answer is not None:
            standing.answers[ask.id] = option_of(ask, asked.answer)
            standing.answered_by[ask.id] = asked
    for ask in standing.playbook.questions:
        if ask.id not in standing.asked and (known := _known(ask, standing.text, case)) is not None:
            standing.answers[ask.id] = known


def _known(ask: Ask, text: str, case: Case) -> Option | None:
    """The answer where the case says it already: in the text, in what is known of it, or to the same question of another playbook."""
    elsewhere = [asked.answer for asked in case.asked if asked.answer is not None and asked.content == ask.ask]
    if elsewhere:
        return option_of(ask, elsewhere[-1])
    if (said := next((option for option in ask.options if says(text, option.known_from)), None)) is not None:
        return said
    if case.affects and "how many" in ask.ask.casefold():
        return next((option for option in ask.options if says(fold(option.text), _AFFECTS[case.affects])), None)
    facts = [f"{fact.name} {fact.value}" for fact in case.facts if fold(fact.name) in fold(ask.ask)]
    return option_of(ask, facts[-1]) if facts else None


def option_of(ask: Ask, answer: str) -> Option | None:
    """The option that an answer means: said word for word, else the one whose words it holds."""
    folded = fold(answer)
    for option in ask.options:
        if folded == fold_known(option.text):
            return option
    weights = [(weight(folded, [option.text, *option.means]), -place) for place, option in enumerate(ask.options)]
    best = max(weights)
    return ask.options[-best[1]] if best[0] > 0 else None


def _read_attempts(standing: Standing, case: Case) -> None:
    keys = {key_of(standing.playbook, action.id): action.id for action in standing.playbook.actions}
    foreign = [attempt for attempt in case.tried if attempt.playbook_key not in keys]
    for attempt in case.tried:
        if attempt.playbook_key in keys:
            standing.attempts.setdefault(keys[attempt.playbook_key], []).append(attempt)
    told = standing.text + fold(" . ".join(attempt.what for attempt in foreign))
    for action in standing.playbook.actions:
        repeated = any(same_command(action.command, attempt.command) for attempt in foreign)
        if repeated or says(told, (*action.also_said, action.do)):
            standing.done_before.add(action.id)


def _symptom(playbook: Playbook, text: str) -> Symptom | None:
    weights = [(weight(text, symptom.says), -place) for place, symptom in enumerate(playbook.symptoms)]
    best = max(weights, default=(0, 0))
    return playbook.symptoms[-best[1]] if best[0] > 0 else None


def _score(standing: Standing, case: Case) -> None:
    similar = fold(" . ".join(text for each in case.similar for text in (*each.worked, each.resolution)))
    for cause in standing.playbook.causes:
        score = float(cause.likely)
        if standing.symptom is not None:
            place = standing.symptom.causes.index(cause.id) if cause.id in standing.symptom.causes else None
            score += -_SYMPTOM if place is None else _SYMPTOM - place / 2
        options = [option for option in standing.answers.values() if option is not None]
        score += _SUPPORT * sum(cause.id in option.supports for option in options)
        score += _of_attempts(standing, cause)
        if case.similar and says(similar, (standing.actions[id].do for id in cause.actions)):
            score += _SIMILAR
        if standing.denied_by_answers(cause) or _is_exhausted(standing, cause):
            standing.ruled_out.add(cause.id)
        else:
            standing.scores[cause.id] = score


def _of_attempts(standing: Standing, cause: Cause) -> float:
    score = 0.0
    for id in cause.actions:
        looks = standing.actions[id].only_looks
        for attempt in standing.attempts.get(id, ()):
            match attempt.outcome:
                case "worked":
                    score += _SUPPORT
                case "failed":
                    score -= _DOUBT if looks else 1.0
                case "inconclusive" | "skipped":
                    pass
    return score


def _is_exhausted(standing: Standing, cause: Cause) -> bool:
    """Its last action has failed, or was done before without being what helped."""
    if standing.next_of(cause) is not None:
        return False
    return any(attempt.outcome == "failed" for id in cause.actions for attempt in standing.attempts.get(id, ())) or all(
        id in standing.done_before for id in cause.actions
    )


def _splits(ask: Ask, left: Iterable[str]) -> int:
    """How many of the causes that are left its answers speak for or against, more where they tell them apart."""
    left = set(left)
    touched = {cause for option in ask.options for cause in (*option.supports, *option.rules_out)} & left
    apart = sum(bool(left & set(option.supports)) or bool(left & set(option.rules_out)) for option in ask.options)
    return len(touched) * 2 + apart if touched else 0
