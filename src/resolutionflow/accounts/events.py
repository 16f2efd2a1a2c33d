"""What accounts publish. Ids and settings only: names and addresses stay in their rows."""

from typing import ClassVar, Literal
from uuid import UUID

from resolutionflow.events.facts import Fact
from resolutionflow.platform.actor import Role
from resolutionflow.platform.ids import AccountId, UserId

Field = Literal["name", "takes_escalations", "away_until", "shortcuts"]


class AccountFact(Fact):
    audited: ClassVar[bool] = True


class PersonFact(AccountFact):
    user_id: UserId

    def subject(self) -> tuple[str, UUID | None]:
        return ("person", self.user_id)


class InvitationFact(AccountFact):
    invitation_id: UUID

    def subject(self) -> tuple[str, UUID | None]:
        return ("invitation", self.invitation_id)


class AccountRegistered(AccountFact):
    type: ClassVar = "account_registered"
    account_id: AccountId

    def subject(self) -> tuple[str, UUID | None]:
        return ("account", self.account_id)


class SignedIn(PersonFact):
    type: ClassVar = "signed_in"


class SignedOut(PersonFact):
    type: ClassVar = "signed_out"
    affects_access: ClassVar = True


class RefreshTokenReused(PersonFact):
    """A refresh token came twice: somebody else has a copy, so its family was revoked."""

    type: ClassVar = "refresh_token_reused"
    affects_access: ClassVar = True


class PasswordChanged(PersonFact):
    """Every other sign-in of this person ended."""

    type: ClassVar = "password_changed"
    affects_access: ClassVar = True


class PersonChanged(PersonFact):
    type: ClassVar = "person_changed"
    fields: tuple[Field, ...]

    def audit_data(self) -> dict[str, object]:
        return {"fields": list(self.fields)}


class RoleChanged(PersonFact):
    type: ClassVar = "role_changed"
    affects_access: ClassVar = True
    was: Role
    role: Role

    def audit_data(self) -> dict[str, object]:
        return {"was": self.was, "role": self.role}


class PersonDeactivated(PersonFact):
    type: ClassVar = "person_deactivated"
    affects_access: ClassVar = True


class PersonReactivated(PersonFact):
    type: ClassVar = "person_reactivated"


class PersonRemoved(PersonFact):
    type: ClassVar = "person_removed"
    affects_access: ClassVar = True


class PersonInvited(InvitationFact):
    type: ClassVar = "person_invited"
    role: Role

    def audit_data(self) -> dict[str, object]:
        return {"role": self.role}


class InvitationWithdrawn(InvitationFact):
    type: ClassVar = "invitation_withdrawn"


class InvitationAccepted(InvitationFact):
    type: ClassVar = "invitation_accepted"
    user_id: UserId
    role: Role

    def audit_data(self) -> dict[str, object]:
        return {"user_id": str(self.user_id), "role": self.role}
