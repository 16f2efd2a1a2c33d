"""One case that four people move, each by the calls of the API, and what must hold for it whatever they did."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import uuid4

import httpx2

from resolutionflow.handoffs import actions as handoffs
from resolutionflow.handoffs.models import Intent
from resolutionflow.handoffs.schemas import HandoffBody
from resolutionflow.platform.actor import Role
from resolutionflow.platform.ids import AccountId, HandoffId, SessionId, uuid7
from resolutionflow.sessions import actions as sessions
from resolutionflow.sessions.schemas import ResolveBody
from tests.database import superuser
from tests.factories.make import Make, Somebody

REFUSALS = {
    (404, "not_found"),
    (409, "already_claimed"),
    (409, "already_handed_off"),
    (409, "not_active"),
    (409, "not_holder"),
    (409, "not_open"),
    (409, "own_handoff"),
    (503, "busy"),
}
"""All that a move may be answered beside success; api.md has the table."""


class Start(StrEnum):
    """Where a case stands before it is moved."""

    ACTIVE = "active"
    OPEN = "open"
    CLAIMED = "claimed"
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

MOVES: dict[str, tuple[Start, Move]] = {
    "escalate": (Start.ACTIVE, lambda case: case.team.jane.post(f"{case.path}/handoff", ASK)),
    "escalate on": (Start.CLAIMED, lambda case: case.team.sam.post(f"{case.path}/handoff", ASK)),
    "park": (Start.ACTIVE, lambda case: case.team.jane.post(f"{case.path}/handoff", {"intent": "park"})),
    "withdraw": (Start.OPEN, lambda case: case.team.jane.post(f"{case.handoff}/withdraw")),
    "claim by Sam": (Start.OPEN, lambda case: case.team.sam.post(f"{case.handoff}/claim")),
    "claim by Ben": (Start.OPEN, lambda case: case.team.ben.post(f"{case.path}/pickup")),  # the older call: it needs no id
    "release": (Start.CLAIMED, lambda case: case.team.sam.post(f"{case.handoff}/release")),
    "hand back": (Start.CLAIMED, lambda case: case.team.sam.post(f"{case.handoff}/hand-back", {"content": "Recreate the profile"})),
    "advise": (Start.OPEN, lambda case: case.team.ben.post(f"{case.handoff}/hand-back", {"content": "Recreate the profile"})),
    "resolve by the owner": (Start.OPEN, lambda case: case.team.jane.post(f"{case.path}/resolve", FIX)),
    "resolve by the holder": (Start.CLAIMED, lambda case: case.team.sam.post(f"{case.path}/resolve", FIX)),
    "resume": (Start.PARKED, lambda case: case.team.jane.post(f"{case.path}/resume")),
    "reopen": (Start.RESOLVED, lambda case: case.team.jane.post(f"{case.path}/reopen")),
    "step by the owner": (Start.OPEN, lambda case: case.team.jane.post(f"{case.path}/steps", NOTE)),
    "step by the holder": (Start.CLAIMED, lambda case: case.team.sam.post(f"{case.path}/steps", NOTE)),
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
        if start in (Start.CLAIMED, Start.RESOLVED):
            await handoffs.claim(db, sam, session_id=case.session_id, handoff_id=case.handoff_id)
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


_ILLEGAL = """
with live as (select * from handoffs where status in ('open', 'claimed')),
current as (select * from handoff_claims where ended_at is null)
select s.id, s.status, live.status as handoff, problem from sessions s
left join live on live.session_id = s.id
left join current on current.handoff_id = live.id
cross join lateral (values
    (s.status = 'escalated' and s.holder_id is not null, 'somebody holds what waits'),
    (s.status = 'escalated' and live.status is distinct from 'open', 'waits without an open handoff'),
    (s.status in ('active', 'parked', 'resolved') and s.holder_id is null, 'nobody holds what does not wait'),
    (s.status <> 'escalated' and live.status = 'open', 'an open handoff of a session that does not wait'),
    (live.status = 'claimed' and (s.status <> 'active' or s.holder_id is distinct from live.claimed_by), 'the claimer does not hold it'),
    (live.status = 'claimed' and s.escalated_to_id is distinct from live.claimed_by, 'the claimer is not named'),
    (live.status = 'claimed' and (current.user_id, current.claimed_at) is distinct from (live.claimed_by, live.claimed_at),
        'the claim and its handoff disagree'),
    (live.status = 'open' and current.id is not null, 'an open handoff with a claim'),
    (s.status = 'parked' and s.holder_id <> s.user_id, 'parked with somebody else'),
    ((s.status = 'resolved') <> (s.resolved_at is not null), 'the time of resolution disagrees'),
    ((select count(*) from live l where l.session_id = s.id) > 1, 'two live handoffs'),
    ((select count(*) from steps t where t.session_id = s.id) not in (s.last_seq, s.step_count), 'steps are missing'),
    ((select coalesce(max(t.seq), 0) from steps t where t.session_id = s.id) <> s.last_seq, 'step numbers have a gap')
) as found(is_so, problem)
where s.account_id = %s and is_so
union all
select c.handoff_id, h.status, c.end_reason, 'a claim outlived its handoff' from handoff_claims c join handoffs h on h.id = c.handoff_id
where c.account_id = %s and c.ended_at is null and h.status <> 'claimed'
"""
_NUMBERS = """
select count(number), coalesce(max(number), 0), (select last_number from event_counters where account_id = %s)
from events where account_id = %s
"""
_UNAUDITED = """
select subject_id, type from events where account_id = %s and type like 'handoff%%' and type <> 'handoff_updated'
except all
select subject_id, action from audit_log where account_id = %s
"""


def must_be_legal(make: Make, account: AccountId) -> None:
    """Sessions, handoffs and claims agree; the log has no gap; the audit log has what happened."""
    assert make.rows(_ILLEGAL, account, account) == []
    ((count, highest, counter),) = make.rows(_NUMBERS, account, account)
    assert count == highest == counter
    assert make.rows(_UNAUDITED, account, account) == []
