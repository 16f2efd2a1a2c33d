import subprocess
import sys
from pathlib import Path

import pytest

import bootstrap
from bootstrap import Checkout, SetupError

TOOLS = Path(bootstrap.__file__).parent


class Workshop:
    """Makes one thing through `once`, and counts how often."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.times_made = 0

    def provide(self, fingerprint: str, *, failing: bool = False) -> None:
        def make() -> None:
            self.folder.mkdir(exist_ok=True)
            self.times_made += 1
            if failing:
                raise SetupError("no network")

        bootstrap.once("a thing", self.folder / ".made-from", fingerprint, make, proof=self.folder)


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    return Workshop(tmp_path / "thing")


def test_what_was_made_from_the_same_things_is_not_made_again(workshop: Workshop) -> None:
    workshop.provide("one")
    workshop.provide("one")
    assert workshop.times_made == 1


def test_a_change_makes_it_again(workshop: Workshop) -> None:
    workshop.provide("one")
    workshop.provide("two")
    assert workshop.times_made == 2


def test_what_was_deleted_is_made_again(workshop: Workshop) -> None:
    workshop.provide("one")
    (workshop.folder / ".made-from").unlink()
    workshop.folder.rmdir()
    workshop.provide("one")
    assert workshop.times_made == 2


def test_an_install_that_breaks_off_is_not_taken_for_a_finished_one(workshop: Workshop) -> None:
    workshop.provide("one")
    with pytest.raises(SetupError):
        workshop.provide("two", failing=True)
    workshop.provide("one")
    assert workshop.times_made == 3


def test_the_fingerprint_follows_names_and_contents_but_not_what_is_built(tmp_path: Path) -> None:
    source = tmp_path / "src" / "main.ts"
    source.parent.mkdir()
    source.write_text("one")
    before = bootstrap.digest(*bootstrap.sources_of(tmp_path))
    (tmp_path / "dist").mkdir()
    (tmp_path / "dist" / "main.js").write_text("built")
    assert bootstrap.digest(*bootstrap.sources_of(tmp_path)) == before
    source.write_text("two")
    changed = bootstrap.digest(*bootstrap.sources_of(tmp_path))
    source.rename(source.with_name("other.ts"))
    assert len({before, changed, bootstrap.digest(*bootstrap.sources_of(tmp_path))}) == 3


def test_a_failed_command_shows_its_end_and_names_the_way_on(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    checkout = Checkout(tmp_path)
    checkout.cache.mkdir()
    with pytest.raises(SetupError, match=r"^The packages could not be installed: .*setup\.log; then run the same command again\.$"):
        bootstrap.run(checkout, ["sh", "-c", "echo the index is away; exit 3"], trouble="The packages could not be installed")
    assert "the index is away" in capfd.readouterr().err


def test_a_python_without_ensurepip_still_gets_an_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shadow = tmp_path / "shadow"
    shadow.mkdir()
    (shadow / "ensurepip.py").write_text("raise ModuleNotFoundError('Debian keeps ensurepip in python3-venv')")
    monkeypatch.setenv("PYTHONPATH", str(shadow))
    checkout = Checkout(tmp_path)
    checkout.cache.mkdir()
    bootstrap.make_environment(checkout, uv=None)
    assert bootstrap.runs(checkout.python, "-c", "pass")
    assert not bootstrap.runs(checkout.python, "-m", "pip", "--version")


def test_a_second_set_up_waits_for_the_first(tmp_path: Path) -> None:
    script = (
        "import sys, time; from pathlib import Path; import bootstrap\n"
        "with bootstrap.alone(bootstrap.Checkout(Path(sys.argv[1]))), open(sys.argv[1] + '/diary', 'a', buffering=1) as diary:\n"
        "    diary.write('begin '); time.sleep(0.3); diary.write('end ')\n"
    )
    both = [subprocess.Popen([sys.executable, "-c", script, str(tmp_path)], cwd=TOOLS, env={}, stdout=subprocess.DEVNULL) for _ in range(2)]
    assert [one.wait(60) for one in both] == [0, 0]
    assert (tmp_path / "diary").read_text() == "begin end begin end "


def test_an_old_node_or_one_without_npm_is_not_used(tmp_path: Path) -> None:
    node = tmp_path / "node"
    node.write_text("#!/bin/sh\nexit 0\n")
    node.chmod(0o755)
    assert not bootstrap.is_recent_node(node)
    (tmp_path / "npm").touch()
    assert bootstrap.is_recent_node(node)
    node.write_text("#!/bin/sh\nexit 1\n")
    assert not bootstrap.is_recent_node(node)


def test_set_up_without_a_web_lock_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match="restore it with git"):
        bootstrap.set_up(Checkout(tmp_path), ["web"])
