"""The arguments of a request where they were read: what a call changed in them, and which one it gave back."""

import operator

from wit_world.imports import values as wit

from pact_runner.split import declared, plain, values

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
    if all(map(operator.is_, now, before)):
        return True
    # The content of a `bytearray` is a new object each time.
    return len(now) == 1 and type(now[0]) is bytes and type(before[0]) is bytes and now == before


def are_changeable(nodes) -> bool:
    """Whether a call with these nodes could change one of its arguments. Both sides ask, and both get the same answer."""
    return any(type(node) in _CHANGEABLE_NODES for node in nodes)


def update(value, now, side) -> None:
    """Makes `value` what `now` is, in place."""
    if isinstance(value, list):
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
        shape = side.declared.of_class(type(now))
        if not isinstance(shape, declared.Structure) or not isinstance(value, shape.cls):
            raise ValueError(f"a `{plain.class_name(type(value))}` cannot become a `{plain.class_name(type(now))}`")
        shape.fill(value, dict(shape.parts(now)))
