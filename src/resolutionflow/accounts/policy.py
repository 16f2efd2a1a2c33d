"""The rules of accounts, without a database."""

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from ipaddress import IPv6Address, IPv6Network, ip_address
from math import ceil

from resolutionflow.accounts.errors import LastOwner, OwnersOnly
from resolutionflow.platform.actor import Role
from resolutionflow.platform.errors import Invalid

INVITATION_HOURS = 72
REFRESH_DAYS = 30
GRACE_SECONDS = 10
LEEWAY_SECONDS = 10
SIGN_IN_WINDOW = 30 * 60
REGISTRATION_WINDOW = 60 * 60
PEOPLE_PER_ADDRESS = 20
"""A whole office signs in from one address: it gets this many times what a person gets."""


@cache
def _common_passwords() -> frozenset[str]:
    lines = (files("resolutionflow.accounts") / "common_passwords.txt").read_text("utf-8").splitlines()
    return frozenset(line for line in lines if line)


def must_be_uncommon(password: str) -> None:
    """Raises `Invalid` at the field `password` for one of the most common, in whatever case."""
    if password.casefold() in _common_passwords():
        said = "This password is one of the first that others would try. Choose another one."
        raise Invalid(said, errors=[{"loc": ["body", "password"], "msg": said}])


@dataclass(frozen=True, slots=True)
class Standing:
    """What decides what somebody may do."""

    role: Role
    is_active: bool

    @property
    def holds_the_account(self) -> bool:
        return self.role is Role.OWNER and self.is_active


def judge_change(*, by: Role, before: Standing, after: Standing | None, other_owners: int) -> None:
    """May `by` change somebody from `before` to `after` (None: removed)? `other_owners` counts the other active owners.

    Raises `OwnersOnly` and `LastOwner`.
    """
    if after == before:
        return
    if before.role is Role.OWNER or (after is not None and after.role is Role.OWNER):
        must_be_owner(by)
    if before.holds_the_account and (after is None or not after.holds_the_account) and other_owners == 0:
        raise LastOwner


def must_be_owner(by: Role) -> None:
    if by is not Role.OWNER:
        raise OwnersOnly


def may_use_again(*, seconds_since_use: float, successor_is_unused: bool) -> bool:
    """Two tabs refreshing at once: the second gets the first one's successor. Anything else is a copy in other hands."""
    return seconds_since_use <= GRACE_SECONDS and successor_is_unused


class Kind(StrEnum):
    FAILED_FOR_PERSON = "failed_for_person"
    FAILED_FROM_ADDRESS = "failed_from_address"
    REGISTRATION = "registration"


@dataclass(frozen=True, slots=True)
class Limit:
    """So many attempts of one key within so many seconds; the key names nobody."""

    kind: Kind
    key: str
    allowed: int
    window: int


def sign_in_limits(secret: bytes, *, email: str, address: str, failures_per_30_min: int) -> tuple[Limit, Limit]:
    """The person's, then the address's."""
    person = Limit(Kind.FAILED_FOR_PERSON, _hidden(secret, email.strip().lower()), failures_per_30_min, SIGN_IN_WINDOW)
    office = failures_per_30_min * PEOPLE_PER_ADDRESS
    return person, Limit(Kind.FAILED_FROM_ADDRESS, _hidden(secret, network_of(address)), office, SIGN_IN_WINDOW)


def registration_limit(secret: bytes, *, address: str, per_hour: int) -> Limit:
    return Limit(Kind.REGISTRATION, _hidden(secret, network_of(address)), per_hour, REGISTRATION_WINDOW)


def wait_of(ages: Sequence[float], limit: Limit) -> int | None:
    """Seconds until the next attempt is allowed, None for now. `ages`: seconds since the latest attempts, youngest first."""
    if len(ages) < limit.allowed:
        return None
    return max(1, ceil(limit.window - ages[limit.allowed - 1]))


def network_of(address: str) -> str:
    """The address, and for IPv6 its /64, since one household has a whole one."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if not isinstance(parsed, IPv6Address):
        return str(parsed)
    return str(parsed.ipv4_mapped or IPv6Network((int(parsed), 64), strict=False))


def _hidden(secret: bytes, value: str) -> str:
    """A keyed hash: who steals the table cannot even try addresses on it."""
    return hmac.new(secret, b"attempt:" + value.encode(), hashlib.sha256).hexdigest()
