from resolutionflow.accounts.actions import audit
from resolutionflow.events.facts import Fact
from resolutionflow.events.registry import within
from resolutionflow.platform.actor import Actor
from resolutionflow.platform.db import Db


@within(Fact)
async def write_audit_log(db: Db, actor: Actor | None, fact: Fact) -> None:
    if fact.audited:
        await audit.write(db, actor, fact)
