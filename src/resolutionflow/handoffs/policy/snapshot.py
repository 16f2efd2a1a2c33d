"""What an escalation freezes and hands over, computed from the ledger (R-E5, R-A1)."""

from datetime import datetime
from uuid import UUID

from resolutionflow.handoffs.schemas import HandoffBody, Snapshot, SnapshotProblem
from resolutionflow.platform.http.text import Json
from resolutionflow.sessions.policy.ledger import Ledger
from resolutionflow.sessions.schemas import SessionSummary


def snapshot_of(session: SessionSummary, ledger: Ledger, *, ask: str | None, notes: str | None) -> Snapshot:
    problem = SnapshotProblem(
        summary=session.problem_summary or session.title,
        domain=session.problem_domain,
        client_name=session.client_name,
        contact=session.contact,
        device=session.device,
        client_waiting=session.client_waiting,
        callback_by=session.callback_by,
        affects=session.affects,
        ticket_id=session.psa_ticket_id,
        priority=session.priority,
        ask=ask,
    )
    return Snapshot(
        problem=problem,
        step_count=len(ledger.timeline),
        tried_count=len(ledger.tried),
        last_seq=ledger.timeline[-1].seq if ledger.timeline else 0,
        tried=ledger.tried,
        open_questions=ledger.questions_left,
        open_actions=ledger.actions_left,
        facts=ledger.facts,
        timeline=ledger.timeline,
        notes=notes,
    )


def package_of(snapshot: Snapshot, *, handoff_id: UUID, by: str, at: datetime, body: HandoffBody) -> Json:
    """The escalation package as the built-in rules write it: nothing in it that the ledger does not say."""
    return {
        "summary": snapshot.problem.summary,
        "tried": [{"text": row.what, "outcome": row.outcome, "evidence": [str(row.step_id)]} for row in snapshot.tried],
        "facts": [fact.model_dump(mode="json") for fact in snapshot.facts],
        "open_questions": [question.content for question in snapshot.open_questions],
        "risks": [],
        "handoff": {
            "id": str(handoff_id),
            "intent": body.intent,
            "by": by,
            "at": at.isoformat().replace("+00:00", "Z"),
            "reason": body.reason,
            "notes": body.engineer_notes,
            "priority": body.priority or snapshot.problem.priority,
        },
        "source": "playbook",
    }
