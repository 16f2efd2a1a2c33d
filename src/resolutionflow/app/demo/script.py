"""The words the cases are written in: what happened, and how many minutes after the thing before it.

A case reads like its ledger. Nothing here touches the database; `story` plays the scenes through the product's actions.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import partial
from typing import Literal

from resolutionflow.app.demo.people import Who
from resolutionflow.sessions.models import Affects, Outcome, Priority, Waiting
from resolutionflow.sessions.schemas import ContactFields, FactStep, NoteStep, ResolveBody, TriedStep


@dataclass(frozen=True, slots=True)
class Started:
    pass


@dataclass(frozen=True, slots=True)
class Escalated:
    ask: str
    notes: str | None
    to: Who | None


@dataclass(frozen=True, slots=True)
class PickedUp:
    pass


@dataclass(frozen=True, slots=True)
class PutBack:
    pass


@dataclass(frozen=True, slots=True)
class Advised:
    content: str


@dataclass(frozen=True, slots=True)
class Marked:
    """What came of the advice."""

    outcome: Outcome
    observed: str


@dataclass(frozen=True, slots=True)
class Said:
    """To the assistant, which replies."""

    content: str


@dataclass(frozen=True, slots=True)
class Told:
    """The answer to the assistant's open question that begins so."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Did:
    """What came of the assistant's open action that begins so."""

    action: str
    outcome: Outcome
    observed: str


@dataclass(frozen=True, slots=True)
class Withdrawn:
    pass


@dataclass(frozen=True, slots=True)
class Parked:
    reason: str


Talk = Said | Told | Did
"""What the assistant replies to."""
Act = (
    Started | NoteStep | TriedStep | FactStep | Talk | Escalated | PickedUp | PutBack | Advised | Marked | Withdrawn | Parked | ResolveBody
)


@dataclass(frozen=True, slots=True)
class Beat:
    """Something happens so many minutes after the beat before it; `by` is left out where it is whoever works on the case."""

    after: float
    act: Act
    by: Who | None = None


@dataclass(frozen=True, slots=True)
class Scene:
    """A beat with its moment and its person."""

    moment: datetime
    by: Who
    act: Act
    case: "Case"


Began = Callable[[datetime, timedelta], datetime]
"""When a case began, from the moment the story is told and from how long the case took."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Case:
    began: Began
    owner: Who = Who.JANE
    client: str
    contact: ContactFields
    device: str
    ticket: str
    problem: str
    title: str | None = None
    affects: Affects = Affects.ONE
    priority: Priority = Priority.NORMAL
    waiting: Waiting = Waiting.NO
    call_back_minutes: int | None = None
    """After the case began."""
    beats: tuple[Beat, ...]

    def scenes(self, told_at: datetime) -> Iterator[Scene]:
        """Every beat at its moment, done by whoever works on the case then."""
        moment = self.began(told_at, timedelta(minutes=sum(beat.after for beat in self.beats)))
        holder = self.owner
        yield Scene(moment, holder, Started(), self)
        for beat in self.beats:
            moment += timedelta(minutes=beat.after)
            by = beat.by or holder
            yield Scene(moment, by, beat.act, self)
            match beat.act:
                case PickedUp():
                    holder = by
                case PutBack() | Advised() | Withdrawn():
                    holder = self.owner
                case _:
                    pass


def on_day(back: int, clock: str) -> Began:
    """So many working days before today, at that time of this machine's zone: whoever looks at the demo sits there."""

    def began(told_at: datetime, lasted: timedelta) -> datetime:
        day = told_at.astimezone().date()
        left = back
        while left:
            day -= timedelta(days=1)
            left -= day.weekday() < 5
        return datetime.combine(day, time.fromisoformat(clock)).astimezone(UTC)

    return began


def last_heard(minutes_ago: float) -> Began:
    """The case's last beat is so many minutes old."""

    def began(told_at: datetime, lasted: timedelta) -> datetime:
        return told_at - timedelta(minutes=minutes_ago) - lasted

    return began


def contact(name: str, phone: str, domain: str) -> ContactFields:
    """Phone numbers are the ones kept for fiction, and so are the domains under .example."""
    return ContactFields(name=name, phone=f"+1 555 {phone}", email=f"{name.lower().replace(' ', '.')}@{domain}.example")


def _tried(outcome: Outcome, after: float, what: str, saw: str = "", *, on: str = "", hoped: str = "", run: str = "") -> Beat:
    step = TriedStep(kind="tried", what=what, outcome=outcome, observed=saw, target=on, expected=hoped, command=run)
    return Beat(after, step)


worked = partial(_tried, Outcome.WORKED)
failed = partial(_tried, Outcome.FAILED)
unclear = partial(_tried, Outcome.INCONCLUSIVE)
skipped = partial(_tried, Outcome.SKIPPED)


def fact(after: float, name: str, value: str) -> Beat:
    return Beat(after, FactStep(kind="fact", name=name, value=value))


def note(after: float, content: str, *, by: Who | None = None) -> Beat:
    return Beat(after, NoteStep(kind="note", content=content), by)


def escalated(after: float, ask: str, *, notes: str | None = None, to: Who | None = None) -> Beat:
    return Beat(after, Escalated(ask, notes, to))


def picked_up(after: float, by: Who) -> Beat:
    return Beat(after, PickedUp(), by)


def put_back(after: float) -> Beat:
    return Beat(after, PutBack())


def advised(after: float, content: str, *, by: Who | None = None) -> Beat:
    """Without a pickup before it, name who advises."""
    return Beat(after, Advised(content), by)


def advice(after: float, outcome: Literal["worked", "failed", "inconclusive"], saw: str) -> Beat:
    """What the owner saw when they did what they were advised."""
    return Beat(after, Marked(Outcome(outcome), saw))


def said(after: float, content: str) -> Beat:
    return Beat(after, Said(content))


def told(after: float, question: str, answer: str) -> Beat:
    return Beat(after, Told(question, answer))


def did(after: float, action: str, outcome: Literal["worked", "failed", "inconclusive", "skipped"], saw: str) -> Beat:
    return Beat(after, Did(action, Outcome(outcome), saw))


def withdrew(after: float) -> Beat:
    return Beat(after, Withdrawn())


def parked(after: float, reason: str) -> Beat:
    return Beat(after, Parked(reason))


def resolved(after: float, resolution: str, *, fixed_by: str | None = None) -> Beat:
    return Beat(after, ResolveBody(resolution=resolution, fixed_by=fixed_by))
