"""What must hold for every case, whatever people did to it and in whichever order."""

from resolutionflow.platform.ids import AccountId
from tests.factories.make import Make

REFUSALS = {
    (404, "not_found"),
    (409, "already_answered"),
    (409, "already_claimed"),
    (409, "already_handed_off"),
    (409, "not_active"),
    (409, "not_holder"),
    (409, "not_open"),
    (409, "own_handoff"),
    (503, "busy"),
}
"""All that a move may be answered beside success; api.md has the table."""

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
    (s.earlier_holder_id is not null and live.status = 'claimed', 'somebody may take back what is picked up'),
    (live.status = 'open' and live.lease_expires_at is not null, 'a lease on what waits'),
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
select subject_id, type from events
where account_id = %s and type like 'handoff%%' and type not in ('handoff_updated', 'handoff_assessment_ready')
except all
select subject_id, action from audit_log where account_id = %s
"""


def must_be_legal(make: Make, account: AccountId) -> None:
    """Sessions, handoffs and claims agree; the log has no gap; the audit log has what happened."""
    assert make.rows(_ILLEGAL, account, account) == []
    ((count, highest, counter),) = make.rows(_NUMBERS, account, account)
    assert count == highest == counter
    assert make.rows(_UNAUDITED, account, account) == []
