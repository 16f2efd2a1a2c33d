"""The assistant's turns: asked for, taken by one process, ended with steps or with an error. The session is the first lock of each.

A message is saved before anybody replies to it, so a reply that fails, is stopped or dies with its process loses nothing.
"""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, text, update

from resolutionflow.accounts.queries import actor_of, person
from resolutionflow.assistant.base import Action, Answered, AssistantFailure, Case, Hint, Part, Question, Text
from resolutionflow.events.log import record
from resolutionflow.platform.actor import Actor
from resolutionflow.platform.clock import now
from resolutionflow.platform.db import Db
from resolutionflow.platform.errors import NotFound
from resolutionflow.platform.ids import SessionId, UserId, uuid7
from resolutionflow.sessions import queries
from resolutionflow.sessions.actions.append import append
from resolutionflow.sessions.actions.come_back import lock_to_work
from resolutionflow.sessions.actions.lock import lock
from resolutionflow.sessions.errors import InProgress, NotActive, NotHolder
from resolutionflow.sessions.events import TurnDue, TurnEnded
from resolutionflow.sessions.models import AuthorType, Kind, Session, Status, Step, Turn, TurnStatus
from resolutionflow.sessions.policy.case import case_of
from resolutionflow.sessions.policy.rights import refusal_to_add
from resolutionflow.sessions.policy.turns import LEASE_SECONDS, asks_for_reply, is_broken_off
from resolutionflow.sessions.queries.similar import as_cases, similar_sessions
from resolutionflow.sessions.queries.turns import tokens_today

STOPPED = AssistantFailure("stopped", "You stopped the reply. Your message is saved; take the reply again when you want it.")
INTERRUPTED = AssistantFailure("interrupted", "The reply was interrupted. Your message is saved; try the reply again.")
MOVED_ON = AssistantFailure("not_active", "The case was handed on or closed before the reply came, so it was left out.", retryable=False)
_LEASE = text(f"app.now() + interval '{LEASE_SECONDS} seconds'")


@dataclass(frozen=True, slots=True)
class Running:
    """A turn that this process has taken, and what is needed to reply without the database."""

    turn_id: UUID
    session_id: SessionId
    prompt_id: UUID
    attempt: int
    read_through: int
    """The last step that the case contains."""
    case: Case
    tokens_today: int


@dataclass(slots=True)
class Reply:
    """The parts of a reply, gathered."""

    text: str = ""
    tasks: list[Question | Action] = field(default_factory=list)
    hints: list[Hint] = field(default_factory=list)
    answered: Answered | None = None

    def add(self, part: Part) -> None:
        match part:
            case Text():
                self.text += part.text
            case Question() | Action():
                self.tasks.append(part)
            case Hint():
                self.hints.append(part)
            case Answered():
                self.answered = part


async def say(db: Db, actor: Actor, *, session_id: SessionId, content: str) -> UUID:
    """Save what the engineer says; answers the turn that is due for it. Raises `NotActive`, `NotHolder`, `InProgress`."""
    session = await lock_to_work(db, actor, session_id=session_id)
    if refusal := refusal_to_add(queries.standing_of(session), actor, Kind.MESSAGE):
        raise refusal
    live = await _live(db, session_id)
    if live is not None:
        if live.status == TurnStatus.RUNNING and not is_broken_off(live, await _moment(db)):
            raise InProgress
        await _end(db, live, INTERRUPTED)  # the reply to this message is the reply to that one too
    prompt = await append(db, actor, session, Step(kind=Kind.MESSAGE, content=content))
    return (await _due(db, session, asker=actor.user_id, prompt=prompt)).id


async def go_on(db: Db, session: Session, *, asker: UUID, after_seq: int) -> None:
    """After an answer or an outcome: let the assistant reply once nothing of its last turn is open. The session is locked."""
    if await _live(db, session.id) is not None:
        return
    prompt = asks_for_reply(await queries.steps(db, session_id=session.id), after_seq=after_seq)
    if prompt is None:
        return
    turn = await _due(db, session, asker=asker, prompt=prompt.id)
    record(db, None, TurnDue(session_id=SessionId(session.id), turn_id=turn.id))


