"""Whether a suggested step was tried already, in the same words or in others."""

import re

from resolutionflow.assistant.base import Attempt, SuggestedStep
from resolutionflow.assistant.grounding.words import LOOKS, command_of, verbs_and_things
from resolutionflow.assistant.playbooks.matching import fold

_AGAIN = re.compile(r"\s*again, because\s+\S+", re.IGNORECASE)
_SHORTEST_COMMAND = 6
_ALIKE, _ALIKE_APART, _ALIKE_AT_LEAST = 0.65, 0.7, 0.8
"""How much of what both speak of they share (Dice): where both say that the same is done and one says no more than the other; where each
names something of its own; where one does not say what is done, or their commands differ."""


def is_labelled(step: SuggestedStep) -> bool:
    return step.repeats is not None and _AGAIN.match(step.repeats) is not None


def repeats(step: SuggestedStep, tried: Attempt) -> bool:
    """What was skipped was not tried."""
    if tried.outcome == "skipped":
        return False
    if _same_command(step, tried):
        return True
    alike = _ALIKE_AT_LEAST if step.command and tried.command else _ALIKE
    return means_the_same(step.title, tried.what, where=tried.target or "", alike=alike)


def _same_command(step: SuggestedStep, tried: Attempt) -> bool:
    proposed, done = command_of(step.command), command_of(tried.command)
    if proposed and done:
        return proposed == done
    if done:
        return len(done) >= _SHORTEST_COMMAND and done in command_of(step.title)
    return len(proposed) >= _SHORTEST_COMMAND and proposed in command_of(tried.what)


def means_the_same(one: str, other: str, *, where: str = "", alike: float = _ALIKE) -> bool:
    """By words, whatever their order. `where` is what the other was done on."""
    if fold(one) == fold(other) != "  ":
        return True
    done, to = verbs_and_things(one)
    done_before, to_before = verbs_and_things(other)
    if done and done_before and (done.isdisjoint(done_before) or (LOOKS in done) != (LOOKS in done_before)):
        return False
    place = verbs_and_things(where)[1] & to
    if any(char.isdigit() for word in to - to_before - place for char in word):
        return False
    to_before |= place
    shared = len(to & to_before)
    if shared < 2:
        return shared == 1 and to == to_before
    if not (to <= to_before or to_before <= to):
        alike = max(alike, _ALIKE_APART)
    return 2 * shared >= (alike if done & done_before else _ALIKE_AT_LEAST) * (len(to) + len(to_before))
