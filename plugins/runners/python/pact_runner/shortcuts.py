"""What pytest does more often than its result needs, done once. Nothing here changes a result or a text.

Each of these was seen to cost a session fuel. Not for what pytest does before a session; that is in `prepared`.
"""

import ast

import _pytest._code.code
import _pytest._code.source
import _pytest.assertion.rewrite

from _pytest.capture import CaptureManager
from _pytest.config import Config, PytestPluginManager
from _pytest.fixtures import FixtureFunctionDefinition, FixtureManager
from _pytest.logging import LoggingPlugin
from _pytest.main import Session
from _pytest.terminal import TerminalReporter
from pact_native import locate


def install() -> None:
    """Puts the shortcuts in place, at build time."""
    rewrite = _pytest.assertion.rewrite
    rewrite.AssertionRewriter.visit_Assert = _locate(rewrite.AssertionRewriter.visit_Assert)
    rewrite.traverse_node = lambda node: ()
    source = _pytest._code.source
    source.getstatementrange_ast = _pytest._code.code.getstatementrange_ast = _once(source.getstatementrange_ast)
    TerminalReporter.pytest_runtest_logstart = _say_nothing
    for cls in (CaptureManager, Config, PytestPluginManager, FixtureManager, LoggingPlugin, Session, TerminalReporter):
        narrow(cls)


def _say_nothing(self, nodeid, location):
    """Which file is on its way, and how far: nobody reads it."""


def narrow(cls: type) -> None:
    """Lets `dir` of a plugin give hooks and fixtures only: pytest calls it twice for each, and looks at every name."""
    names = [
        name
        for name in dir(cls)
        if name.startswith("pytest_") or type(getattr(cls, name, None)) is FixtureFunctionDefinition
    ]
    cls.__dir__ = lambda self: names


def _locate(original):
    """Gives what an assertion is rewritten to the assertion's place. pytest does the same node by node, which costs it most of
    what rewriting takes."""

    def visit_Assert(self, assert_):
        statements = original(self, assert_)
        names = ("lineno", "col_offset", "end_lineno", "end_col_offset")
        locate(list(statements), {name: getattr(assert_, name) for name in names}, ast.AST)
        return statements

    return visit_Assert


def _once(original):
    """Where statements begin, found once for each source. Only the lines are kept: the tree would show what a test expects."""
    known: dict[tuple[int, int], ast.Module] = {}

    def getstatementrange_ast(lineno, source, assertion=False, astnode=None):
        text = str(source)
        key = (hash(text), len(text))
        found, start, end = original(lineno, source, assertion, known.get(key) if astnode is None else astnode)
        if key not in known:
            known[key] = ast.Module([], [])
            known[key]._pytest_statement_linenos = found._pytest_statement_linenos
        return known[key], start, end

    return getstatementrange_ast
