"""Every error leaves as RFC 9457 problem+json, made here and nowhere else."""

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import TypedDict

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from psycopg import errors as pg
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException

from resolutionflow.platform.errors import Busy, Invalid, NotFound, Problem, TooLarge, Unavailable

log = structlog.get_logger()
MEDIA_TYPE = "application/problem+json"
_CODES = {405: "method_not_allowed", 415: "unsupported_media_type"}


class ProblemResponse(JSONResponse):
    media_type = MEDIA_TYPE


def problem_body(status: int, code: str, title: str, detail: str, **members: object) -> dict[str, object]:
    return {"type": f"urn:resolutionflow:{code}", "title": title, "status": status, "detail": detail, "code": code, **members}


def as_response(problem: Problem) -> ProblemResponse:
    body = problem_body(problem.status, problem.code, problem.title, problem.detail, **problem.members)
    return ProblemResponse(body, status_code=problem.status, headers=problem.headers)


def of_database(error: BaseException) -> Problem | None:
    """What a database error means to a caller; None where it is our own mistake."""
    if isinstance(error, PoolTimeout):
        return Unavailable("Too many requests at once. Try again in a moment.", retry_after=1)
    if not isinstance(error, DBAPIError):
        return Unavailable() if isinstance(error, OSError) else None
    cause = error.orig
    match cause:
        case pg.LockNotAvailable() | pg.DeadlockDetected() | pg.SerializationFailure() | pg.QueryCanceled():
            return Busy()
        case pg.DataError() | UnicodeEncodeError():
            return Invalid("The input holds characters that cannot be stored.")
        case pg.OperationalError() | pg.InterfaceError() | pg.IdleInTransactionSessionTimeout():
            return Unavailable()
        case _:
            return Unavailable() if error.connection_invalidated else None


class Fault(TypedDict):
    loc: list[str | int]
    msg: str


def _sentence(faults: list[Fault]) -> str:
    where = ".".join(str(part) for part in faults[0]["loc"])
    return f"{where}: {faults[0]['msg']}." if where else f"{faults[0]['msg']}."


def validation_problem(error: RequestValidationError) -> ProblemResponse:
    """Says where and why, never echoes the input: it may hold a password."""
    found: list[Fault] = [{"loc": list(each["loc"]), "msg": str(each["msg"]).removeprefix("Value error, ")} for each in error.errors()]
    body = problem_body(422, Invalid.code, Invalid.title, _sentence(found), errors=found)
    return ProblemResponse(body, status_code=422)


def _of_http(error: HTTPException) -> ProblemResponse:
    if error.status_code == 404:
        return as_response(NotFound())
    if error.status_code == 400:
        return as_response(Invalid("The body is not readable JSON."))
    if error.status_code == 413:
        return as_response(TooLarge("The request is larger than 1 MiB."))
    phrase = HTTPStatus(error.status_code).phrase
    body = problem_body(error.status_code, _CODES.get(error.status_code, "error"), phrase, str(error.detail))
    return ProblemResponse(body, status_code=error.status_code, headers=error.headers)


def unexpected(request_id: str) -> ProblemResponse:
    detail = "Something went wrong on our side. Nothing was saved; try again, and give the request id if it happens again."
    return ProblemResponse(problem_body(500, "internal", "Something went wrong", detail, request_id=request_id), status_code=500)


def install(app: FastAPI, *, gate: Callable[[Request], None]) -> None:
    """`gate` raises the refusal of somebody who is not signed in; a body is read before anybody is asked who they are."""

    async def on_problem(_: Request, error: Exception) -> ProblemResponse:
        assert isinstance(error, Problem)
        return as_response(error)

    async def on_validation(request: Request, error: Exception) -> ProblemResponse:
        assert isinstance(error, RequestValidationError)
        try:
            gate(request)
        except Problem as refusal:
            return as_response(refusal)
        return validation_problem(error)

    async def on_http(_: Request, error: Exception) -> ProblemResponse:
        assert isinstance(error, HTTPException)
        return _of_http(error)

    async def on_database(_: Request, error: Exception) -> ProblemResponse:
        problem = of_database(error)
        if problem is None:
            raise error
        log.warning("database_refused", code=problem.code, cause=type(getattr(error, "orig", error)).__name__)
        return as_response(problem)

    handlers: Mapping[type[Exception], object] = {
        Problem: on_problem,
        RequestValidationError: on_validation,
        HTTPException: on_http,
        DBAPIError: on_database,
        PoolTimeout: on_database,
        ConnectionError: on_database,
    }
    for kind, handler in handlers.items():
        app.add_exception_handler(kind, handler)  # type: ignore[arg-type]  # one signature for all, as Starlette calls them
