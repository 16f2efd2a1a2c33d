"""What a bell says (R-N5, R-N7)."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from resolutionflow.handoffs.schemas import HandoffQuestion, QueueCard
from resolutionflow.notifications.models import BellType
from resolutionflow.platform.ids import AccountId
from resolutionflow.sessions.models import Waiting
from resolutionflow.sessions.policy.documentation import title_from

TITLE_LENGTH = 70
BODY_LENGTH = 300


@dataclass(frozen=True, slots=True)
class Bell:
    type: BellType
    title: str
    body: str
    link: str
    event_key: str


@dataclass(frozen=True, slots=True)
class Alert:
    """A waiting escalation in the words of every channel outside the application; the link begins after the product's address."""

    account_id: AccountId
    handoff_id: UUID
    session_id: UUID
    title: str
    first_line: str
    link: str


@dataclass(frozen=True, slots=True)
class Case:
    """What bells about a handoff speak of, and whom they concern."""

    handoff_id: UUID
    session_id: UUID
    owner_id: UUID
    escalator_id: UUID
    problem: str
    ask: str | None
    resolution: str | None
    advice: str | None
    reopened_count: int


def escalated(card: QueueCard) -> Bell:
    return Bell(
        type=BellType.ESCALATED,
        title=title_of(card),
        body=first_line_of(card),
        link=pickup_link(card.session_id),
        event_key=str(card.handoff_id),
    )


def alert_of(card: QueueCard, *, account_id: AccountId, handoff_id: UUID) -> Alert:
    return Alert(
        account_id=account_id,
        handoff_id=handoff_id,
        session_id=card.session_id,
        title=title_of(card),
        first_line=first_line_of(card),
        link=pickup_link(card.session_id),
    )


def picked_up(case: Case, *, by: str, at: datetime) -> Bell:
    """A case that waited again meanwhile rings again, even where its pickup keeps the original time."""
    return _about(case, BellType.PICKED_UP, title=f"Picked up by {by}", body=case.problem, key=f"{case.reopened_count}:{at.isoformat()}")


def taken_over(case: Case, *, by: str, at: datetime) -> Bell:
    return _about(case, BellType.TAKE_OVER, title=f"Taken over by {by}", body=case.problem, key=at.isoformat())


def still_on_it(case: Case, *, until: datetime) -> Bell:
    title = "Still on it? Half of your time to begin has passed"
    return _about(case, BellType.LEASE, title=title, body=case.problem, key=until.isoformat())


def lapsed(case: Case) -> Bell:
    body = f"Your next step picks it up again, if nobody else was faster · {case.problem}"
    return _about(case, BellType.LEASE, title="Back in the queue", body=body, key=str(case.reopened_count))


def reopened(case: Case, *, by: str | None = None, quiet: str | None = None) -> Bell:
    """Put back by somebody, or by the clock because its claimer went quiet."""
    why = f"Put back by {by} · " if by else f"{quiet} went quiet · " if quiet else ""
    return _about(case, BellType.REOPENED, title="Back in the queue", body=f"{why}{case.problem}", key=str(case.reopened_count))


def returned(case: Case, *, by: str) -> Bell:
    return _about(case, BellType.RETURNED, title=f"{by} advises: {_first_line(case.advice or '')}", body=case.problem)


def given(case: Case, *, by: str) -> Bell:
    return _about(case, BellType.HANDED_OVER, title=f"{by} hands over to you: {case.problem}", body=case.ask or case.problem)


def asked(case: Case, question: HandoffQuestion) -> Bell:
    title = f"{question.asked_by_name} asks: {_first_line(question.content)}"
    return _about(case, BellType.QUESTION, title=title, body=case.problem, key=str(question.id))


def answered(case: Case, question: HandoffQuestion, *, by: str) -> Bell:
    """Leads to the pickup, which says who has it where somebody was faster."""
    title = f"{by} answers: {_first_line(question.answer or '')}"
    bell = _about(case, BellType.ANSWER, title=title, body=case.problem, key=str(question.id))
    return replace(bell, link=pickup_link(case.session_id))


def solved(case: Case, *, by: str) -> Bell:
    return _about(case, BellType.SOLVED, title=f"Solved by {by}: {_first_line(case.resolution or '')}", body=case.problem)


def _about(case: Case, kind: BellType, *, title: str, body: str, key: str = "") -> Bell:
    return Bell(
        type=kind,
        title=clip(title, TITLE_LENGTH),
        body=clip(body, BODY_LENGTH),
        link=f"/pilot/{case.session_id}",
        event_key=f"{case.handoff_id}:{key}" if key else str(case.handoff_id),
    )


def title_of(card: QueueCard) -> str:
    """Who, the ticket if there is one, and the problem."""
    who = f"Escalation from {card.escalated_by.name}"
    about = named(card.psa_ticket_id, card.problem_summary, card.title)
    return clip(f"{who} · {about}" if card.psa_ticket_id else f"{who}: {about}", TITLE_LENGTH)


def first_line_of(card: QueueCard) -> str:
    """Client · contact · "on the phone" · priority · the ask, as far as known."""
    parts = (
        card.client_name,
        card.contact.name if card.contact else None,
        "on the phone" if card.client_waiting is Waiting.ON_PHONE else None,
        f"{card.priority} priority",
        card.ask,
    )
    return clip(" · ".join(part for part in parts if part), BODY_LENGTH)


def pickup_link(session_id: UUID) -> str:
    return f"/pilot/{session_id}?pickup=true"


def named(ticket: str | None, summary: str, title: str) -> str:
    """The ticket and the problem; a session started from nothing but a ticket has no problem yet and a title that repeats the number."""
    if not ticket:
        return summary.strip() or title
    problem = summary.strip() or ("" if title == title_from("", ticket) else title)
    number = f"#{ticket.lstrip('#')}"
    return f"{number}: {problem}" if problem else number


def _first_line(text: str) -> str:
    return next((line.strip() for line in text.splitlines() if line.strip()), "")


def clip(text: str, limit: int) -> str:
    """One line of at most `limit` characters, cut at a word boundary; an ellipsis, not counted, stands for the rest."""
    line = " ".join(text.split())
    if len(line) <= limit:
        return line
    head, space, _ = line[: limit + 1].rpartition(" ")
    return f"{(head if space else line[:limit]).rstrip(' ,.;:·')}…"
