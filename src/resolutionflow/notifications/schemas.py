"""The wire shapes of notifications; api.md "Notifications" is their contract."""

from uuid import UUID

from resolutionflow.notifications.models import BellType
from resolutionflow.platform.http.text import Instant, View


class Notification(View):
    id: UUID
    type: BellType
    title: str
    body: str
    link: str
    session_id: UUID
    handoff_id: UUID
    is_read: bool
    created_at: Instant


class UnreadCount(View):
    count: int
