"""The built-in assistant: follows a case through its playbook, one question or action after the other."""

from collections.abc import AsyncIterator, Callable, Iterator
from typing import Protocol

from resolutionflow.assistant.base import Action, Answered, Assessment, Attempt, Case, Hint, Part, Question, Source, Text
from resolutionflow.assistant.kinds import NAMES, ProblemKind
from resolutionflow.assistant.playbooks import sentences
from resolutionflow.assistant.playbooks.assessing import assessment_of
from resolutionflow.assistant.playbooks.library import playbook_for
from resolutionflow.assistant.playbooks.matching import fold, says
from resolutionflow.assistant.playbooks.schema import Ask, Cause, Do, Playbook, Stop
from resolutionflow.assistant.playbooks.standing import Standing, key_of, standing_of

QUESTIONS_AT_ONCE = 3
_WHICH_KIND = "other/which_kind"
_NONE_LEFT = Stop(
    id="none_left",
    because="Every cause this playbook knows has been tried or ruled out.",
    ask="Next idea: the usual causes are ruled out",
    failed=2,
)
_SOLVED = ["is solved", "solved it", "fixed it", "works again", "working again", "works now", "problem is gone", "resolved itself"]
_COMMONEST = (ProblemKind.EMAIL_OUTLOOK, ProblemKind.NETWORK_WIFI_DNS, ProblemKind.PASSWORD_LOCKOUT, ProblemKind.PRINTER)
"""Offered where a text says nothing."""


class Recognised(Protocol):
    """What a recogniser says about a text: `sure` is false where it is only the best guess."""

    @property
    def kind(self) -> ProblemKind | None: ...
    @property
    def sure(self) -> bool: ...
    @property
    def ranked(self) -> tuple[tuple[ProblemKind, float], ...]: ...


class Playbooks:
    """Answers at once, offline, the same for the same case."""

    source = Source.PLAYBOOK

    def __init__(
        self, recognise: Callable[[str], Recognised], playbook_for: Callable[[ProblemKind | None], Playbook] = playbook_for
    ) -> None:
        self._recognise = recognise
        self._playbook_for = playbook_for

    async def reply(self, case: Case) -> AsyncIterator[Part]:
        for part in self.parts(case):
            yield part

    async def assess(self, case: Case) -> Assessment:
        kind, _ = self._kind_of(case)
        return assessment_of(standing_of(self._playbook_for(kind), case), case)

    def parts(self, case: Case) -> Iterator[Part]:
        """The whole reply, for who need not wait for it."""
        kind, guesses = self._kind_of(case)
        standing = standing_of(self._playbook_for(kind), case)
        is_first = not any(said.by_assistant for said in case.said)
        cited = case.similar if is_first else ()
        said = _beginning(case, standing, kind) if is_first or case.kind is not kind else []
        tasks: list[Part] = []
        if cited:
            said.append(sentences.resembling(cited))
        for text, part in _next(case, standing, is_first=is_first, guesses=guesses):
            if text:
                said.append(text)
            if part is not None:
                tasks.append(part)
        yield Text("\n\n".join(said))
        yield from tasks
        yield Answered(Source.PLAYBOOK, kind=kind, cites=tuple(each.session_id for each in cited))

    def _kind_of(self, case: Case) -> tuple[ProblemKind | None, tuple[ProblemKind, ...]]:
        """The kind where it is settled, else the likeliest ones to choose from; none where it is of no known kind so far."""
        if case.kind is not None:
            return case.kind, ()
        answers = [asked.answer for asked in case.asked if asked.playbook_key == _WHICH_KIND and asked.answer is not None]
        if named := next((kind for answer in answers if (kind := _named(answer))), None):
            return named, ()
        seen = self._recognise("\n".join([case.problem, *(said.text for said in case.said if not said.by_assistant), *answers]))
        if seen.kind is not None and seen.sure:
            return None if seen.kind is ProblemKind.OTHER else seen.kind, ()
        return None, tuple(kind for kind, _ in seen.ranked[:4]) or _COMMONEST


def _beginning(case: Case, standing: Standing, kind: ProblemKind | None) -> list[str]:
    if kind is None or kind is ProblemKind.OTHER:
        return [sentences.NO_KIND]
    has_own = standing.playbook.kind is kind
    title = standing.symptom.title if has_own and standing.symptom else NAMES[kind]
    return [sentences.opening(title, standing.live if has_own else ())]


def _next(case: Case, standing: Standing, *, is_first: bool, guesses: tuple[ProblemKind, ...]) -> Iterator[tuple[str | None, Part | None]]:
    """What is said, and the task or hint that goes with it."""
    last = _newest_result(standing, case)
    if last is not None and last[1].outcome == "worked" and not last[0].only_looks:
        yield sentences.worked(last[0]), Hint("resolve", f"{last[0].do}.")
        return
    if (cure := _cure_of_their_own(standing, case)) is not None:
        yield sentences.worked_unasked(cure.what), Hint("resolve", sentences.one_line(cure.what))
        return
    if last is not None:
        yield _acknowledged(standing, *last), None
    if (stop := next((stop for stop in standing.stops() if not _was_said(case, stop.because)), None)) is not None:
        yield sentences.escalating(stop, _missing(standing, case)), Hint("escalate", stop.ask)
        return
    open_tasks = [*(asked.content for asked in case.asked if asked.answer is None), *(proposed.what for proposed in case.proposed)]
    if open_tasks:
        yield _while_waiting(case, open_tasks), None
        return
    if last is not None and last[1].outcome == "inconclusive" and not standing.is_done(last[0]):
        again = next(cause for cause in (*standing.live, *standing.playbook.causes) if last[0].id in cause.actions)
        yield None, _action(standing, again, last[0], case)
        return
    asks_kind = bool(guesses) and not any(asked.playbook_key == _WHICH_KIND for asked in case.asked)
    if asks_kind:
        yield None, _which_kind(guesses)
    questions = _to_ask(standing, is_first=is_first, has_tried=last is not None, room=QUESTIONS_AT_ONCE - asks_kind)
    if asks_kind or questions:
        yield sentences.asking(len(questions) + asks_kind), None
        for ask in questions:
            yield None, _question(standing, ask)
    elif (found := standing.next_action()) is not None:
        cause, do = found
        yield sentences.proposing(cause, do), _action(standing, cause, do, case)
    else:
        yield sentences.escalating(_NONE_LEFT, _missing(standing, case)), Hint("escalate", _NONE_LEFT.ask)


