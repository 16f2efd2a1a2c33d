import hashlib
import zipfile
from pathlib import Path

import pytest

import uv_wheel
from uv_wheel import UvUnavailable, Wheel

FILENAME = "uv-1.0+local-py3-none-any.whl"


@pytest.fixture
def wheel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Wheel:
    """A small wheel in a package index of files, which is the one this machine is told to use."""
    page = tmp_path / "simple/uv/index.html"
    page.parent.mkdir(parents=True)
    file = page.with_name(FILENAME)
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("uv/__init__.py", "")
        archive.writestr("uv-1.0.data/scripts/uv", "#!/bin/sh\necho uv of the test\n")
    page.write_text('<a href="uv-0.9-py3-none-any.whl">old</a><a href="uv-1.0%2Blocal-py3-none-any.whl#sha256=0">new</a>')
    for name in ("UV_DEFAULT_INDEX", "UV_INDEX_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PIP_INDEX_URL", (tmp_path / "simple").as_uri())
    return Wheel(FILENAME, hashlib.sha256(file.read_bytes()).hexdigest())


def test_the_wheel_of_the_configured_index_becomes_a_program(wheel: Wheel, tmp_path: Path) -> None:
    uv = uv_wheel.fetch(tmp_path, wheel)
    assert (uv, uv.stat().st_mode & 0o777) == (tmp_path / "uv", 0o755)


def test_a_wheel_with_another_checksum_is_refused_and_leaves_nothing(wheel: Wheel, tmp_path: Path) -> None:
    with pytest.raises(UvUnavailable, match="was refused"):
        uv_wheel.fetch(tmp_path, wheel._replace(sha256="0" * 64))
    assert [path.name for path in tmp_path.iterdir()] == ["simple"]


def test_an_index_without_the_wheel_is_named(wheel: Wheel, tmp_path: Path) -> None:
    with pytest.raises(UvUnavailable, match=r"does not have uv-2\.0"):
        uv_wheel.fetch(tmp_path, wheel._replace(filename="uv-2.0-py3-none-any.whl"))


def test_an_index_that_is_away_is_named_without_its_password(wheel: Wheel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIP_INDEX_URL", "http://jane:open-sesame@127.0.0.1:1/simple")
    with pytest.raises(UvUnavailable, match=r"127\.0\.0\.1:1/simple") as refusal:
        uv_wheel.fetch(tmp_path, wheel)
    assert "sesame" not in str(refusal.value)


def test_pips_own_file_names_the_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("UV_DEFAULT_INDEX", "UV_INDEX_URL", "PIP_INDEX_URL"):
        monkeypatch.delenv(name, raising=False)
    settings = tmp_path / "pip.conf"
    settings.write_text("[global]\nindex-url = https://packages.example/simple\n")
    monkeypatch.setenv("PIP_CONFIG_FILE", str(settings))
    assert uv_wheel.configured_index() == "https://packages.example/simple"
