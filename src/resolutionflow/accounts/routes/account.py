from uuid import UUID

from fastapi import APIRouter

from resolutionflow.accounts import queries
from resolutionflow.accounts.actions import invitations, people
from resolutionflow.accounts.identity import Admin, SignedIn
from resolutionflow.accounts.routes.door import AtTheDoor
from resolutionflow.accounts.schemas import (
    AccountView,
    AuditEntryView,
    InvitationResults,
    Invitations,
    Invite,
    InviteMany,
    NewInvitation,
    PersonChange,
    Users,
    UserView,
)
from resolutionflow.platform.http.pages import Page, PageSlice
from resolutionflow.platform.ids import UserId

router = APIRouter(prefix="/account", tags=["account"])


@router.get("")
async def read_account(edge: Admin) -> AccountView:
    return await queries.account(edge.db, edge.actor)


@router.get("/users")
async def list_users(edge: SignedIn) -> Users:
    return await queries.people(edge.db)


@router.patch("/users/{user_id}")
async def change_user(edge: Admin, user_id: UserId, body: PersonChange) -> UserView:
    return queries.person_view(await people.change(edge.db, edge.actor, user_id=user_id, to=body))


@router.delete("/users/{user_id}", status_code=204)
async def remove_user(edge: Admin, user_id: UserId) -> None:
    await people.remove(edge.db, edge.actor, user_id=user_id)


@router.post("/invitations", status_code=201)
async def invite(edge: Admin, door: AtTheDoor, body: Invite) -> NewInvitation | InvitationResults:
    page = f"{door.settings.public_url}/accept-invitation"
    if isinstance(body, InviteMany):
        return InvitationResults(items=await invitations.invite_many(edge.db, edge.actor, whom=body.items, page=page))
    return await invitations.invite(edge.db, edge.actor, whom=body, page=page)


@router.get("/invitations")
async def list_invitations(edge: Admin) -> Invitations:
    return await queries.open_invitations(edge.db)


@router.delete("/invitations/{invitation_id}", status_code=204)
async def withdraw_invitation(edge: Admin, invitation_id: UUID) -> None:
    await invitations.withdraw(edge.db, edge.actor, invitation_id=invitation_id)


@router.get("/audit-log")
async def read_audit_log(edge: Admin, page: PageSlice) -> Page[AuditEntryView]:
    return await queries.audit_log(edge.db, page)