def _named(answer: str) -> ProblemKind | None:
    folded = fold(answer)
    return next((kind for kind, name in NAMES.items() if folded == fold(name)), None)


def _which_kind(guesses: tuple[ProblemKind, ...]) -> Question:
    options = [NAMES[kind] for kind in guesses if kind is not ProblemKind.OTHER]
    return Question(
        content="What is it about?",
        options=(*options, NAMES[ProblemKind.OTHER]),
        detail="With the kind of problem known, the right playbook is followed.",
        playbook_key=_WHICH_KIND,
    )


def _newest_result(standing: Standing, case: Case) -> tuple[Do, Attempt] | None:
    """What came of an action of this playbook since the assistant last spoke."""
    spoke = _last_spoken(case)
    attempts = [(standing.actions[id], attempt) for id, each in standing.attempts.items() for attempt in each if attempt.seq > spoke]
    attempts.sort(key=lambda found: (found[1].outcome == "worked" and not found[0].only_looks, found[1].seq))
    return attempts[-1] if attempts else None


def _cure_of_their_own(standing: Standing, case: Case) -> Attempt | None:
    """What was marked as worked since the assistant last spoke and is no action of this playbook."""
    spoke = _last_spoken(case)
    known = {attempt.step_id for each in standing.attempts.values() for attempt in each}
    cures = [attempt for attempt in case.tried if attempt.outcome == "worked" and attempt.seq > spoke and attempt.step_id not in known]
    return cures[-1] if cures and spoke else None


def _last_spoken(case: Case) -> int:
    return max((said.seq for said in case.said if said.by_assistant), default=0)


def _acknowledged(standing: Standing, action: Do, attempt: Attempt) -> str:
    match attempt.outcome:
        case "worked":
            return sentences.found(action)
        case "failed":
            gone = [cause for cause in standing.playbook.causes if action.id in cause.actions and cause.id in standing.ruled_out]
            return sentences.failed(action, [cause for cause in gone if not standing.denied_by_answers(cause)])
        case "skipped":
            return "Skipped; it stays possible."
        case "inconclusive":
            return sentences.given_up(action) if standing.is_done(action) else sentences.how_to_tell(action)


def _while_waiting(case: Case, open_tasks: list[str]) -> str:
    newest = case.said[-1].text if case.said and not case.said[-1].by_assistant else ""
    if says(fold(newest), _SOLVED):
        return "Good. Mark in the list what worked, so that it is on record; then resolve."
    return f"{sentences.waiting(open_tasks)} Mark it in the list and I go on from there."


def _to_ask(standing: Standing, *, is_first: bool, has_tried: bool, room: int) -> list[Ask]:
    """Up to three at the beginning; later one after an action, while it still tells the two likeliest causes apart."""
    left = standing.questions_left()
    if is_first or not standing.asked:
        return left[:room]
    top = standing.live[:2]
    if not has_tried or len(top) < 2 or standing.scores[top[0].id] - standing.scores[top[1].id] >= 3:
        return []
    names = {cause.id for cause in top}
    return [ask for ask in left if any(names & {*option.supports, *option.rules_out} for option in ask.options)][:1]


def _question(standing: Standing, ask: Ask) -> Question:
    return Question(ask.ask, tuple(option.text for option in ask.options), ask.why, key_of(standing.playbook, ask.id))


def _action(standing: Standing, cause: Cause, do: Do, case: Case) -> Action:
    detail = sentences.detail_of(cause, do)
    return Action(do.do, detail, case.device, do.expected, do.command, key_of(standing.playbook, do.id))


def _was_said(case: Case, because: str) -> bool:
    return any(said.by_assistant and because in said.text for said in case.said)


def _missing(standing: Standing, case: Case) -> list[str]:
    """What seniors ask for first and the ledger does not hold."""
    facts = (f"{fact.name} {fact.value}" for fact in case.facts)
    answered = (f"{asked.content} {asked.answer}" for asked in case.asked if asked.answer)
    seen = (f"{attempt.what} {attempt.observed}" for attempt in case.tried if attempt.observed)
    known = fold(" . ".join([case.problem, *facts, *answered, *seen]))
    return [each for each in standing.playbook.seniors_ask_for if not _is_known(each, known)]


def _is_known(wanted: str, known: str) -> bool:
    words = [word for word in fold(wanted).split() if len(word) > 3]
    return bool(words) and sum(f" {word} " in known for word in words) * 2 >= len(words)