async def analyse(db: Db, actor: Actor, *, session: Session) -> None:
    """Let the assistant look at the whole case of a locked session. What it is asked by is written by the product, not by the actor."""
    if await _live(db, session.id) is not None:
        return
    content = f"{actor.name} asked the assistant to look at the whole case."
    prompt = await append(db, None, session, Step(kind=Kind.SYSTEM, content=content, author_type=AuthorType.SYSTEM))
    turn = await _due(db, session, asker=actor.user_id, prompt=prompt)
    record(db, None, TurnDue(session_id=SessionId(session.id), turn_id=turn.id))


async def take(db: Db, actor: Actor, *, session_id: SessionId, turn_id: UUID) -> Running | None:
    """Begin a reply that is due, failed or was broken off; None where it is there. Raises `InProgress`, `NotActive`, `NotHolder`."""
    session = await lock(db, session_id=session_id, reader=actor)
    turn = await _named(db, session_id, turn_id)
    match TurnStatus(turn.status):
        case TurnStatus.DONE:
            return None
        case TurnStatus.RUNNING if not is_broken_off(turn, await _moment(db)):
            raise InProgress
        case TurnStatus.FAILED if not turn.retryable:
            raise NotActive(turn.error_detail or MOVED_ON.detail)
        case TurnStatus.FAILED if await _is_answered_since(db, turn):
            raise NotActive("The conversation has gone on since. Write a new message instead.")
        case TurnStatus.DUE | TurnStatus.RUNNING | TurnStatus.FAILED:
            pass
    if refusal := refusal_to_add(queries.standing_of(session), actor, Kind.MESSAGE):
        raise refusal
    turn.status, turn.error_code, turn.error_detail, turn.ended_at = TurnStatus.RUNNING, None, None, None
    turn.attempt += 1
    turn.asked_by = actor.user_id
    turn.lease_until = _LEASE  # type: ignore[assignment]  # an SQL expression: the database's clock
    await db.flush()
    about = await queries.summary(db, actor, session_id=session_id)
    similar = as_cases(await similar_sessions(db, actor, session_id=session_id))
    case = case_of(about, await queries.steps(db, session_id=session_id), similar=similar)
    tokens = await tokens_today(db)
    return Running(turn.id, session_id, turn.prompt_id, turn.attempt, session.last_seq, case, tokens)


async def take_due(db: Db, *, turn_id: UUID) -> Running | None:
    """For the worker: begin a due reply in its asker's name. None where it is taken or ended, or the case has moved on."""
    turn: Turn | None = await db.scalar(select(Turn).where(Turn.id == turn_id, Turn.status.in_((TurnStatus.DUE, TurnStatus.RUNNING))))
    if turn is None:
        return None
    try:
        asker = actor_of(await person(db, UserId(turn.asked_by)))
        return await take(db, asker, session_id=SessionId(turn.session_id), turn_id=turn_id)
    except InProgress:
        return None
    except (NotActive, NotHolder, NotFound):
        await _end(db, turn, MOVED_ON)
        return None


async def finish(db: Db, running: Running, reply: Reply) -> bool:
    """Write the reply's steps. False where it came too late: stopped, taken again by another process, or the case has moved on."""
    session = await lock(db, session_id=running.session_id)
    turn = await _mine(db, running)
    if turn is None:
        return False
    if session.status != Status.ACTIVE or session.holder_id != turn.asked_by:
        await _end(db, turn, MOVED_ON)
        return False
    assert reply.answered is not None
    await _write(db, session, turn, reply, reply.answered)
    await _end(db, turn, None)
    await go_on(db, session, asker=turn.asked_by, after_seq=running.read_through)
    return True


async def fail(db: Db, running: Running, failure: AssistantFailure) -> None:
    """Nothing of the reply is kept; the error stays until it is taken again."""
    await lock(db, session_id=running.session_id)
    turn = await _mine(db, running)
    if turn is not None:
        turn.tokens += failure.tokens
        await _end(db, turn, failure)


