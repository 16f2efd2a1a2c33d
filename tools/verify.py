"""`make check` and `make test`: every check and every test, all of them even when one fails, and at the end one line that counts."""

import os
import signal
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryFile
from typing import NamedTuple

import bootstrap
import chromium

ROOT = bootstrap.HERE.root
WEB = bootstrap.HERE.web
REPORTS = bootstrap.HERE.cache / "reports"
PYTHON = str(bootstrap.HERE.python)
SUITE_SECONDS = 1800
FAILURES_SHOWN = 40


class Count(NamedTuple):
    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def and_also(self, other: "Count") -> "Count":
        return Count(self.passed + other.passed, self.failed + other.failed, self.skipped + other.skipped)

    def __str__(self) -> str:
        return f"{self.passed} passed, {self.failed} failed" + (f", {self.skipped} skipped" if self.skipped else "")


@dataclass(frozen=True)
class Check:
    name: str
    command: list[str]
    remedy: str
    cwd: Path = ROOT


@dataclass(frozen=True)
class Suite:
    """A test runner that writes a JUnit report."""

    name: str
    command: list[str]
    report: Path
    cwd: Path = ROOT
    env: dict[str, str] = field(default_factory=dict)


def checks() -> list[Check]:
    typed = [name for name in ("src", "tests", "tools", "bench") if (ROOT / name).exists()]
    tool = bootstrap.HERE.venv / "bin"
    return [
        Check("format", [f"{tool}/ruff", "format", "--check", "--output-format=concise", "."], "make fix"),
        Check("lint", [f"{tool}/ruff", "check", "--output-format=concise", "."], "make fix"),
        Check("types", [f"{tool}/mypy", *typed], "the lines above"),
        Check("imports", [f"{tool}/lint-imports"], ".importlinter says who may import whom"),
        Check("locks", [PYTHON, "tools/lock.py"], "make lock"),
        Check("api document", [PYTHON, "tools/openapi.py"], "make schema"),
        Check("api client", ["npm", "run", "--silent", "schema", "--", "--check"], "make schema", WEB),
        Check("web types", ["npm", "run", "--silent", "typecheck"], "the lines above", WEB),
        Check("web lint", ["npm", "run", "--silent", "lint"], "make fix", WEB),
        Check("web size", ["npm", "run", "--silent", "size"], "load less before the first screen", WEB),
    ]


def python_suite() -> Suite:
    report = REPORTS / "pytest.xml"
    command = [PYTHON, "-m", "pytest", "-q", "-n", "auto", "--maxprocesses=4", "--dist=worksteal", f"--junitxml={report}"]
    return Suite("pytest", command, report)


def web_suite() -> Suite:
    report = REPORTS / "vitest.xml"
    command = ["node_modules/.bin/vitest", "run", "--reporter=default", "--reporter=junit", f"--outputFile.junit={report}"]
    return Suite("vitest", command, report, WEB)


def browser_suite(browser: str | None) -> Suite:
    report = REPORTS / "playwright.xml"
    env = {"PLAYWRIGHT_JUNIT_OUTPUT_FILE": str(report)} | ({"CHROMIUM": browser} if browser else {})
    return Suite("playwright", ["node_modules/.bin/playwright", "test", "--reporter=list,junit"], report, WEB, env)


def run_checks(steps: list[Check]) -> Count:
    heading("checks")
    results = [run_check(step) for step in steps]
    return Count(passed=results.count(True), failed=results.count(False))


def run_check(check: Check) -> bool:
    """Silent when all is well; else what the tool said, and what mends it."""
    started = time.monotonic()
    with TemporaryFile() as said:
        code = execute(check.command, check.cwd, {}, out=said.fileno())
        said.seek(0)
        lines = said.read().decode(errors="replace").rstrip().splitlines()
    print(f"{'ok  ' if code == 0 else 'FAIL'} {check.name:<14}{time.monotonic() - started:6.1f} s", flush=True)
    if code:
        print(*(f"     {line}" for line in lines[-60:]), f"     → {check.remedy}", sep="\n", flush=True)
    return code == 0


