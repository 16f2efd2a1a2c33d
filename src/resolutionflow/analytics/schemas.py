"""The wire shapes of analytics; api.md "Analytics" is their contract."""

from pydantic import Field

from resolutionflow.analytics.policy import METRIC_DEFINITION, Period
from resolutionflow.platform.http.text import Instant, View


class EscalationFigures(View):
    """Seconds; null where there is nothing to measure."""

    period: Period
    since: Instant = Field(serialization_alias="from")
    until: Instant = Field(serialization_alias="to")
    n_handoffs_created: int
    n_handoffs_claimed: int
    n_handoffs_with_action: int
    n_advised: int
    n_reopened: int
    conversion_rate: float | None
    avg_seconds: float | None
    median_seconds: float | None
    p95_seconds: float | None
    avg_time_to_claim_seconds: float | None
    metric_definition: str = METRIC_DEFINITION
