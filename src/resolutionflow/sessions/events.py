"""What sessions publish. None of it takes a number: the people of a session are told by `session_changed`."""

from collections.abc import Iterable
from typing import ClassVar
from uuid import UUID

from resolutionflow.events.facts import Fact
from resolutionflow.platform.ids import SessionId, UserId
from resolutionflow.sessions.models import Kind, Status


class SessionFact(Fact):
    session_id: SessionId

    def subject(self) -> tuple[str, UUID | None]:
        return ("session", self.session_id)

    def touched_sessions(self) -> Iterable[SessionId]:
        return (self.session_id,)


class SessionStarted(SessionFact):
    type: ClassVar = "session_started"
    audited: ClassVar = True


class SessionDescribed(SessionFact):
    """What it is about was changed: client, contact, device, problem, priority, ticket."""

    type: ClassVar = "session_described"
    audited: ClassVar = True
    fields: list[str]

    def audit_data(self) -> dict[str, object]:
        return {"fields": self.fields}


class StepWritten(SessionFact):
    type: ClassVar = "step_written"
    step_id: UUID
    seq: int
    kind: Kind
    author_id: UserId | None


class TurnDue(SessionFact):
    """The assistant has something to say to an answer or an outcome."""

    type: ClassVar = "turn_due"
    turn_id: UUID

    def subject(self) -> tuple[str, UUID | None]:
        return ("turn", self.turn_id)


class TurnEnded(SessionFact):
    """With a reply, or without one."""

    type: ClassVar = "turn_ended"
    turn_id: UUID
    error_code: str | None = None

    def subject(self) -> tuple[str, UUID | None]:
        return ("turn", self.turn_id)


class SessionResolved(SessionFact):
    type: ClassVar = "session_resolved"
    audited: ClassVar = True
    was: Status

    def audit_data(self) -> dict[str, object]:
        return {"was": self.was}


class SessionResumed(SessionFact):
    type: ClassVar = "session_resumed"
    audited: ClassVar = True


class SessionReopened(SessionFact):
    type: ClassVar = "session_reopened"
    audited: ClassVar = True


class SessionTakenOver(SessionFact):
    type: ClassVar = "session_taken_over"
    audited: ClassVar = True
    from_id: UserId | None
    was: Status

    def audit_data(self) -> dict[str, object]:
        return {"from": str(self.from_id) if self.from_id else None, "was": self.was}


class SessionTakenBack(SessionFact):
    """Its earlier holder, whose claim had run out, works on it again before anybody else picked it up."""

    type: ClassVar = "session_taken_back"
    audited: ClassVar = True


class SessionHandedOver(SessionFact):
    """Its status or holder changed because of a handoff; the handoff's own fact says how."""

    type: ClassVar = "session_moved"
    status: Status
