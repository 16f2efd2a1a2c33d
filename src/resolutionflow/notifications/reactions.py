"""Whom a handoff's facts concern: bells in the same transaction, everything that leaves the process in a job after it."""

from resolutionflow.events import effects
from resolutionflow.events.registry import Logged, on, within
from resolutionflow.handoffs.events import (
    HandoffClaimed,
    HandoffClosed,
    HandoffCreated,
    HandoffReopened,
    HandoffReturned,
    HandoffWithdrawn,
    LeaseHalfOver,
    LeaseSettled,
    QuestionAnswered,
    QuestionAsked,
    SessionGiven,
)
from resolutionflow.notifications import actions, policy, queries
from resolutionflow.notifications.channels.base import Channel
from resolutionflow.notifications.channels.console import Console
from resolutionflow.notifications.events import BellsRead, BellsRung
from resolutionflow.notifications.models import BellType
from resolutionflow.platform.actor import Actor
from resolutionflow.platform.db import Db, Work

CONSOLE = Console()


@within(HandoffCreated, records=(BellsRung,))
async def ring_recipients(db: Db, actor: Actor | None, fact: HandoffCreated) -> None:
    await actions.ring_recipients(db, actor, card=fact.card)


@within(HandoffClaimed, records=(BellsRead, BellsRung))
async def tell_of_pickup(db: Db, actor: Actor | None, fact: HandoffClaimed) -> None:
    await actions.settle(db, actor, session_id=fact.session_id, handoff_id=fact.handoff_id)
    case = await queries.case_of(db, handoff_id=fact.handoff_id)
    bell = policy.picked_up(case, by=fact.claimed_by.name, at=fact.claimed_at)
    await actions.ring(db, actor, case=case, bell=bell, people={case.escalator_id} - {fact.claimed_by.id})
    if fact.taken_from is not None:
        taken = policy.taken_over(case, by=fact.claimed_by.name, at=fact.claimed_at)
        await actions.ring(db, actor, case=case, bell=taken, people={fact.taken_from} - {fact.claimed_by.id})


@within(HandoffReopened, records=(BellsRead, BellsRung))
async def tell_of_reopening(db: Db, actor: Actor | None, fact: HandoffReopened) -> None:
    """The escalator, and who let it lapse: a reopening starts no second round for the others (R-C4)."""
    assert fact.card.handoff_id is not None
    case = await queries.case_of(db, handoff_id=fact.card.handoff_id)
    await actions.settle(db, actor, session_id=case.session_id, handoff_id=case.handoff_id)
    quiet = fact.card.last_claim if actor is None else None
    bell = policy.reopened(case, by=actor.name if actor else None, quiet=quiet.name if quiet else None)
    await actions.ring(db, actor, case=case, bell=bell, people={case.escalator_id} - {actor.user_id if actor else None})
    if quiet is not None:
        await actions.ring(db, actor, case=case, bell=policy.lapsed(case), people={quiet.id})


@within(LeaseHalfOver, records=(BellsRung,))
async def ask_claimer(db: Db, actor: Actor | None, fact: LeaseHalfOver) -> None:
    case = await queries.case_of(db, handoff_id=fact.handoff_id)
    await actions.ring(db, actor, case=case, bell=policy.still_on_it(case, until=fact.expires_at), people={fact.claimed_by})


@within(LeaseSettled, records=(BellsRead,))
async def settle_lease(db: Db, actor: Actor | None, fact: LeaseSettled) -> None:
    await actions.settle(db, actor, session_id=fact.session_id, handoff_id=fact.handoff_id, kind=BellType.LEASE)


@within(SessionGiven, records=(BellsRung,))
async def tell_of_handover(db: Db, actor: Actor, fact: SessionGiven) -> None:
    """The colleague alone (R-E2)."""
    case = await queries.case_of(db, handoff_id=fact.handoff_id)
    await actions.ring(db, actor, case=case, bell=policy.given(case, by=actor.name), people={fact.to})


@within(QuestionAsked, records=(BellsRung,))
async def tell_of_question(db: Db, actor: Actor | None, fact: QuestionAsked) -> None:
    case = await queries.case_of(db, handoff_id=fact.handoff_id)
    await actions.ring(db, actor, case=case, bell=policy.asked(case, fact.question), people={case.escalator_id})


@within(QuestionAnswered, records=(BellsRead, BellsRung))
async def tell_of_answer(db: Db, actor: Actor, fact: QuestionAnswered) -> None:
    case = await queries.case_of(db, handoff_id=fact.handoff_id)
    await actions.settle_bell(db, actor, bell=policy.asked(case, fact.question))
    bell = policy.answered(case, fact.question, by=actor.name)
    await actions.ring(db, actor, case=case, bell=bell, people={fact.question.asked_by})


@within(HandoffReturned, records=(BellsRead, BellsRung))
async def tell_of_advice(db: Db, actor: Actor | None, fact: HandoffReturned) -> None:
    await actions.settle(db, actor, session_id=fact.session_id, handoff_id=fact.handoff_id)
    case = await queries.case_of(db, handoff_id=fact.handoff_id)
    bell = policy.returned(case, by=fact.by.name)
    await actions.ring(db, actor, case=case, bell=bell, people={case.owner_id, case.escalator_id} - {fact.by.id})


@within(HandoffClosed, records=(BellsRead, BellsRung))
async def tell_of_closing(db: Db, actor: Actor | None, fact: HandoffClosed) -> None:
    """Solved by somebody else is news to owner and escalator; escalated on or parked only ends what was pending."""
    await actions.settle(db, actor, session_id=fact.session_id, handoff_id=fact.handoff_id)
    if fact.resolved:
        case = await queries.case_of(db, handoff_id=fact.handoff_id)
        bell = policy.solved(case, by=fact.by.name)
        await actions.ring(db, actor, case=case, bell=bell, people={case.owner_id, case.escalator_id} - {fact.by.id})


@within(HandoffWithdrawn, records=(BellsRead,))
async def settle_withdrawn(db: Db, actor: Actor | None, fact: HandoffWithdrawn) -> None:
    await actions.settle(db, actor, session_id=fact.session_id, handoff_id=fact.handoff_id)


@on(HandoffCreated)
async def tell_operator(work: Work, logged: Logged) -> None:
    await tell(work, logged, CONSOLE)


async def tell(work: Work, logged: Logged, channel: Channel) -> None:
    """Looks again and takes the effect's key in the unit that does it: a repeated or late job does nothing, a failed one begins anew.

    A channel that dials out closes its unit before the call and takes the key in another one after it.
    """
    handoff_id = logged.subject_id
    assert handoff_id is not None
    async with work(logged.account_id) as db:
        card = await queries.waiting(db, handoff_id=handoff_id)
        if card is not None and await effects.first_time(db, f"{channel.name}:{handoff_id}"):
            await channel.tell(policy.alert_of(card, account_id=logged.account_id, handoff_id=handoff_id))
