"""Teams, and what rang at whom."""

from typing import Any

from resolutionflow.events.registry import Logged
from resolutionflow.handoffs.schemas import HandoffView
from resolutionflow.notifications.models import BellType
from resolutionflow.platform.ids import AccountId
from tests.factories.make import Make, Somebody


async def team(make: Make, *names: str) -> tuple[Somebody, ...]:
    """Engineers of one new account who take escalations."""
    account = await make.account()
    return tuple([await make.person(name, account=account) for name in names])


async def bells(person: Somebody, *, unread: bool = False) -> list[dict[str, Any]]:
    """One's own, newest first, as the API tells them."""
    reply = await person.get("/notifications", params={"unread": unread})
    assert reply.status_code == 200, reply.text
    items: list[dict[str, Any]] = reply.json()["items"]
    return items


async def heard(person: Somebody, *, unread: bool = False) -> list[BellType]:
    return [BellType(bell["type"]) for bell in await bells(person, unread=unread)]


def who_heard(make: Make, account: AccountId, kind: BellType = BellType.ESCALATED) -> set[str]:
    """Names of everybody at whom a bell of this kind rang."""
    query = """
        select u.name from app_notifications n join users u on u.id = n.user_id
        where n.account_id = %s and n.type = %s"""
    return {name for (name,) in make.rows(query, account, kind)}


def logged_creation(make: Make, handoff: HandoffView) -> Logged:
    """The fact of an escalation as its `@on` reactions get it."""
    query = "select id, account_id, type, subject_id, occurred_at from events where type = 'handoff_created' and subject_id = %s"
    ((event_id, account, kind, subject, at),) = make.rows(query, handoff.id)
    return Logged(id=event_id, account_id=account, type=kind, subject_id=subject, occurred_at=at)
