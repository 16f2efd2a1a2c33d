"""Who is asking: the same answer for routes (dependencies `SignedIn`, `Engineer`, `Admin`) and for the stream.

`app.state` holds `database`, `settings` and `signing_key`.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Annotated, Any

import structlog
from fastapi import Depends, Request, Security
from fastapi.security import HTTPBearer
from starlette.datastructures import Headers
from starlette.types import Scope

from resolutionflow.accounts import access_tokens, queries
from resolutionflow.accounts.access_tokens import Claims
from resolutionflow.platform.actor import Actor
from resolutionflow.platform.db import Db
from resolutionflow.platform.errors import NotAuthenticated

_LONGEST_TOKEN = 4_096
_documented = HTTPBearer(auto_error=False, bearerFormat="JWT", description="The access token of `POST /api/v1/auth/login`.")


@dataclass(frozen=True, slots=True)
class Edge:
    """What a route of somebody signed in gets: one unit of work of their account, committed before the answer is sent."""

    db: Db
    actor: Actor


@dataclass(frozen=True, slots=True)
class Admission:
    """A listener at the door of the stream; `seconds_left` is counted by the database's clock."""

    actor: Actor
    claims: Claims
    seconds_left: float


def claims_of(scope: Scope, key: bytes) -> Claims:
    """The genuine claims of the Authorization header; raises `NotAuthenticated`."""
    scheme, _, token = Headers(scope=scope).get("authorization", "").partition(" ")
    token = token.strip()
    if scheme.lower() != "bearer" or not token or len(token) > _LONGEST_TOKEN:
        raise NotAuthenticated
    return access_tokens.read(token, key)


async def person(db: Db, claims: Claims) -> Actor:
    """One indexed row: active, not removed, family not revoked, token not expired. Raises `NotAuthenticated`."""
    actor, _ = await queries.signed_in(db, claims)
    return actor


async def authenticate_stream(scope: Scope) -> Admission:
    """For an engineer or admin, in a unit of work that is closed again before anything is streamed."""
    admission = await _admit(scope)
    admission.actor.must_be_engineer()
    return admission


async def _admit(scope: Scope) -> Admission:
    state: Any = scope["app"].state
    claims = claims_of(scope, state.signing_key)
    _bind(claims)
    async with state.database.work(claims.account_id) as db:
        actor, seconds_left = await queries.signed_in(db, claims)
    return Admission(actor, claims, seconds_left)


def _bind(claims: Claims) -> None:
    structlog.contextvars.bind_contextvars(account_id=str(claims.account_id), user_id=str(claims.user_id))


_Documented = Annotated[object, Security(_documented)]


async def _signed_in(request: Request, _: _Documented) -> AsyncIterator[Edge]:
    state = request.app.state
    claims = claims_of(request.scope, state.signing_key)
    _bind(claims)
    async with state.database.work(claims.account_id) as db:
        yield Edge(db, await person(db, claims))


async def _known(request: Request, _: _Documented) -> Actor:
    return (await _admit(request.scope)).actor


Known = Annotated[Actor, Depends(_known)]
"""Somebody signed in, with no unit of work open: for routes that stream, or that hash or call out before they write."""
SignedIn = Annotated[Edge, Depends(_signed_in, scope="function")]


def _engineer(edge: SignedIn) -> Edge:
    edge.actor.must_be_engineer()
    return edge


def _admin(edge: SignedIn) -> Edge:
    edge.actor.must_be_admin()
    return edge


Engineer = Annotated[Edge, Depends(_engineer, scope="function")]
Admin = Annotated[Edge, Depends(_admin, scope="function")]
