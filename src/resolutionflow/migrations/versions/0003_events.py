"""The event log, its counter, the effects done, and the idempotency keys."""

from alembic import op

from resolutionflow.platform.db.schema import definer, protect

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        create table events (
            id uuid constraint events_pkey primary key,
            account_id uuid not null constraint events_account_id_fkey references accounts (id) on delete cascade,
            number bigint,
            type varchar not null,
            actor_id uuid,
            subject_type varchar not null,
            subject_id uuid,
            occurred_at timestamptz not null default app.now(),
            body jsonb,
            constraint events_account_id_number_key unique (account_id, number)
        )""")
    op.execute("create index events_account_id_occurred_at_idx on events (account_id, occurred_at)")
    op.execute("""
        create table event_counters (
            account_id uuid constraint event_counters_pkey primary key
                constraint event_counters_account_id_fkey references accounts (id) on delete cascade,
            last_number bigint not null default 0
        )""")
    op.execute("""
        create table effects (
            account_id uuid not null constraint effects_account_id_fkey references accounts (id) on delete cascade,
            key varchar not null,
            done_at timestamptz not null default app.now(),
            constraint effects_pkey primary key (account_id, key)
        )""")
    op.execute("""
        create table idempotency_keys (
            account_id uuid not null constraint idempotency_keys_account_id_fkey references accounts (id) on delete cascade,
            user_id uuid not null,
            route varchar not null,
            key varchar not null,
            fingerprint varchar not null,
            body jsonb,
            created_at timestamptz not null default app.now(),
            constraint idempotency_keys_pkey primary key (account_id, user_id, route, key),
            constraint idempotency_keys_account_id_user_id_fkey
                foreign key (account_id, user_id) references users (account_id, id) on delete cascade
        )""")
    op.execute("create index idempotency_keys_account_id_created_at_idx on idempotency_keys (account_id, created_at)")
    connection = op.get_bind()
    protect(connection, "events", grants="select, insert, update (body)")
    protect(connection, "event_counters", grants="select, insert, update (last_number)")
    protect(connection, "effects", grants="select, insert, delete")
    protect(connection, "idempotency_keys")
    op.execute("insert into event_counters (account_id) select id from accounts")
    definer(
        connection,
        "event_heads",
        "accounts uuid[]",
        "table (account_id uuid, last_number bigint)",
        "select c.account_id, c.last_number from event_counters c where c.account_id = any($1)",
    )