async def stop(db: Db, actor: Actor, *, session_id: SessionId, turn_id: UUID) -> None:
    """End a reply that is under way; one that has ended stays as it is. Raises `NotHolder`."""
    session = await lock(db, session_id=session_id, reader=actor)
    turn = await _named(db, session_id, turn_id)
    if session.holder_id != actor.user_id:
        raise NotHolder
    if turn.status in (TurnStatus.DUE, TurnStatus.RUNNING):
        await _end(db, turn, STOPPED)


async def renew(db: Db, running: Running) -> bool:
    """Say that the reply is still being written; false where nobody waits for it any more."""
    mine = (Turn.id == running.turn_id, Turn.attempt == running.attempt, Turn.status == TurnStatus.RUNNING)
    renewed = update(Turn).where(*mine).values(lease_until=_LEASE).returning(Turn.id).execution_options(synchronize_session=False)
    return await db.scalar(renewed) is not None


async def _due(db: Db, session: Session, *, asker: UUID, prompt: UUID) -> Turn:
    turn = Turn(
        id=uuid7(), account_id=session.account_id, session_id=session.id, prompt_id=prompt, asked_by=asker, status=TurnStatus.DUE, attempt=0
    )
    db.add(turn)
    await db.flush()
    return turn


async def _write(db: Db, session: Session, turn: Turn, reply: Reply, answered: Answered) -> None:
    common = {"turn_id": turn.id, "source": answered.source}
    if reply.text.strip():
        cites = [str(id) for id in answered.cites] or None
        message = Step(kind=Kind.MESSAGE, content=reply.text.strip(), notice=answered.notice, cites=cites, **common)
        await append(db, None, session, message)
    for task in reply.tasks:
        await append(db, None, session, _step_of(task, common))
    turn.source, turn.tokens = answered.source, turn.tokens + answered.tokens
    turn.hints = [{"kind": hint.kind, "text": hint.text} for hint in reply.hints] or None
    if answered.kind is not None:
        session.problem_domain = answered.kind


def _step_of(task: Question | Action, common: dict[str, object]) -> Step:
    both = {"content": task.content, "detail": task.detail, "playbook_key": task.playbook_key, **common}
    if isinstance(task, Question):
        return Step(kind=Kind.QUESTION, options=list(task.options) or None, **both)
    return Step(kind=Kind.ACTION, target=task.target, expected=task.expected, command=task.command, **both)


async def _end(db: Db, turn: Turn, failure: AssistantFailure | None) -> None:
    turn.status = TurnStatus.FAILED if failure else TurnStatus.DONE
    turn.lease_until, turn.ended_at = None, now()
    if failure:
        turn.error_code, turn.error_detail, turn.retryable = failure.code, failure.detail, failure.retryable
    await db.flush()
    code = failure.code if failure else None
    record(db, None, TurnEnded(session_id=SessionId(turn.session_id), turn_id=turn.id, error_code=code))


async def _live(db: Db, session_id: UUID) -> Turn | None:
    live: Turn | None = await db.scalar(
        select(Turn).where(Turn.session_id == session_id, Turn.status.in_((TurnStatus.DUE, TurnStatus.RUNNING)))
    )
    return live


async def _named(db: Db, session_id: UUID, turn_id: UUID) -> Turn:
    turn: Turn | None = await db.scalar(
        select(Turn).where(Turn.id == turn_id, Turn.session_id == session_id).execution_options(populate_existing=True)
    )
    if turn is None:
        raise NotFound
    return turn


async def _mine(db: Db, running: Running) -> Turn | None:
    turn = await _named(db, running.session_id, running.turn_id)
    return turn if turn.status == TurnStatus.RUNNING and turn.attempt == running.attempt else None


async def _is_answered_since(db: Db, turn: Turn) -> bool:
    """A newer turn exists: replying to the older prompt now would speak out of order."""
    newer = select(Turn.id).where(Turn.session_id == turn.session_id, Turn.created_at > turn.created_at).limit(1)
    return await db.scalar(newer) is not None


async def _moment(db: Db) -> datetime:
    moment: datetime = (await db.execute(select(now()))).scalar_one()
    return moment
