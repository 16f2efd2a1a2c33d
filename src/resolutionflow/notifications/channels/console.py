"""The operator's channel: a log line and a metric. Ids only, since logs hold no ticket text."""

from dataclasses import dataclass, field

import structlog
from structlog.typing import FilteringBoundLogger

from resolutionflow.notifications.channels.base import TOLD
from resolutionflow.notifications.policy import Alert


@dataclass(frozen=True, slots=True)
class Console:
    log: FilteringBoundLogger = field(default_factory=structlog.get_logger)
    name: str = "console"

    async def tell(self, alert: Alert) -> None:
        ids = {"account_id": alert.account_id, "handoff_id": alert.handoff_id, "session_id": alert.session_id}
        self.log.info("escalation_waiting", **{name: str(id) for name, id in ids.items()})
        TOLD.labels(self.name).inc()
