"""The words of resolved sessions, by which similar cases are found."""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        alter table sessions add column words tsvector generated always as (
            case when status = 'resolved' then
                setweight(to_tsvector('pg_catalog.english', translate(title || ' ' || left(problem_summary, 4000), '/_', '  ')), 'A')
                || setweight(to_tsvector('pg_catalog.english', translate(left(coalesce(resolution, ''), 4000), '/_', '  ')), 'B')
            end) stored""")
    op.execute("create index sessions_resolved_idx on sessions (account_id, resolved_at) where status = 'resolved'")
