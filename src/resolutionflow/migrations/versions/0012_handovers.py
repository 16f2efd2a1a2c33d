"""A claim may end by handing the case over to a colleague."""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("""
        alter table handoff_claims
            drop constraint handoff_claims_end_reason_check,
            add constraint handoff_claims_end_reason_check check (
                end_reason in ('released', 'advised', 'resolved', 'escalated_on', 'parked', 'taken_over', 'lapsed', 'handed_over')
            ) not valid""")
    op.execute("alter table handoff_claims validate constraint handoff_claims_end_reason_check")
