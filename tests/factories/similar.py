"""Resolved cases, and what is found for a new one."""

import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from resolutionflow.platform.db import Db
from resolutionflow.platform.ids import SessionId
from resolutionflow.sessions import actions as sessions
from resolutionflow.sessions.queries.similar import similar_sessions
from resolutionflow.sessions.schemas import ResolveBody, SessionStart, SimilarSession, TriedStep
from tests.factories.make import Make, Somebody


async def resolved(
    make: Make, who: Somebody, problem: str, resolution: str = "Done", *, worked: Sequence[str] = (), **fields: Any
) -> SessionId:
    async with make.work(who.account_id) as db:
        return await _resolve(db, who, problem, resolution, worked=worked, **fields)


async def _resolve(db: Db, who: Somebody, problem: str, resolution: str, *, worked: Sequence[str] = (), **fields: Any) -> SessionId:
    session = await sessions.start(db, who.actor, fields=SessionStart(problem_summary=problem, **fields))
    for what in worked:
        await sessions.add_step(db, who.actor, session_id=session, new=TriedStep(kind="tried", what=what, outcome="worked"))
    await sessions.resolve(db, who.actor, session_id=session, body=ResolveBody(resolution=resolution))
    return session


async def similar(make: Make, who: Somebody, session: UUID) -> list[SimilarSession]:
    async with make.work(who.account_id) as db:
        return await similar_sessions(db, who.actor, session_id=session)


async def found_for(make: Make, who: Somebody, problem: str, **fields: Any) -> list[UUID]:
    session = await make.session(who, problem_summary=problem, **fields)
    return [each.session_id for each in await similar(make, who, session)]


@cache
def cases() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parents[1] / "sessions" / "similar_cases.toml").read_text())


async def archive(make: Make, who: Somebody) -> dict[str, SessionId]:
    """All resolved cases of the data file in one account; answers those of `pairs` by their new problem."""
    async with make.work(who.account_id) as db:
        for others in cases()["others"].values():
            for problem, resolution in others:
                await _resolve(db, who, problem, resolution)
        for each in cases()["settled_on"]:
            await _resolve(db, who, each["resolved"], each["resolution"], worked=each["tried"])
        return {
            each["new"]: await _resolve(db, who, each["resolved"], each["resolution"], worked=each["tried"]) for each in cases()["pairs"]
        }
