"""The built-in assistant's assessment: only what stands in rows, and hypotheses that say they are one."""

from typing import Literal
from uuid import UUID

from resolutionflow.assistant.base import Assessment, Attempt, Case, Claim, SuggestedStep
from resolutionflow.assistant.playbooks.schema import Cause
from resolutionflow.assistant.playbooks.standing import Standing

_CITED = 5
_SUGGESTED = 3


def assessment_of(standing: Standing, case: Case) -> Assessment:
    live = standing.live
    top = live[0] if live else None
    evidence = [step for cause in live[:1] for step in _speaks_for(standing, cause)]
    claims = [*_what_rows_say(case.tried)]
    if top is not None:
        against = _speaks_against(standing, top)
        hypothesis = Claim(
            kind="hypothesis", text=f"{top.title}. {top.because}"[:500], evidence=evidence[:_CITED], against=against[:_CITED]
        )
        claims.append(hypothesis)
    cited = list(dict.fromkeys(step for claim in claims for step in claim.evidence))
    return Assessment(
        likely_cause=top.title if top and (evidence or standing.symptom) else None,
        claims=claims[-20:],
        suggested_steps=_suggested(standing, evidence),
        confidence=_confidence(standing, evidence),
        evidence=cited[-20:],
    )


def _what_rows_say(tried: tuple[Attempt, ...]) -> list[Claim]:
    claims = []
    for row in tried[-12:]:
        what, seen = row.what[:300], (row.observed or "").strip()[:500] or None
        if row.outcome == "worked":
            claims.append(Claim(kind="worked", text=f"{what}: worked", quote=seen, evidence=[row.step_id]))
        elif row.outcome == "failed":
            claims.append(Claim(kind="ruled_out", text=f"{what}: did not help", evidence=[row.step_id]))
        elif seen:
            claims.append(Claim(kind="observed", text=what, quote=seen, evidence=[row.step_id]))
    return claims


def _speaks_for(standing: Standing, cause: Cause) -> list[UUID]:
    answers = [
        asked.answer_id
        for id, asked in standing.answered_by.items()
        if asked.answer_id and (option := standing.answers[id]) is not None and cause.id in option.supports
    ]
    attempts = [row.step_id for id in cause.actions for row in standing.attempts.get(id, ()) if row.outcome == "worked"]
    return [*answers, *attempts]


def _speaks_against(standing: Standing, cause: Cause) -> list[UUID]:
    return [row.step_id for id in cause.actions for row in standing.attempts.get(id, ()) if row.outcome == "failed"]


def _confidence(standing: Standing, evidence: list[UUID]) -> Literal["low", "medium", "high"]:
    """Never high where something that was tried speaks against it."""
    scores = [standing.scores[cause.id] for cause in standing.live]
    margin = scores[0] - scores[1] if len(scores) > 1 else 3.0 if scores else 0.0
    doubted = bool(standing.live) and bool(_speaks_against(standing, standing.live[0]))
    if len(evidence) >= 2 and margin >= 3 and not doubted:
        return "high"
    return "medium" if evidence and margin >= 1 else "low"


def _suggested(standing: Standing, evidence: list[UUID]) -> list[SuggestedStep]:
    """The next actions of the likeliest causes that nobody has done yet."""
    steps: list[SuggestedStep] = []
    seen: set[str] = set()
    for cause in standing.live:
        for id in cause.actions:
            action = standing.actions[id]
            if id in seen or id in standing.attempts or standing.is_done(action):
                continue
            seen.add(id)
            cited = evidence[:_CITED] if cause is standing.live[0] else []
            steps.append(SuggestedStep(title=action.do[:200], detail=action.where, command=action.command, evidence=cited))
            if len(steps) == _SUGGESTED:
                return steps
    return steps
