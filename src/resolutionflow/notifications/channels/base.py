"""What every channel is told and promises; tests/notifications/test_channels.py is the contract all of them pass."""

from typing import Protocol

from prometheus_client import Counter

from resolutionflow.notifications.policy import Alert

TOLD = Counter("resolutionflow_alerts_told_total", "Waiting escalations told outside the application", ["channel"])


class Channel(Protocol):
    @property
    def name(self) -> str:
        """Stands in idempotency keys and metrics, so it never changes."""
        ...

    async def tell(self, alert: Alert) -> None:
        """Hand the alert over; an error means that it was not taken and may be handed over again."""
        ...
