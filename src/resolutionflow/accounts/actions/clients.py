from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert

from resolutionflow.accounts.models import Client
from resolutionflow.platform.db import Db
from resolutionflow.platform.ids import ClientId, uuid7


async def ensure_client(db: Db, name: str) -> ClientId:
    """The client of this name, whatever its case and spacing, made if it is new. Two at once get the same one."""
    name = " ".join(name.split())
    new = insert(Client).values(id=uuid7(), account_id=db.account_id, name=name).on_conflict_do_nothing().returning(Client.id)
    made = await db.scalar(new)
    known = made or await db.scalar(select(Client.id).where(func.lower(Client.name) == func.lower(name)))
    if known is None:
        raise LookupError("a client that could not be made must be there")
    return ClientId(known)
