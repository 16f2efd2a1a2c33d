"""Who may do what, when (product.md has the table)."""

from dataclasses import dataclass
from uuid import UUID

from resolutionflow.platform.actor import Actor
from resolutionflow.platform.errors import Conflict
from resolutionflow.sessions.errors import NotActive, NotHolder
from resolutionflow.sessions.models import Kind, Status

WAITING = (Status.REQUESTING, Status.ESCALATED)
OWNER_MAY_ADD = (Kind.NOTE, Kind.TRIED, Kind.FACT, Kind.ANSWER)
"""What an owner still adds while the session waits or somebody else works on it."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a session stands: all that its rights depend on."""

    status: Status
    user_id: UUID
    holder_id: UUID | None
    earlier_holder_id: UUID | None = None

    @property
    def is_waiting(self) -> bool:
        return self.status in WAITING

    @property
    def is_claimed(self) -> bool:
        return self.status is Status.ACTIVE and self.holder_id != self.user_id


def refusal_to_add(standing: Standing, actor: Actor, kind: Kind) -> Conflict | None:
    """Why this person may not add a step of this kind now, or None."""
    match standing.status:
        case Status.PARKED:
            return NotActive("This session is parked. Resume it first.")
        case Status.RESOLVED:
            return NotActive("This session is resolved. Reopen it first.")
        case Status.ACTIVE | Status.ESCALATED | Status.REQUESTING:
            if standing.holder_id == actor.user_id:
                return None
            if standing.user_id == actor.user_id and kind in OWNER_MAY_ADD:
                return None
            return NotHolder()


def may_come_back(standing: Standing, actor: Actor) -> bool:
    """Their claim ran out and nobody else has picked the case up yet (R-C4)."""
    return standing.is_waiting and standing.earlier_holder_id == actor.user_id


def may_add_any(standing: Standing, actor: Actor) -> bool:
    """`can_write`: may add some step now. Viewers never may."""
    return actor.is_engineer and (may_come_back(standing, actor) or refusal_to_add(standing, actor, Kind.NOTE) is None)


def is_after_pickup(standing: Standing, actor: Actor) -> bool:
    return standing.is_claimed and standing.user_id == actor.user_id


def refusal_to_resolve(standing: Standing, actor: Actor) -> Conflict | None:
    """The holder may; the owner while nobody else holds it."""
    if standing.status is Status.RESOLVED:
        return NotActive("This session is resolved already.")
    if standing.holder_id == actor.user_id or (standing.user_id == actor.user_id and not standing.is_claimed):
        return None
    return NotHolder()


def refusal_to_resume(standing: Standing, actor: Actor) -> Conflict | None:
    if standing.status is not Status.PARKED:
        return NotActive("This session is not parked.")
    return None if standing.user_id == actor.user_id else NotHolder("Only its owner can resume a parked session.")


def refusal_to_reopen(standing: Standing, actor: Actor) -> Conflict | None:
    """The owner and whoever held it when it was resolved."""
    if standing.status is not Status.RESOLVED:
        return NotActive("This session is not resolved.")
    if actor.user_id in (standing.user_id, standing.holder_id):
        return None
    return NotHolder("Only its owner or the person who resolved it can reopen a session.")


def refusal_to_take_over(standing: Standing, actor: Actor) -> Conflict | None:
    """Admins take over what is being worked on or parked; what waits is claimed instead."""
    if standing.is_waiting:
        return NotActive("This session is waiting for a pickup. Claim it instead.")
    if standing.status is Status.RESOLVED:
        return NotActive("This session is resolved. There is nothing to take over.")
    if standing.holder_id == actor.user_id and standing.status is Status.ACTIVE:
        return NotActive("You are working on this session already.")
    return None


def refusal_to_change(standing: Standing, actor: Actor) -> Conflict | None:
    """Owner and holder correct what a session is about, as long as it is not resolved."""
    if standing.status is Status.RESOLVED:
        return NotActive("This session is resolved. Reopen it first.")
    if actor.user_id in (standing.user_id, standing.holder_id):
        return None
    return NotHolder("Only the owner or the person working on it can change a session.")


def refusal_to_hand_off(standing: Standing, actor: Actor) -> Conflict | None:
    """R-E3: the holder only; `handoffs` adds its own "already handed off"."""
    if standing.holder_id == actor.user_id and standing.status is Status.ACTIVE:
        return None
    match standing.status:
        case Status.PARKED:
            return NotActive("This session is parked. Resume it first.")
        case Status.RESOLVED:
            return NotActive("This session is resolved. Reopen it first.")
        case _:
            return NotHolder("Only the person working on this session can hand it off.")
