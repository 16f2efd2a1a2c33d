"""Every write to bells. Rows are locked in the order of their ids, so that settling a handoff and reading one's own never deadlock."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import ColumnElement, Table, exists, select, text, update
from sqlalchemy.dialects.postgresql import insert

from resolutionflow.events.log import record
from resolutionflow.handoffs.schemas import QueueCard
from resolutionflow.notifications import policy
from resolutionflow.notifications.events import BellsRead, BellsRung
from resolutionflow.notifications.models import AppNotification, BellType, NotificationId
from resolutionflow.notifications.policy import Bell, Case
from resolutionflow.platform.actor import Actor
from resolutionflow.platform.clock import now
from resolutionflow.platform.db import Db
from resolutionflow.platform.errors import NotFound
from resolutionflow.platform.ids import UserId, uuid7

_BELLS: Table = AppNotification.__table__  # type: ignore[assignment]  # typed as FromClause upstream
# R-N1: those who take escalations, or all where nobody does; a target alone, unless they are away. Never the escalator.
# As text: an escalation waits for it, and building it anew from columns would cost more than running it.
_RING_RECIPIENTS = text("""
with others as (
    select id, takes_escalations, id = cast(:target as uuid) as is_target, coalesce(away_until > app.now(), false) as is_away
    from users
    where is_active and deleted_at is null and role <> 'viewer' and id <> :escalator
), recipients as (
    select id from others
    where case
        when exists (select from others where is_target and not is_away) then is_target
        else takes_escalations or is_target or not exists (select from others where takes_escalations)
    end
)
insert into app_notifications (id, account_id, user_id, type, title, body, link, session_id, handoff_id, event_key)
select app.uuid7(), :account, id, :type, :title, :body, :link, :session, :handoff, :event_key from recipients
on conflict do nothing
returning user_id
""")


async def ring_recipients(db: Db, actor: Actor | None, *, card: QueueCard) -> None:
    """One bell per recipient of a new escalation, in one statement however many they are."""
    bell = policy.escalated(card)
    values = {
        "escalator": card.escalated_by.id,
        "target": card.target_user_id,
        "account": db.account_id,
        "type": bell.type,
        "title": bell.title,
        "body": bell.body,
        "link": bell.link,
        "session": card.session_id,
        "handoff": card.handoff_id,
        "event_key": bell.event_key,
    }
    _say_rung(db, actor, await db.scalars(_RING_RECIPIENTS, values))


async def ring(db: Db, actor: Actor | None, *, case: Case, bell: Bell, people: Iterable[UUID]) -> None:
    """One bell for each of these people; a fact that rang already does not ring again."""
    rows = [
        {
            "id": uuid7(),
            "account_id": db.account_id,
            "user_id": person,
            "type": bell.type,
            "title": bell.title,
            "body": bell.body,
            "link": bell.link,
            "session_id": case.session_id,
            "handoff_id": case.handoff_id,
            "event_key": bell.event_key,
        }
        for person in sorted(set(people))
    ]
    if rows:
        statement = insert(_BELLS).values(rows).on_conflict_do_nothing().returning(AppNotification.user_id)
        _say_rung(db, actor, await db.scalars(statement))


async def settle(db: Db, actor: Actor | None, *, session_id: UUID, handoff_id: UUID, kind: BellType | None = None) -> None:
    """The case moved on: whatever earlier bells of this handoff, or of one kind, asked for is not pending any more (R-C6)."""
    of_handoff = (AppNotification.session_id == session_id, AppNotification.handoff_id == handoff_id)
    of_kind = () if kind is None else (AppNotification.type == kind,)
    _say_read(db, actor, await _mark_read(db, *of_handoff, *of_kind))


async def settle_bell(db: Db, actor: Actor | None, *, bell: Bell) -> None:
    """What this one bell asked for was done."""
    _say_read(db, actor, await _mark_read(db, AppNotification.type == bell.type, AppNotification.event_key == bell.event_key))


async def read(db: Db, actor: Actor, *, notification_id: NotificationId) -> None:
    """Reading again changes nothing. Raises `NotFound` for one that is not one's own."""
    mine = (AppNotification.id == notification_id, AppNotification.user_id == actor.user_id)
    if not await db.scalar(select(exists().where(*mine))):
        raise NotFound
    _say_read(db, actor, await _mark_read(db, *mine))


async def read_all(db: Db, actor: Actor) -> None:
    _say_read(db, actor, await _mark_read(db, AppNotification.user_id == actor.user_id))


async def _mark_read(db: Db, *which: ColumnElement[bool]) -> Iterable[UUID]:
    """Whose bells were unread until now."""
    unread = select(AppNotification.id).where(AppNotification.read_at.is_(None), *which).order_by(AppNotification.id)
    locked = unread.with_for_update().cte("unread")
    marked = update(_BELLS).where(_BELLS.c.id == locked.c.id).values(read_at=now()).returning(AppNotification.user_id)
    return await db.scalars(marked)


def _say_rung(db: Db, actor: Actor | None, people: Iterable[UUID]) -> None:
    if rung := frozenset(UserId(person) for person in people):
        record(db, actor, BellsRung(people=rung))


def _say_read(db: Db, actor: Actor | None, people: Iterable[UUID]) -> None:
    if changed := frozenset(UserId(person) for person in people):
        record(db, actor, BellsRead(people=changed))
