"""Accounts, people, their tokens and invitations, clients, the audit log, and what counts attempts."""

from alembic import op

from resolutionflow.platform.db.schema import APP_ROLE, definer, protect

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _accounts()
    _users()
    _tokens()
    _invitations()
    _clients()
    _audit_log()
    _attempts()
    connection = op.get_bind()
    for table in ("users", "token_families", "refresh_tokens", "invitations"):
        protect(connection, table)
    protect(connection, "clients", grants="select, insert, update")
    protect(connection, "audit_log", grants="select, insert")
    _definers()


def _accounts() -> None:
    op.execute("""
        create table accounts (
            id uuid constraint accounts_pkey primary key,
            name varchar not null,
            time_zone varchar not null default 'UTC',
            is_demo boolean not null default false,
            created_at timestamptz not null default app.now()
        )""")
    op.execute("alter table accounts enable row level security")
    op.execute("alter table accounts force row level security")
    op.execute("create policy tenant on accounts using (id = (select app.account_id())) with check (id = (select app.account_id()))")
    op.execute("create policy owner on accounts to current_user using (true) with check (true)")
    op.execute(f"grant select, insert, update (name, time_zone) on accounts to {APP_ROLE}")


def _users() -> None:
    op.execute("""
        create table users (
            id uuid constraint users_pkey primary key,
            account_id uuid not null constraint users_account_id_fkey references accounts (id) on delete cascade,
            name varchar not null,
            email varchar not null,
            password_hash varchar not null,
            role varchar not null constraint users_role_check check (role in ('owner', 'admin', 'engineer', 'viewer')),
            is_active boolean not null default true,
            takes_escalations boolean not null default true,
            away_until timestamptz,
            shortcuts boolean not null default true,
            deleted_at timestamptz,
            created_at timestamptz not null default app.now(),
            constraint users_account_id_id_key unique (account_id, id),
            constraint users_email_check check (email = lower(email))
        )""")
    op.execute("create unique index users_email_key on users (email) where deleted_at is null")


def _tokens() -> None:
    op.execute("""
        create table token_families (
            id uuid constraint token_families_pkey primary key,
            account_id uuid not null constraint token_families_account_id_fkey references accounts (id) on delete cascade,
            user_id uuid not null,
            created_at timestamptz not null default app.now(),
            revoked_at timestamptz,
            constraint token_families_account_id_id_key unique (account_id, id),
            constraint token_families_account_id_user_id_fkey
                foreign key (account_id, user_id) references users (account_id, id) on delete cascade
        )""")
    op.execute("create index token_families_account_id_user_id_idx on token_families (account_id, user_id)")
    op.execute("""
        create table refresh_tokens (
            account_id uuid not null,
            hash varchar not null,
            family_id uuid not null,
            expires_at timestamptz not null,
            used_at timestamptz,
            constraint refresh_tokens_pkey primary key (account_id, hash),
            constraint refresh_tokens_account_id_family_id_fkey
                foreign key (account_id, family_id) references token_families (account_id, id) on delete cascade
        )""")
    op.execute("create index refresh_tokens_hash_idx on refresh_tokens (hash)")
    op.execute("create index refresh_tokens_account_id_family_id_idx on refresh_tokens (account_id, family_id)")


def _invitations() -> None:
    op.execute("""
        create table invitations (
            id uuid constraint invitations_pkey primary key,
            account_id uuid not null constraint invitations_account_id_fkey references accounts (id) on delete cascade,
            token_hash varchar not null,
            email varchar not null,
            role varchar not null constraint invitations_role_check check (role in ('owner', 'admin', 'engineer', 'viewer')),
            takes_escalations boolean not null,
            invited_by uuid not null,
            expires_at timestamptz not null,
            accepted_at timestamptz,
            revoked_at timestamptz,
            created_at timestamptz not null default app.now(),
            constraint invitations_account_id_invited_by_fkey
                foreign key (account_id, invited_by) references users (account_id, id) on delete cascade
        )""")
    op.execute("create index invitations_token_hash_idx on invitations (token_hash)")
    op.execute(
        "create unique index invitations_account_id_email_key on invitations (account_id, email) "
        "where accepted_at is null and revoked_at is null"
    )


def _clients() -> None:
    op.execute("""
        create table clients (
            id uuid constraint clients_pkey primary key,
            account_id uuid not null constraint clients_account_id_fkey references accounts (id) on delete cascade,
            name varchar not null,
            psa_id varchar,
            created_at timestamptz not null default app.now(),
            constraint clients_account_id_id_key unique (account_id, id)
        )""")
    op.execute("create unique index clients_account_id_lower_name_key on clients (account_id, lower(name))")


def _audit_log() -> None:
    op.execute("""
        create table audit_log (
            id uuid constraint audit_log_pkey primary key,
            account_id uuid not null constraint audit_log_account_id_fkey references accounts (id) on delete cascade,
            at timestamptz not null default app.now(),
            actor_id uuid,
            action varchar not null,
            subject_type varchar not null,
            subject_id uuid,
            data jsonb not null
        )""")
    op.execute("create index audit_log_account_id_at_id_idx on audit_log (account_id, at, id)")


def _attempts() -> None:
    """No tenant is known when somebody tries to get in; keyed hashes name nobody, so no row-level security."""
    op.execute("""
        create table attempts (
            id uuid constraint attempts_pkey primary key,
            kind varchar not null,
            key varchar not null,
            at timestamptz not null default app.now()
        )""")
    op.execute("create index attempts_kind_key_at_idx on attempts (kind, key, at)")
    op.execute("create index attempts_at_idx on attempts (at)")
    op.execute(f"grant select, insert, delete on attempts to {APP_ROLE}")


def _definers() -> None:
    connection = op.get_bind()
    definer(
        connection,
        "login",
        "email varchar",
        "table (account_id uuid, user_id uuid)",
        "select u.account_id, u.id from users u where u.email = $1 and u.deleted_at is null",
    )
    definer(
        connection,
        "refresh",
        "hash varchar",
        "table (account_id uuid, family_id uuid)",
        "select t.account_id, t.family_id from refresh_tokens t where t.hash = $1",
    )
    definer(
        connection,
        "invitation",
        "hash varchar",
        "table (account_id uuid, invitation_id uuid)",
        "select i.account_id, i.id from invitations i where i.token_hash = $1",
    )
    definer(connection, "account_ids", "", "setof uuid", "select a.id from accounts a")
