"""The rows of a case that may be cited, and what can be quoted from each."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from resolutionflow.assistant.base import Attempt, Case
from resolutionflow.assistant.grounding.words import flat


@dataclass(frozen=True, slots=True)
class Row:
    quotable: str = ""
    """Folded. What was hoped for, proposed, or said by an assistant is no evidence and cannot be quoted."""
    outcome: Literal["worked", "failed", "inconclusive", "skipped"] | None = None
    attempt: Attempt | None = None


def rows_of(case: Case) -> dict[UUID, Row]:
    return dict(_rows(case))


def _rows(case: Case) -> Iterator[tuple[UUID, Row]]:
    for proposed in case.proposed:
        yield proposed.step_id, Row()
    for said in case.said:
        yield said.step_id, Row("" if said.by_assistant else flat(said.text))
    for asked in case.asked:
        answer = Row(flat(asked.answer or ""))
        yield asked.step_id, answer
        if asked.answer_id is not None:
            yield asked.answer_id, answer
    for fact in case.facts:
        yield fact.step_id, Row(flat(f"{fact.name}: {fact.value}"))
    for row in case.tried:
        seen = "\n".join(text for text in (row.what, row.target, row.command, row.observed) if text)
        yield row.step_id, Row(flat(seen), row.outcome, row)
