import re
from datetime import UTC, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, Discriminator, Field, StringConstraints, Tag

from resolutionflow.platform.actor import Role
from resolutionflow.platform.http.text import Body, Clean, Instant, Json, Line, Said, View

_EMAIL = re.compile(r"[^@\s\x00-\x1f\x7f]{1,64}@(?:[\w-]+\.)+[\w-]{2,}")
_LONGEST_EMAIL = 254  # RFC 5321, as corrected by erratum 1690
_YEARS = range(2000, 2101)


def _email(value: str) -> str:
    address = value.strip().lower()
    if len(address) > _LONGEST_EMAIL or not _EMAIL.fullmatch(address) or ".." in address:
        raise ValueError("must be an e-mail address like jane@example.com")
    return address


def _one_line(value: str) -> str:
    """Line breaks and runs of white space become one space: names stand in subjects and titles."""
    return " ".join(value.split())


def _sensible(moment: datetime) -> datetime:
    if moment.year not in _YEARS:
        raise ValueError("must be a date of this century")
    return moment.astimezone(UTC)


Email = Annotated[str, StringConstraints(max_length=300), Clean, AfterValidator(_email)]
Name = Annotated[Said, AfterValidator(_one_line)]
NewPassword = Annotated[str, StringConstraints(min_length=8, max_length=128), Clean]
GivenPassword = Annotated[str, StringConstraints(max_length=1_000), Clean]
Secret = Annotated[str, StringConstraints(min_length=1, max_length=200), Clean]
Until = Annotated[AwareDatetime, AfterValidator(_sensible)]


class Registration(Body):
    account_name: Name
    name: Name
    email: Email
    password: NewPassword


class Credentials(Body):
    email: Line
    password: GivenPassword


class PasswordChange(Body):
    current_password: GivenPassword
    password: NewPassword


class ProfileChange(Body):
    """What people set for themselves; `away_until: null` means back again."""

    name: Name | None = None
    takes_escalations: bool | None = None
    away_until: Until | None = None
    shortcuts: bool | None = None


class PersonChange(Body):
    role: Role | None = None
    is_active: bool | None = None
    name: Name | None = None
    takes_escalations: bool | None = None


class InviteOne(Body):
    email: Email
    role: Role
    takes_escalations: bool = True


class InviteAddress(Body):
    """One of many: its address is judged by itself, so that one misspelt address does not hold up the others."""

    email: Line
    role: Role
    takes_escalations: bool = True


class InviteMany(Body):
    items: Annotated[list[InviteAddress], Field(min_length=1, max_length=100)]


def _one_or_many(body: Any) -> str:
    return "many" if isinstance(body, InviteMany) or (isinstance(body, dict) and "items" in body) else "one"


Invite = Annotated[Annotated[InviteOne, Tag("one")] | Annotated[InviteMany, Tag("many")], Discriminator(_one_or_many)]


class Acceptance(Body):
    token: Secret
    name: Name
    password: NewPassword


class UserView(View):
    id: UUID
    name: str
    email: str
    role: Role
    is_active: bool
    takes_escalations: bool
    away_until: Instant | None
    shortcuts: bool
    created_at: Instant


class AccountView(View):
    id: UUID
    name: str
    time_zone: str
    is_demo: bool


class Me(View):
    user: UserView
    account: AccountView


class Tokens(Me):
    """The refresh token goes beside it, in a cookie that scripts cannot read."""

    access_token: str
    token_type: Literal["bearer"] = "bearer"
    expires_in: int


class Users(View):
    items: list[UserView]


class InvitationView(View):
    id: UUID
    email: str
    role: Role
    takes_escalations: bool
    invited_by_name: str
    created_at: Instant
    expires_at: Instant


class Invitations(View):
    items: list[InvitationView]


class NewInvitation(View):
    """The token is shown this once."""

    id: UUID
    email: str
    role: Role
    takes_escalations: bool
    token: str
    url: str
    expires_at: Instant


class NotInvited(View):
    email: str
    error: str
    code: str


class InvitationResults(View):
    items: list[NewInvitation | NotInvited]


class ClientView(View):
    id: UUID
    name: str
    psa_id: str | None


class Clients(View):
    items: list[ClientView]


class AuditEntryView(View):
    id: UUID
    at: Instant
    actor_name: str | None
    action: str
    subject_type: str
    subject_id: UUID | None
    data: Json
