"""Access tokens: short-lived, signed, and worth nothing without the rows of their person and family."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

import jwt
from jwt.types import Options

from resolutionflow.platform.errors import NotAuthenticated
from resolutionflow.platform.ids import AccountId, UserId

_ALGORITHM, _ISSUER, _AUDIENCE, _TYPE = "HS256", "resolutionflow", "resolutionflow-api", "access"
_JUDGED_HERE: Options = {
    "require": ["iss", "aud", "exp", "nbf", "iat", "sub", "typ", "account", "family"],
    "verify_exp": False,
    "verify_nbf": False,
    "verify_iat": False,
}


@dataclass(frozen=True, slots=True)
class Claims:
    """What a genuine token says. Whether it is still good is asked of the database, whose clock counts."""

    account_id: AccountId
    user_id: UserId
    family_id: UUID
    issued_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Mint:
    """What tokens are made with: the signing key, and for how many seconds an access token is good."""

    key: bytes
    access_seconds: int


def sign(claims: Claims, key: bytes) -> str:
    issued = int(claims.issued_at.timestamp())
    payload = {
        "iss": _ISSUER,
        "aud": _AUDIENCE,
        "typ": _TYPE,
        "sub": str(claims.user_id),
        "account": str(claims.account_id),
        "family": str(claims.family_id),
        "iat": issued,
        "nbf": issued,
        "exp": int(claims.expires_at.timestamp()),
    }
    return jwt.encode(payload, key, algorithm=_ALGORITHM)


def read(token: str, key: bytes) -> Claims:
    """Signature, algorithm, issuer, audience, type and shape; `queries.signed_in` judges the times. Raises `NotAuthenticated`."""
    try:
        return _claims(jwt.decode(token, key, algorithms=[_ALGORITHM], issuer=_ISSUER, audience=_AUDIENCE, options=_JUDGED_HERE))
    except (jwt.PyJWTError, ValueError, TypeError, OverflowError, RecursionError):
        raise NotAuthenticated("The access token is not valid. Sign in again.") from None


def _claims(payload: Mapping[str, object]) -> Claims:
    if payload["typ"] != _TYPE:
        raise ValueError("not an access token")
    return Claims(
        account_id=AccountId(UUID(str(payload["account"]))),
        user_id=UserId(UUID(str(payload["sub"]))),
        family_id=UUID(str(payload["family"])),
        issued_at=max(_moment(payload["iat"]), _moment(payload["nbf"])),
        expires_at=_moment(payload["exp"]),
    )


def _moment(seconds: object) -> datetime:
    if not isinstance(seconds, int):
        raise TypeError("not a time")
    return datetime.fromtimestamp(seconds, UTC)
