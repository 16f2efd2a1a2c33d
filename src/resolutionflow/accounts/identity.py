"""Who is asking: the same answer for routes (dependencies `SignedIn`, `Engineer`, `Admin`) and for the stream.

`app.state` holds `database`, `settings`, `signing_key`, and `demo`: whether the demo is served.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Annotated

import structlog
from fastapi import Depends, Request, Security
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
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


def claims_of(scope: Scope, key: bytes) -> Claims:
    """The genuine claims of the Authorization header; raises `NotAuthenticated`."""
    scheme, _, token = Headers(scope=scope).get("authorization", "").partition(" ")
    token = token.strip()
    if scheme.lower() != "bearer" or not token or len(token) > _LONGEST_TOKEN:
        raise NotAuthenticated
    return access_tokens.read(token, key)


async def person(db: Db, claims: Claims, *, with_demo: bool) -> Actor:
    """One indexed row: active, not removed, family not revoked, token not expired. Raises `NotAuthenticated`."""
    actor, _ = await queries.signed_in(db, claims, with_demo=with_demo)
    return actor


async def authenticate_stream(scope: Scope) -> tuple[Actor, Claims]:
    """An engineer or admin, read in a unit of work that is closed again. The claims' end is put on this process's clock."""
    claims, state = _presented(scope), scope["app"].state
    async with state.database.work(claims.account_id) as db:
        actor, seconds_left = await queries.signed_in(db, claims, with_demo=state.demo)
    actor.must_be_engineer()
    return actor, replace(claims, expires_at=datetime.now(UTC) + timedelta(seconds=seconds_left))


def _presented(scope: Scope) -> Claims:
    """The claims of this request; from here on its log lines say whose it is."""
    claims = claims_of(scope, scope["app"].state.signing_key)
    structlog.contextvars.bind_contextvars(account_id=str(claims.account_id), user_id=str(claims.user_id))
    return claims


_Documented = Annotated[object, Security(_documented)]


async def _signed_in(request: Request, _: _Documented) -> AsyncIterator[Edge]:
    claims, state = _presented(request.scope), request.app.state
    async with state.database.work(claims.account_id) as db:
        yield Edge(db, await person(db, claims, with_demo=state.demo))


async def _known(request: Request, _: _Documented) -> Actor:
    claims, state = _presented(request.scope), request.app.state
    async with state.database.work(claims.account_id) as db:
        return await person(db, claims, with_demo=state.demo)


Known = Annotated[Actor, Depends(_known)]
"""Somebody signed in, with no unit of work open: for routes that stream, or that hash or call out before they write."""
SignedIn = Annotated[Edge, Depends(_signed_in, scope="function")]


def sign_in_first(request: Request) -> None:
    """Raises `NotAuthenticated` where the route is for people signed in and the token is not genuine.

    For errors found before anybody was asked who they are: an unreadable body is read before the dependencies run.
    """
    route = request.scope.get("route")
    if isinstance(route, APIRoute) and _asks_who(route.dependant):
        claims_of(request.scope, request.app.state.signing_key)


def _asks_who(dependant: Dependant) -> bool:
    return any(each.call in (_signed_in, _known) or _asks_who(each) for each in dependant.dependencies)


def _engineer(edge: SignedIn) -> Edge:
    edge.actor.must_be_engineer()
    return edge


def _admin(edge: SignedIn) -> Edge:
    edge.actor.must_be_admin()
    return edge


Engineer = Annotated[Edge, Depends(_engineer, scope="function")]
Admin = Annotated[Edge, Depends(_admin, scope="function")]
