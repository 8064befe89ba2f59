"""Who this runner is: the answers of `describe`, fixed at build time."""

import platform

import pydantic
import pytest

ENGINE = f"CPython {platform.python_version()}, pytest {pytest.__version__}, pydantic {pydantic.VERSION}"

# The sandbox takes pure Python only: a wheel with native code of the machine would fail at its first import.
INSTALL_HINT = "python3 -m pip install --target {packages} --python-version 3.14 --platform any --only-binary=:all: {module}"

# A conftest.py holds fixtures and hooks of the tests: a skip that it raises is the tests' own.
TEST_PATTERNS = ["test_*.py", "*_test.py", "conftest.py"]
