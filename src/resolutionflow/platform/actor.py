"""Who acts: every action and query gets one, read from the database within its own unit of work."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from resolutionflow.platform.errors import Forbidden
from resolutionflow.platform.ids import AccountId, UserId


class Role(StrEnum):
    OWNER = "owner"
    ADMIN = "admin"
    ENGINEER = "engineer"
    VIEWER = "viewer"


@dataclass(frozen=True, slots=True)
class Actor:
    account_id: AccountId
    user_id: UserId
    name: str
    role: Role
    family_id: UUID | None = None

    @property
    def is_admin(self) -> bool:
        return self.role in (Role.ADMIN, Role.OWNER)

    @property
    def is_engineer(self) -> bool:
        """Engineer, admin or owner: "engineer or admin" in the specification."""
        return self.role is not Role.VIEWER

    def must_be_engineer(self) -> None:
        if not self.is_engineer:
            raise Forbidden("Engineer or admin access required")

    def must_be_admin(self) -> None:
        if not self.is_admin:
            raise Forbidden("Admin access required")
