"""What pytest does in the same way before every session, done once at build time. A third of a short session's time.

Nothing here changes what pytest does: the session gets the plugin manager that `get_config` would have built, and the scans
for hooks and fixtures look only at the names that can be one.
"""

import pathlib
import sys

import _pytest.capture
import _pytest.config
from _pytest.fixtures import FixtureFunctionDefinition

# The cache plugin keeps results between sessions, of which there is one; faulthandler and capture by descriptor need
# system calls that WASI has not.
ARGUMENTS = ["-p", "no:cacheprovider", "-p", "no:faulthandler", "--capture=sys"]

_ready: list[_pytest.config.Config] = []


def prepare() -> None:
    """Builds the configuration that the first session will use."""
    _narrow_scans()
    # Descriptors cannot be exchanged here, so `capfd` takes what Python writes, as `capsys` does.
    _pytest.capture.FDCapture = _pytest.capture.SysCapture
    _pytest.capture.FDCaptureBinary = _pytest.capture.SysCaptureBinary
    _ready.append(_pytest.config.get_config(ARGUMENTS, prog="pytest"))


def configuration(root: str, plugin: object) -> _pytest.config.Config:
    """Returns a parsed configuration for a session in `root`; the working folder has to be `root`."""
    arguments = [*ARGUMENTS, f"--rootdir={root}"]
    config = _ready.pop() if _ready else _pytest.config.get_config(arguments, prog="pytest")
    config.invocation_params = _pytest.config.Config.InvocationParams(
        args=arguments, plugins=[plugin], dir=pathlib.Path.cwd()
    )
    # As `_pytest.config._prepareconfig` does from here on.
    try:
        config.pluginmanager.register(plugin)
        config = config.pluginmanager.hook.pytest_cmdline_parse(pluginmanager=config.pluginmanager, args=arguments)
        # Nobody reads it. Hooks of the suite that add to it are called all the same.
        config.option.no_summary = True
        return config
    except BaseException:
        config._ensure_unconfigure()
        raise


def discard() -> None:
    """Drops the configuration: this instance will not run tests."""
    _ready.clear()


def _narrow_scans() -> None:
    """Lets `dir` of pytest's own plugin modules give hooks and fixtures only: pytest calls it on each, twice a session."""
    for name in _pytest.config.default_plugins:
        module = sys.modules[f"_pytest.{name}"]
        names = [
            member
            for member, value in vars(module).items()
            if member.startswith("pytest_") or type(value) is FixtureFunctionDefinition
        ]
        module.__dir__ = names.copy
