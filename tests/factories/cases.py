"""One case that four people move, each by the calls of the API."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import uuid4

import httpx2
from sqlalchemy import update

from resolutionflow.handoffs import actions as handoffs
from resolutionflow.handoffs.models import Handoff, Intent
from resolutionflow.handoffs.schemas import HandoffBody
from resolutionflow.platform.actor import Role
from resolutionflow.platform.clock import now
from resolutionflow.platform.ids import AccountId, HandoffId, SessionId, uuid7
from resolutionflow.sessions import actions as sessions
from resolutionflow.sessions.schemas import ResolveBody
from tests.database import superuser
from tests.factories.make import Make, Somebody


class Start(StrEnum):
    """Where a case stands before it is moved."""

    ACTIVE = "active"
    OPEN = "open"
    CLAIMED = "claimed"
    LAPSED = "lapsed"
    """It waits again, since Sam picked it up and did nothing."""
    PARKED = "parked"
    RESOLVED = "resolved"


@dataclass(frozen=True)
class Team:
    """Jane escalates, Sam and Ben pick up, Dana is the admin."""

    jane: Somebody
    sam: Somebody
    ben: Somebody
    dana: Somebody

    @property
    def account_id(self) -> AccountId:
        return self.jane.account_id


async def team(make: Make) -> Team:
    jane = await make.person("Jane")
    sam, ben = [await make.person(name, account=jane.account_id) for name in ("Sam", "Ben")]
    return Team(jane, sam, ben, await make.person("Dana", account=jane.account_id, role=Role.ADMIN))


@dataclass
class Case:
    team: Team
    session_id: SessionId
    handoff_id: HandoffId = field(default_factory=lambda: HandoffId(uuid7()))
    """Before the first one an id that names nothing."""

    @property
    def path(self) -> str:
        return f"/ai-sessions/{self.session_id}"

    @property
    def handoff(self) -> str:
        return f"{self.path}/handoffs/{self.handoff_id}"


Move = Callable[[Case], Awaitable[httpx2.Response]]
ASK = {"intent": "escalate", "reason": "Next idea"}
FIX = {"resolution": "Cleared the cached credentials"}
NOTE = {"kind": "note", "content": "Asked the user to wait"}

QUESTION = {"content": "Does it happen in the browser too?"}


def _over_to(colleague: Somebody) -> dict[str, str]:
    return {"intent": "handover", "target_user_id": str(colleague.id)}


def _ask(case: Case) -> Awaitable[httpx2.Response]:
    return case.team.ben.post(f"{case.handoff}/questions", QUESTION)


async def _answer_one(case: Case) -> httpx2.Response:
    """The oldest question without an answer, or one that is asked for it."""
    handoffs = (await case.team.jane.get(f"{case.path}/handoffs")).json()["items"]
    waiting = [asked["id"] for asked in (handoffs[0]["questions"] if handoffs else []) if asked["answer"] is None]
    if not waiting:
        asked = await _ask(case)
        if not asked.is_success:
            return asked
        waiting = [asked.json()["id"]]
    return await case.team.jane.post(f"{case.handoff}/questions/{waiting[0]}/answer", {"content": "There as well"})


MOVES: dict[str, tuple[Start, Move]] = {
    "escalate": (Start.ACTIVE, lambda case: case.team.jane.post(f"{case.path}/handoff", ASK)),
    "escalate on": (Start.CLAIMED, lambda case: case.team.sam.post(f"{case.path}/handoff", ASK)),
    "park": (Start.ACTIVE, lambda case: case.team.jane.post(f"{case.path}/handoff", {"intent": "park"})),
    "hand over": (Start.ACTIVE, lambda case: case.team.jane.post(f"{case.path}/handoff", _over_to(case.team.sam))),
    "hand over a pickup": (Start.CLAIMED, lambda case: case.team.sam.post(f"{case.path}/handoff", _over_to(case.team.ben))),
    "withdraw": (Start.OPEN, lambda case: case.team.jane.post(f"{case.handoff}/withdraw")),
    "claim by Sam": (Start.OPEN, lambda case: case.team.sam.post(f"{case.handoff}/claim")),
    "claim by Ben": (Start.OPEN, lambda case: case.team.ben.post(f"{case.path}/pickup")),  # the older call: it needs no id
    "ask back": (Start.OPEN, _ask),
    "answer": (Start.OPEN, _answer_one),
    "release": (Start.CLAIMED, lambda case: case.team.sam.post(f"{case.handoff}/release")),
    "hand back": (Start.CLAIMED, lambda case: case.team.sam.post(f"{case.handoff}/hand-back", {"content": "Recreate the profile"})),
    "advise": (Start.OPEN, lambda case: case.team.ben.post(f"{case.handoff}/hand-back", {"content": "Recreate the profile"})),
    "resolve by the owner": (Start.OPEN, lambda case: case.team.jane.post(f"{case.path}/resolve", FIX)),
    "resolve by the holder": (Start.CLAIMED, lambda case: case.team.sam.post(f"{case.path}/resolve", FIX)),
    "resume": (Start.PARKED, lambda case: case.team.jane.post(f"{case.path}/resume")),
    "reopen": (Start.RESOLVED, lambda case: case.team.jane.post(f"{case.path}/reopen")),
    "step by the owner": (Start.OPEN, lambda case: case.team.jane.post(f"{case.path}/steps", NOTE)),
    "step by the holder": (Start.CLAIMED, lambda case: case.team.sam.post(f"{case.path}/steps", NOTE)),
    "still on it": (Start.CLAIMED, lambda case: case.team.sam.post(f"{case.handoff}/still-on-it")),
    "come back": (Start.LAPSED, lambda case: case.team.sam.post(f"{case.path}/steps", NOTE)),
    "describe": (Start.OPEN, lambda case: case.team.jane.patch(case.path, {"device": f"LAPTOP-{uuid4().hex[:4]}"})),
    "take over": (Start.CLAIMED, lambda case: case.team.dana.post(f"{case.path}/take-over")),
}
"""Every way a case moves, and where it stands when that succeeds."""


async def case_at(make: Make, people: Team, start: Start) -> Case:
    """A new case of Jane's that stands there, in one unit of work."""
    jane, sam = people.jane.actor, people.sam.actor
    case = Case(people, await make.session(people.jane))
    async with make.work(people.account_id) as db:
        if start is Start.PARKED:
            await handoffs.create(db, jane, session_id=case.session_id, body=HandoffBody(intent=Intent.PARK))
        elif start is not Start.ACTIVE:
            body = HandoffBody(intent=Intent.ESCALATE, reason="Next idea")
            case.handoff_id, _ = await handoffs.create(db, jane, session_id=case.session_id, body=body)
        if start in (Start.CLAIMED, Start.LAPSED, Start.RESOLVED):
            await handoffs.claim(db, sam, session_id=case.session_id, handoff_id=case.handoff_id)
        if start is Start.LAPSED:
            await db.execute(update(Handoff).where(Handoff.id == case.handoff_id).values(lease_expires_at=now()))
            await handoffs.look_after(db, session_id=case.session_id, handoff_id=case.handoff_id)
        if start is Start.RESOLVED:
            await sessions.resolve(db, sam, session_id=case.session_id, body=ResolveBody(resolution="Cleared the cached credentials"))
    return case


def legacy_case(make: Make, people: Team) -> Case:
    """Escalated before handoffs had rows of their own (R-E8): no action makes such a session any more."""
    case = Case(people, SessionId(uuid7()))
    superuser(make.urls.superuser).execute(
        """insert into sessions (id, account_id, user_id, title, problem_summary, status, escalation_reason)
           values (%s, %s, %s, 'VPN drops', 'VPN drops every hour', 'requesting_escalation', 'Access to the firewall')""",
        (case.session_id, people.account_id, people.jane.id),
    )
    return case
