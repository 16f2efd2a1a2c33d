"""Sessions, who may go on reading them, their steps and their documents."""

from alembic import op

from resolutionflow.platform.db.schema import protect

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

PEOPLE = "references users (account_id, id)"


def upgrade() -> None:
    op.execute(f"""
        create table sessions (
            id uuid constraint sessions_pkey primary key,
            account_id uuid not null,
            user_id uuid not null,
            holder_id uuid,
            escalated_to_id uuid,
            title varchar not null,
            problem_summary varchar not null,
            problem_domain varchar,
            client_id uuid,
            contact_name varchar,
            contact_phone varchar,
            contact_email varchar,
            device varchar,
            client_waiting varchar not null default 'no' constraint sessions_client_waiting_check
                check (client_waiting in ('on_phone', 'callback', 'no')),
            callback_by timestamptz,
            affects varchar constraint sessions_affects_check check (affects in ('one', 'several', 'site')),
            priority varchar not null default 'normal' constraint sessions_priority_check
                check (priority in ('low', 'normal', 'high', 'critical')),
            status varchar not null default 'active' constraint sessions_status_check
                check (status in ('active', 'parked', 'requesting_escalation', 'escalated', 'resolved')),
            psa_ticket_id varchar,
            escalation_reason varchar,
            escalation_package jsonb,
            last_handoff_id uuid,
            last_seq integer not null default 0,
            step_count integer not null default 0,
            tried_count integer not null default 0,
            resolution varchar,
            created_at timestamptz not null default app.now(),
            updated_at timestamptz not null default app.now(),
            resolved_at timestamptz,
            constraint sessions_account_id_id_key unique (account_id, id),
            constraint sessions_account_id_user_id_fkey foreign key (account_id, user_id) {PEOPLE},
            constraint sessions_account_id_holder_id_fkey foreign key (account_id, holder_id) {PEOPLE},
            constraint sessions_account_id_escalated_to_id_fkey foreign key (account_id, escalated_to_id) {PEOPLE},
            constraint sessions_account_id_client_id_fkey foreign key (account_id, client_id) references clients (account_id, id)
        )""")
    op.execute("create index sessions_account_id_updated_at_idx on sessions (account_id, updated_at)")
    op.execute("create index sessions_account_id_user_id_updated_at_idx on sessions (account_id, user_id, updated_at)")
    op.execute("create index sessions_account_id_holder_id_updated_at_idx on sessions (account_id, holder_id, updated_at)")
    op.execute(
        "create index sessions_waiting_idx on sessions (account_id, created_at) where status in ('requesting_escalation', 'escalated')"
    )
    op.execute(f"""
        create table session_readers (
            account_id uuid not null,
            session_id uuid not null,
            user_id uuid not null,
            constraint session_readers_pkey primary key (account_id, session_id, user_id),
            constraint session_readers_account_id_session_id_fkey
                foreign key (account_id, session_id) references sessions (account_id, id) on delete cascade,
            constraint session_readers_account_id_user_id_fkey foreign key (account_id, user_id) {PEOPLE} on delete cascade
        )""")
    op.execute("create index session_readers_account_id_user_id_idx on session_readers (account_id, user_id)")
    op.execute(f"""
        create table steps (
            id uuid constraint steps_pkey primary key,
            account_id uuid not null,
            session_id uuid not null,
            seq integer not null,
            kind varchar not null,
            author_id uuid,
            author_type varchar not null,
            content varchar,
            target varchar,
            expected varchar,
            observed varchar,
            name varchar,
            value varchar,
            outcome varchar constraint steps_outcome_check check (outcome in ('worked', 'failed', 'inconclusive', 'skipped')),
            reply_to uuid,
            amends uuid,
            command varchar,
            after_pickup boolean not null default false,
            created_at timestamptz not null default app.now(),
            constraint steps_account_id_id_key unique (account_id, id),
            constraint steps_account_id_session_id_seq_key unique (account_id, session_id, seq),
            constraint steps_account_id_session_id_fkey
                foreign key (account_id, session_id) references sessions (account_id, id) on delete cascade,
            constraint steps_account_id_author_id_fkey foreign key (account_id, author_id) {PEOPLE},
            constraint steps_account_id_reply_to_fkey foreign key (account_id, reply_to) references steps (account_id, id),
            constraint steps_account_id_amends_fkey foreign key (account_id, amends) references steps (account_id, id),
            constraint steps_author_check check ((author_type = 'user') = (author_id is not null))
        )""")
    op.execute("create index steps_account_id_session_id_author_id_created_at_idx on steps (account_id, session_id, author_id, created_at)")
    op.execute("""
        create table documents (
            id uuid constraint documents_pkey primary key,
            account_id uuid not null,
            session_id uuid not null,
            kind varchar not null constraint documents_kind_check check (kind in ('escalation', 'resolution')),
            markdown varchar not null,
            psa_status varchar not null default 'no_psa' constraint documents_psa_status_check
                check (psa_status in ('no_psa', 'queued', 'pushed', 'failed')),
            psa_note_id varchar,
            psa_error varchar,
            created_at timestamptz not null default app.now(),
            constraint documents_account_id_session_id_fkey
                foreign key (account_id, session_id) references sessions (account_id, id) on delete cascade
        )""")
    op.execute("create index documents_account_id_session_id_created_at_idx on documents (account_id, session_id, created_at)")
    connection = op.get_bind()
    protect(connection, "sessions")
    protect(connection, "session_readers")
    protect(connection, "steps", grants="select, insert")
    protect(connection, "documents", grants="select, insert, update (psa_status, psa_note_id, psa_error)")
