"""The assessments of escalations, and what models read and wrote for them."""

from alembic import op

from resolutionflow.platform.db.schema import protect

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        create table assessments (
            id uuid constraint assessments_pkey primary key,
            account_id uuid not null,
            handoff_id uuid not null,
            source varchar not null constraint assessments_source_check check (source in ('playbook', 'model')),
            data jsonb not null,
            created_at timestamptz not null default app.now(),
            constraint assessments_account_id_handoff_id_source_key unique (account_id, handoff_id, source),
            constraint assessments_account_id_handoff_id_fkey
                foreign key (account_id, handoff_id) references handoffs (account_id, id) on delete cascade
        )""")
    op.execute("""
        create table model_uses (
            id uuid constraint model_uses_pkey primary key,
            account_id uuid not null,
            session_id uuid not null,
            tokens integer not null,
            created_at timestamptz not null default app.now(),
            constraint model_uses_account_id_session_id_fkey
                foreign key (account_id, session_id) references sessions (account_id, id) on delete cascade
        )""")
    op.execute("create index model_uses_account_id_created_at_idx on model_uses (account_id, created_at)")
    protect(op.get_bind(), "assessments", grants="select, insert")
    protect(op.get_bind(), "model_uses", grants="select, insert")
    op.execute("""
        alter table handoffs
            add column model_attempts integer not null default 0,
            add column ai_assessment_notice varchar""")
