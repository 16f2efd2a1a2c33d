"""Which periods there are, and what the figure means (R-X2)."""

from enum import StrEnum
from typing import assert_never

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
        match self:
            case Period.WEEK:
                return 7
            case Period.MONTH:
                return 30
            case Period.QUARTER:
                return 90
            case _:
                assert_never(self)
