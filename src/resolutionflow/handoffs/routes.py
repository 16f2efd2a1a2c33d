from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Request

from resolutionflow.accounts.identity import Engineer, SignedIn
from resolutionflow.handoffs import actions, queries
from resolutionflow.handoffs.models import Intent
from resolutionflow.handoffs.schemas import (
    AdviceBody,
    AnswerBody,
    ClaimBody,
    Count,
    EscalateBody,
    HandoffBody,
    HandoffQuestion,
    HandoffView,
    HandoverBody,
    QuestionBody,
    Queue,
)
from resolutionflow.platform.http.pages import Page
from resolutionflow.platform.http.text import NoBody
from resolutionflow.platform.idempotency import IdempotencyKey, fingerprint_of, once
from resolutionflow.platform.ids import HandoffId, SessionId
from resolutionflow.sessions.models import PushStatus, Status
from resolutionflow.sessions.queries import view as session_view
from resolutionflow.sessions.schemas import PsaResult, SessionClose, SessionView

router = APIRouter(prefix="/ai-sessions", tags=["handoffs"])


def _lease_seconds(request: Request) -> int:
    state: Any = request.app.state
    seconds: int = state.settings.claim_lease_seconds
    return seconds


LeaseSeconds = Annotated[int, Depends(_lease_seconds)]
"""How long a pickup holds without a step; 0 for as long as it takes."""


@router.get("/escalations")
async def read_queue(edge: Engineer) -> Queue:
    return await queries.queue(edge.db)


@router.get("/escalations/count")
async def count_queue(edge: Engineer) -> Count:
    return Count(count=await queries.count_waiting(edge.db, edge.actor))


@router.post("/{session_id}/handoff", status_code=201)
async def hand_off(edge: Engineer, session_id: SessionId, body: HandoffBody, key: IdempotencyKey = None) -> HandoffView:
    async def produce() -> HandoffView:
        handoff_id, _ = await actions.create(edge.db, edge.actor, session_id=session_id, body=body)
        return await queries.view(edge.db, handoff_id=handoff_id)

    fingerprint = fingerprint_of(body, session_id)
    return await once(edge.db, edge.actor, route="handoff", key=key, fingerprint=fingerprint, answer=HandoffView, produce=produce)


@router.post("/handovers", status_code=201)
async def hand_over_all(edge: Engineer, body: HandoverBody, key: IdempotencyKey = None) -> Page[HandoffView]:
    """Every active case that one holds, to one colleague."""

    async def produce() -> Page[HandoffView]:
        given = await actions.give_all(edge.db, edge.actor, body=body)
        return Page(items=[await queries.view(edge.db, handoff_id=handoff_id) for handoff_id in given])

    return await once(
        edge.db, edge.actor, route="handovers", key=key, fingerprint=fingerprint_of(body), answer=Page[HandoffView], produce=produce
    )


@router.post("/{session_id}/escalate")
async def escalate(edge: Engineer, session_id: SessionId, body: EscalateBody, key: IdempotencyKey = None) -> SessionClose:
    """The older wire shape of `handoff` with the same effects (R-E1)."""
    asked = HandoffBody(intent=Intent.ESCALATE, reason=body.escalation_reason, target_user_id=body.escalated_to_id)

    async def produce() -> SessionClose:
        handoff_id, documentation = await actions.create(edge.db, edge.actor, session_id=session_id, body=asked)
        assert documentation is not None
        psa = PsaResult(status=PushStatus.NO_PSA)
        return SessionClose(
            session_id=session_id, status=Status.ESCALATED, handoff_id=handoff_id, documentation=documentation, psa_result=psa
        )

    fingerprint = fingerprint_of(body, session_id)
    return await once(edge.db, edge.actor, route="escalate", key=key, fingerprint=fingerprint, answer=SessionClose, produce=produce)


@router.get("/{session_id}/handoffs")
async def list_handoffs(edge: SignedIn, session_id: SessionId) -> Page[HandoffView]:
    return Page(items=await queries.of_session(edge.db, edge.actor, session_id=session_id))


