"""Escalations of the past, made through the product's own actions with a clock of the test."""

from dataclasses import dataclass
from datetime import datetime

from resolutionflow.analytics.queries import escalation_figures
from resolutionflow.analytics.schemas import EscalationFigures, Period
from resolutionflow.handoffs import actions as handoffs
from resolutionflow.handoffs.models import Intent
from resolutionflow.handoffs.schemas import HandoffBody
from resolutionflow.platform.ids import AccountId, HandoffId, SessionId
from resolutionflow.sessions import actions as sessions
from resolutionflow.sessions.schemas import NoteStep, ResolveBody, SessionStart
from tests.factories.make import Make, Somebody


@dataclass(frozen=True)
class Past:
    """One case; every call says when it happened."""

    make: Make
    owner: Somebody
    session_id: SessionId
    handoff_id: HandoffId

    async def claim(self, who: Somebody, at: datetime) -> None:
        async with self.make.work(who.account_id, at=at) as db:
            await handoffs.claim(db, who.actor, session_id=self.session_id, handoff_id=self.handoff_id)

    async def note(self, who: Somebody, at: datetime) -> None:
        async with self.make.work(who.account_id, at=at) as db:
            await sessions.add_step(db, who.actor, session_id=self.session_id, new=NoteStep(kind="note", content="Looking at it"))

    async def release(self, who: Somebody, at: datetime) -> None:
        async with self.make.work(who.account_id, at=at) as db:
            await handoffs.release(db, who.actor, session_id=self.session_id, handoff_id=self.handoff_id)

    async def advise(self, who: Somebody, at: datetime) -> None:
        async with self.make.work(who.account_id, at=at) as db:
            await handoffs.hand_back(db, who.actor, session_id=self.session_id, handoff_id=self.handoff_id, advice="Recreate the profile")

    async def withdraw(self, at: datetime) -> None:
        async with self.make.work(self.owner.account_id, at=at) as db:
            await handoffs.withdraw(db, self.owner.actor, session_id=self.session_id, handoff_id=self.handoff_id)

    async def resolve(self, who: Somebody, at: datetime) -> None:
        async with self.make.work(who.account_id, at=at) as db:
            await sessions.resolve(db, who.actor, session_id=self.session_id, body=ResolveBody(resolution="Cleared the cache"))

    async def take_over(self, who: Somebody, at: datetime) -> None:
        async with self.make.work(who.account_id, at=at) as db:
            await sessions.take_over(db, who.actor, session_id=self.session_id)


async def past(make: Make, owner: Somebody, at: datetime, *, intent: Intent = Intent.ESCALATE) -> Past:
    """A case that its owner handed off at that moment."""
    async with make.work(owner.account_id, at=at) as db:
        session_id = await sessions.start(db, owner.actor, fields=SessionStart(problem_summary="Printer is offline"))
        body = HandoffBody(intent=intent, reason="Next idea")
        handoff_id, _ = await handoffs.create(db, owner.actor, session_id=session_id, body=body)
    return Past(make, owner, session_id, handoff_id)


async def figures(make: Make, account: AccountId, *, at: datetime, period: Period = Period.MONTH) -> EscalationFigures:
    async with make.work(account, at=at) as db:
        return await escalation_figures(db, period=period)
