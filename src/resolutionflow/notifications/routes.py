from fastapi import APIRouter

from resolutionflow.accounts.identity import SignedIn
from resolutionflow.notifications import actions, queries
from resolutionflow.notifications.models import NotificationId
from resolutionflow.notifications.schemas import Notification, UnreadCount
from resolutionflow.platform.http.pages import Page, PageSlice
from resolutionflow.platform.http.text import NoBody

router = APIRouter(prefix="/notifications", tags=["notifications"])


@router.get("")
async def list_notifications(edge: SignedIn, slice: PageSlice, unread: bool = False) -> Page[Notification]:  # noqa: A002 - as in platform.http.pages
    return await queries.page(edge.db, edge.actor, slice=slice, unread_only=unread)


@router.get("/unread-count")
async def count_unread(edge: SignedIn) -> UnreadCount:
    return UnreadCount(count=await queries.unread_count(edge.db, edge.actor))


@router.post("/{notification_id}/read", status_code=204)
async def read_notification(edge: SignedIn, notification_id: NotificationId, body: NoBody | None = None) -> None:
    await actions.read(edge.db, edge.actor, notification_id=notification_id)


@router.post("/read-all", status_code=204)
async def read_all_notifications(edge: SignedIn, body: NoBody | None = None) -> None:
    await actions.read_all(edge.db, edge.actor)
