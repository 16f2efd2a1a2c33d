"""Reads. Every one that answers a person goes through `readable_by` (R-S6)."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, bindparam, exists, or_, select, true, tuple_
from sqlalchemy.orm import aliased

from resolutionflow.accounts.models import Client, User
from resolutionflow.accounts.queries import MAY_SIGN_IN
from resolutionflow.platform.actor import Actor
from resolutionflow.platform.clock import now
from resolutionflow.platform.db import Db, Fields, Query
from resolutionflow.platform.errors import NotFound
from resolutionflow.platform.http.pages import Mark, Page, Slice
from resolutionflow.platform.ids import SessionId, UserId
from resolutionflow.sessions.models import Document, Session, SessionReader, Status, Step, Turn
from resolutionflow.sessions.policy.ledger import Ledger, ledger_of
from resolutionflow.sessions.policy.rights import WAITING, Standing, may_add_any
from resolutionflow.sessions.queries.turns import newest_turn
from resolutionflow.sessions.schemas import Contact, Documentation, SessionSummary, SessionView, StepView

Owner, Holder, Colleague = aliased(User), aliased(User), aliased(User)
_COLUMNS = (
    Session,
    Owner.name.label("user_name"),
    Holder.name.label("holder_name"),
    Colleague.name.label("escalated_to_name"),
    Client.name.label("client_name"),
)


def _select() -> Query:
    query: Query = select(*_COLUMNS)
    return (
        query.join(Owner, Owner.id == Session.user_id)
        .outerjoin(Holder, Holder.id == Session.holder_id)
        .outerjoin(Colleague, Colleague.id == Session.escalated_to_id)
        .outerjoin(Client, Client.id == Session.client_id)
    )


# Built once: these run within the handoff POST, where building a statement costs more than running it.
_SUMMARY = _select().where(Session.id == bindparam("session")).execution_options(populate_existing=True)
_STEPS = (
    select(Step, User.name.label("author_name"))
    .outerjoin(User, User.id == Step.author_id)
    .where(Step.session_id == bindparam("session"), Step.seq > bindparam("after"))
    .order_by(Step.seq)
)


def readable_by(actor: Actor) -> ColumnElement[bool]:
    """Owner; whoever held it or was its target; any member while it waits; any engineer once resolved; admins always."""
    if actor.is_admin:
        return true()
    took_part = exists().where(SessionReader.session_id == Session.id, SessionReader.user_id == actor.user_id)
    mine = or_(Session.user_id == actor.user_id, Session.status.in_(WAITING), took_part)
    return or_(mine, Session.status == Status.RESOLVED) if actor.is_engineer else mine


def standing_of(session: Session) -> Standing:
    return Standing(
        status=Status(session.status),
        user_id=session.user_id,
        holder_id=session.holder_id,
        earlier_holder_id=session.earlier_holder_id,
    )


def _members(row: Fields, actor: Actor) -> dict[str, Any]:
    session: Session = row[0]
    contact = Contact(name=session.contact_name, phone=session.contact_phone, email=session.contact_email)
    own = {name: getattr(session, name) for name in SessionView.model_fields if hasattr(Session, name)}
    return own | {
        "user_name": row.user_name,
        "holder_name": row.holder_name,
        "escalated_to_name": row.escalated_to_name,
        "client_name": row.client_name,
        "contact": contact if any((contact.name, contact.phone, contact.email)) else None,
        "has_handoff": session.last_handoff_id is not None,
        "can_write": may_add_any(standing_of(session), actor),
    }


async def summary(db: Db, actor: Actor, *, session_id: UUID) -> SessionSummary:
    """Without asking whether the actor may read it: for actions that have judged already."""
    row = (await db.execute(_SUMMARY, {"session": session_id})).one()
    return SessionSummary.model_validate(_members(row, actor))


async def view(db: Db, actor: Actor, *, session_id: UUID) -> SessionView:
    """Raises `NotFound` where there is none or the actor may not read it."""
    found = await db.execute(_select().where(Session.id == session_id, readable_by(actor)).execution_options(populate_existing=True))
    row = found.one_or_none()
    if row is None:
        raise NotFound
    ledger = await ledger_of_session(db, session_id=session_id)
    turn = await newest_turn(db, session_id=session_id)
    return SessionView.model_validate(_members(row, actor) | {"task_lane": ledger.lane, "turn": turn})


async def is_left_alone(db: Db, *, session_id: UUID) -> bool:
    """Picked up by somebody who is away or not active any more."""
    gone = or_(~MAY_SIGN_IN, User.away_until > now())
    picked_up = (Session.id == session_id, Session.status == Status.ACTIVE, Session.holder_id != Session.user_id)
    return bool(await db.scalar(select(exists().where(*picked_up, User.id == Session.holder_id, gone))))


async def must_be_readable(db: Db, actor: Actor, *, session_id: UUID) -> None:
    if not await db.scalar(select(exists().where(Session.id == session_id, readable_by(actor)))):
        raise NotFound


async def page(db: Db, actor: Actor, *, part: Slice, status: Status | None, whole_account: bool) -> Page[SessionSummary]:
    """Newest activity first."""
    mine = or_(Session.user_id == actor.user_id, Session.holder_id == actor.user_id)
    wanted = [readable_by(actor) if whole_account else and_(mine, readable_by(actor))]
    if status is not None:
        wanted.append(Session.status == status)
    if part.after is not None:
        wanted.append(tuple_(Session.updated_at, Session.id) < (part.after.at, part.after.id))
    query = _select().where(*wanted).order_by(Session.updated_at.desc(), Session.id.desc()).limit(part.limit + 1)
    rows = (await db.execute(query)).all()
    items = [SessionSummary.model_validate(_members(row, actor)) for row in rows[: part.limit]]
    more = len(rows) > part.limit
    return Page(items=items, next_cursor=Mark(items[-1].updated_at, items[-1].id).encode() if more else None)


async def steps(db: Db, *, session_id: UUID, after_seq: int = 0, limit: int | None = None) -> list[StepView]:
    """In order; one query however many there are."""
    query = _STEPS if limit is None else _STEPS.limit(limit)
    rows = await db.execute(query, {"session": session_id, "after": after_seq})
    return [_step_view(step, author) for step, author in rows]


def _step_view(step: Step, author_name: str | None) -> StepView:
    own = {name: getattr(step, name) for name in StepView.model_fields if name != "author_name"}
    return StepView.model_validate(own | {"author_name": author_name})


async def steps_of_turn(db: Db, *, turn_id: UUID) -> list[StepView]:
    """The step that was replied to, then the steps of the reply."""
    prompt = select(Turn.prompt_id).where(Turn.id == turn_id).scalar_subquery()
    query = select(Step, User.name).outerjoin(User, User.id == Step.author_id).where(or_(Step.turn_id == turn_id, Step.id == prompt))
    return [_step_view(step, author) for step, author in await db.execute(query.order_by(Step.seq))]


async def step_view(db: Db, *, step_id: UUID) -> StepView:
    query = select(Step, User.name).outerjoin(User, User.id == Step.author_id).where(Step.id == step_id)
    step, author = (await db.execute(query)).one()
    return _step_view(step, author)


async def ledger_of_session(db: Db, *, session_id: UUID) -> Ledger:
    return ledger_of(await steps(db, session_id=session_id))


async def latest_documentation(db: Db, actor: Actor, *, session_id: UUID) -> Documentation:
    await must_be_readable(db, actor, session_id=session_id)
    found = await db.scalar(select(Document).where(Document.session_id == session_id).order_by(Document.created_at.desc()).limit(1))
    if found is None:
        raise NotFound("Nothing has been written about this session yet.")
    return Documentation.model_validate(found)


async def changed(db: Db, *, session_ids: Sequence[SessionId]) -> list[tuple[frozenset[UserId], Mapping[str, object]]]:
    """`session_changed` for those who own or hold a session: whom, and what they are told."""
    query = select(Session.id, Session.user_id, Session.holder_id, Session.last_seq, Session.status).where(Session.id.in_(session_ids))
    return [
        (
            frozenset(UserId(id) for id in (row.user_id, row.holder_id) if id),
            {"session_id": str(row.id), "last_seq": row.last_seq, "status": row.status},
        )
        for row in await db.execute(query)
    ]
