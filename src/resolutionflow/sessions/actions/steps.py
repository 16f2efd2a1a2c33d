"""What people write into a session."""

from uuid import UUID

from sqlalchemy import select

from resolutionflow.platform.actor import Actor
from resolutionflow.platform.db import Db
from resolutionflow.platform.errors import Invalid
from resolutionflow.platform.ids import SessionId
from resolutionflow.sessions.actions.append import append
from resolutionflow.sessions.actions.come_back import lock_to_work
from resolutionflow.sessions.actions.turns import go_on
from resolutionflow.sessions.errors import NotActive
from resolutionflow.sessions.models import Kind, Session, Step
from resolutionflow.sessions.policy.ledger import is_try
from resolutionflow.sessions.policy.rights import is_after_pickup, refusal_to_add
from resolutionflow.sessions.queries import standing_of
from resolutionflow.sessions.schemas import FactStep, NewStep, NoteStep, ReplyStep, TriedStep

_ANSWERS = {Kind.ANSWER: (Kind.QUESTION,), Kind.ACTION_RESULT: (Kind.ACTION, Kind.ADVICE)}


async def add_step(db: Db, actor: Actor, *, session_id: SessionId, new: NewStep) -> UUID:
    """Write what a person noted, tried, learnt, answered or recorded as an outcome; answers the step's id."""
    session = await lock_to_work(db, actor, session_id=session_id)
    standing = standing_of(session)
    if refusal := refusal_to_add(standing, actor, Kind(new.kind)):
        raise refusal
    step = _step_of(new)
    await _judge_references(db, session_id, step)
    step_id = await append(db, actor, session, step, after_pickup=is_after_pickup(standing, actor))
    if step.reply_to is not None and session.holder_id == actor.user_id:
        await go_on(db, session, asker=actor.user_id, after_seq=step.seq - 1)
    return step_id


async def add_advice(db: Db, actor: Actor, *, session: Session, content: str) -> UUID:
    """A senior's advice: an action that the owner marks worked or failed. The session is locked by the caller."""
    return await append(db, actor, session, Step(kind=Kind.ADVICE, content=content))


def _step_of(new: NewStep) -> Step:
    match new:
        case NoteStep():
            return Step(kind=Kind.NOTE, content=new.content)
        case TriedStep():
            return Step(
                kind=Kind.TRIED,
                content=new.what,
                outcome=new.outcome,
                target=new.target or None,
                expected=new.expected or None,
                observed=new.observed or None,
                command=new.command or None,
                amends=new.amends,
            )
        case FactStep():
            return Step(kind=Kind.FACT, name=new.name, value=new.value, amends=new.amends)
        case ReplyStep():
            return Step(
                kind=Kind(new.kind),
                reply_to=new.reply_to,
                outcome=new.outcome,
                observed=new.observed or None,
                content=new.content or None,
            )


async def _judge_references(db: Db, session_id: SessionId, step: Step) -> None:
    """What a step answers or amends is an open question, action or row of the same kind in the same session."""
    if step.reply_to is not None:
        kind = await db.scalar(select(Step.kind).where(Step.id == step.reply_to, Step.session_id == session_id))
        if kind not in _ANSWERS[Kind(step.kind)]:
            raise Invalid("reply_to must name an open question or action of this session.")
        if await db.scalar(select(Step.id).where(Step.reply_to == step.reply_to, Step.session_id == session_id)):
            raise NotActive("Somebody has answered that already.")
    if step.amends is not None:
        amended = await db.scalar(select(Step.kind).where(Step.id == step.amends, Step.session_id == session_id))
        if amended is None or is_try(amended) != is_try(step.kind) or (amended == Kind.FACT) != (step.kind == Kind.FACT):
            raise Invalid("amends must name an entry of the same kind in this session.")
        if await db.scalar(select(Step.id).where(Step.amends == step.amends, Step.session_id == session_id)):
            raise NotActive("That entry was amended already. Amend the newer one.")
