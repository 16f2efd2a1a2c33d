"""Whether a suggested step was tried already, in the same words or in others."""

import re
from dataclasses import dataclass

from resolutionflow.assistant.base import SuggestedStep
from resolutionflow.assistant.grounding.words import LOOKS, command_of, verbs_and_things
from resolutionflow.assistant.playbooks.matching import fold

_AGAIN = re.compile(r"\s*again, because\s+\S+", re.IGNORECASE)
_SHORTEST_COMMAND = 6
_ALIKE, _ALIKE_APART, _ALIKE_AT_LEAST = 0.65, 0.7, 0.8
"""How much of what both speak of they share (Dice): where both say that the same is done and one says no more than the other; where each
names something of its own; where one does not say what is done, or their commands differ."""


def is_labelled(step: SuggestedStep) -> bool:
    return step.repeats is not None and _AGAIN.match(step.repeats) is not None


@dataclass(frozen=True, slots=True)
class Doing:
    """A step, suggested or tried, by what tells it from others."""

    folded: str
    verbs: frozenset[str]
    things: frozenset[str]
    place: frozenset[str]
    """What it was done on."""
    said: str
    command: str


def doing(text: str, *, command: str | None = None, on: str | None = None) -> Doing:
    verbs, things = verbs_and_things(text)
    place = verbs_and_things(on)[1] if on else frozenset()
    return Doing(fold(text), verbs, things, place, command_of(text), command_of(command))


def repeats(step: Doing, tried: Doing) -> bool:
    return _same_command(step, tried) or means_the_same(step, tried)


def _same_command(step: Doing, tried: Doing) -> bool:
    if step.command and tried.command:
        return step.command == tried.command
    if tried.command:
        return len(tried.command) >= _SHORTEST_COMMAND and tried.command in step.said
    return len(step.command) >= _SHORTEST_COMMAND and step.command in tried.said


def means_the_same(step: Doing, other: Doing) -> bool:
    """By words, whatever their order."""
    if step.folded == other.folded != "  ":
        return True
    verbs = step.verbs & other.verbs
    if step.verbs and other.verbs and (not verbs or (LOOKS in step.verbs) != (LOOKS in other.verbs)):
        return False
    to, before = step.things, other.things | (other.place & step.things)
    if any(char.isdigit() for word in to - before for char in word):
        return False
    shared = len(to & before)
    if shared < 2:
        return shared == 1 and to == before
    is_strict = not verbs or (step.command and other.command)
    is_within = to <= before or before <= to
    alike = _ALIKE_AT_LEAST if is_strict else _ALIKE if is_within else _ALIKE_APART
    return 2 * shared >= alike * (len(to) + len(before))
