"""A claim is a promise: its lease, and who may take back what they let lapse. Claims of before promised nothing and go on."""

from alembic import op

from resolutionflow.platform.db.schema import definer

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("alter table handoffs add column lease_seconds integer, add column lease_ask_at timestamptz")
    op.execute("create index handoffs_leased_idx on handoffs (lease_expires_at) where status = 'claimed' and lease_expires_at is not null")
    op.execute("""
        alter table handoff_claims
            drop constraint handoff_claims_end_reason_check,
            add constraint handoff_claims_end_reason_check
                check (end_reason in ('released', 'advised', 'resolved', 'escalated_on', 'parked', 'taken_over', 'lapsed')) not valid""")
    op.execute("alter table handoff_claims validate constraint handoff_claims_end_reason_check")
    op.execute("""
        alter table sessions
            add column earlier_holder_id uuid,
            add constraint sessions_account_id_earlier_holder_id_fkey
                foreign key (account_id, earlier_holder_id) references users (account_id, id) not valid""")
    op.execute("alter table sessions validate constraint sessions_account_id_earlier_holder_id_fkey")
    definer(
        op.get_bind(),
        "due_leases",
        "",
        "table (account_id uuid, session_id uuid, handoff_id uuid)",
        "select h.account_id, h.session_id, h.id from handoffs h where h.status = 'claimed' and h.lease_expires_at is not null"
        " and least(h.lease_ask_at, h.lease_expires_at) <= app.now()",
    )
