"""How many statements something takes."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event

from tests.factories.make import Make


@contextmanager
def statements(make: Make) -> Iterator[list[str]]:
    seen: list[str] = []
    engine = make.runtime.database.engine.sync_engine

    def heard(*args: object) -> None:
        seen.append(str(args[2]))

    event.listen(engine, "before_cursor_execute", heard)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", heard)
