"""The arguments of a request where they were read: what a call changed in them, and which one it gave back."""

import operator

from wit_world.imports import values as wit

from pact_runner.split import declared, plain, values

class Refused(Exception):
    """A reply that is well formed, and that the tests cannot have been meant to see. Raised as a `TypeError`."""


_CHANGEABLE_NODES = (wit.Node_Sequence, wit.Node_Mapping, wit.Node_MutableBytes, wit.Node_Structure)


class Arguments:
    """The objects that the nodes of a request were read into. `earlier` are those of the request that made the object whose
    method is called: a coroutine changes the arguments of the call that it comes from."""

    def __init__(self, side, nodes, earlier: "Arguments | None"):
        self._side = side
        known = earlier.objects if earlier is not None else []
        # What the call returns may go on with the arguments, and change them later.
        self.may_change = earlier is not None or are_changeable(nodes)
        self.objects = values.read(nodes, side, known)
        self._states = dict(earlier._states) if earlier is not None else {}
        self._index: dict[int, int] | None = None
        for index in range(len(known), len(nodes)):
            if type(nodes[index]) in _CHANGEABLE_NODES:
                state = self._state(self.objects[index])
                if state is not None:
                    self._states[index] = state

    def index_of(self, value) -> int | None:
        """The node that became this very object."""
        if self._index is None:
            self._index = {}
            for index, known in enumerate(self.objects):
                if plain.has_identity(known):
                    self._index.setdefault(id(known), index)
        return self._index.get(id(value))

    def changed(self, writer: values.Writer, name: str) -> list[tuple[int, int]]:
        """Writes the arguments that are not what they were any more."""
        changed = []
        for index, before in self._states.items():
            value = self.objects[index]
            now = self._state(value)
            if not _is_same(now, before):
                where = f"an argument of {name}, which it changed"
                changed.append((index, writer.add(value, where, as_state=True)))
                self._states[index] = now
        return changed

    def _state(self, value) -> tuple | None:
        """What the value holds, one level deep; compared by identity, so that no code of a value runs."""
        kind = type(value)
        if kind is list or kind is set:
            return tuple(value)
        if kind is dict:
            return (*value.keys(), *value.values())
        if kind is bytearray:
            return (bytes(value),)
        shape = self._side.declared.of_class(kind)
        return shape.state(value) if isinstance(shape, declared.Structure) else None


def _is_same(now: tuple, before: tuple) -> bool:
    if len(now) != len(before):
        return False
    return all(map(operator.is_, now, before)) or all(map(_is_equal, now, before))


def _is_equal(now, before) -> bool:
    """Whether nobody can tell the two apart: for numbers and text it does not matter which object it is."""
    if now is before:
        return True
    kind = type(now)
    if kind is not type(before) or kind not in plain.WITHOUT_IDENTITY:
        return False
    return repr(now) == repr(before) if kind is float else now == before


def are_changeable(nodes) -> bool:
    """Whether a call with these nodes could change one of its arguments. Both sides ask, and both get the same answer."""
    return any(type(node) in _CHANGEABLE_NODES for node in nodes)


def update(value, now, side) -> None:
    """Makes `value` what `now` is, in place."""
    shape = side.declared.of_class(type(now))
    if isinstance(shape, declared.Structure) and isinstance(value, shape.cls):
        if shape.is_frozen:
            raise Refused(f"the component changed a `{shape.cls.__name__}`, of which nothing can be changed: it is frozen")
        shape.fill(value, dict(shape.parts(now)))
    elif isinstance(value, list):
        value[:] = now
    elif isinstance(value, dict):
        value.clear()
        value.update(now)
    elif isinstance(value, set):
        value.clear()
        value.update(now)
    elif isinstance(value, bytearray):
        value[:] = now
    else:
        raise ValueError(f"a `{plain.class_name(type(value))}` cannot become a `{plain.class_name(type(now))}`")
