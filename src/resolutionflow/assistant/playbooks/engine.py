"""The built-in assistant: follows a case through its playbook, one question or action after the other."""

from collections.abc import AsyncIterator, Callable, Iterator
from typing import Protocol

from resolutionflow.assistant.base import Action, Answered, Asked, Assessment, Attempt, Case, Hint, Part, Question, Source, Text
from resolutionflow.assistant.kinds import NAMES, ProblemKind
from resolutionflow.assistant.playbooks import sentences
from resolutionflow.assistant.playbooks.assessing import assessment_of
from resolutionflow.assistant.playbooks.library import playbook_for
from resolutionflow.assistant.playbooks.matching import fold, says
from resolutionflow.assistant.playbooks.schema import Ask, Cause, Do, Stop
from resolutionflow.assistant.playbooks.standing import Standing, key_of, standing_of

QUESTIONS_AT_ONCE = 3
_WHICH_KIND = "other/which_kind"
_NONE_LEFT = Stop(
    id="none_left",
    because="Every cause this playbook knows has been tried or ruled out.",
    ask="Next idea: the usual causes are ruled out",
    failed=2,
)
_SOLVED = ["solved", "fixed it", "works again", "working again", "it works now", "works now", "problem is gone", "resolved itself"]


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

    def __init__(self, recognise: Callable[[str], Recognised]) -> None:
        self._recognise = recognise

    async def reply(self, case: Case) -> AsyncIterator[Part]:
        for part in self._parts(case):
            yield part

    async def assess(self, case: Case) -> Assessment:
        kind, is_sure, _ = self._kind_of(case)
        return assessment_of(standing_of(playbook_for(kind if is_sure else None), case), case)

    def _parts(self, case: Case) -> Iterator[Part]:
        kind, is_sure, guesses = self._kind_of(case)
        standing = standing_of(playbook_for(kind if is_sure else None), case)
        is_first = not any(said.by_assistant for said in case.said)
        cited = case.similar if is_first else ()
        said: list[str] = []
        tasks: list[Part] = []
        if is_first:
            symptom = standing.symptom.title if standing.symptom else None
            said.append(sentences.opening(standing.playbook, symptom, standing.live, is_sure=is_sure))
        if cited:
            said.append(sentences.resembling(cited))
        for text, part in self._next(case, standing, is_first=is_first, guesses=() if is_sure else guesses):
            if text:
                said.append(text)
            if part is not None:
                tasks.append(part)
        yield Text("\n\n".join(said))
        yield from tasks
        yield Answered(Source.PLAYBOOK, kind=kind if is_sure else None, cites=tuple(each.session_id for each in cited))

    def _kind_of(self, case: Case) -> tuple[ProblemKind | None, bool, tuple[ProblemKind, ...]]:
        """The kind, whether it is settled, and the likeliest ones where it is not."""
        if case.kind is not None:
            return case.kind, True, ()
        for asked in case.asked:
            if asked.playbook_key == _WHICH_KIND and asked.answer is not None and (named := _named(asked)):
                return named, True, ()
        spoken = "\n".join([case.problem, *(said.text for said in case.said if not said.by_assistant)])
        seen = self._recognise(spoken)
        return seen.kind, seen.kind is not None and seen.sure, tuple(kind for kind, _ in seen.ranked[:4])

    def _next(
        self, case: Case, standing: Standing, *, is_first: bool, guesses: tuple[ProblemKind, ...]
    ) -> Iterator[tuple[str | None, Part | None]]:
        last = _newest_result(standing, case)
        if last is not None:
            action, attempt = last
            if attempt.outcome == "worked" and not action.only_looks:
                yield sentences.worked(action), Hint("resolve", f"{action.do}.")
                return
            yield _acknowledged(standing, action, attempt), None
        if (stop := standing.stop()) is not None and not _was_said(case, stop.because):
            yield sentences.escalating(stop, _missing(standing, case)), Hint("escalate", stop.ask)
            return
        open_tasks = [*(asked.content for asked in case.asked if asked.answer is None), *(proposed.what for proposed in case.proposed)]
        if open_tasks:
            yield from _while_waiting(case, open_tasks)
            return
        if guesses and not any(asked.playbook_key == _WHICH_KIND for asked in case.asked):
            yield None, _which_kind(guesses)
        questions = _to_ask(standing, is_first=is_first, room=QUESTIONS_AT_ONCE - bool(guesses))
        if questions:
            yield sentences.asking(len(questions) + bool(guesses)), None
            for ask in questions:
                yield None, _question(standing, ask)
            return
        if (found := standing.next_action()) is not None:
            cause, do = found
            again = do.id in standing.attempts
            yield sentences.proposing(cause, do, again=again), _action(standing, cause, do, case)
            return
        yield sentences.escalating(_NONE_LEFT, _missing(standing, case)), Hint("escalate", _NONE_LEFT.ask)


def _named(asked: Asked) -> ProblemKind | None:
    folded = fold(asked.answer or "")
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
    spoke = max((said.seq for said in case.said if said.by_assistant), default=0)
    attempts = [(standing.actions[id], attempt) for id, each in standing.attempts.items() for attempt in each if attempt.seq > spoke]
    attempts.sort(key=lambda found: (found[1].outcome == "worked" and not found[0].only_looks, found[1].seq))
    return attempts[-1] if attempts else None


def _acknowledged(standing: Standing, action: Do, attempt: Attempt) -> str | None:
    match attempt.outcome:
        case "worked":
            return sentences.found(action)
        case "failed":
            gone = [cause for cause in standing.playbook.causes if action.id in cause.actions and cause.id in standing.ruled_out]
            return sentences.failed(action, gone)
        case "skipped":
            return "Skipped; it stays possible."
        case "inconclusive":
            return None


def _while_waiting(case: Case, open_tasks: list[str]) -> Iterator[tuple[str | None, Part | None]]:
    newest = case.said[-1].text if case.said and not case.said[-1].by_assistant else ""
    if says(fold(newest), _SOLVED):
        yield "Good. Mark in the list what worked, so that it is on record; then resolve.", None
    else:
        yield f"{sentences.waiting(open_tasks)} Mark it in the list and I go on from there.", None


def _to_ask(standing: Standing, *, is_first: bool, room: int) -> list[Ask]:
    """Up to three at the beginning; later one, while it still tells the two likeliest causes apart."""
    left = standing.questions_left()
    if is_first or not standing.asked:
        return left[:room]
    top = standing.live[:2]
    if len(top) < 2 or standing.scores[top[0].id] - standing.scores[top[1].id] >= 3:
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
    known = fold(
        " . ".join([*(f"{fact.name} {fact.value}" for fact in case.facts), *(asked.content for asked in case.asked if asked.answer)])
    )
    return [each for each in standing.playbook.seniors_ask_for if not _is_known(each, known)]


def _is_known(wanted: str, known: str) -> bool:
    words = [word for word in fold(wanted).split() if len(word) > 3]
    return bool(words) and sum(f" {word} " in known for word in words) * 2 >= len(words)
