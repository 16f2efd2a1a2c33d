"""Figures over escalations, in one statement on the indexes of claims and handoffs."""

from sqlalchemy import text

from resolutionflow.analytics.schemas import EscalationFigures, Period
from resolutionflow.platform.db import Db

_FIGURES = text("""
with span as (
    select moment - make_interval(days => :days) as since, moment as until from app.now() as moment
), picked_up as (
    select distinct handoff_id from handoff_claims
    where claimed_at between (select since from span) and (select until from span)
), counted as (
    -- a handoff counts by its first claim that was acted on, else by its last one
    select distinct on (handoff_id) handoff_id, claimed_at, first_action_at
    from handoff_claims join picked_up using (handoff_id)
    order by handoff_id, case when first_action_at is not null then claimed_at end nulls last, claimed_at desc, id
), measured as (
    select
        handoff.status = 'returned' as is_advised,
        handoff.reopened_count > 0 as is_reopened,
        greatest(extract(epoch from counted.claimed_at - handoff.created_at), 0) as to_claim,
        case when counted.first_action_at is not null
            then greatest(extract(epoch from counted.first_action_at - counted.claimed_at), 0)
        end as to_action
    from counted join handoffs as handoff on handoff.id = counted.handoff_id
    where handoff.intent = 'escalate'
        and counted.claimed_at between (select since from span) and (select until from span)
), figures as (
    select
        count(*) as n_handoffs_claimed,
        count(to_action) as n_handoffs_with_action,
        count(*) filter (where is_advised) as n_advised,
        count(*) filter (where is_reopened) as n_reopened,
        count(to_action)::float8 / nullif(count(*), 0) as conversion_rate,
        round(avg(to_action), 3)::float8 as avg_seconds,
        round(percentile_cont(0.5) within group (order by to_action::float8)::numeric, 3)::float8 as median_seconds,
        round(percentile_cont(0.95) within group (order by to_action::float8)::numeric, 3)::float8 as p95_seconds,
        round(avg(to_claim), 3)::float8 as avg_time_to_claim_seconds
    from measured
)
select figures.*, span.since, span.until, (
    select count(*) from handoffs where intent = 'escalate' and created_at between span.since and span.until
) as n_handoffs_created
from figures, span
""")


async def escalation_figures(db: Db, *, period: Period) -> EscalationFigures:
    row = (await db.execute(_FIGURES, {"days": period.days})).mappings().one()
    return EscalationFigures(period=period, **row)
