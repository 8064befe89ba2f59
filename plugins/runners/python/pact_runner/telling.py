"""The only way from the runner to the host: each text is made one that the boundary can carry.

Python's text may hold lone surrogates, UTF-8 may not: one of them in an assertion's message would end the whole session. Not
the place for what is told; that is in `observer`.
"""

from wit_world.imports.tests import CollectionError, Location, TestCase, TestResult

# Lines are 32 bits wide at the boundary, and a suite can raise a SyntaxError that names any line.
_LAST_LINE = (1 << 32) - 1


def carried(text: str) -> str:
    """The text with each lone surrogate written as Python writes it in a literal."""
    # Not `text.encode`: the suite's own subclass of `str` may have replaced it.
    return str.encode(text, "utf-8", "backslashreplace").decode("utf-8")


class Host:
    """Tells `events` (the interface `observe`) what happens."""

    def __init__(self, events):
        self._events = events

    def collected(self, cases: list[TestCase]) -> None:
        self._events.collected(
            [TestCase(carried(case.id), carried(case.function), _place(case.location)) for case in cases]
        )

    def collection_failed(self, error: CollectionError) -> None:
        self._events.collection_failed(
            CollectionError(
                _place(error.location), carried(error.message), carried(error.detail), _optional(error.missing_module)
            )
        )

    def started(self, id: str) -> None:
        self._events.started(carried(id))

    def finished(self, result: TestResult) -> None:
        self._events.finished(
            TestResult(
                carried(result.id),
                result.outcome,
                result.raised_at and _place(result.raised_at),
                carried(result.message),
                carried(result.detail),
                _optional(result.missing_module),
            )
        )


def _optional(text: str | None) -> str | None:
    return None if text is None else carried(text)


def _place(place: Location) -> Location:
    return Location(carried(place.path), min(max(place.line, 1), _LAST_LINE))
