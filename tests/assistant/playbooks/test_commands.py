"""`resolutionflow playbooks …`: what it prints and how it ends."""

import json
import shutil
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from resolutionflow.app.cli import cli, main
from tests.assistant.playbooks.test_library import FILES

HERE = Path(__file__).parent
TICKETS = [{"body": f"The printer {number} shows offline", "kind": "printer"} for number in range(3)]
TICKETS += [{"body": f"VPN disconnects {number} times an hour", "kind": "vpn_remote_access"} for number in range(3)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The general path and the small playbook."""
    shutil.copy(FILES / "other.toml", tmp_path)
    shutil.copy(HERE / "small.toml", tmp_path / "printer.toml")
    (tmp_path / "tickets.jsonl").write_text("\n".join(map(json.dumps, TICKETS)))
    return tmp_path


def run(*arguments: object) -> tuple[int, str]:
    result = CliRunner().invoke(cli, ["playbooks", *map(str, arguments)])
    return result.exit_code, result.output


def test_check_says_what_each_playbook_has_and_that_all_is_well(folder: Path) -> None:
    code, said = run("check", folder)
    assert (code, said.splitlines()) == (0, [
        "other: 2 symptoms, 3 questions, 6 causes, 14 actions, 4 stops … no dead ends",
        "printer: 1 symptoms, 4 questions, 3 causes, 4 actions, 3 stops … no dead ends",
    ])  # fmt: skip


def test_check_lists_what_it_finds_and_ends_with_one(folder: Path) -> None:
    file = folder / "printer.toml"
    file.write_text(file.read_text().replace("failed = 3", "failed = 9"))
    code, said = run("check", folder)
    assert code == 1
    assert "\n  Stop enough is never reached." in said


def test_check_names_a_broken_file_and_ends_with_one(folder: Path) -> None:
    (folder / "printer.toml").write_text("title =")
    code, said = run("check", folder)
    assert code == 1
    assert said.startswith("printer.toml is not readable")


def test_recognise_shows_the_kind_and_the_words_that_decided() -> None:
    code, said = run("recognise", "The printer shows offline")
    assert code == 0
    assert said.startswith("Printing and scanning (sure)\n")
    assert "Words that decided: @printer +" in said


def test_recognise_can_be_unsure() -> None:
    assert run("recognise", "zxqv") == (0, "Nothing is recognised (not sure)\n")


def test_train_writes_the_file_it_is_told_to_and_says_from_how_many(folder: Path) -> None:
    out = folder / "weights.json"
    code, said = run("train", folder / "tickets.jsonl", "--out", out)
    assert (code, said) == (0, f"Learnt from 6 tickets; the weights are in {out}.\n")
    assert set(json.loads(out.read_text())) == {"bias", "weights"}


def test_evaluate_prints_a_table(folder: Path) -> None:
    code, said = run("evaluate", folder / "tickets.jsonl")
    assert code == 0
    assert [line[:44].strip() for line in said.splitlines()][1] == "ours, cross-validated"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("evaluate", "nowhere.jsonl"), "nowhere.jsonl cannot be read"),
        (("train", "nowhere.jsonl"), "nowhere.jsonl cannot be read"),
        (("train", "tickets.jsonl", "--out", "no/such/folder"), "no/such/folder cannot be written"),
    ],
)
def test_a_mistake_is_one_sentence(
    folder: Path, arguments: tuple[str, ...], said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(folder)
    monkeypatch.setattr(sys, "argv", ["resolutionflow", "playbooks", *arguments])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    assert capsys.readouterr().err.startswith(f"resolutionflow: {said}")
