"""Spares a model that keeps failing, and the people who would wait for each of its failures."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from resolutionflow.assistant.base import AssistantFailure

FAILURES = 3
"""In a row, until the model rests."""
REST_SECONDS = 30.0


class Breaker:
    """Of one process. After its rest one attempt is let through; it ends the rest or begins another."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._failures = 0
        self._rests_until = 0.0
        self._is_probing = False

    @property
    def is_closed(self) -> bool:
        """Whether an attempt may be made now."""
        return self._failures < FAILURES or (self._clock() >= self._rests_until and not self._is_probing)

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """An attempt that is given up (stopped, hung up on) counts neither way."""
        self._is_probing = self._failures >= FAILURES
        try:
            yield
        except AssistantFailure:
            self._failures += 1
            self._rests_until = self._clock() + REST_SECONDS
            raise
        else:
            self._failures = 0
        finally:
            self._is_probing = False
