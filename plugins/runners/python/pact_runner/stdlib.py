"""Imports the whole standard library into the snapshot, and tells what WASI cannot import."""

import contextlib
import importlib
import io
import pkgutil
import sys
import sysconfig

# Importing these does something visible, or they are test data and tools with a window, which nobody imports in a test.
_LEFT_OUT = {"__main__", "antigravity", "idlelib", "test", "this", "turtle", "turtledemo"}

# Modules that a Linux machine does not have either: an import of them fails there with the usual message.
_OF_OTHER_SYSTEMS = {
    "_android_support", "_apple_support", "_aix_support", "_ios_support", "_msi", "_osx_support", "_overlapped",
    "_scproxy", "_winapi", "_winreg", "_wmi", "asyncio.windows_events", "asyncio.windows_utils", "ctypes.wintypes",
    "encodings.mbcs", "encodings.oem", "msvcrt", "multiprocessing.popen_spawn_win32", "nt", "winreg", "winsound",
    "_pyrepl.windows_console", "_pyrepl.windows_eventqueue",
}  # fmt: skip


def load_everything() -> dict[str, str]:
    """Imports every module of the standard library. Returns those that a Linux machine has and WASI has not, with why."""
    refused: dict[str, str] = {}
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        for name in sorted(sys.stdlib_module_names - _LEFT_OUT):
            _load(name, refused)
    for name in ("idlelib", "test", "turtle", "turtledemo"):
        refused[name] = "left out of the runner"
    _close_quotation()
    return refused


def _close_quotation() -> None:
    """Ends the quotation in `CONFIG_ARGS`, which programs read as shell text.

    A value in it had a line break when CPython was built, and the Makefile from which sysconfig's data are made ends there.
    """
    for settings in (sysconfig._get_sysconfigdata(), sysconfig.get_config_vars()):
        if settings["CONFIG_ARGS"].count("'") % 2:
            settings["CONFIG_ARGS"] += "'"


def _load(name: str, refused: dict[str, str]) -> None:
    try:
        module = importlib.import_module(name)
    except (Exception, SystemExit) as error:
        if name not in _OF_OTHER_SYSTEMS:
            refused[name] = f"{type(error).__name__}: {error}"
        return
    for found in pkgutil.iter_modules(getattr(module, "__path__", ()), name + "."):
        last = found.name.rpartition(".")[2]
        if last != "__main__" and not last.startswith("test"):
            _load(found.name, refused)
