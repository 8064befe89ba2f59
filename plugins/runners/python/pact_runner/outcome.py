"""One outcome per test, from the reports that pytest makes of its phases and subtests."""

import io

from _pytest._io import TerminalWriter
from _pytest.subtests import SubtestReport
from wit_world.imports.tests import Outcome, TestResult


def combine(id: str, reports: list) -> TestResult:
    """Joins the reports of one test: a failure of the test itself counts first, then one of setup or teardown."""
    failed = [report for report in reports if report.failed]
    in_call = [report for report in failed if report.when == "call"]
    if failed:
        # A test whose subtests failed also gets a report that only counts them; the first of them says what is wrong.
        first = (in_call or failed)[0]
        outcome = Outcome.FAILED if in_call else Outcome.ERROR
        return TestResult(id, outcome, first.pact_place, first.pact_message, _details(failed), first.pact_missing)
    for report in reports:
        if isinstance(report, SubtestReport):
            continue
        if hasattr(report, "wasxfail"):
            outcome = Outcome.XFAILED if report.skipped else Outcome.XPASSED
            return TestResult(id, outcome, report.pact_place, report.pact_message, _details([report]), None)
        if report.skipped:
            return TestResult(id, Outcome.SKIPPED, report.pact_place, report.pact_message, "", None)
    return TestResult(id, Outcome.PASSED, None, "", "", None)


def message_of(report, error: BaseException | None) -> str:
    """One line that says why a test did not simply pass."""
    if getattr(report, "wasxfail", ""):
        return _first_line(report.wasxfail.removeprefix("reason: "))
    longrepr = report.longrepr
    if isinstance(longrepr, tuple):
        return _first_line(longrepr[2].removeprefix("Skipped: "))
    crash = getattr(longrepr, "reprcrash", None)
    if crash is not None:
        return _first_line(crash.message)
    # A fixture that does not exist, for example, has a text of its own and no crash.
    text = getattr(longrepr, "errorstring", None) or report.longreprtext or str(error or "")
    return _first_line(text)


def detail_of(report) -> str:
    """What pytest prints for a failure: its representation, then the captured output."""
    # Not `longreprtext`: it strips the indentation of the first source line.
    output = io.StringIO()
    report.toterminal(TerminalWriter(output))
    parts = [output.getvalue().strip("\n")]
    for name, content in report.sections:
        parts.append(f"{f' {name} ':-^80}\n{content.rstrip()}")
    return "\n".join(part for part in parts if part)


def _details(reports: list) -> str:
    if len(reports) == 1:
        return detail_of(reports[0])
    return "\n".join(f"{f' {_heading(report)} ':_^80}\n{detail_of(report)}" for report in reports)


def _heading(report) -> str:
    if isinstance(report, SubtestReport):
        return f"subtest {report._sub_test_description()}"
    return report.when if report.when == "call" else f"error at {report.when}"


def _first_line(text: str) -> str:
    return next((line.strip() for line in text.splitlines() if line.strip()), "")
