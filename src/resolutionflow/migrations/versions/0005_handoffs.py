"""Handoffs and their claims."""

from alembic import op

from resolutionflow.platform.db.schema import protect

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

PEOPLE = "references users (account_id, id)"
SESSIONS = "foreign key (account_id, session_id) references sessions (account_id, id) on delete cascade"


def upgrade() -> None:
    op.execute(f"""
        create table handoffs (
            id uuid constraint handoffs_pkey primary key,
            account_id uuid not null,
            session_id uuid not null,
            intent varchar not null constraint handoffs_intent_check check (intent in ('escalate', 'park', 'handover')),
            status varchar not null constraint handoffs_status_check
                check (status in ('open', 'claimed', 'returned', 'withdrawn', 'closed')),
            reason varchar,
            engineer_notes varchar,
            priority varchar constraint handoffs_priority_check check (priority in ('low', 'normal', 'high', 'critical')),
            handed_off_by uuid not null,
            target_user_id uuid,
            claimed_by uuid,
            claimed_at timestamptz,
            lease_expires_at timestamptz,
            withdrawn_at timestamptz,
            ended_at timestamptz,
            reopened_count integer not null default 0,
            created_at timestamptz not null default app.now(),
            snapshot jsonb not null,
            ai_assessment_status varchar not null default 'unavailable' constraint handoffs_ai_assessment_status_check
                check (ai_assessment_status in ('pending', 'ready', 'unavailable')),
            ai_assessment_source varchar constraint handoffs_ai_assessment_source_check
                check (ai_assessment_source in ('playbook', 'model')),
            ai_assessment varchar,
            ai_assessment_data jsonb,
            constraint handoffs_account_id_id_key unique (account_id, id),
            constraint handoffs_account_id_session_id_fkey {SESSIONS},
            constraint handoffs_account_id_handed_off_by_fkey foreign key (account_id, handed_off_by) {PEOPLE},
            constraint handoffs_account_id_target_user_id_fkey foreign key (account_id, target_user_id) {PEOPLE},
            constraint handoffs_account_id_claimed_by_fkey foreign key (account_id, claimed_by) {PEOPLE},
            constraint handoffs_claimed_check check ((status = 'claimed') <= (claimed_by is not null and claimed_at is not null)),
            constraint handoffs_reason_check check (intent <> 'escalate' or reason is not null)
        )""")
    op.execute("create unique index handoffs_live_key on handoffs (account_id, session_id) where status in ('open', 'claimed')")
    op.execute("create index handoffs_account_id_session_id_created_at_idx on handoffs (account_id, session_id, created_at)")
    op.execute("create index handoffs_account_id_created_at_idx on handoffs (account_id, created_at)")
    op.execute(f"""
        create table handoff_claims (
            id uuid constraint handoff_claims_pkey primary key,
            account_id uuid not null,
            handoff_id uuid not null,
            session_id uuid not null,
            user_id uuid not null,
            claimed_at timestamptz not null default app.now(),
            first_action_at timestamptz,
            ended_at timestamptz,
            end_reason varchar constraint handoff_claims_end_reason_check
                check (end_reason in ('released', 'advised', 'resolved', 'escalated_on', 'parked', 'taken_over')),
            constraint handoff_claims_account_id_handoff_id_fkey
                foreign key (account_id, handoff_id) references handoffs (account_id, id) on delete cascade,
            constraint handoff_claims_account_id_session_id_fkey {SESSIONS},
            constraint handoff_claims_account_id_user_id_fkey foreign key (account_id, user_id) {PEOPLE},
            constraint handoff_claims_ended_check check ((ended_at is null) = (end_reason is null))
        )""")
    op.execute("create unique index handoff_claims_current_key on handoff_claims (account_id, handoff_id) where ended_at is null")
    op.execute("create index handoff_claims_account_id_handoff_id_claimed_at_idx on handoff_claims (account_id, handoff_id, claimed_at)")
    op.execute("create index handoff_claims_account_id_claimed_at_idx on handoff_claims (account_id, claimed_at)")
    op.execute("create index handoff_claims_account_id_session_id_user_id_idx on handoff_claims (account_id, session_id, user_id)")
    connection = op.get_bind()
    protect(connection, "handoffs")
    protect(connection, "handoff_claims", grants="select, insert, update (first_action_at, ended_at, end_reason)")
