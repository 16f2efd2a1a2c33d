"""The case an assistant is given: what a session and its ledger say, within a budget of characters."""

from collections.abc import Sequence
from uuid import UUID

from resolutionflow.assistant.base import Asked, Attempt, Case, FactRow, Proposed, SimilarCase, Utterance
from resolutionflow.assistant.kinds import ProblemKind
from resolutionflow.sessions.models import AuthorType, Kind, Outcome
from resolutionflow.sessions.policy.ledger import is_try
from resolutionflow.sessions.schemas import SessionSummary, StepView

BUDGET = 48_000
"""Characters of a case: some twelve thousand tokens of a model."""
LONGEST = 2_000
"""Characters of one text: longer output keeps its beginning and its end."""
KINDS = frozenset(ProblemKind)
_DECISIVE = (Outcome.WORKED, Outcome.FAILED)


def case_of(session: SessionSummary, steps: Sequence[StepView], *, similar: Sequence[SimilarCase] = (), budget: int = BUDGET) -> Case:
    """Build the case from steps in order of `seq`. Beyond the budget the newest and the decisive rows stay; `left_out` says what went."""
    amended = {step.amends for step in steps if step.amends}
    standing = [step for step in steps if step.id not in amended]
    kept = _within(standing, budget)
    chosen = [step for step in standing if step.id in kept]
    by_id = {step.id: step for step in steps}
    replies = {step.reply_to: step for step in standing if step.reply_to}
    facts = {step.name.casefold(): FactRow(step.id, step.name, _short(step.value) or "") for step in chosen if step.name}
    missing = len(standing) - len(chosen)
    return Case(
        problem=_short(session.problem_summary) or session.title,
        client_name=session.client_name,
        device=session.device,
        affects=session.affects.value if session.affects else None,
        client_waiting=session.client_waiting.value,
        said=tuple(_utterance(step) for step in chosen if step.kind in (Kind.MESSAGE, Kind.NOTE, Kind.ADVICE)),
        tried=tuple(_attempt(step, by_id) for step in chosen if is_try(step.kind)),
        asked=tuple(_asked(step, replies.get(step.id)) for step in chosen if step.kind is Kind.QUESTION),
        proposed=tuple(_proposed(step) for step in chosen if step.kind in (Kind.ACTION, Kind.ADVICE) and step.id not in replies),
        facts=tuple(facts.values()),
        similar=tuple(similar),
        kind=_kind(session.problem_domain),
        left_out=f"{missing} older entries of {len(standing)} are left out." if missing else None,
    )


def _within(steps: Sequence[StepView], budget: int) -> set[UUID]:
    """Decisive rows first, then the newest; a question and its answer, an action and its outcome stay or go together."""
    partner = {step.reply_to: step for step in steps if step.reply_to}
    kept: set[UUID] = set()
    left = budget
    for step in sorted(steps, key=lambda step: (not _is_decisive(step), -step.seq)):
        if step.id in kept:
            continue
        group = [step, *(each for each in (partner.get(step.id),) if each)]
        group += [each for each in steps if each.id == step.reply_to] if step.reply_to else []
        cost = sum(_size(each) for each in group if each.id not in kept)
        if cost > left:
            continue
        left -= cost
        kept |= {each.id for each in group}
    return kept


def _is_decisive(step: StepView) -> bool:
    return step.kind in (Kind.FACT, Kind.ANSWER) or step.outcome in _DECISIVE


def _size(step: StepView) -> int:
    texts = (step.content, step.target, step.expected, step.observed, step.name, step.value, step.command)
    return 40 + sum(min(len(text), LONGEST) for text in texts if text)


def _short(text: str | None) -> str | None:
    if text is None or len(text) <= LONGEST:
        return text
    half = LONGEST // 2 - 20
    return f"{text[:half]}\n… {len(text) - 2 * half} characters left out …\n{text[-half:]}"


def _utterance(step: StepView) -> Utterance:
    return Utterance(step.id, step.seq, by_assistant=step.author_type is AuthorType.ASSISTANT, text=_short(step.content) or "")


def _attempt(step: StepView, by_id: dict[UUID, StepView]) -> Attempt:
    asked = by_id.get(step.reply_to, step) if step.reply_to else step
    return Attempt(
        step.id,
        step.seq,
        what=_short(asked.content) or "",
        outcome=(step.outcome or Outcome.INCONCLUSIVE).value,
        target=asked.target,
        expected=_short(asked.expected),
        observed=_short(step.observed),
        command=_short(asked.command),
        playbook_key=asked.playbook_key,
    )


def _asked(step: StepView, answer: StepView | None) -> Asked:
    return Asked(
        step.id,
        step.seq,
        content=_short(step.content) or "",
        options=tuple(step.options),
        answer=_short(answer.content) if answer else None,
        answer_id=answer.id if answer else None,
        playbook_key=step.playbook_key,
    )


def _proposed(step: StepView) -> Proposed:
    return Proposed(step.id, step.seq, what=_short(step.content) or "", command=_short(step.command), playbook_key=step.playbook_key)


def _kind(domain: str | None) -> ProblemKind | None:
    return ProblemKind(domain) if domain is not None and domain in KINDS else None
