"""Browsers: each with its own cookies and address, as the people of the tests of accounts have."""

from dataclasses import replace
from typing import Any

import httpx2

from resolutionflow.app.api import create_app
from resolutionflow.app.runtime import Runtime

PASSWORD = "blue kettle on the moon"


class Browser:
    """One browser before, during and after a sign-in."""

    def __init__(self, client: httpx2.AsyncClient) -> None:
        self.client = client
        self.token: str | None = None

    async def call(self, method: str, path: str, json: object = None, *, headers: dict[str, str] | None = None) -> httpx2.Response:
        bearer = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        more: dict[str, Any] = {"json": json} if json is not None else {}
        return await self.client.request(method, f"/api/v1{path}", headers={**bearer, **(headers or {})}, **more)

    async def get(self, path: str) -> httpx2.Response:
        return await self.call("GET", path)

    async def post(self, path: str, json: object = None, **more: Any) -> httpx2.Response:
        return await self.call("POST", path, json, **more)

    async def patch(self, path: str, json: object) -> httpx2.Response:
        return await self.call("PATCH", path, json)

    async def register(self, email: str = "olga@northwind.example", **fields: object) -> httpx2.Response:
        body = {"account_name": "Northwind IT", "name": "Olga", "email": email, "password": PASSWORD, **fields}
        return self._signed_in(await self.post("/auth/register", body))

    async def sign_in(self, email: str = "olga@northwind.example", password: str = PASSWORD) -> httpx2.Response:
        return self._signed_in(await self.post("/auth/login", {"email": email, "password": password}))

    async def refresh(self, **more: Any) -> httpx2.Response:
        return self._signed_in(await self.post("/auth/refresh", **more))

    async def invite(self, email: str, role: str = "engineer", **fields: object) -> httpx2.Response:
        return await self.post("/account/invitations", {"email": email, "role": role, **fields})

    async def accept(self, token: str, name: str = "Sam", password: str = PASSWORD) -> httpx2.Response:
        return self._signed_in(await self.post("/auth/accept-invitation", {"token": token, "name": name, "password": password}))

    @property
    def cookie(self) -> str:
        """The refresh token it holds."""
        return next(iter(self.client.cookies.jar)).value or ""

    def copy_cookies_to(self, other: "Browser") -> None:
        for cookie in self.client.cookies.jar:
            other.client.cookies.jar.set_cookie(cookie)

    def _signed_in(self, reply: httpx2.Response) -> httpx2.Response:
        if reply.is_success:
            self.token = reply.json()["access_token"]
        return reply


class Browsers:
    """`browsers()` is a new one; settings may differ from the run's."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self._usual: Any = create_app(runtime, worker=False)

    def __call__(self, *, address: str = "127.0.0.1", demo: bool = False, **settings: object) -> Browser:
        app = self._usual
        if settings or demo:
            runtime = replace(self._runtime, settings=self._runtime.settings.model_copy(update=settings))
            app = create_app(runtime, worker=False, demo=[] if demo else None)
        https = str(settings.get("public_url", "")).startswith("https")
        transport = httpx2.ASGITransport(app=app, client=(address, 50_000))
        return Browser(httpx2.AsyncClient(transport=transport, base_url=f"http{'s' if https else ''}://test"))
