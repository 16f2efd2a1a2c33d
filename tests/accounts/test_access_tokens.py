from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import pytest

from resolutionflow.accounts.access_tokens import Claims, read, sign
from resolutionflow.platform.errors import NotAuthenticated
from resolutionflow.platform.ids import AccountId, UserId, uuid7

KEY = b"a key that is long enough for every algorithm tried in these tests"
NOW = datetime.now(UTC).replace(microsecond=0)
CLAIMS = Claims(AccountId(uuid7()), UserId(uuid7()), uuid7(), NOW, NOW + timedelta(minutes=15))
GENUINE: dict[str, Any] = jwt.decode(sign(CLAIMS, KEY), KEY, algorithms=["HS256"], audience="resolutionflow-api")


def forged(
    key: bytes | str = KEY, algorithm: str = "HS256", headers: dict[str, Any] | None = None, without: str = "", **changes: object
) -> str:
    payload = {name: value for name, value in {**GENUINE, **changes}.items() if name != without}
    return jwt.encode(payload, key, algorithm=algorithm, headers=headers)


def test_what_was_signed_is_read_again() -> None:
    assert read(sign(CLAIMS, KEY), KEY) == CLAIMS


@pytest.mark.parametrize(
    "token",
    [
        "",
        "a.b.c",
        "é.ü.ß",
        "e30.e30.",
        sign(CLAIMS, KEY)[:-2],
        forged(key=b"another key that is as long as the first one is"),
        forged(key="", algorithm="none"),
        forged(algorithm="HS384"),
        forged(key=b"another key that is as long as the first one is", headers={"kid": "../../../dev/null"}),
        forged(aud="another-api"),
        forged(iss="somebody else"),
        forged(typ="refresh"),
        forged(account="not an id"),
        forged(sub="42"),
        forged(exp=10**15),
        *(forged(without=name) for name in GENUINE),
    ],
)
def test_anything_else_is_refused(token: str) -> None:
    with pytest.raises(NotAuthenticated):
        read(token, KEY)


def test_a_deeply_nested_header_is_refused_like_any_other() -> None:
    nested = jwt.utils.base64url_encode(b"[" * 100_000).decode()
    with pytest.raises(NotAuthenticated):
        read(f"{nested}.e30.e30", KEY)
