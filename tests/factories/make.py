"""`make.<thing>()`: state only what matters to the case."""

import itertools
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import httpx2

from resolutionflow.accounts.access_tokens import Claims, sign
from resolutionflow.accounts.models import Account, TokenFamily, User
from resolutionflow.app.runtime import Runtime
from resolutionflow.events.models import EventCounter
from resolutionflow.handoffs import actions as handoffs
from resolutionflow.handoffs import queries as handoff_queries
from resolutionflow.handoffs.models import Intent
from resolutionflow.handoffs.schemas import HandoffBody, HandoffView
from resolutionflow.platform.actor import Actor, Role
from resolutionflow.platform.crypto import NOBODYS_HASH
from resolutionflow.platform.ids import AccountId, HandoffId, SessionId, UserId, uuid7
from resolutionflow.sessions import actions as sessions
from resolutionflow.sessions.schemas import NewStep, SessionStart, TriedStep
from tests.database import Urls, superuser

_numbers = itertools.count(1)


@dataclass(frozen=True)
class Somebody:
    """A person of an account, signed in."""

    actor: Actor
    token: str
    client: httpx2.AsyncClient

    @property
    def id(self) -> UserId:
        return self.actor.user_id

    @property
    def account_id(self) -> AccountId:
        return self.actor.account_id

    @property
    def name(self) -> str:
        return self.actor.name

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    async def call(self, method: str, path: str, *, headers: dict[str, str] | None = None, **more: Any) -> httpx2.Response:
        """Ask the API as this person; `path` begins after /api/v1."""
        return await self.client.request(method, f"/api/v1{path}", headers={**self.headers, **(headers or {})}, **more)

    async def get(self, path: str, **more: Any) -> httpx2.Response:
        return await self.call("GET", path, **more)

    async def post(self, path: str, json: object = None, **more: Any) -> httpx2.Response:
        body: dict[str, Any] = {} if json is None else {"json": json}
        return await self.call("POST", path, **body, **more)

    async def patch(self, path: str, json: object, **more: Any) -> httpx2.Response:
        return await self.call("PATCH", path, json=json, **more)


class Make:
    def __init__(self, runtime: Runtime, client: httpx2.AsyncClient, urls: Urls) -> None:
        self.runtime = runtime
        self.work = runtime.database.work
        self.client = client
        self.urls = urls

    async def account(self, name: str = "Northwind IT") -> AccountId:
        account_id = AccountId(uuid7())
        async with self.work(account_id) as db:
            db.add(Account(id=account_id, name=name))
            await db.flush()
            db.add(EventCounter(account_id=account_id))
        return account_id

    async def person(self, name: str = "Jane", *, account: AccountId | None = None, role: Role = Role.ENGINEER, **columns: Any) -> Somebody:
        """A signed-in person, of a new account unless one is given."""
        account_id = account or await self.account()
        user_id, family_id = UserId(uuid7()), uuid7()
        async with self.work(account_id) as db:
            email = f"{name.lower().replace(' ', '.')}.{next(_numbers)}@example.com"
            db.add(User(id=user_id, account_id=account_id, name=name, email=email, password_hash=NOBODYS_HASH, role=role, **columns))
            await db.flush()
            db.add(TokenFamily(id=family_id, account_id=account_id, user_id=user_id))
        token = self.token(account_id, user_id, family_id)
        return Somebody(Actor(account_id, user_id, name, role, family_id), token, self.client)

    def token(self, account_id: AccountId, user_id: UserId, family_id: UUID, *, seconds: int = 900) -> str:
        row = superuser(self.urls.superuser).execute("select now(), now() + make_interval(secs => %s)", (seconds,)).fetchone()
        assert row is not None
        return sign(Claims(account_id, user_id, family_id, issued_at=row[0], expires_at=row[1]), self.runtime.signing_key)

    async def session(self, owner: Somebody, **fields: Any) -> SessionId:
        start = SessionStart(**{"problem_summary": "Outlook is failing to sync e-mail", **fields})
        async with self.work(owner.account_id) as db:
            return await sessions.start(db, owner.actor, fields=start)

    async def step(self, author: Somebody, session_id: SessionId, new: NewStep | None = None) -> UUID:
        tried = new or TriedStep(
            kind="tried", what="Restart Outlook in safe mode", outcome="failed", observed="Still asks for the password"
        )
        async with self.work(author.account_id) as db:
            return await sessions.add_step(db, author.actor, session_id=session_id, new=tried)

    async def handoff(self, escalator: Somebody, session_id: SessionId | None = None, **fields: Any) -> HandoffView:
        """An open escalation of a new session unless one is given."""
        session = session_id or await self.session(escalator)
        body = HandoffBody(**{"intent": Intent.ESCALATE, "reason": "Next idea", **fields})
        async with self.work(escalator.account_id) as db:
            handoff_id, _ = await handoffs.create(db, escalator.actor, session_id=session, body=body)
            return await handoff_queries.view(db, handoff_id=handoff_id)

    async def claim(self, claimer: Somebody, handoff: HandoffView) -> None:
        async with self.work(claimer.account_id) as db:
            await handoffs.claim(db, claimer.actor, session_id=SessionId(handoff.session_id), handoff_id=HandoffId(handoff.id))

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """What really lies in the database, past row-level security."""
        return superuser(self.urls.superuser).execute(query, values).fetchall()
