"""The playbooks that are shipped, read and judged once."""

import tomllib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from pydantic import ValidationError

from resolutionflow.assistant.kinds import ProblemKind
from resolutionflow.assistant.playbooks.schema import Playbook


class PlaybookError(RuntimeError):
    """A sentence that names the file and the place."""


@cache
def shipped() -> dict[ProblemKind, Playbook]:
    """Every playbook by its kind. Raises `PlaybookError`."""
    return load(files("resolutionflow.assistant.playbooks") / "data")


def load(folder: Traversable) -> dict[ProblemKind, Playbook]:
    found = {}
    for file in sorted((each for each in folder.iterdir() if each.name.endswith(".toml")), key=lambda each: each.name):
        playbook = _read(file)
        if file.name != f"{playbook.kind}.toml":
            raise PlaybookError(f"{file.name} says it is for {playbook.kind}: name the file {playbook.kind}.toml.")
        found[playbook.kind] = playbook
    if ProblemKind.OTHER not in found:
        raise PlaybookError("other.toml is missing: it serves every kind that has no playbook of its own.")
    return found


def playbook_for(kind: ProblemKind | None) -> Playbook:
    """The kind's own, else the general path."""
    books = shipped()
    return books.get(kind or ProblemKind.OTHER, books[ProblemKind.OTHER])


def _read(file: Traversable) -> Playbook:
    try:
        return Playbook.model_validate(tomllib.loads(file.read_text(encoding="utf-8")))
    except tomllib.TOMLDecodeError as error:
        raise PlaybookError(f"{file.name} is not readable: {error}.") from None
    except ValidationError as wrong:
        first = wrong.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise PlaybookError(f"{file.name}: {where or 'file'}: {first['msg'].removeprefix('Value error, ')}.") from None
