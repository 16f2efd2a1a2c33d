"""A Chromium for the browser tests: the one named, the system's, Debian's package, or Playwright's own."""

import os
import shutil
import subprocess
from pathlib import Path

import bootstrap

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
APPLICATIONS = ("Google Chrome.app/Contents/MacOS/Google Chrome", "Chromium.app/Contents/MacOS/Chromium")


class NoChromium(Exception):
    """There is no browser to test in; the message is a sentence that says the way on."""


def provide(checkout: bootstrap.Checkout) -> str | None:
    """The browser's path, installed first where need be; None means the one Playwright keeps for itself."""
    if named := os.environ.get("CHROMIUM"):
        if bootstrap.runs(named, "--version"):
            return named
        raise NoChromium(f"CHROMIUM names {named}, which does not run; unset it or name a Chromium.")
    if found := _installed():
        return found
    if os.geteuid() == 0 and _is_debian() and _install_debian_package() and (found := _installed()):
        return found
    command = ["node_modules/.bin/playwright", "install", "chromium"]
    if subprocess.run(command, cwd=checkout.web, env=bootstrap.environment(checkout), stdin=subprocess.DEVNULL).returncode:
        raise NoChromium(
            "There is no Chromium and none could be installed; install one (Debian: apt install chromium) or set CHROMIUM to its path."
        )
    return None


def _installed() -> str | None:
    """The first browser that answers: Ubuntu's `chromium-browser` may be a stub that only names a snap."""
    candidates = [shutil.which(name) for name in NAMES] + [f"/Applications/{name}" for name in APPLICATIONS]
    return next((path for path in candidates if path and bootstrap.runs(path, "--version")), None)


def _is_debian() -> bool:
    release = Path("/etc/os-release")
    return release.exists() and "ID=debian" in release.read_text().splitlines()


def _install_debian_package() -> bool:
    bootstrap.say("Chromium: installing Debian's package …")
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    commands = (["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"])
    return all(subprocess.run(command, env=env, stdin=subprocess.DEVNULL).returncode == 0 for command in commands)
