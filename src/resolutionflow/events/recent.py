"""The last encoded events of an account, so that a wave of reconnecting clients asks the database nothing."""

from collections import deque
from collections.abc import Iterable

from resolutionflow.events.frames import Frame


class Recent:
    """A ring: what comes in at one end pushes the oldest out at the other."""

    def __init__(self, size: int) -> None:
        self._frames: deque[Frame] = deque(maxlen=size)

    def add(self, frames: Iterable[Frame]) -> None:
        self._frames.extend(frames)

    def forget(self) -> None:
        self._frames.clear()

    def reaches_back_to(self, number: int) -> bool:
        """Whether everything past `number` is here."""
        return bool(self._frames) and number >= self._frames[0].number - 1

    def after(self, number: int) -> list[Frame]:
        missed = max(0, self._frames[-1].number - number) if self._frames else 0
        return list(self._frames)[-missed:] if missed else []
