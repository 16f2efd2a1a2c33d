from datetime import datetime

from resolutionflow.platform.errors import Conflict, Invalid


class AlreadyClaimed(Conflict):
    code = "already_claimed"

    def __init__(self, *, by: str, at: datetime) -> None:
        super().__init__(f"Picked up by {by}.", claimed_by_name=by, claimed_at=at.isoformat().replace("+00:00", "Z"))


class OwnHandoff(Conflict):
    code = "own_handoff"

    def __init__(self) -> None:
        super().__init__("This is your own escalation. Withdraw it to go on with it yourself.")


class NotOpen(Conflict):
    code = "not_open"

    def __init__(self, detail: str = "This escalation is not waiting any more.") -> None:
        super().__init__(detail)


class AlreadyAnswered(Conflict):
    code = "already_answered"

    def __init__(self) -> None:
        super().__init__("This question was answered already.")


class AlreadyHandedOff(Conflict):
    code = "already_handed_off"

    def __init__(self) -> None:
        super().__init__("This session is waiting for a pickup already.")


class InvalidTarget(Invalid):
    """Self, viewer, inactive, unknown and foreign alike: nothing is told about other accounts."""

    code = "invalid_target"

    def __init__(self) -> None:
        super().__init__("Name an active engineer of your team, not yourself.")
