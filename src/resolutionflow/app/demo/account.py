"""The demo's own account: found, made with its five people, and removed again."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select, text
from sqlalchemy.ext.asyncio import create_async_engine

from resolutionflow.accounts.access_tokens import Mint
from resolutionflow.accounts.actions import invitations, registration
from resolutionflow.accounts.models import Account
from resolutionflow.accounts.queries import actor_of
from resolutionflow.accounts.schemas import InviteOne
from resolutionflow.app.demo.people import ACCOUNT, PASSWORD, PEOPLE, Colleague, Who
from resolutionflow.app.runtime import Runtime
from resolutionflow.app.tables import metadata
from resolutionflow.platform.actor import Actor, Role
from resolutionflow.platform.crypto import hash_password
from resolutionflow.platform.db import Work
from resolutionflow.platform.ids import AccountId, UserId
from resolutionflow.platform.settings import SettingsError

Cast = dict[Who, Actor]
_FIND = text("select distinct found.account_id from unnest(cast(:emails as varchar[])) as email, app.login(email) as found")


async def find(work: Work) -> AccountId | None:
    """The account whose people have the demo's addresses. Raises `SettingsError` where they belong to a real one."""
    async with work(None) as db:
        found = [AccountId(row.account_id) for row in await db.execute(_FIND, {"emails": [who.email for who in PEOPLE]})]
    for account_id in found:
        async with work(account_id) as db:
            if not await db.scalar(select(Account.is_demo)):
                raise SettingsError("An account that is not the demo uses an address of @alderstreet.example; start without --demo.")
    return found[0] if found else None


async def found(runtime: Runtime, work: Work, *, at: datetime) -> Cast:
    """The owner registers, then the others accept their invitations, one a day."""
    password_hash = await hash_password(PASSWORD)
    first = PEOPLE[Who.PRIYA]
    async with work(None, at=at) as db:
        user = await registration.make_account(
            db, account_name=ACCOUNT, name=first.name, email=Who.PRIYA.email, password_hash=password_hash, is_demo=True
        )
    owner: Actor = actor_of(user)
    cast = {Who.PRIYA: owner}
    for day, (who, colleague) in enumerate(PEOPLE.items(), start=1):
        if who is not Who.PRIYA:
            cast[who] = await _join(runtime, work, owner, who, colleague, password_hash, at=at + timedelta(days=day))
    return cast


async def _join(runtime: Runtime, work: Work, owner: Actor, who: Who, colleague: Colleague, password_hash: str, *, at: datetime) -> Actor:
    mint = Mint(runtime.signing_key, runtime.settings.access_token_seconds)
    whom = InviteOne(email=who.email, role=colleague.role, takes_escalations=colleague.takes_escalations)
    async with work(owner.account_id, at=at) as db:
        invitation = await invitations.invite(db, owner, whom=whom, page=runtime.settings.public_url)
    async with work(owner.account_id, at=at + timedelta(minutes=20)) as db:
        offer = await invitations.look_up(db, token=invitation.token)
        granted = await invitations.accept(db, offer=offer, name=colleague.name, password_hash=password_hash, mint=mint)
    return Actor(owner.account_id, UserId(granted.tokens.user.id), colleague.name, Role(colleague.role))


async def remove(account_id: AccountId, *, owner_url: str) -> None:
    """Every row of the account, children first; steps and audit log too, which the role that serves may not delete."""
    engine = create_async_engine(owner_url)
    try:
        async with engine.begin() as connection:
            for table in reversed(metadata.sorted_tables):
                if "account_id" in table.columns:
                    await connection.execute(delete(table).where(table.columns.account_id == account_id))
            await connection.execute(delete(Account).where(Account.id == account_id))
    finally:
        await engine.dispose()
