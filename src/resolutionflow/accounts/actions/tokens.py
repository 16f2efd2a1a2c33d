"""Sign-ins: a family of refresh tokens, each good for one use, and the access tokens made from them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import and_, delete, exists, func, select, text, update

from resolutionflow.accounts import policy, queries
from resolutionflow.accounts.access_tokens import Claims, Mint, sign
from resolutionflow.accounts.events import RefreshTokenReused, SignedOut
from resolutionflow.accounts.models import RefreshToken, TokenFamily, User
from resolutionflow.accounts.schemas import Tokens
from resolutionflow.events.log import record
from resolutionflow.platform.actor import Actor
from resolutionflow.platform.clock import now
from resolutionflow.platform.crypto import fingerprint, new_token, successor
from resolutionflow.platform.db import Db
from resolutionflow.platform.ids import AccountId, UserId, uuid7

_REFRESH_LIFE = timedelta(days=policy.REFRESH_DAYS)
_FIND = text("select account_id, family_id from app.refresh(:hash)")


@dataclass(frozen=True, slots=True)
class Granted:
    """What a sign-in or a refresh hands over; the refresh token leaves in a cookie only."""

    tokens: Tokens
    refresh_token: str


async def start_family(db: Db, user: User, mint: Mint) -> Granted:
    family = TokenFamily(id=uuid7(), account_id=user.account_id, user_id=user.id)
    db.add(family)
    await db.flush()
    token = new_token()
    await _keep(db, AccountId(user.account_id), family.id, token)
    return await _grant(db, user, family.id, token, mint)


async def refresh(db: Db, *, token: str, mint: Mint, with_demo: bool) -> Granted | None:
    """Exchange a refresh token for its successor. None: sign in again; if it was a stolen copy its family is revoked by this commit."""
    found = (await db.execute(_FIND, {"hash": fingerprint(token)})).one_or_none()
    if found is None:
        return None
    account_id = AccountId(found.account_id)
    await db.enter(account_id)
    used_for = func.extract("epoch", now() - RefreshToken.used_at)
    row = (
        await db.execute(
            select(RefreshToken, User, used_for)
            .join(TokenFamily, TokenFamily.id == RefreshToken.family_id)
            .join(User, and_(User.account_id == TokenFamily.account_id, User.id == TokenFamily.user_id))
            .where(RefreshToken.hash == fingerprint(token), RefreshToken.expires_at > now())
            .where(TokenFamily.revoked_at.is_(None), queries.MAY_SIGN_IN)
            .where(queries.opens(with_demo=with_demo))
            .with_for_update(of=RefreshToken)
        )
    ).one_or_none()
    if row is None:
        return None
    presented, user, seconds = row
    following = successor(token, mint.key)
    if presented.used_at is None:
        await db.execute(update(RefreshToken).where(RefreshToken.hash == presented.hash).values(used_at=now()))
        await _keep(db, account_id, presented.family_id, following)
    elif not await _is_second_tab(db, following, float(seconds)):
        await _revoke(db, TokenFamily.id == presented.family_id)
        record(db, queries.actor_of(user, presented.family_id), RefreshTokenReused(user_id=UserId(user.id)))
        return None
    return await _grant(db, user, presented.family_id, following, mint)


async def account_of(db: Db, token: str) -> tuple[AccountId, UUID] | None:
    """The account and family a refresh token belongs to."""
    found = (await db.execute(_FIND, {"hash": fingerprint(token)})).one_or_none()
    return (AccountId(found.account_id), found.family_id) if found else None


async def sign_out(db: Db, *, family_id: UUID) -> None:
    """End a family: its access tokens are refused from the next request on. Doing it twice changes nothing."""
    user_id = await db.scalar(
        update(TokenFamily)
        .where(TokenFamily.id == family_id, TokenFamily.revoked_at.is_(None))
        .values(revoked_at=now())
        .returning(TokenFamily.user_id)
    )
    if user_id is not None:
        user = await db.get_one(User, user_id)
        record(db, queries.actor_of(user, family_id), SignedOut(user_id=UserId(user.id)))


async def end_sign_ins(db: Db, user_id: UserId, *, but: UUID | None = None) -> None:
    """End every sign-in of a person, `but` one."""
    await _revoke(db, and_(TokenFamily.user_id == user_id, TokenFamily.id.is_distinct_from(but)))


async def forget_expired(db: Db) -> None:
    await db.execute(delete(RefreshToken).where(RefreshToken.expires_at < now()))
    followed = exists().where(RefreshToken.account_id == TokenFamily.account_id, RefreshToken.family_id == TokenFamily.id)
    await db.execute(delete(TokenFamily).where(~followed, TokenFamily.created_at < now() - _REFRESH_LIFE))


async def _is_second_tab(db: Db, following: str, seconds_since_use: float) -> bool:
    used_at = select(RefreshToken.used_at.is_(None)).where(RefreshToken.hash == fingerprint(following))
    return policy.may_use_again(seconds_since_use=seconds_since_use, successor_is_unused=bool(await db.scalar(used_at)))


async def _revoke(db: Db, which: object) -> None:
    await db.execute(update(TokenFamily).where(which, TokenFamily.revoked_at.is_(None)).values(revoked_at=now()))  # type: ignore[arg-type]


async def _keep(db: Db, account_id: AccountId, family_id: UUID, token: str) -> None:
    expires_at = now() + _REFRESH_LIFE
    db.add(RefreshToken(account_id=account_id, hash=fingerprint(token), family_id=family_id, expires_at=expires_at))
    await db.flush()


async def _grant(db: Db, user: User, family_id: UUID, refresh_token: str, mint: Mint) -> Granted:
    issued_at: datetime = (await db.execute(select(now()))).scalar_one()
    actor: Actor = queries.actor_of(user, family_id)
    expires_at = issued_at + timedelta(seconds=mint.access_seconds)
    claims = Claims(actor.account_id, actor.user_id, family_id, issued_at, expires_at)
    tokens = Tokens(
        access_token=sign(claims, mint.key),
        expires_in=mint.access_seconds,
        user=queries.person_view(user),
        account=await queries.account(db, actor),
    )
    return Granted(tokens, refresh_token)
