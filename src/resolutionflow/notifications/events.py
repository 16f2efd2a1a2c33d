"""What notifications publish: whose unread count changed. Logged without a number; each person hears it as `notification_changed`."""

from collections.abc import Iterable
from typing import ClassVar

from resolutionflow.events.facts import Fact
from resolutionflow.platform.ids import UserId


class BellFact(Fact):
    people: frozenset[UserId]

    def touched_people(self) -> Iterable[UserId]:
        return self.people


class BellsRung(BellFact):
    type: ClassVar = "bells_rung"


class BellsRead(BellFact):
    """Read by the person, or settled because the case moved on."""

    type: ClassVar = "bells_read"
