"""A pinned uv for machines whose Python can make an environment but cannot install into it (Debian without python3-venv)."""

from __future__ import annotations

import base64
import configparser
import hashlib
import os
import platform
import ssl
import urllib.request
import zipfile
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urljoin, urlsplit, urlunsplit

VERSION = "0.13.9"


class Wheel(NamedTuple):
    filename: str
    sha256: str


WHEELS = {
    ("Linux", "x86_64"): Wheel(
        f"uv-{VERSION}-py3-none-manylinux_2_17_x86_64.manylinux2014_x86_64.whl",
        "d7f459fe4fd247d830351c75686d3996ace3c6f3f728eb0e85a30b7ada0cef19",
    ),
    ("Linux", "aarch64"): Wheel(
        f"uv-{VERSION}-py3-none-manylinux_2_17_aarch64.manylinux2014_aarch64.musllinux_1_1_aarch64.whl",
        "5435c5ce14a56431208ca0996416d310f1598e8c2c8ba707688985a16bb82dbe",
    ),
    ("Darwin", "arm64"): Wheel(
        f"uv-{VERSION}-py3-none-macosx_11_0_arm64.whl",
        "66c512266d633bef48384a1f53003f41f2a8e7b36fe6e7fbfd3e0fd52d96fa63",
    ),
    ("Darwin", "x86_64"): Wheel(
        f"uv-{VERSION}-py3-none-macosx_10_12_x86_64.whl",
        "c16ed11e013557536b3e60065f1b912f6407bd6518e041b961e23ef9e6b4fbf5",
    ),
}


class UvUnavailable(Exception):
    """uv could not be had; the message is a sentence that says the way on."""


def fetch(bin_dir: Path, wheel: Wheel | None = None) -> Path:
    """Put the pinned uv into `bin_dir`; nothing is unpacked before its checksum is right."""
    wheel = wheel or WHEELS.get((platform.system(), platform.machine()))
    if wheel is None:
        raise UvUnavailable(
            f"There is no pinned uv for {platform.system()} {platform.machine()}; install uv or python3-venv and try again."
        )
    index = configured_index() or default_index()
    try:
        archive = _get(_link(index, wheel.filename))
    except OSError as error:
        raise UvUnavailable(
            f"uv could not be downloaded from {_without_password(index)} ({error}); install uv or python3-venv, or set PIP_INDEX_URL."
        ) from error
    if (found := hashlib.sha256(archive).hexdigest()) != wheel.sha256:
        raise UvUnavailable(f"{wheel.filename} was refused: its sha256 is {found} instead of {wheel.sha256}; check the package index.")
    uv = bin_dir / "uv"
    with zipfile.ZipFile(BytesIO(archive)) as opened:
        script = next(name for name in opened.namelist() if name.endswith(".data/scripts/uv"))
        partial = uv.with_suffix(".partial")
        partial.write_bytes(opened.read(script))
    partial.chmod(0o755)
    return partial.replace(uv)


def configured_index() -> str | None:
    """The package index this machine is told to use, by uv's or pip's environment or pip's files; None where nobody said."""
    for name in ("UV_DEFAULT_INDEX", "UV_INDEX_URL", "PIP_INDEX_URL"):
        if url := os.environ.get(name):
            return url
    return _pip_setting("index-url")


def default_index() -> str:
    """Everybody's index, put together from its project's name, because the repository names no registry's host."""
    project = "pypi"
    return f"https://{project}.org/simple"


def certificates() -> str | None:
    """A file of certificate authorities beyond the system's, as pip knows it."""
    return os.environ.get("SSL_CERT_FILE") or os.environ.get("PIP_CERT") or _pip_setting("cert")


def _pip_setting(name: str) -> str | None:
    home = Path.home()
    files = [
        Path("/etc/xdg/pip/pip.conf"),
        Path("/etc/pip.conf"),
        Path("/Library/Application Support/pip/pip.conf"),
        home / ".pip/pip.conf",
        home / "Library/Application Support/pip/pip.conf",
        Path(os.environ.get("XDG_CONFIG_HOME") or home / ".config") / "pip/pip.conf",
        Path(os.environ.get("PIP_CONFIG_FILE", os.devnull)),
    ]
    config = configparser.RawConfigParser()
    try:
        config.read(files)
    except configparser.Error as error:
        raise UvUnavailable(f"pip's configuration cannot be read: {error}.") from error
    for section in ("install", "global"):
        if value := config.get(section, name, fallback=None):
            return value
    return None


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if tag == "a" and name == "href" and value]


def _link(index: str, filename: str) -> str:
    """Where the index keeps this file (PEP 503)."""
    page = index.rstrip("/") + "/uv/"
    links = _Links()
    links.feed(_get(page + "index.html" if page.startswith("file:") else page).decode())
    for link in links.found:
        if unquote(urlsplit(link).path).rpartition("/")[2] == filename:
            return urljoin(page, link)
    raise UvUnavailable(f"{_without_password(index)} does not have {filename}; install uv or python3-venv and try again.")


def _get(url: str) -> bytes:
    parts = urlsplit(url)
    request = urllib.request.Request(_without_password(url), headers={"Accept": "text/html, */*;q=0.1"})
    if parts.username:
        pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        request.add_header("Authorization", "Basic " + base64.b64encode(pair.encode()).decode())
    trust = ssl.create_default_context(cafile=certificates())
    with urllib.request.urlopen(request, timeout=120, context=trust) as answer:
        body: bytes = answer.read()
    return body


def _without_password(url: str) -> str:
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
