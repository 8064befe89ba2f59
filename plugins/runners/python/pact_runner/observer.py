"""The pytest plugin that tells the host what happens, as typed calls. It never changes what a test does."""

import unittest

import pytest
from _pytest.outcomes import Skipped, XFailed
from _pytest.reports import CollectReport
from wit_world.imports.tests import CollectionError, Location, Outcome, TestCase, TestResult

from pact_runner import order, outcome, shortcuts
from pact_runner.missing import missing_module
from pact_runner.place import Places
from pact_runner.telling import Host, carried


class Observer:
    """Reports to the host."""

    def __init__(self, host: Host, places: Places, suite, component=None, watch=None):
        """`component` knows the exceptions of the instance that holds the tested code, where that is another one; `watch`
        sees what tested code in this one changes."""
        self._host = host
        self._places = places
        self._only = set(suite.only)
        self._shuffle = suite.shuffle
        self._component = component
        self._watch = watch
        self._tampered: dict[str, str] = {}
        self._reports: dict[str, list] = {}
        self._skipped_files: list[tuple[TestCase, TestResult]] = []
        self._failed_collectors: set[str] = set()
        self.reached_the_tests = False
        self.collected = self.deselected = self.finished = 0
        self.internal_error: BaseException | None = None

    # Collection

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection(self, session):
        if self._watch is not None:
            self._watch.begin(session.config.pluginmanager)

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_make_collect_report(self, collector):
        try:
            report = yield
            call = getattr(report, "call", None)
            error = call.excinfo.value if call and call.excinfo else None
        except (SystemExit, KeyboardInterrupt) as ended:
            # pytest would stop here, without a word on the file. One that ends the interpreter is one that fails.
            error = ended
            report = CollectReport(collector.nodeid, "failed", f"{type(ended).__name__}: {ended} while collecting", [])
        report.pact_error = error
        return report

    def pytest_collectreport(self, report):
        if report.failed:
            self.collection_failed(report.nodeid, report.pact_error, outcome.detail_of(report))
        elif report.skipped:
            self._file_was_skipped(report)

    def collection_failed(self, nodeid: str, error: BaseException | None, detail: str) -> None:
        """Reports a file whose collection failed, once."""
        cause = _root_cause(error)
        path = getattr(error, "path", None)  # A conftest.py that failed names itself.
        path = self._places.relative(path) if path else nodeid.partition("::")[0]
        if path in self._failed_collectors:
            return
        self._failed_collectors.add(path)
        location = (cause and self._places.of_error(cause, self._places.absolute(path))) or Location(path, 1)
        message = f"{type(cause).__name__}: {cause}".partition("\n")[0] if cause else detail.partition("\n")[0]
        self._host.collection_failed(CollectionError(location, message, detail, missing_module(error)))

    def _file_was_skipped(self, report) -> None:
        """A file that skips itself has no tests that could be told; it stands for them."""
        place = self._places.of_error(report.pact_error) or Location(report.nodeid, 1)
        case = TestCase(report.nodeid, report.nodeid, place)
        message = outcome.message_of(report, report.pact_error)
        self._skipped_files.append((case, TestResult(report.nodeid, Outcome.SKIPPED, place, message, "", None)))

    def pytest_deselected(self, items):
        self.deselected += len(items)

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items):
        if self._shuffle is not None:
            # Before some are picked: the rest of a suite runs in the order that it had.
            items[:] = order.shuffled(items, self._shuffle)
        if self._only:
            # The host knows an id as it was told.
            items[:] = [item for item in items if carried(item.nodeid) in self._only]
            self._skipped_files = [pair for pair in self._skipped_files if carried(pair[0].id) in self._only]
            lacking = self._only - {carried(item.nodeid) for item in items}
            lacking -= {carried(case.id) for case, _ in self._skipped_files}
            if lacking:
                raise pytest.UsageError(f"not in the suite: {', '.join(sorted(lacking))}")

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session):
        self.reached_the_tests = True
        stops = session.testsfailed and not session.config.option.continue_on_collection_errors
        items = [] if stops or session.config.option.collectonly else session.items
        found = self._watch and self._watch.collected(session.items)
        if found:
            message = f"while tests were collected, {found}"
            self._host.collection_failed(CollectionError(Location(".", 1), message, message, None))
        cases = [case for case, _ in self._skipped_files] + [self._case(item) for item in items]
        self.collected = len(cases)
        self._host.collected(cases)
        for case, result in self._skipped_files:
            self._host.started(case.id)
            self._finish(result)

    def nothing_collected(self) -> None:
        """Says that no test will run."""
        self._host.collected([])

    def _case(self, item) -> TestCase:
        function = item.nodeid
        original = getattr(item, "originalname", None)
        if original and item.parent is not None and getattr(item, "callspec", None):
            function = f"{item.parent.nodeid}::{original}"
        return TestCase(item.nodeid, function, self._places.of_item(item))

    # Tests

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_protocol(self, item, nextitem):
        self._reports[item.nodeid] = []
        self._host.started(item.nodeid)
        self._notice(item, self._watch and self._watch.before(item))
        try:
            result = yield
        except BaseException as error:
            # `pytest.exit` and KeyboardInterrupt end the session without a report of the test that raised them.
            place = self._places.of_error(error) or self._places.of_item(item)
            message = f"the test ended the session: {type(error).__name__}: {error}".partition("\n")[0]
            self._finish(TestResult(item.nodeid, Outcome.FAILED, place, message, message, None))
            raise
        self._notice(item, self._watch and self._watch.after())
        combined = outcome.combine(item.nodeid, self._reports.pop(item.nodeid))
        found = self._tampered.pop(item.nodeid, None)
        if found:
            combined = TestResult(item.nodeid, Outcome.ERROR, self._places.of_item(item), found, found, None)
        self._finish(combined)
        return result

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_makereport(self, item, call):
        if call.when == "call":
            self._notice(item, self._watch and self._watch.before_report(item))
        # pytest replaces a `unittest.SkipTest` by an exception of its own, and the place would be lost.
        before = call.excinfo.value if call.excinfo else None
        report = yield
        after = call.excinfo.value if call.excinfo else None
        error = before if isinstance(before, unittest.SkipTest) else after
        if not report.passed or hasattr(report, "wasxfail"):
            report.pact_place = self._place(item, report, error)
            report.pact_message = outcome.message_of(report, error)
            report.pact_missing = missing_module(error) if report.failed else None
            if self._component is not None and error is not None:
                report.sections.extend(("in the component", detail) for detail in self._component.details_of(error))
        return report

    def _place(self, item, report, error: BaseException | None) -> Location:
        if hasattr(report, "wasxfail") and not isinstance(error, XFailed):
            return self._places.of_mark(item, "xfail")
        # unittest's `skipTest`, which pytest raises again while it handles the original. A mark raises outside the suite, so
        # it has no place of its own; pytest's own flag for marks is no help, for it is set on skips in fixtures too.
        if isinstance(error, Skipped) and error._use_item_location and isinstance(error.__context__, unittest.SkipTest):
            error = error.__context__
        place = error and self._places.of_error(error)
        if place is None and isinstance(error, Skipped):
            return self._places.of_mark(item, "skipif", "skip")
        if place is None and isinstance(error, XFailed):
            return self._places.of_mark(item, "xfail")
        return place or self._places.of_item(item)

    def pytest_runtest_logreport(self, report):
        if report.nodeid in self._reports:
            self._reports[report.nodeid].append(report)

    def _notice(self, item, found: str | None) -> None:
        if found:
            self._tampered.setdefault(item.nodeid, found)

    def _finish(self, result: TestResult) -> None:
        self.finished += 1
        self._host.finished(result)

    # The session

    def pytest_internalerror(self, excinfo):
        self.internal_error = excinfo.value


shortcuts.narrow(Observer)


def _root_cause(error: BaseException | None) -> BaseException | None:
    """The error of the suite inside the error with which pytest wraps it."""
    if error is None:
        return None
    if error.__cause__ is not None and type(error).__module__.startswith("_pytest."):
        return error.__cause__
    return error
