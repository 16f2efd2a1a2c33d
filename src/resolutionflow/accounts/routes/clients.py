from typing import Annotated

from fastapi import APIRouter, Query

from resolutionflow.accounts import queries
from resolutionflow.accounts.identity import SignedIn
from resolutionflow.accounts.schemas import Clients
from resolutionflow.platform.http.text import Line

router = APIRouter(prefix="/clients", tags=["clients"])


@router.get("")
async def list_clients(edge: SignedIn, q: Annotated[Line, Query(description="What was typed so far.")] = "") -> Clients:
    return await queries.clients(edge.db, q)
