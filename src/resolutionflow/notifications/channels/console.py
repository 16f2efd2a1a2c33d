"""The operator's channel: a log line and a metric. Ids only, since logs hold no ticket text."""

from dataclasses import dataclass

import structlog

from resolutionflow.notifications.channels.base import TOLD
from resolutionflow.notifications.policy import Alert

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Console:
    name: str = "console"

    async def tell(self, alert: Alert) -> None:
        log.info("escalation_waiting", handoff_id=str(alert.handoff_id), session_id=str(alert.session_id))
        TOLD.labels(self.name).inc()
