"""Errors are nouns with a code and a status; `platform.http.problems` turns them into problem+json in one place.

A feature's own errors subclass `Problem` in its `errors.py`. The code is part of the wire contract.
"""

from collections.abc import Mapping
from typing import ClassVar


class Problem(Exception):
    """A refusal that a person can act on (RFC 9457)."""

    status: ClassVar[int] = 500
    code: ClassVar[str] = "error"
    title: ClassVar[str] = "Something went wrong"

    def __init__(self, detail: str, *, headers: Mapping[str, str] | None = None, **members: object) -> None:
        super().__init__(detail)
        self.detail = detail
        self.headers = dict(headers or {})
        self.members = members


class NotAuthenticated(Problem):
    status, code, title = 401, "not_authenticated", "Sign in first"

    def __init__(self, detail: str = "Sign in to go on.") -> None:
        super().__init__(detail, headers={"WWW-Authenticate": "Bearer"})


class Forbidden(Problem):
    status, code, title = 403, "forbidden", "Not allowed for your role"


class NotFound(Problem):
    status, code, title = 404, "not_found", "Not found"

    def __init__(self, detail: str = "There is nothing here, or you may not see it.") -> None:
        super().__init__(detail)


class Conflict(Problem):
    """The state does not allow it; subclasses name the state."""

    status, code, title = 409, "conflict", "Not possible right now"


class IdempotencyMismatch(Conflict):
    code = "idempotency_mismatch"

    def __init__(self) -> None:
        super().__init__("This Idempotency-Key was used with another request. Use a new key for a new request.")


class TooLarge(Problem):
    status, code, title = 413, "too_large", "Too large"


class Invalid(Problem):
    status, code, title = 422, "invalid", "Check the input"


class TooManyRequests(Problem):
    status, code, title = 429, "too_many_requests", "Too many attempts"

    def __init__(self, detail: str, *, retry_after: int) -> None:
        super().__init__(detail, headers={"Retry-After": str(max(1, retry_after))})


class Unavailable(Problem):
    """The database is away; nothing was lost and the same call may be sent again."""

    status, code, title = 503, "unavailable", "Not available right now"

    def __init__(self, detail: str = "The database cannot be reached. Try again in a moment.", *, retry_after: int = 2) -> None:
        super().__init__(detail, headers={"Retry-After": str(retry_after)})


class Busy(Unavailable):
    code = "busy"

    def __init__(self) -> None:
        super().__init__("Somebody else is changing this right now. Try again.", retry_after=1)
