from pathlib import Path

import pytest

import verify
from verify import Count, Suite

REPORT = """<testsuites><testsuite>
  <testcase classname="queue" name="card arrives"/>
  <testcase classname="queue" name="card leaves"><failure message="it stayed"/></testcase>
  <testcase classname="queue" name="broke in set-up"><error message="no database"/></testcase>
  <testcase classname="queue" name="needs Redis"><skipped/></testcase>
</testsuite></testsuites>"""
ONE_PASSED = '<testsuite><testcase classname="queue" name="card arrives"/></testsuite>'


@pytest.fixture
def suite(tmp_path: Path) -> Suite:
    """A runner that writes the report given in $REPORT and ends with $CODE."""
    command = ["sh", "-c", 'printf "%s" "$REPORT" > report.xml; exit "$CODE"']
    return Suite("runner", command, tmp_path / "report.xml", tmp_path, {"REPORT": ONE_PASSED, "CODE": "0"})


def test_a_report_is_counted_and_failures_are_named(tmp_path: Path) -> None:
    (tmp_path / "report.xml").write_text(REPORT)
    assert verify.read_report(tmp_path / "report.xml") == (
        Count(passed=1, failed=2, skipped=1),
        ["queue › card leaves", "queue › broke in set-up"],
    )


def test_a_runner_that_passes_is_counted_as_it_says(suite: Suite) -> None:
    assert verify.run_suite(suite) == Count(passed=1)


def test_a_runner_that_ran_nothing_has_failed(suite: Suite) -> None:
    suite.env["REPORT"] = "<testsuite/>"
    assert verify.run_suite(suite) == Count(failed=1)


def test_a_runner_that_broke_off_has_failed_though_its_report_is_clean(suite: Suite) -> None:
    suite.env["CODE"] = "3"
    assert verify.run_suite(suite) == Count(passed=1, failed=1)


def test_a_runner_that_is_not_there_has_failed(tmp_path: Path) -> None:
    assert verify.run_suite(Suite("missing", ["./no-such-runner"], tmp_path / "report.xml", tmp_path)) == Count(failed=1)


def test_the_closing_line_is_the_one_that_ci_reads() -> None:
    assert str(Count(3, 0, 0)) == "3 passed, 0 failed"
    assert str(Count(3, 1, 2)) == "3 passed, 1 failed, 2 skipped"