def run_suite(suite: Suite) -> Count:
    """Run a test runner in the open; one that breaks off, or runs nothing, has failed even if its report does not say so."""
    heading(suite.name)
    suite.report.parent.mkdir(parents=True, exist_ok=True)
    suite.report.unlink(missing_ok=True)
    code = execute(suite.command, suite.cwd, suite.env)
    count, failures = read_report(suite.report)
    if count.passed + count.failed == 0:
        failures.append("no test ran")
    elif code and not count.failed:
        failures.append(f"the runner itself failed (exit code {code})")
    shown = [f"     FAIL {name}" for name in failures[:FAILURES_SHOWN]]
    print(f"{suite.name}: {count}", *shown, *(["     …"] if len(failures) > FAILURES_SHOWN else []), sep="\n", flush=True)
    return count._replace(failed=max(count.failed, len(failures)))


def read_report(path: Path) -> tuple[Count, list[str]]:
    """What a JUnit report counts, and the names of what failed; a report that is missing or cut off counts nothing."""
    try:
        cases = list(ET.parse(path).iter("testcase"))
    except (OSError, ET.ParseError):
        return Count(), []
    failed = [case for case in cases if case.find("failure") is not None or case.find("error") is not None]
    skipped = [case for case in cases if case.find("skipped") is not None and case not in failed]
    names = [f"{case.get('classname', '')} › {case.get('name', '')}" for case in failed]
    return Count(len(cases) - len(failed) - len(skipped), len(failed), len(skipped)), names


def execute(command: list[str], cwd: Path, env: dict[str, str], out: int | None = None) -> int:
    """Run to the end, or end it and all it started when it takes too long or somebody presses Ctrl-C."""
    surroundings = {**bootstrap.environment(bootstrap.HERE), **env} | ({} if sys.stdout.isatty() else {"NO_COLOR": "1"})
    try:
        program = subprocess.Popen(
            command, cwd=cwd, env=surroundings, stdin=subprocess.DEVNULL, stdout=out, stderr=out and subprocess.STDOUT, process_group=0
        )
    except OSError as error:
        os.write(out or sys.stdout.fileno(), f"{error}\n".encode())
        return 127
    try:
        return program.wait(SUITE_SECONDS)
    except subprocess.TimeoutExpired:
        os.write(out or sys.stdout.fileno(), f"still running after {SUITE_SECONDS} s, ended\n".encode())
        return 124
    finally:
        end_group(program)


def end_group(program: subprocess.Popen[bytes]) -> None:
    """Leave nothing of it running: servers of a runner that died would hold their ports."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(program.pid, number)
            program.wait(10)
        except (ProcessLookupError, PermissionError):  # macOS refuses where only a zombie is left
            return
        except subprocess.TimeoutExpired:
            continue


def set_up_web() -> Count:
    """The web application's set-up, counted as a check so that the rest is still run when it fails."""
    return Count(passed=1) if bootstrap.main(["web"]) == 0 else Count(failed=1)


def run_browser_suite() -> Count:
    try:
        browser = chromium.provide(bootstrap.HERE)
    except (chromium.NoChromium, OSError) as error:
        heading("playwright")
        print(f"FAIL {error}")
        return Count(failed=1)
    return run_suite(browser_suite(browser))


def heading(name: str) -> None:
    print(f"\n── {name} ──", flush=True)


def main(what: str) -> int:
    started = time.monotonic()
    total = set_up_web().and_also(run_checks(checks()))
    if what == "test":
        total = total.and_also(run_suite(python_suite())).and_also(run_suite(web_suite())).and_also(run_browser_suite())
    print(f"\n{time.monotonic() - started:.0f} s")
    print(total, flush=True)
    return 1 if total.failed else 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1]))
    except KeyboardInterrupt:
        sys.exit("interrupted")