@router.post("/{session_id}/handoffs/{handoff_id}/claim")
async def claim(
    edge: Engineer, session_id: SessionId, handoff_id: HandoffId, lease_seconds: LeaseSeconds, body: ClaimBody | None = None
) -> HandoffView:
    analyse = body is not None and body.start == "ai_analysis"
    await actions.claim(edge.db, edge.actor, session_id=session_id, handoff_id=handoff_id, lease_seconds=lease_seconds, analyse=analyse)
    return await queries.view(edge.db, handoff_id=handoff_id)


@router.post("/{session_id}/handoffs/{handoff_id}/withdraw")
async def withdraw(edge: Engineer, session_id: SessionId, handoff_id: HandoffId, body: NoBody | None = None) -> HandoffView:
    await actions.withdraw(edge.db, edge.actor, session_id=session_id, handoff_id=handoff_id)
    return await queries.view(edge.db, handoff_id=handoff_id)


@router.post("/{session_id}/handoffs/{handoff_id}/release")
async def release(edge: Engineer, session_id: SessionId, handoff_id: HandoffId, body: NoBody | None = None) -> HandoffView:
    await actions.release(edge.db, edge.actor, session_id=session_id, handoff_id=handoff_id)
    return await queries.view(edge.db, handoff_id=handoff_id)


@router.post("/{session_id}/handoffs/{handoff_id}/still-on-it")
async def still_on_it(edge: Engineer, session_id: SessionId, handoff_id: HandoffId, body: NoBody | None = None) -> HandoffView:
    await actions.renew(edge.db, edge.actor, session_id=session_id, handoff_id=handoff_id)
    return await queries.view(edge.db, handoff_id=handoff_id)


@router.post("/{session_id}/handoffs/{handoff_id}/hand-back")
async def hand_back(edge: Engineer, session_id: SessionId, handoff_id: HandoffId, body: AdviceBody) -> HandoffView:
    await actions.hand_back(edge.db, edge.actor, session_id=session_id, handoff_id=handoff_id, advice=body.content)
    return await queries.view(edge.db, handoff_id=handoff_id)


@router.post("/{session_id}/handoffs/{handoff_id}/questions", status_code=201)
async def ask_back(
    edge: Engineer, session_id: SessionId, handoff_id: HandoffId, body: QuestionBody, key: IdempotencyKey = None
) -> HandoffQuestion:
    async def produce() -> HandoffQuestion:
        return await actions.ask(edge.db, edge.actor, session_id=session_id, handoff_id=handoff_id, content=body.content)

    fingerprint = fingerprint_of(body, session_id, handoff_id)
    return await once(edge.db, edge.actor, route="question", key=key, fingerprint=fingerprint, answer=HandoffQuestion, produce=produce)


@router.post("/{session_id}/handoffs/{handoff_id}/questions/{question_id}/answer")
async def answer_question(
    edge: Engineer, session_id: SessionId, handoff_id: HandoffId, question_id: UUID, body: AnswerBody, key: IdempotencyKey = None
) -> HandoffQuestion:
    async def produce() -> HandoffQuestion:
        return await actions.answer(
            edge.db, edge.actor, session_id=session_id, handoff_id=handoff_id, question_id=question_id, content=body.content
        )

    fingerprint = fingerprint_of(body, session_id, handoff_id, question_id)
    return await once(edge.db, edge.actor, route="answer", key=key, fingerprint=fingerprint, answer=HandoffQuestion, produce=produce)


@router.post("/{session_id}/pickup")
async def pick_up(edge: Engineer, session_id: SessionId, lease_seconds: LeaseSeconds, body: NoBody | None = None) -> SessionView:
    await actions.pick_up(edge.db, edge.actor, session_id=session_id, lease_seconds=lease_seconds)
    return await session_view(edge.db, edge.actor, session_id=session_id)
