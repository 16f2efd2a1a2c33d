"""Who works at Alder Street IT, and how they sign in."""

from dataclasses import dataclass
from enum import StrEnum

from resolutionflow.app.web import DemoSignIn
from resolutionflow.platform.actor import Role

ACCOUNT = "Alder Street IT"
PASSWORD = "alderstreet"
"""Shown to everybody: it opens this account only, and only under --demo."""


class Who(StrEnum):
    JANE = "jane"
    SAM = "sam"
    BEN = "ben"
    DANA = "dana"
    PRIYA = "priya"

    @property
    def email(self) -> str:
        return f"{self}@alderstreet.example"


@dataclass(frozen=True, slots=True)
class Colleague:
    name: str
    role: Role
    takes_escalations: bool = True


PEOPLE = {
    Who.JANE: Colleague("Jane Miller", Role.ENGINEER, takes_escalations=False),
    Who.SAM: Colleague("Sam Rivera", Role.ENGINEER),
    Who.BEN: Colleague("Ben Okafor", Role.ENGINEER),
    Who.DANA: Colleague("Dana Whitfield", Role.ADMIN),
    Who.PRIYA: Colleague("Priya Nair", Role.OWNER),
}
"""In the order of the demo: who escalates stands above who picks up."""


def demo_sign_ins() -> list[DemoSignIn]:
    return [DemoSignIn(name=each.name, role=each.role, email=who.email, password=PASSWORD) for who, each in PEOPLE.items()]


def sheet() -> str:
    """What `serve --demo` prints."""
    rows = [f"  {each.name:<16}{each.role:<10}{who.email}" for who, each in PEOPLE.items()]
    return "\n".join(
        [
            f"Demo sign-ins, all with the password {PASSWORD}:",
            *rows,
            "Open a second person in a private window to see an escalation arrive.",
        ]
    )
