from resolutionflow.accounts.models import AuditEntry
from resolutionflow.events.facts import Fact
from resolutionflow.platform.actor import Actor
from resolutionflow.platform.db import Db


async def write(db: Db, actor: Actor | None, fact: Fact) -> None:
    """One row per audited fact, in the transaction of the fact itself."""
    kind, subject = fact.subject()
    db.add(
        AuditEntry(
            account_id=db.account_id,
            actor_id=actor.user_id if actor else None,
            action=fact.type,
            subject_type=kind,
            subject_id=subject,
            data=fact.audit_data(),
        )
    )
