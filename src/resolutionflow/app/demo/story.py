"""Tells the demo's story: every scene is an action of the product, done by its person at its moment."""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import assert_never

import structlog
from sqlalchemy import select, text

from resolutionflow.app.demo import account
from resolutionflow.app.demo.account import Cast
from resolutionflow.app.demo.cases import PAST, TODAY
from resolutionflow.app.demo.script import (
    Advised,
    Case,
    Escalated,
    Marked,
    Parked,
    PickedUp,
    PutBack,
    Scene,
    Started,
    Withdrawn,
    on_day,
)
from resolutionflow.app.reactions import checked
from resolutionflow.app.runtime import Runtime
from resolutionflow.assistant.playbooks import Playbooks, recognise
from resolutionflow.events.effects import first_time
from resolutionflow.events.log import Deferred, Seal
from resolutionflow.events.models import Effect
from resolutionflow.handoffs import actions as handoffs
from resolutionflow.handoffs.actions import assess
from resolutionflow.handoffs.assessors import Assessors
from resolutionflow.handoffs.models import Intent
from resolutionflow.handoffs.schemas import HandoffBody
from resolutionflow.notifications import actions as notifications
from resolutionflow.platform.clock import as_text, now
from resolutionflow.platform.db import Database, Db, Work
from resolutionflow.platform.ids import AccountId, HandoffId, SessionId
from resolutionflow.sessions import actions as sessions
from resolutionflow.sessions.queries import ledger_of_session
from resolutionflow.sessions.schemas import FactStep, NoteStep, ReplyStep, ResolveBody, SessionStart, TriedStep

log = structlog.get_logger()
FRESH = timedelta(hours=6)
FOUNDED = on_day(40, "09:00")
BELLS_READ = on_day(1, "09:00")
BUILT_IN = Assessors(Playbooks(recognise).assess)
_TOLD = "demo:told"
# Losing the last commits in a crash does no harm: the story is then not told to the end, and told anew.
_MOVE_CLOCK = text("select set_config('app.now', :moment, true), set_config('synchronous_commit', 'off', true)")


async def tell(runtime: Runtime, owner_url: str | None) -> None:
    """Keep a demo told within the last hours; make an older or unfinished one anew, so that those who wait have waited for minutes.

    Closes the runtime's database. Without the owner's URL nothing can be removed, and what is there is kept.
    """
    # What these days would have mailed or posted was mailed then: facts of the past defer no jobs.
    past = Database(runtime.database.url, seal=Seal(checked(), defer=_nothing), pool_size=1)
    try:
        known = await account.find(runtime.database.work)
        if known is None:
            await _tell(runtime, past.work)
        elif not await _is_fresh(runtime.database.work, known):
            if owner_url is None:
                log.warning("demo_kept", reason="RESOLUTIONFLOW_DATABASE_OWNER_URL is needed to make it anew")
                return
            await account.remove(known, owner_url=owner_url)
            await _tell(runtime, past.work)
    finally:
        await past.close()
        await runtime.database.close()


async def _nothing(db: Db, jobs: Sequence[Deferred]) -> None:
    return


async def _is_fresh(work: Work, account_id: AccountId) -> bool:
    """Told to the end, and not long ago."""
    async with work(account_id) as db:
        return bool(await db.scalar(select(Effect.key).where(Effect.key == _TOLD, Effect.done_at > now() - FRESH)))


async def _tell(runtime: Runtime, past: Work) -> None:
    present = runtime.database.work
    async with present(None) as db:
        told_at: datetime = (await db.execute(select(now()))).scalar_one()
    cast = await account.found(runtime, past, at=FOUNDED(told_at, timedelta()))
    stage = Stage(cast)
    await _play(past, stage, PAST, told_at, then=_assess)
    for actor in cast.values():
        async with past(stage.account_id, at=BELLS_READ(told_at, timedelta())) as db:
            await notifications.read_all(db, actor)
    await _play(present, stage, TODAY, told_at)
    async with present(stage.account_id) as db:
        await first_time(db, _TOLD)


