"""Which modules a bare `python -m pytest` has loaded before it looks at a suite.

Those stay loaded. Everything else that the snapshot holds goes to the `shelf`, so that a suite's own module of the same
name is the one that is imported, as it is outside the sandbox.
"""

import sys

NAMES: set[str] = set()

# `python -m` itself loads these before it starts pytest; here nothing did.
_LOADED_BY_DASH_M = {"runpy", "pkgutil", "importlib.util", "importlib.machinery"}


def record() -> None:
    """Runs a one-test session and notes what is loaded afterwards. Has to be the first thing that imports anything."""
    import contextlib
    import io
    import os

    import pytest

    folder = os.path.join(os.path.dirname(os.path.dirname(__file__)), "warm", "bare")
    os.chdir(folder)
    output = io.StringIO()
    with contextlib.redirect_stdout(output), contextlib.redirect_stderr(output):
        code = pytest.main(["-p", "no:cacheprovider", "-p", "no:faulthandler", "-p", "no:logging", "--capture=sys",
                            f"--rootdir={folder}", folder])
    if code != 0:
        raise RuntimeError(f"the bare session ended with {code!r}:\n{output.getvalue()}")
    own = {name for name in sys.modules if name.startswith(("app", "pact_runner", "test_"))}
    NAMES.update(set(sys.modules) - own | _LOADED_BY_DASH_M)
    sys.modules.pop("test_bare", None)
