"""What a session's facts cause on its handoff, in the same transaction."""

from resolutionflow.events.registry import within
from resolutionflow.handoffs import actions
from resolutionflow.handoffs.events import HandoffClaimed, HandoffClosed, HandoffUpdated, LeaseSettled
from resolutionflow.platform.actor import Actor
from resolutionflow.platform.db import Db
from resolutionflow.sessions.events import SessionDescribed, SessionResolved, SessionTakenBack, SessionTakenOver, StepWritten


@within(StepWritten, records=(HandoffUpdated, LeaseSettled))
async def show_new_step(db: Db, actor: Actor | None, fact: StepWritten) -> None:
    if fact.author_id is not None:
        await actions.note_first_action(db, session_id=fact.session_id, author_id=fact.author_id, step_id=fact.step_id)
    await actions.follow_session(db, actor, session_id=fact.session_id)


@within(SessionDescribed, records=(HandoffUpdated,))
async def show_new_description(db: Db, actor: Actor | None, fact: SessionDescribed) -> None:
    await actions.follow_session(db, actor, session_id=fact.session_id)


@within(SessionResolved, records=(HandoffClosed,))
async def close_handoff(db: Db, actor: Actor, fact: SessionResolved) -> None:
    await actions.close_live(db, actor, session_id=fact.session_id, was=fact.was)


@within(SessionTakenOver, records=(HandoffClaimed,))
async def move_claim(db: Db, actor: Actor, fact: SessionTakenOver) -> None:
    await actions.note_take_over(db, actor, session_id=fact.session_id)


@within(SessionTakenBack, records=(HandoffClaimed,))
async def claim_again(db: Db, actor: Actor, fact: SessionTakenBack) -> None:
    await actions.note_come_back(db, actor, session_id=fact.session_id)
