"""Every reaction, imported so that the registry holds them; a circle among them stops the start."""

import resolutionflow.accounts.reactions
import resolutionflow.handoffs.reactions
import resolutionflow.notifications.reactions
import resolutionflow.sessions.reactions
from resolutionflow.events.facts import Fact
from resolutionflow.events.registry import Registry, registry

FEATURES = (
    resolutionflow.accounts.reactions,
    resolutionflow.handoffs.reactions,
    resolutionflow.notifications.reactions,
    resolutionflow.sessions.reactions,
)


def checked() -> Registry:
    registry.check()
    return registry


def kinds_of_fact(base: type[Fact] = Fact) -> list[type[Fact]]:
    """Every fact a feature publishes, by name; bases that only share fields have no `type`."""
    found = [kind for child in base.__subclasses__() for kind in [child, *kinds_of_fact(child)]]
    return sorted({kind for kind in found if "type" in vars(kind)}, key=lambda kind: kind.type)


def table() -> list[tuple[str, str, list[str], list[str]]]:
    """Fact, where it goes, what reacts within, what reacts on: what `resolutionflow events` prints.

    The audit log reacts to every fact and writes the audited ones; that is said by "audit".
    """
    rows = []
    for fact in kinds_of_fact():
        goes = "stream" if fact.streamed else "log"
        within = [each.name for each in registry.within_ if issubclass(fact, each.fact) and each.fact is not Fact]
        on = [each.name for each in registry.on_.values() if issubclass(fact, each.fact)]
        rows.append((fact.type, f"{goes}, audit" if fact.audited else goes, within, on))
    return rows
