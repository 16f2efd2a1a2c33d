"""The ledger: what was tried and what is known, added up from the steps. Everything that speaks about a case points at its rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from resolutionflow.sessions.models import Kind, Outcome
from resolutionflow.sessions.schemas import KnownFact, OpenStep, StepView, TaskLane, TimelineEntry, Tried

_PROPOSED = (Kind.ACTION, Kind.ADVICE)


@dataclass(frozen=True, slots=True)
class Ledger:
    tried: list[Tried]
    facts: list[KnownFact]
    open_questions: list[StepView]
    open_actions: list[StepView]
    timeline: list[TimelineEntry]

    @property
    def lane(self) -> TaskLane:
        return TaskLane(questions=self.open_questions, actions=self.open_actions)

    @property
    def questions_left(self) -> list[OpenStep]:
        return [OpenStep(step_id=step.id, content=step.content or "", command=step.command) for step in self.open_questions]

    @property
    def actions_left(self) -> list[OpenStep]:
        return [OpenStep(step_id=step.id, content=step.content or "", command=step.command) for step in self.open_actions]


def ledger_of(steps: Sequence[StepView]) -> Ledger:
    """Add up steps given in order of `seq`. An amended row gives way to the one that amends it; facts of one name to the last."""
    amended = {step.amends for step in steps if step.amends}
    settled = {step.reply_to for step in steps if step.reply_to}
    by_id = {step.id: step for step in steps}
    standing = [step for step in steps if step.id not in amended]
    tried = [_tried(step, by_id) for step in standing if is_try(step.kind)]
    facts = {step.name.casefold(): KnownFact(name=step.name, value=step.value or "", step_id=step.id) for step in standing if step.name}
    return Ledger(
        tried=tried,
        facts=list(facts.values()),
        open_questions=[step for step in steps if step.kind is Kind.QUESTION and step.id not in settled],
        open_actions=[step for step in steps if step.kind in _PROPOSED and step.id not in settled],
        timeline=[_entry(step, by_id) for step in steps],
    )


def is_try(kind: Kind | str) -> bool:
    return kind in (Kind.TRIED, Kind.ACTION_RESULT)


def _tried(step: StepView, by_id: dict[UUID, StepView]) -> Tried:
    """What came of an action shows the action it answers."""
    action = by_id.get(step.reply_to) if step.reply_to else None
    asked = action or step
    return Tried(
        what=asked.content or step.content or "",
        target=asked.target,
        expected=asked.expected,
        observed=step.observed,
        outcome=step.outcome or Outcome.INCONCLUSIVE,
        command=asked.command,
        author_name=step.author_name,
        at=step.created_at,
        step_id=step.id,
    )


def _entry(step: StepView, by_id: dict[UUID, StepView]) -> TimelineEntry:
    return TimelineEntry(seq=step.seq, kind=step.kind, author_name=step.author_name, content=sentence(step, by_id), at=step.created_at)


def sentence(step: StepView, by_id: dict[UUID, StepView]) -> str:
    """A step as one line of text."""
    match step.kind:
        case Kind.FACT:
            return f"{step.name}: {step.value}"
        case Kind.TRIED | Kind.ACTION_RESULT:
            row = _tried(step, by_id)
            seen = f": {row.observed.strip()}" if row.observed and row.observed.strip() else ""
            return f"{row.what} ({row.outcome}){seen}"
        case _:
            return step.content or step.observed or ""
