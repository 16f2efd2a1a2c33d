"""Idempotency-Key: a retried POST gets the first answer and creates nothing twice.

The key row is inserted first, in the transaction of the work itself: a concurrent twin waits on it, a crash takes both away together.
"""

import hashlib
import json
from collections.abc import Awaitable, Callable
from typing import Annotated, TypeVar
from uuid import UUID

from fastapi import Header
from pydantic import BaseModel
from sqlalchemy import text

from resolutionflow.platform.actor import Actor
from resolutionflow.platform.db import Db
from resolutionflow.platform.errors import IdempotencyMismatch

View = TypeVar("View", bound=BaseModel)
IdempotencyKey = Annotated[str | None, Header(alias="Idempotency-Key", min_length=1, max_length=255, pattern=r"^[\x20-\x7e]+$")]

_TAKE = text("""
    insert into idempotency_keys (account_id, user_id, route, key, fingerprint, created_at)
    values (:account, :user, :route, :key, :fingerprint, app.now())
    on conflict (account_id, user_id, route, key) do update
        set fingerprint = excluded.fingerprint, body = null, created_at = excluded.created_at
        where idempotency_keys.created_at < app.now() - interval '24 hours'
    returning true
""")
_KEPT = text("""
    select fingerprint, body from idempotency_keys
    where account_id = :account and user_id = :user and route = :route and key = :key
""")
_KEEP = text("""
    update idempotency_keys set body = cast(:body as jsonb)
    where account_id = :account and user_id = :user and route = :route and key = :key
""")
_FORGET = text("delete from idempotency_keys where account_id = :account and created_at < app.now() - interval '24 hours'")


async def forget_old(db: Db) -> None:
    """Keys past their day, of this unit of work's account."""
    await db.execute(_FORGET, {"account": db.account_id})


def fingerprint_of(body: BaseModel, *parts: UUID | str) -> str:
    """What makes two requests the same: the ids in the path and the body as sent (fields set, not defaults)."""
    canonical = json.dumps([*map(str, parts), body.model_dump(mode="json", exclude_unset=True)], sort_keys=True)
    return hashlib.sha256(canonical.encode()).hexdigest()


async def once(
    db: Db,
    actor: Actor,
    *,
    route: str,
    key: str | None,
    fingerprint: str,
    answer: type[View],
    produce: Callable[[], Awaitable[View]],
) -> View:
    """Run `produce` once per person, route and key within 24 hours; raises `IdempotencyMismatch` for another request under the same key."""
    if key is None:
        return await produce()
    row: dict[str, object] = {"account": actor.account_id, "user": actor.user_id, "route": route, "key": key}
    taken = await db.scalar(_TAKE, {**row, "fingerprint": fingerprint})
    if not taken:
        kept = (await db.execute(_KEPT, row)).one()
        if kept.fingerprint != fingerprint:
            raise IdempotencyMismatch
        return answer.model_validate(kept.body)
    result = await produce()
    await db.execute(_KEEP, {**row, "body": result.model_dump_json()})
    return result
