from typing import Annotated, Literal

from fastapi import APIRouter, Query

from resolutionflow.accounts.identity import Edge, Engineer, SignedIn
from resolutionflow.platform.http.pages import Page, PageSlice
from resolutionflow.platform.http.text import NoBody
from resolutionflow.platform.idempotency import IdempotencyKey, fingerprint_of, once
from resolutionflow.platform.ids import SessionId
from resolutionflow.sessions import actions, queries
from resolutionflow.sessions.models import Status
from resolutionflow.sessions.queries.similar import similar_sessions
from resolutionflow.sessions.schemas import (
    Documentation,
    NewStep,
    ResolveBody,
    SessionClose,
    SessionFields,
    SessionStart,
    SessionSummary,
    SessionView,
    SimilarSessions,
    StepView,
)

router = APIRouter(prefix="/ai-sessions", tags=["sessions"])


async def _view(edge: Edge, session_id: SessionId) -> SessionView:
    return await queries.view(edge.db, edge.actor, session_id=session_id)


@router.post("", status_code=201)
async def start_session(edge: Engineer, body: SessionStart, key: IdempotencyKey = None) -> SessionView:
    async def produce() -> SessionView:
        return await _view(edge, await actions.start(edge.db, edge.actor, fields=body))

    return await once(edge.db, edge.actor, route="sessions", key=key, fingerprint=fingerprint_of(body), answer=SessionView, produce=produce)


@router.get("")
async def list_sessions(
    edge: SignedIn, part: PageSlice, status: Status | None = None, scope: Literal["mine", "account"] = "mine"
) -> Page[SessionSummary]:
    return await queries.page(edge.db, edge.actor, part=part, status=status, whole_account=scope == "account")


@router.get("/{session_id}")
async def read_session(edge: SignedIn, session_id: SessionId) -> SessionView:
    return await _view(edge, session_id)


@router.patch("/{session_id}")
async def describe_session(edge: Engineer, session_id: SessionId, body: SessionFields) -> SessionView:
    await actions.describe(edge.db, edge.actor, session_id=session_id, fields=body)
    return await _view(edge, session_id)


@router.get("/{session_id}/steps")
async def list_steps(
    edge: SignedIn,
    session_id: SessionId,
    after_seq: Annotated[int, Query(ge=0, le=2_147_483_647)] = 0,
    limit: Annotated[int, Query(ge=1, le=100)] = 100,
    cursor: Annotated[int, Query(ge=0, le=2_147_483_647)] = 0,
) -> Page[StepView]:
    """By `seq`, from after `after_seq`; a cursor is the last `seq` of the page before."""
    await queries.must_be_readable(edge.db, edge.actor, session_id=session_id)
    found = await queries.steps(edge.db, session_id=session_id, after_seq=max(after_seq, cursor), limit=limit + 1)
    more = len(found) > limit
    return Page(items=found[:limit], next_cursor=str(found[limit - 1].seq) if more else None)


@router.post("/{session_id}/steps", status_code=201)
async def add_step(edge: Engineer, session_id: SessionId, body: NewStep, key: IdempotencyKey = None) -> StepView:
    async def produce() -> StepView:
        step_id = await actions.add_step(edge.db, edge.actor, session_id=session_id, new=body)
        return await queries.step_view(edge.db, step_id=step_id)

    fingerprint = fingerprint_of(body, session_id)
    return await once(edge.db, edge.actor, route="steps", key=key, fingerprint=fingerprint, answer=StepView, produce=produce)


@router.get("/{session_id}/similar")
async def list_similar_sessions(edge: SignedIn, session_id: SessionId) -> SimilarSessions:
    """Resolved sessions with an alike problem, and those that a reply points at; only what the reader may open."""
    await queries.must_be_readable(edge.db, edge.actor, session_id=session_id)
    return SimilarSessions(items=await similar_sessions(edge.db, edge.actor, session_id=session_id))


@router.post("/{session_id}/resolve")
async def resolve_session(edge: Engineer, session_id: SessionId, body: ResolveBody) -> SessionClose:
    return await actions.resolve(edge.db, edge.actor, session_id=session_id, body=body)


@router.post("/{session_id}/resume")
async def resume_session(edge: Engineer, session_id: SessionId, body: NoBody | None = None) -> SessionView:
    await actions.resume(edge.db, edge.actor, session_id=session_id)
    return await _view(edge, session_id)


@router.post("/{session_id}/reopen")
async def reopen_session(edge: Engineer, session_id: SessionId, body: NoBody | None = None) -> SessionView:
    await actions.reopen(edge.db, edge.actor, session_id=session_id)
    return await _view(edge, session_id)


@router.post("/{session_id}/take-over")
async def take_over_session(edge: Engineer, session_id: SessionId, body: NoBody | None = None) -> SessionView:
    await actions.take_over(edge.db, edge.actor, session_id=session_id)
    return await _view(edge, session_id)


@router.get("/{session_id}/documentation")
async def read_documentation(edge: SignedIn, session_id: SessionId) -> Documentation:
    return await queries.latest_documentation(edge.db, edge.actor, session_id=session_id)
