"""Reads: what a bell speaks of, what still waits, one's own bells."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, func, select, tuple_

from resolutionflow.accounts.models import User
from resolutionflow.handoffs import queries as handoffs
from resolutionflow.handoffs.models import Handoff, HandoffStatus
from resolutionflow.handoffs.schemas import QueueCard
from resolutionflow.notifications.models import AppNotification
from resolutionflow.notifications.policy import Case, named
from resolutionflow.notifications.schemas import Notification
from resolutionflow.platform.actor import Actor
from resolutionflow.platform.db import Db
from resolutionflow.platform.http.pages import Mark, Page, Slice
from resolutionflow.platform.ids import UserId
from resolutionflow.sessions.models import Kind, Session, Step


async def case_of(db: Db, *, handoff_id: UUID) -> Case:
    advice = (
        select(Step.content)
        .where(Step.session_id == Session.id, Step.kind == Kind.ADVICE)
        .order_by(Step.seq.desc())
        .limit(1)
        .scalar_subquery()
        .label("advice")
    )
    query = (
        select(
            Handoff.session_id,
            Handoff.handed_off_by,
            Handoff.reopened_count,
            Handoff.reason,
            Session.user_id,
            Session.psa_ticket_id,
            Session.problem_summary,
            Session.title,
            Session.resolution,
            advice,
        )
        .join(Session, and_(Session.account_id == Handoff.account_id, Session.id == Handoff.session_id))
        .where(Handoff.id == handoff_id)
    )
    row = (await db.execute(query)).one()
    return Case(
        handoff_id=handoff_id,
        session_id=row.session_id,
        owner_id=row.user_id,
        escalator_id=row.handed_off_by,
        ask=row.reason,
        problem=named(row.psa_ticket_id, row.problem_summary, row.title),
        resolution=row.resolution,
        advice=row.advice,
        reopened_count=row.reopened_count,
    )


async def waiting(db: Db, *, handoff_id: UUID) -> QueueCard | None:
    """The card of a handoff that is still open, held so until this unit of work ends: nothing is told of it after a claim's commit."""
    query = select(Handoff.session_id).where(Handoff.id == handoff_id, Handoff.status == HandoffStatus.OPEN)
    session_id = await db.scalar(query.with_for_update(read=True))
    return await handoffs.card(db, session_id=session_id) if session_id else None


async def page(db: Db, actor: Actor, *, slice: Slice, unread_only: bool) -> Page[Notification]:  # noqa: A002 - as in platform.http.pages
    """One's own bells, newest first."""
    query: Select[Any] = select(AppNotification).where(AppNotification.user_id == actor.user_id)
    if unread_only:
        query = query.where(AppNotification.read_at.is_(None))
    if slice.after is not None:
        query = query.where(tuple_(AppNotification.created_at, AppNotification.id) < (slice.after.at, slice.after.id))
    query = query.order_by(AppNotification.created_at.desc(), AppNotification.id.desc()).limit(slice.limit + 1)
    rows: Sequence[AppNotification] = (await db.scalars(query)).all()
    items = [Notification.model_validate(row) for row in rows[: slice.limit]]
    more = len(rows) > slice.limit
    return Page(items=items, next_cursor=Mark(items[-1].created_at, items[-1].id).encode() if more else None)


async def unread_count(db: Db, actor: Actor) -> int:
    counts = await unread_counts(db, frozenset((actor.user_id,)))
    return counts[actor.user_id]


async def unread_counts(db: Db, people: frozenset[UserId] | None) -> dict[UserId, int]:
    """Unread bells of these people, or of everybody of the account; those with none are answered with 0."""
    unread = and_(AppNotification.account_id == User.account_id, AppNotification.user_id == User.id, AppNotification.read_at.is_(None))
    query = select(User.id, func.count(AppNotification.id)).outerjoin(AppNotification, unread).group_by(User.id)
    if people is not None:
        query = query.where(User.id.in_(people))
    return {UserId(person): count for person, count in await db.execute(query)}
