"""Clock work of accounts; the worker calls each from time to time."""

from sqlalchemy import text

from resolutionflow.accounts.actions import attempts, tokens
from resolutionflow.platform.db import Work
from resolutionflow.platform.ids import AccountId

_FORGET_KEYS = text("delete from idempotency_keys where account_id = :account and created_at < app.now() - interval '24 hours'")


async def forget_expired(work: Work, account_id: AccountId) -> None:
    """Refresh tokens and sign-ins that ended by time, and idempotency keys past their day."""
    async with work(account_id) as db:
        await tokens.forget_expired(db)
        await db.execute(_FORGET_KEYS, {"account": account_id})


async def forget_attempts(work: Work) -> None:
    """Attempts too old to count; they belong to no account."""
    async with work(None) as db:
        await attempts.forget_old(db)
