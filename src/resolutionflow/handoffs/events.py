"""What handoffs publish. All but `HandoffParked` are numbered and go to every engineer of the account."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from resolutionflow.assistant.base import Source
from resolutionflow.events.facts import Fact
from resolutionflow.handoffs.schemas import HandoffQuestion, Person, QueueCard
from resolutionflow.platform.http.text import Instant
from resolutionflow.platform.ids import HandoffId, SessionId, UserId


class CardFact(Fact):
    """A fact that brings the whole card, so that a screen needs nothing else."""

    streamed: ClassVar = True
    card: QueueCard

    def subject(self) -> tuple[str, UUID | None]:
        return ("handoff", self.card.handoff_id)


class HandoffCreated(CardFact):
    type: ClassVar = "handoff_created"
    audited: ClassVar = True

    def audit_data(self) -> dict[str, object]:
        return _ids(session=self.card.session_id, target=self.card.target_user_id)


class HandoffReopened(CardFact):
    type: ClassVar = "handoff_reopened"
    audited: ClassVar = True

    def audit_data(self) -> dict[str, object]:
        return _ids(session=self.card.session_id)


class HandoffUpdated(CardFact):
    type: ClassVar = "handoff_updated"


class HandoffFact(Fact):
    streamed: ClassVar = True
    audited: ClassVar = True
    handoff_id: HandoffId
    session_id: SessionId

    def subject(self) -> tuple[str, UUID | None]:
        return ("handoff", self.handoff_id)

    def audit_data(self) -> dict[str, object]:
        return _ids(session=self.session_id)


class HandoffClaimed(HandoffFact):
    type: ClassVar = "handoff_claimed"
    claimed_by: Person
    claimed_at: Instant
    taken_from: UserId | None = None
    """Whose case it was, where it was taken over."""


class HandoffAssessmentReady(HandoffFact):
    type: ClassVar = "handoff_assessment_ready"
    audited: ClassVar = False
    ai_assessment_source: Source


class ModelDue(Fact):
    """An escalation has its built-in assessment; a model may be asked for a better one."""

    type: ClassVar = "model_due"
    handoff_id: HandoffId

    def subject(self) -> tuple[str, UUID | None]:
        return ("handoff", self.handoff_id)


class HandoffEnded(HandoffFact):
    by: Person
    resolved: bool = False


class HandoffWithdrawn(HandoffEnded):
    type: ClassVar = "handoff_withdrawn"


class HandoffReturned(HandoffEnded):
    """Handed back to the owner with advice."""

    type: ClassVar = "handoff_returned"


class HandoffClosed(HandoffEnded):
    """Resolved, parked or escalated on by its holder."""

    type: ClassVar = "handoff_closed"


class QuestionFact(HandoffFact):
    question: HandoffQuestion
    question_pending: bool
    """Whether the card still has a question without an answer."""

    def audit_data(self) -> dict[str, object]:
        return _ids(session=self.session_id, question=self.question.id)


class QuestionAsked(QuestionFact):
    type: ClassVar = "handoff_question"


class QuestionAnswered(QuestionFact):
    type: ClassVar = "handoff_answer"


class LeaseFact(Fact):
    """About the promise of a claim: logged, and told to the claimer by a bell alone."""

    handoff_id: HandoffId
    session_id: SessionId

    def subject(self) -> tuple[str, UUID | None]:
        return ("handoff", self.handoff_id)


class LeaseHalfOver(LeaseFact):
    type: ClassVar = "lease_half_over"
    claimed_by: UserId
    expires_at: Instant


class LeaseSettled(LeaseFact):
    """Renewed, or ended for good by the first step."""

    type: ClassVar = "lease_settled"


class HandoffParked(Fact):
    """Private to the owner: logged and audited, never announced."""

    type: ClassVar = "handoff_parked"
    audited: ClassVar = True
    handoff_id: HandoffId
    session_id: SessionId

    def subject(self) -> tuple[str, UUID | None]:
        return ("handoff", self.handoff_id)


class SessionGiven(Fact):
    """Handed over to a colleague: logged and audited, told to that colleague by a bell."""

    type: ClassVar = "handoff_given"
    audited: ClassVar = True
    handoff_id: HandoffId
    session_id: SessionId
    to: UserId

    def subject(self) -> tuple[str, UUID | None]:
        return ("handoff", self.handoff_id)

    def audit_data(self) -> dict[str, object]:
        return _ids(session=self.session_id, target=self.to)


def _ids(**ids: UUID | UserId | datetime | None) -> dict[str, object]:
    return {name: str(id) for name, id in ids.items() if id is not None}
