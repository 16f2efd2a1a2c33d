"""An assessment, without what the case does not bear out."""

from collections.abc import Iterable
from uuid import UUID

from resolutionflow.assistant.base import Assessment, Case, Claim, SuggestedStep
from resolutionflow.assistant.grounding.claims import Claims
from resolutionflow.assistant.grounding.repeats import Doing, doing, is_labelled, means_the_same, repeats
from resolutionflow.assistant.grounding.rows import Row, rows_of

MOST_CITED = 5
MOST_CLAIMS = 20
MOST_STEPS = 8
MOST_EVIDENCE = 20


def grounded(assessment: Assessment, case: Case) -> Assessment | None:
    """What is left of it, with the number of claims and steps that were dropped; None where no claim is left. Never raises."""
    rows = rows_of(case)
    claims = _claims(assessment.claims, rows)
    if not claims:
        return None
    steps = _steps(assessment.suggested_steps, case, rows)
    evidence = list(dict.fromkeys(id for claim in claims for id in claim.evidence))
    return Assessment(
        likely_cause=_cut(assessment.likely_cause, 500),
        claims=claims,
        suggested_steps=steps,
        confidence=assessment.confidence if evidence else "low",
        evidence=evidence[-MOST_EVIDENCE:],
        tokens=assessment.tokens,
        dropped=assessment.dropped + len(assessment.claims) - len(claims) + len(assessment.suggested_steps) - len(steps),
    )


def _claims(claims: Iterable[Claim], rows: dict[UUID, Row]) -> list[Claim]:
    judge = Claims(rows)
    trimmed = (
        Claim(
            kind=claim.kind,
            text=_cut(claim.text, 500) or "",
            quote=_cut(claim.quote, 500),
            evidence=claim.evidence[:MOST_CITED],
            against=claim.against[:MOST_CITED],
        )
        for claim in claims
    )
    return [claim for claim in trimmed if judge.agrees(claim)][:MOST_CLAIMS]


def _steps(steps: Iterable[SuggestedStep], case: Case, rows: dict[UUID, Row]) -> list[SuggestedStep]:
    """Steps that cite only rows of the case, were not tried or say why again, and are not each other."""
    tried = [doing(row.what, command=row.command, on=row.target) for row in case.tried if row.outcome != "skipped"]
    kept: list[SuggestedStep] = []
    known: list[Doing] = []
    for step in steps:
        if not step.title.strip() or any(id not in rows for id in step.evidence) or len(step.command or "") > 1_000:
            continue
        proposed = doing(step.title, command=step.command)
        if any(means_the_same(proposed, other) for other in known):
            continue
        if not is_labelled(step) and any(repeats(proposed, row) for row in tried):
            continue
        known.append(proposed)
        kept.append(
            SuggestedStep(
                title=_cut(step.title, 200) or "",
                detail=_cut(step.detail, 2_000),
                command=step.command,
                evidence=step.evidence[:MOST_CITED],
                repeats=_cut(step.repeats, 300) if is_labelled(step) else None,
            )
        )
    return kept[:MOST_STEPS]


def _cut(text: str | None, longest: int) -> str | None:
    return text if text is None or len(text) <= longest else f"{text[: longest - 1]}…"
