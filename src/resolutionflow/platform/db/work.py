"""Units of work: short transactions of one account, sealed before they commit.

Edges (routes, reactions, jobs) open them; actions and queries are handed a `Db` and never commit.
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import event, text
from sqlalchemy.engine import Connection
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import Session, SessionTransaction

from resolutionflow.platform.clock import as_text
from resolutionflow.platform.failpoints import failpoint
from resolutionflow.platform.ids import AccountId

_SCOPE = text("select set_config('app.account_id', :account, true), set_config('app.now', :now, true)")
GUARDS = {
    "search_path": "public,queue",
    "timezone": "UTC",
    "idle_in_transaction_session_timeout": "5s",
    "lock_timeout": "3s",
    "statement_timeout": "15s",
}


class ScopedSession(Session):
    """Sets the account as the first statement of every transaction, to '' where there is none."""


@event.listens_for(ScopedSession, "after_begin")
def _scope(session: Session, transaction: SessionTransaction, connection: Connection) -> None:
    if not transaction.nested:
        connection.execute(_SCOPE, {"account": str(session.info["account_id"] or ""), "now": as_text(session.info["at"])})


class Work(Protocol):
    """Opens a short unit of work: `async with work(account_id) as db`. It commits at the end and rolls back on an error."""

    def __call__(self, account_id: AccountId | None, *, at: datetime | None = None) -> AbstractAsyncContextManager["Db"]: ...


class Db(AsyncSession):
    """A unit of work in progress."""

    sync_session_class = ScopedSession

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.facts: list[Any] = []
        self.after_commit: list[Callable[[], Awaitable[None]]] = []

    @property
    def account_id(self) -> AccountId | None:
        account: AccountId | None = self.info["account_id"]
        return account

    async def enter(self, account_id: AccountId) -> None:
        """Go on inside the account that a definer function or a new registration named; a second account is refused."""
        if self.account_id not in (None, account_id):
            raise RuntimeError("a unit of work belongs to one account")
        self.info["account_id"] = account_id
        await self.execute(_SCOPE, {"account": str(account_id), "now": as_text(self.info["at"])})


class Database:
    """The engine of one process and the factory of its units of work."""

    def __init__(self, url: str, *, seal: Callable[[Db], Awaitable[None]], pool_size: int = 20) -> None:
        options = " ".join(f"-c {name}={value}" for name, value in GUARDS.items())
        self.url = url
        self.engine: AsyncEngine = create_async_engine(
            url,
            pool_size=pool_size,
            max_overflow=0,  # those would be dialled anew for almost every request of a burst
            pool_timeout=10,  # a crowd that claims at once waits its turn and is not refused
            hide_parameters=True,  # they hold ticket text and would stand in logs
            connect_args={"options": options, "connect_timeout": 5, "application_name": "resolutionflow"},
        )
        self._seal = seal
        self._sessions = async_sessionmaker(self.engine, class_=Db, expire_on_commit=False)

    @asynccontextmanager
    async def work(self, account_id: AccountId | None, *, at: datetime | None = None) -> AsyncIterator[Db]:
        async with self._sessions(info={"account_id": account_id, "at": at}) as db:
            yield db
            await db.flush()
            await self._seal(db)
            failpoint("before_commit")
            await db.commit()
            failpoint("after_commit")
            for ring in db.after_commit:
                await ring()

    async def close(self) -> None:
        await self.engine.dispose()
