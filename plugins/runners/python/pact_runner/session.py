"""One pytest session over a suite that lies in the file system: from the settings to the summary."""

import contextlib
import io
import os
import random
import traceback

import _pytest._version
from _pytest.config import ConftestImportFailure, PluginImportFailure
from _pytest.config.exceptions import UsageError

from pact_runner import prepared, suite_path, tampering
from pact_runner.observer import Observer
from pact_runner.place import Places
from pact_runner.sources import Sources
from pact_runner.split.peer import TestsSide
from pact_runner.telling import Host, carried


class _Ended(Exception):
    """Says why there is no session, in a text that the host can be given."""

    def __init__(self, message: str):
        super().__init__(carried(message))


class InvalidInput(_Ended):
    """The selection or the suite's settings are wrong."""


class Internal(_Ended):
    """The runner's own fault."""


class _Nowhere(io.TextIOBase):
    """Takes what pytest prints: the host has it typed already."""

    encoding = "utf-8"

    def writable(self):
        return True

    def write(self, text):
        return len(text)


def run(suite, events, profile=None):
    """Runs the suite and reports to `events`. Returns an object with `collected`, `deselected` and `finished`.

    `profile` is what begins to tell of each call, where there is somebody to tell."""
    root = os.path.normpath(suite.root)
    suite_path.enter(root, suite.import_paths, suite.packages)
    random.seed(suite.seed)
    component = None if suite.split is None else TestsSide(suite)
    if component is not None:
        component.begin()
    if profile is not None:
        profile(root, suite.packages, () if component is None else component.proxies)
    places = Places(root, component)
    sources = watch = None
    if component is None and suite.files:
        sources = Sources(root, suite.files)
        sources.hide()
        watch = tampering.Watch(root, suite.files)
    observer = Observer(Host(events), places, suite, component, watch)
    # pytest sets it for the code that wants to know whether it runs under test.
    os.environ["PYTEST_VERSION"] = _pytest._version.version
    nowhere = _Nowhere()
    with contextlib.redirect_stdout(nowhere), contextlib.redirect_stderr(nowhere):
        try:
            _run(suite, root, observer, places)
        except UsageError as error:
            raise InvalidInput(_usage_text(error, places)) from None
    return observer


def _run(suite, root: str, observer: Observer, places: Places) -> None:
    try:
        config = prepared.configuration(root, observer)
    except ConftestImportFailure as failure:
        _report_conftest(failure, observer)
        return
    except PluginImportFailure as failure:
        raise InvalidInput(f"a pytest plugin of the suite could not be imported: {places.plain(str(failure))}") from None
    except (UsageError, InvalidInput):
        raise
    except BaseException as error:
        raise _settings_or_internal(error, places) from None
    try:
        if suite.keyword is not None:
            config.option.keyword = suite.keyword
        if suite.paths:
            # Not on the command line: pytest would look for the settings beside them, and not in the root.
            config.args = list(suite.paths)
            config.args_source = config.ArgsSource.ARGS
        config.hook.pytest_cmdline_main(config=config)
    finally:
        config._ensure_unconfigure()
    if observer.internal_error is not None:
        raise _settings_or_internal(observer.internal_error, places)
    if not observer.reached_the_tests:
        raise InvalidInput("the suite's settings end pytest before it collects the tests (see `addopts`)")


def _report_conftest(failure: ConftestImportFailure, observer: Observer) -> None:
    """A root conftest.py is imported before collection begins; it is a file of the suite that could not be collected."""
    detail = "".join(traceback.format_exception(failure.cause))
    observer.collection_failed(str(failure.path), failure, detail)
    observer.nothing_collected()


def _settings_or_internal(error: BaseException, places: Places) -> Exception:
    """An error in a hook of the suite's conftest.py is the suite's; any other is ours."""
    place = places.of_error(error)
    text = "".join(traceback.format_exception(error))
    if place is not None:
        line = f"{type(error).__name__}: {error}".partition("\n")[0]
        return InvalidInput(f"{place.path}:{place.line} broke the pytest session: {line}")
    return Internal(f"pytest failed: {places.plain(text)}")


def _usage_text(error: UsageError, places: Places) -> str:
    """pytest's message without the usage lines of its command, which nobody typed."""
    text = "\n".join(str(argument) for argument in error.args)
    _, found, after = text.partition("pytest: error: ")
    return places.plain(after if found else text).strip()
