"""What seniors ask back before they pick up."""

from alembic import op

from resolutionflow.platform.db.schema import protect

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        create table handoff_questions (
            id uuid constraint handoff_questions_pkey primary key,
            account_id uuid not null,
            handoff_id uuid not null,
            content varchar not null,
            asked_by uuid not null,
            asked_at timestamptz not null default app.now(),
            answer varchar,
            answered_at timestamptz,
            constraint handoff_questions_account_id_handoff_id_fkey
                foreign key (account_id, handoff_id) references handoffs (account_id, id) on delete cascade,
            constraint handoff_questions_account_id_asked_by_fkey foreign key (account_id, asked_by) references users (account_id, id),
            constraint handoff_questions_answer_check check ((answer is null) = (answered_at is null))
        )""")
    op.execute("create index handoff_questions_account_id_handoff_id_asked_at_idx on handoff_questions (account_id, handoff_id, asked_at)")
    protect(op.get_bind(), "handoff_questions", grants="select, insert, update (answer, answered_at)")
