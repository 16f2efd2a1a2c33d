"""The assistant's turns, and what its steps carry."""

from alembic import op

from resolutionflow.platform.db.schema import protect

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        create table turns (
            id uuid constraint turns_pkey primary key,
            account_id uuid not null,
            session_id uuid not null,
            prompt_id uuid not null,
            asked_by uuid not null,
            status varchar not null constraint turns_status_check check (status in ('due', 'running', 'done', 'failed')),
            attempt integer not null default 0,
            lease_until timestamptz,
            source varchar constraint turns_source_check check (source in ('playbook', 'model')),
            hints jsonb,
            error_code varchar,
            error_detail varchar,
            retryable boolean not null default false,
            tokens integer not null default 0,
            created_at timestamptz not null default app.now(),
            ended_at timestamptz,
            constraint turns_account_id_id_key unique (account_id, id),
            constraint turns_account_id_prompt_id_key unique (account_id, prompt_id),
            constraint turns_account_id_session_id_fkey
                foreign key (account_id, session_id) references sessions (account_id, id) on delete cascade,
            constraint turns_account_id_asked_by_fkey foreign key (account_id, asked_by) references users (account_id, id),
            constraint turns_account_id_prompt_id_fkey
                foreign key (account_id, prompt_id) references steps (account_id, id) on delete cascade
        )""")
    op.execute("create unique index turns_live_idx on turns (account_id, session_id) where status in ('due', 'running')")
    op.execute("create index turns_account_id_session_id_created_at_idx on turns (account_id, session_id, created_at)")
    op.execute("create index turns_account_id_created_at_idx on turns (account_id, created_at)")
    protect(op.get_bind(), "turns", grants="select, insert, update")
    op.execute("""
        alter table steps
            add column turn_id uuid,
            add column source varchar constraint steps_source_check check (source in ('playbook', 'model')),
            add column detail varchar,
            add column options jsonb,
            add column cites jsonb,
            add column notice varchar,
            add column playbook_key varchar,
            add constraint steps_account_id_turn_id_fkey foreign key (account_id, turn_id) references turns (account_id, id) not valid""")
    op.execute("alter table steps validate constraint steps_account_id_turn_id_fkey")
