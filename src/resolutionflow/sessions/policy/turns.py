"""When the assistant goes on by itself, and how a turn stands."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from resolutionflow.sessions.models import AuthorType, Kind, Outcome, Turn, TurnStatus
from resolutionflow.sessions.policy.ledger import ledger_of
from resolutionflow.sessions.schemas import Hint, StepView, TurnError, TurnView

LEASE_SECONDS = 15
"""A running turn whose process has not said for so long that it lives is taken for broken off."""
RENEW_SECONDS = 5
_RESULTS = (Kind.ANSWER, Kind.ACTION_RESULT)


def asks_for_reply(steps: Sequence[StepView], *, after_seq: int) -> StepView | None:
    """The newest result after `after_seq` to which the assistant has something to say, or None.

    It replies once its questions are all answered and its actions all have an outcome; at once when something worked.
    """
    by_id = {step.id: step for step in steps}
    results = [step for step in steps if step.seq > after_seq and step.kind in _RESULTS and _is_of_assistant(by_id, step)]
    if not results:
        return None
    if any(step.outcome is Outcome.WORKED for step in results):
        return results[-1]
    lane = ledger_of(steps)
    is_waiting = any(step.author_type is AuthorType.ASSISTANT for step in (*lane.open_questions, *lane.open_actions))
    return None if is_waiting else results[-1]


def _is_of_assistant(by_id: dict[UUID, StepView], step: StepView) -> bool:
    asked = by_id.get(step.reply_to) if step.reply_to else None
    return asked is not None and asked.author_type is AuthorType.ASSISTANT


def is_broken_off(turn: Turn, moment: datetime) -> bool:
    """Its process died or was cut off: nobody writes this reply any more."""
    return turn.status == TurnStatus.RUNNING and turn.lease_until is not None and turn.lease_until < moment


def view_of(turn: Turn, moment: datetime) -> TurnView:
    error = None
    if is_broken_off(turn, moment):
        error = TurnError(
            code="interrupted", detail="The reply was interrupted. Your message is saved; try the reply again.", retryable=True
        )
    elif turn.status == TurnStatus.FAILED:
        error = TurnError(code=turn.error_code or "failed", detail=turn.error_detail or "The reply failed.", retryable=turn.retryable)
    return TurnView(
        id=turn.id,
        prompt_id=turn.prompt_id,
        status="failed" if error else "done" if turn.status == TurnStatus.DONE else "running",
        source=turn.source,
        hints=[Hint.model_validate(hint) for hint in turn.hints or ()],
        error=error,
        created_at=turn.created_at,
    )
