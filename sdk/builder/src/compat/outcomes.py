"""A pytest plugin that writes one JSON line for each test: `{"id": ..., "outcome": ..., "message": ...}`.

It joins the phases and subtests of a test as the runner does: a failure of the test or of one of its subtests is
`failed`, else one of setup or teardown is `error`. A file that could not be collected, or skipped itself, is a line too.
"""

import json
import os

from _pytest.subtests import SubtestReport

_reports = {}


def pytest_runtest_logreport(report):
    _reports.setdefault(report.nodeid, []).append(report)


def pytest_runtest_logfinish(nodeid):
    reports = _reports.pop(nodeid, [])
    if reports:
        _write(nodeid, *_joined(reports))


def pytest_collectreport(report):
    if report.failed:
        _write(report.nodeid.partition("::")[0], "not collected", _line(report))
    elif report.skipped:
        _write(report.nodeid, "skipped", _line(report))


def _joined(reports):
    failed = [report for report in reports if report.failed]
    in_call = [report for report in failed if report.when == "call"]
    if failed:
        return ("failed" if in_call else "error"), _line((in_call or failed)[0])
    for report in reports:
        if isinstance(report, SubtestReport):
            continue
        if hasattr(report, "wasxfail"):
            return ("xfailed" if report.skipped else "xpassed"), report.wasxfail
        if report.skipped:
            return "skipped", _line(report)
    return "passed", ""


def _line(report):
    if isinstance(report.longrepr, tuple):
        return report.longrepr[2]
    crash = getattr(report.longrepr, "reprcrash", None)
    text = crash.message if crash is not None else report.longreprtext.strip().rpartition("\n")[2]
    return text.partition("\n")[0]


def _write(nodeid, outcome, message):
    # Lone surrogates, which JSON cannot carry, are told as the runner tells them.
    line = json.dumps({"id": nodeid, "outcome": outcome, "message": message}, ensure_ascii=False)
    with open(os.environ["PACT_COMPAT_OUTCOMES"], "ab") as file:
        file.write(line.encode("utf-8", "backslashreplace") + b"\n")
