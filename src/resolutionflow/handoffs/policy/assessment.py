"""What is said of an assessment on the card and in the escalation package; what was tried is the ledger's to say (R-A1, R-A4a)."""

from resolutionflow.assistant.base import Assessment, Case, Source
from resolutionflow.assistant.kinds import ProblemKind
from resolutionflow.platform.http.text import Json
from resolutionflow.sessions.policy.documentation import clip

_AFFECTED = {"one": None, "several": "Several people are affected.", "site": "A whole site is affected."}
_WAITING = {"on_phone": "The client is on the phone.", "callback": "The client waits for a call back.", "no": None}
_SECURITY = "It may be a security incident: save the evidence before anything on the device is changed."


def text_of(assessment: Assessment) -> str:
    """In a few lines, for where there is no room for more."""
    cause = assessment.likely_cause
    lines = [f"Likely cause ({assessment.confidence} confidence): {cause}" if cause else "No cause stands out so far."]
    if assessment.suggested_steps:
        lines.append("Next: " + "; ".join(step.title for step in assessment.suggested_steps[:3]))
    return "\n".join(lines)


def package_changes(case: Case, assessment: Assessment, source: Source) -> Json:
    """What an assessment adds to the escalation package."""
    tried = f"{len(case.tried)} tried" if case.tried else "Nothing tried yet"
    summary = "\n".join([clip(case.problem, 500), f"{tried}. {text_of(assessment)}"])
    return {"summary": summary, "risks": _risks(case, assessment), "source": source.value}


def _risks(case: Case, assessment: Assessment) -> list[str]:
    unclear = [row.what for row in case.tried if row.outcome == "inconclusive"]
    doubted = any(claim.kind == "hypothesis" and claim.against for claim in assessment.claims)
    risks = [
        _WAITING[case.client_waiting],
        _AFFECTED[case.affects] if case.affects else None,
        _SECURITY if case.kind is ProblemKind.SECURITY_PHISHING else None,
        f"Without a clear result: {'; '.join(clip(what, 100) for what in unclear[-3:])}." if unclear else None,
        "Some of what was tried speaks against the likely cause." if doubted else None,
        f"{assessment.dropped} statements were left out because no entry bears them out." if assessment.dropped else None,
        case.left_out,
    ]
    return [risk for risk in risks if risk]
