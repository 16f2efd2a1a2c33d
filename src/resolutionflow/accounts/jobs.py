"""Clock work of accounts; the worker calls each from time to time."""

from resolutionflow.accounts.actions import attempts, tokens
from resolutionflow.platform import idempotency
from resolutionflow.platform.db import Work
from resolutionflow.platform.ids import AccountId


async def forget_expired(work: Work, account_id: AccountId) -> None:
    """Refresh tokens and sign-ins that ended by time, and idempotency keys past their day."""
    async with work(account_id) as db:
        await tokens.forget_expired(db)
        await idempotency.forget_old(db)


async def forget_attempts(work: Work) -> None:
    """Attempts too old to count; they belong to no account."""
    async with work(None) as db:
        await attempts.forget_old(db)
