"""Who reacts to what. `@within` runs in the same transaction, database only; `@on` runs as a job after the commit.

`app` imports every feature's `reactions` before anything is recorded; `check` refuses a cycle at start-up.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol, TypeVar
from uuid import UUID

from resolutionflow.events.facts import Fact
from resolutionflow.platform.db import Db, Work
from resolutionflow.platform.ids import AccountId

Happened = TypeVar("Happened", bound=Fact)
Needed = TypeVar("Needed", contravariant=True)  # noqa: PLC0105 - a Protocol's parameter
USUAL, SLOW = "reactions", "slow"
"""Queues. What waits for somebody else's machine is worked on apart, so that it holds up nothing."""
Within = Callable[[Db, Any, Any], Awaitable[None]]
"""The unit of work, who acts (None: the product itself) and the fact."""


@dataclass(frozen=True, slots=True)
class Logged:
    """A fact as an `@on` reaction reads it: ids only, it looks again for the rest."""

    id: UUID
    account_id: AccountId
    type: str
    subject_id: UUID | None
    occurred_at: datetime


class Again(Exception):
    """Raised by an `@on` reaction that is to be run again after so many seconds; it counts its attempts itself."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"again in {seconds} seconds")
        self.seconds = seconds


class OnReaction(Protocol):
    async def __call__(self, work: Work, logged: Logged) -> None: ...


class OnReactionWith(Protocol[Needed]):
    async def __call__(self, work: Work, logged: Logged, needed: Needed, /) -> None: ...


@dataclass(frozen=True, slots=True)
class Subscription:
    name: str
    fact: type[Fact]
    react: Any
    records: tuple[type[Fact], ...] = ()
    needs: type[object] | None = None
    queue: str = USUAL
    """A part of the process that the composition root hands to an `@on` reaction."""


@dataclass
class Registry:
    """One is built by the composition root; features add to the shared `registry` below when they are imported."""

    within_: list[Subscription] = field(default_factory=list)
    on_: dict[str, Subscription] = field(default_factory=dict)

    def reactions_within(self, fact: Fact) -> list[Subscription]:
        return [each for each in self.within_ if isinstance(fact, each.fact)]

    def reactions_on(self, fact: Fact) -> list[Subscription]:
        return [each for each in self.on_.values() if isinstance(fact, each.fact)]

    def check(self) -> None:
        """Raises `CircleOfReactions` if a fact could, through what reactions record, lead to itself."""
        for start in {each.fact for each in self.within_}:
            self._walk(start, (start,))

    def _walk(self, fact: type[Fact], path: tuple[type[Fact], ...]) -> None:
        for each in self.within_:
            if not issubclass(fact, each.fact):
                continue
            for recorded in each.records:
                if recorded in path:
                    raise CircleOfReactions(" → ".join(step.__name__ for step in (*path, recorded)))
                self._walk(recorded, (*path, recorded))


class CircleOfReactions(RuntimeError):
    pass


registry = Registry()


def within(fact: type[Happened], *, records: tuple[type[Fact], ...] = ()) -> Callable[[Within], Within]:
    """React in the same transaction, on the database only; if it raises, the action fails. `records` names the facts it may record."""

    def add(react: Within) -> Within:
        registry.within_.append(Subscription(f"{react.__module__.split('.')[1]}.{react.__name__}", fact, react, records))
        return react

    return add


def on(fact: type[Happened]) -> Callable[[OnReaction], OnReaction]:
    """React in a job after the commit: at least once, so it must take its effect's key (`events.effects.once`)."""

    def add(react: OnReaction) -> OnReaction:
        _add_on(fact, react, needs=None)
        return react

    return add


def on_with(fact: type[Happened], needs: type[Needed], *, queue: str = USUAL) -> Callable[[OnReactionWith[Needed]], OnReactionWith[Needed]]:
    """As `on`, with the process's part of that type as the third argument."""

    def add(react: OnReactionWith[Needed]) -> OnReactionWith[Needed]:
        _add_on(fact, react, needs=needs, queue=queue)
        return react

    return add


def _add_on(fact: type[Fact], react: Any, *, needs: type[object] | None, queue: str = USUAL) -> None:
    name = f"{react.__module__.split('.')[1]}.{react.__name__}"
    registry.on_[name] = Subscription(name, fact, react, needs=needs, queue=queue)
