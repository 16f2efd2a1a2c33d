"""The wire shapes of analytics; api.md "Analytics" is their contract."""

from enum import StrEnum

from pydantic import Field

from resolutionflow.platform.http.text import Instant, View

METRIC_DEFINITION = (
    "Post-claim time to first action: seconds from the pickup of an escalation to the first thing that whoever picked it up "
    "did on it themselves (a note, a try, a fact, an answer, an outcome or advice). Each escalation counts once, by its first "
    "pickup that was acted on, else by its last. This is not minutes recovered: what the product saves is a manual baseline "
    "minus this figure."
)


class Period(StrEnum):
    WEEK = "7d"
    MONTH = "30d"
    QUARTER = "90d"

    @property
    def days(self) -> int:
        return int(self.removesuffix("d"))


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
    """What is measured, and that it is not minutes recovered (R-X2)."""