@dataclass
class Stage:
    """Who plays, and which rows the cases have become so far."""

    cast: Cast
    sessions: dict[Case, SessionId] = field(default_factory=dict)
    handoffs: dict[Case, HandoffId] = field(default_factory=dict)

    @property
    def account_id(self) -> AccountId:
        return next(iter(self.cast.values())).account_id


async def _assess(work: Work, stage: Stage, last: Scene) -> None:
    """What the job of an escalation would have done, where facts of the past defer none."""
    if isinstance(last.act, Escalated):
        async with work(stage.account_id, at=last.moment) as db:
            about = await assess.take_unassessed(db, handoff_id=stage.handoffs[last.case])
            assert about is not None
            await assess.give_first(db, about, await BUILT_IN.first(about), ask_model=False)


async def _leave_to_the_queue(work: Work, stage: Stage, last: Scene) -> None:
    return


async def _play(
    work: Work,
    stage: Stage,
    cases: Sequence[Case],
    told_at: datetime,
    *,
    then: Callable[[Work, Stage, Scene], Awaitable[None]] = _leave_to_the_queue,
) -> None:
    """All turns in the order of time, each a unit of work whose clock moves from scene to scene."""
    turns = [turn for case in cases for turn in _turns(case.scenes(told_at))]
    for turn in sorted(turns, key=lambda each: each[-1].moment):
        async with work(stage.account_id) as db:
            for scene in turn:
                await db.execute(_MOVE_CLOCK, {"moment": as_text(scene.moment)})
                await _perform(db, stage, scene)
        await then(work, stage, turn[-1])


def _turns(scenes: Iterable[Scene]) -> list[list[Scene]]:
    """A run of ledger entries goes with what it leads to; whatever moves a case ends its turn, so that its events have their own time."""
    turns: list[list[Scene]] = [[]]
    for scene in scenes:
        turns[-1].append(scene)
        if not isinstance(scene.act, NoteStep | TriedStep | FactStep):
            turns.append([])
    return [turn for turn in turns if turn]


async def _perform(db: Db, stage: Stage, scene: Scene) -> None:
    actor, case, act = stage.cast[scene.by], scene.case, scene.act
    if isinstance(act, Started):
        stage.sessions[case] = await sessions.start(db, actor, fields=_fields(case, scene.moment))
        return
    session_id = stage.sessions[case]
    match act:
        case NoteStep() | TriedStep() | FactStep():
            await sessions.add_step(db, actor, session_id=session_id, new=act)
        case Escalated(ask, notes, to):
            target = stage.cast[to].user_id if to else None
            asked = HandoffBody(intent=Intent.ESCALATE, reason=ask, engineer_notes=notes, target_user_id=target)
            stage.handoffs[case], _ = await handoffs.create(db, actor, session_id=session_id, body=asked)
        case Parked(reason):
            await handoffs.create(db, actor, session_id=session_id, body=HandoffBody(intent=Intent.PARK, reason=reason))
        case PickedUp():
            await handoffs.claim(db, actor, session_id=session_id, handoff_id=stage.handoffs[case])
        case PutBack():
            await handoffs.release(db, actor, session_id=session_id, handoff_id=stage.handoffs[case])
        case Advised(content):
            await handoffs.hand_back(db, actor, session_id=session_id, handoff_id=stage.handoffs[case], advice=content)
        case Marked(outcome, observed):
            (advice,) = (await ledger_of_session(db, session_id=session_id)).open_actions
            done = ReplyStep(kind="action_result", reply_to=advice.id, outcome=outcome, observed=observed)
            await sessions.add_step(db, actor, session_id=session_id, new=done)
        case Withdrawn():
            await handoffs.withdraw(db, actor, session_id=session_id, handoff_id=stage.handoffs[case])
        case ResolveBody():
            await sessions.resolve(db, actor, session_id=session_id, body=act)
        case _:
            assert_never(act)


def _fields(case: Case, began: datetime) -> SessionStart:
    return SessionStart(
        problem_summary=case.problem,
        title=case.title,
        client_name=case.client,
        contact=case.contact,
        device=case.device,
        client_waiting=case.waiting,
        callback_by=began + timedelta(minutes=case.call_back_minutes) if case.call_back_minutes else None,
        affects=case.affects,
        psa_ticket_id=case.ticket,
        priority=case.priority,
    )
