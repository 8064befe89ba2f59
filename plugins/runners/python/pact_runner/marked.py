"""Which fixture has put a mark on a test: by a case of its parameters, `pytest.param(…, marks=…)`."""

from _pytest.compat import get_real_func
from _pytest.mark import ParameterSet


def fixture_of(item, names: tuple[str, ...]):
    """The code of the fixture that gave `item` its marks of these names; None where one of them comes from elsewhere."""
    marks = [mark for name in names for mark in item.iter_markers(name)]
    given = _given(item) if marks and hasattr(item, "callspec") else {}
    fixtures = [given.get(id(mark)) for mark in marks]
    if not fixtures or None in fixtures:
        return None
    function = get_real_func(fixtures[0].func)
    return getattr(getattr(function, "__func__", function), "__code__", None)


def _given(item) -> dict:
    """The fixture of each mark that a case of parameters brought along, by the mark's identity."""
    given = {}
    for name, index in item.callspec.indices.items():
        # The nearest definition is the one whose parameters the test has.
        fixture = next(iter(item._fixtureinfo.name2fixturedefs.get(name, ())[-1:]), None)
        cases = () if fixture is None or fixture.params is None else fixture.params
        if index < len(cases) and isinstance(cases[index], ParameterSet):
            given.update((id(getattr(mark, "mark", mark)), fixture) for mark in cases[index].marks)
    return given
