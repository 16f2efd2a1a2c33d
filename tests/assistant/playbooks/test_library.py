"""The playbooks that are shipped, and what is said of broken ones."""

import re
import tomllib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from resolutionflow.assistant.base import Action, Case, Hint, Part
from resolutionflow.assistant.kinds import ProblemKind
from resolutionflow.assistant.playbooks import Playbooks, recognise
from resolutionflow.assistant.playbooks.check import Replies, dead_ends
from resolutionflow.assistant.playbooks.library import PlaybookError, load, playbook_for, shipped
from resolutionflow.assistant.playbooks.schema import Playbook
from tests.assistant.playbooks.talk import SMALL, small

ROOT = Path(__file__).parents[3]
FILES = ROOT / "src/resolutionflow/assistant/playbooks/data"


def test_every_file_is_shipped_under_its_kind_and_at_least_eight_go_into_depth() -> None:
    assert {f"{kind}.toml" for kind in shipped()} == {file.name for file in FILES.iterdir()}
    deep = [book for book in shipped().values() if len(book.actions) >= 20 and len(book.causes) >= 8 and len(book.symptoms) >= 5]
    assert len(deep) >= 8
    assert all(book.sources for book in deep)


def test_every_kind_is_served() -> None:
    for kind in ProblemKind:
        assert playbook_for(kind).kind in (kind, ProblemKind.OTHER)
    assert playbook_for(None).kind is ProblemKind.OTHER


@pytest.mark.parametrize("kind", sorted(shipped()))
def test_a_shipped_playbook_has_no_dead_ends(kind: ProblemKind) -> None:
    assert dead_ends(shipped()[kind], pairs=False) == []


@pytest.mark.parametrize("kind", sorted(shipped()))
def test_every_address_is_a_source_that_can_be_opened_safely(kind: ProblemKind) -> None:
    book = shipped()[kind]
    assert all(re.fullmatch(r"https://[\w.-]+/\S*", link.url) for link in book.sources)
    assert len({link.url for link in book.sources}) == len(book.sources)


@pytest.mark.parametrize("kind", sorted(shipped()))
def test_every_question_can_be_left_open_and_every_stop_says_why(kind: ProblemKind) -> None:
    book = shipped()[kind]
    for ask in book.questions:
        assert any(not option.supports and not option.rules_out for option in ask.options), ask.id
    assert len({stop.because for stop in book.stops}) == len(book.stops)


def test_the_small_playbook_has_no_dead_ends() -> None:
    assert dead_ends(small()) == []


def more(table: str, **row: Any) -> dict[str, Any]:
    return {table: [*SMALL[table], row]}


def changed(table: str, id: str, **fields: Any) -> dict[str, Any]:
    return {table: [{**row, **fields} if row["id"] == id else row for row in SMALL[table]]}


IDLE = [{"text": "Good"}, {"text": "Bad"}]
ALIKE = [{"text": "Yes", "supports": ["driver"]}, {"text": "yes!", "supports": ["queue"]}]
KNOWN_BAD = {
    "Action kick is never reached.": more("actions", id="kick", do="Kick it", expected="It prints", unclear="Listen.", confirm="Do not."),
    "Symptom hidden is never reached.": more("symptoms", id="hidden", title="Hidden", says=["stuck"], causes=["queue"]),
    "Question idle is never reached.": more("questions", id="idle", ask="How are you?", why="Kindness.", options=IDLE),
    "Stop enough is never reached.": changed("stops", "enough", failed=9),
    "Stop again is never reached.": more("stops", id="again", because="Smoke again.", ask="Somebody", says=["smoke"]),
    "Option since: yes! is read as Yes.": changed("questions", "since", options=ALIKE),
}


@pytest.mark.parametrize("finding", KNOWN_BAD)
def test_the_check_finds_what_is_wrong_in_a_playbook(finding: str) -> None:
    assert finding in dead_ends(Playbook.model_validate({**SMALL, **KNOWN_BAD[finding]}))


ENGINE = Playbooks(recognise, lambda _: small()).parts


def falls_silent(case: Case) -> list[Part]:
    return [part for part in ENGINE(case) if not case.tried or not isinstance(part, Action | Hint)]


def forgets_what_was_tried(case: Case) -> list[Part]:
    return list(ENGINE(replace(case, tried=())))


def never_resolves(case: Case) -> list[Part]:
    return [part for part in ENGINE(case) if not isinstance(part, Hint) or part.kind != "resolve"]


@pytest.mark.parametrize(
    ("replies", "finding"),
    [
        (falls_silent, "A walk leads nowhere: “-”; then found"),
        (forgets_what_was_tried, "printer/look_at_queue comes again and again: “-”; then found"),
        (never_resolves, "printer/clear_queue works and is not resolved: “-”; then found"),
    ],
)
def test_the_check_finds_what_is_wrong_in_an_engine(replies: Replies, finding: str) -> None:
    assert finding in dead_ends(small(), replies=replies)


BROKEN: dict[str, tuple[str, Callable[[str], str]]] = {
    "no TOML": ("printer.toml is not readable: ", lambda _: "title = "),
    "a field too few": ("printer.toml: title: Field required.", lambda _: 'kind = "printer"'),
    "a field too many": ("printer.toml: colour: Extra inputs are not permitted.", lambda text: f'colour = "red"\n{text}'),
    "a kind that is none": ("printer.toml: kind: Input should be 'email_outlook'", lambda text: text.replace("printer", "toaster")),
    "a name of nothing": (
        "printer.toml: file: names what is not there: device → kick.",
        lambda text: text.replace('["power_cycle', '["kick'),
    ),
    "an id twice": ("printer.toml: file: ids given twice: queue.", lambda text: text.replace('id = "driver"', 'id = "queue"')),
    "a stop without a condition": ("printer.toml: stops.2: enough: give exactly one of", lambda text: text.replace("failed = 3", "")),
    "a link that is not safe": (
        "printer.toml: sources.0.url: ",
        lambda text: f'{text}\n[[sources]]\ntitle = "Old"\nurl = "http://example.com"\nlicence = "CC BY"',
    ),
    "another kind's file": (
        "printer.toml says it is for slow_pc: name the file slow_pc.toml.",
        lambda text: text.replace("printer", "slow_pc", 1),
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_named_with_the_place(tmp_path: Path, name: str) -> None:
    said, broken = BROKEN[name]
    (tmp_path / "printer.toml").write_text(broken(Path(__file__).with_name("small.toml").read_text()))
    with pytest.raises(PlaybookError, match=f"^{re.escape(said)}"):
        load(tmp_path)


def test_without_the_general_path_nothing_is_loaded(tmp_path: Path) -> None:
    with pytest.raises(PlaybookError, match=r"other\.toml is missing"):
        load(tmp_path)


def test_the_example_in_the_documentation_is_a_playbook_without_dead_ends() -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", (ROOT / "docs/playbooks.md").read_text(), re.DOTALL)
    assert dead_ends(Playbook.model_validate(tomllib.loads(example))) == []
