"""What a route has at hand before anybody is signed in, and the cookie of those who are."""

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Request, Response

from resolutionflow.accounts import policy
from resolutionflow.accounts.access_tokens import Mint
from resolutionflow.accounts.actions.tokens import Granted
from resolutionflow.accounts.errors import CrossSite
from resolutionflow.accounts.policy import Limit
from resolutionflow.accounts.schemas import Tokens
from resolutionflow.platform.db import Work
from resolutionflow.platform.settings import Settings

_COOKIE_SECONDS = policy.REFRESH_DAYS * 86_400


@dataclass(frozen=True, slots=True)
class Door:
    """Its routes open short units of work themselves, so that none is open while a password is hashed."""

    work: Work
    settings: Settings
    key: bytes
    address: str
    with_demo: bool

    @property
    def mint(self) -> Mint:
        return Mint(self.key, self.settings.access_token_seconds)

    def sign_in_limits(self, email: str) -> tuple[Limit, Limit]:
        failures = self.settings.login_failures_per_30_min
        return policy.sign_in_limits(self.key, email=email, address=self.address, failures_per_30_min=failures)

    def registration_limit(self) -> Limit:
        return policy.registration_limit(self.key, address=self.address, per_hour=self.settings.registrations_per_hour)

    def hand_over(self, response: Response, granted: Granted) -> Tokens:
        """The answer of every way in: the refresh token goes into its cookie."""
        response.set_cookie(value=granted.refresh_token, max_age=_COOKIE_SECONDS, **_cookie(self.settings))
        return granted.tokens

    def forget(self, response: Response) -> None:
        response.delete_cookie(**_cookie(self.settings))

    def refresh_token(self, request: Request) -> str | None:
        """What the cookie holds. Raises `CrossSite`: no other site may make a browser use it."""
        if request.headers.get("sec-fetch-site", "none") not in ("same-origin", "none"):
            raise CrossSite
        return request.cookies.get(_cookie(self.settings)["key"])


def _cookie(settings: Settings) -> dict[str, Any]:
    """`__Host-` binds the cookie to exactly this host, and asks for Secure and the path /."""
    secure = settings.cookies_are_secure
    key, path = ("__Host-refresh", "/") if secure else ("resolutionflow_refresh", "/api/v1/auth")
    return {"key": key, "path": path, "secure": secure, "httponly": True, "samesite": "strict"}


def _door(request: Request) -> Door:
    state: Any = request.app.state
    return Door(
        work=state.database.work,
        settings=state.settings,
        key=state.signing_key,
        address=request.client.host if request.client else "",
        with_demo=state.demo,
    )


AtTheDoor = Annotated[Door, Depends(_door)]
