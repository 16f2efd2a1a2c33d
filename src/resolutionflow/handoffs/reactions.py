"""What a session's facts cause on its handoff, in the same transaction; and, after the commit, its assessments."""

from resolutionflow.assistant.base import AssistantFailure
from resolutionflow.events.registry import SLOW, Again, Logged, on_with, within
from resolutionflow.handoffs import actions
from resolutionflow.handoffs.actions import assess
from resolutionflow.handoffs.assessors import Assessors
from resolutionflow.handoffs.events import HandoffClaimed, HandoffClosed, HandoffCreated, HandoffUpdated, LeaseSettled, ModelDue
from resolutionflow.platform.actor import Actor
from resolutionflow.platform.db import Db, Work
from resolutionflow.sessions.events import SessionDescribed, SessionResolved, SessionTakenBack, SessionTakenOver, StepWritten

FIRST_PAUSE_SECONDS = 10
"""Until a model that failed is asked again; three times as long after the second failure."""


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


@on_with(HandoffCreated, Assessors)
async def give_first_assessment(work: Work, logged: Logged, assessors: Assessors) -> None:
    """By the built-in assistant, at once. Its effect is taken once by the handoff's status."""
    assert logged.subject_id is not None
    async with work(logged.account_id) as db:
        about = await assess.take_unassessed(db, handoff_id=logged.subject_id)
    if about is None:
        return
    assessment = await assessors.first(about)
    async with work(logged.account_id) as db:
        await assess.give_first(db, about, assessment, ask_model=assessors.model is not None)


@on_with(ModelDue, Assessors, queue=SLOW)
async def ask_model(work: Work, logged: Logged, assessors: Assessors) -> None:
    """One attempt at the model; the pause before the next is the queue's."""
    assert logged.subject_id is not None
    async with work(logged.account_id) as db:
        about = await assess.take_for_model(db, handoff_id=logged.subject_id)
    if about is None:
        return
    try:
        assessment = await assessors.better(about)
    except AssistantFailure as failure:
        async with work(logged.account_id) as db:
            is_to_be_asked_again = await assess.note_failure(db, about, failure)
        if is_to_be_asked_again:
            raise Again(FIRST_PAUSE_SECONDS * 3 ** (about.attempt - 1)) from None
        return
    async with work(logged.account_id) as db:
        await assess.replace(db, about, assessment)
