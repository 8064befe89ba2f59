"""Values as lists of nodes. Reading a list never imports, constructs or calls anything that the sender names.

Neither direction recurses: a value may be nested as deep as memory allows. What stays where it is (functions, generators,
instances of the contract's classes) is in `handles`, exceptions are in `errors`.
"""

import contextlib

from wit_world.imports import values as wit

from pact_runner.split import declared
from pact_runner.split.plain import AS_THEY_ARE, NONE, PLAIN, READERS, TAKERS, Parts, has_identity, refusal


class CannotCross(TypeError):
    """Raised as a plain `TypeError`; the class tells the runner that the text names the place already."""


class Writer:
    """Writes values into one list of nodes. An object that is met twice is one node."""

    def __init__(self, side, known=(), arguments=None):
        """`known` are objects that the other side has from an earlier request; `arguments` finds those of the request
        that is being answered."""
        self.side = side
        # What stands in for the known ones is never read: only their indices count.
        self.nodes = [NONE] * len(known)
        # Also keeps the objects alive, for as long as their identity means something.
        self.objects = list(known)
        self._index = {id(value): index for index, value in enumerate(known) if has_identity(value)}
        self._arguments = arguments
        self._open: set[int] = set()
        # So many exceptions are being written, one in the other.
        self._errors = 0
        # The arguments that what is written here may go on with.
        self.made_with = None

    def add(self, value, where: str, as_state: bool = False) -> int:
        """Writes a value and returns its index. With `as_state`, an argument is written out and not referred to."""
        frames: list[tuple[object, Parts, list[int]]] = []
        try:
            return self._add(value, where, as_state, frames)
        finally:
            for holder, _, _ in frames:
                self._open.discard(id(holder))

    def try_add(self, value) -> int | None:
        """Writes a value, if it can cross."""
        try:
            return self.add(value, "")
        except CannotCross:
            return None

    @contextlib.contextmanager
    def inside(self, holder):
        """While the parts of the exception `holder` are written: it cannot be one of them, and no class among them is a
        function."""
        self._open.add(id(holder))
        self._errors += 1
        try:
            yield
        finally:
            self._errors -= 1
            self._open.discard(id(holder))

    def put(self, value, node) -> int:
        """Appends the node of a value."""
        self.nodes.append(node)
        self.objects.append(value)
        return len(self.nodes) - 1

    def _add(self, value, where, as_state, frames) -> int:
        current = value
        while True:
            index = None if as_state and not frames else self._known(current)
            if index is None:
                if id(current) in self._open:
                    raise CannotCross(f"{_place(where, frames)}: a value that contains itself cannot cross to the other instance")
                taken = self._taker(type(current))(self, current)
                if type(taken) is Parts:
                    self._open.add(id(current))
                    frames.append((current, taken, []))
                elif taken is None:
                    raise CannotCross(f"{_place(where, frames)}: {refusal(current)}")
                else:
                    index = self._keep(current, taken, as_state and not frames)
            if index is not None:
                if not frames:
                    return index
                frames[-1][2].append(index)
            while self._fill(frames[-1][1].children, frames[-1][2]):
                holder, parts, indices = frames.pop()
                self._open.discard(id(holder))
                index = self._keep(holder, parts.build(indices), as_state and not frames)
                if not frames:
                    return index
                frames[-1][2].append(index)
            current = frames[-1][1].children[len(frames[-1][2])]

    def _fill(self, children: list, indices: list[int]) -> bool:
        """Writes children for as long as they are plain: most of them are. Returns whether that was all."""
        nodes, objects = self.nodes, self.objects
        for at in range(len(indices), len(children)):
            child = children[at]
            write = PLAIN.get(type(child))
            if write is None:
                return False
            indices.append(len(nodes))
            nodes.append(write(None, child))
            objects.append(child)
        return True

    def _known(self, value) -> int | None:
        index = self._index.get(id(value))
        if index is None and self._arguments is not None:
            argument = self._arguments.index_of(value)
            if argument is not None:
                index = self._keep(value, wit.Node_Argument(argument), False)
        return index

    def _keep(self, value, node, is_state: bool) -> int:
        index = self.put(value, node)
        if not is_state:
            self._index[id(value)] = index
        return index

    def _taker(self, cls: type):
        taker = self.side.takers.get(cls)
        if taker is None:
            taker = self.side.takers[cls] = self._find_taker(cls)
        return taker

    def _find_taker(self, cls: type):
        # A class of the tested code is what it inherits from: a number that claims to be equal to everything is a number.
        for base in _ancestry(cls):
            shape = self.side.declared.of_class(base)
            if isinstance(shape, declared.Enumeration):
                return lambda _writer, value: _enumeration(shape, value)
            if isinstance(shape, declared.Structure):
                return lambda _writer, value: _structure(shape, value)
            if base in TAKERS:
                return TAKERS[base]
        if issubclass(cls, type):
            return lambda writer, value: None if writer._errors else writer.side.offer(value, writer.made_with)
        return lambda writer, value: writer.side.offer(value, writer.made_with)


def read(nodes, side, known=(), arguments=(), made_with=None) -> list[object]:
    """The value of each node. What is malformed is a ValueError, IndexError, KeyError or TypeError."""
    objects = list(known)
    for node in nodes[len(objects):]:
        kind = type(node)
        if kind in AS_THEY_ARE:
            objects.append(node.value)
        elif kind in READERS:
            objects.append(READERS[kind](node.value, objects))
        elif kind is wit.Node_Structure:
            objects.append(side.read_structure(node.value, objects))
        elif kind is wit.Node_Enumeration:
            objects.append(_read_enumeration(node.value, side))
        elif kind is wit.Node_Object:
            objects.append(side.read_handle(node.value, made_with))
        elif kind is wit.Node_Argument:
            objects.append(arguments[node.value])
        else:
            objects.append(None)
    return objects


# Not `cls.__mro__`: a class of a class could answer for it.
_ancestry = type.__dict__["__mro__"].__get__


def _place(where: str, frames) -> str:
    return where + "".join(parts.label(len(indices)) for _, parts, indices in frames)


def _enumeration(shape: declared.Enumeration, value):
    member = shape.member_of(value)
    return None if member is None else wit.Node_Enumeration(wit.Enumeration(shape.name, member))


def _structure(shape: declared.Structure, value):
    parts = shape.parts(value)
    names = [name for name, _ in parts]
    return Parts(
        [part for _, part in parts],
        lambda indices: wit.Node_Structure(wit.Structure(shape.name, list(zip(names, indices)))),
        lambda at: f".{names[at]}",
    )


def _read_enumeration(node: wit.Enumeration, side):
    shape = side.declared.named(node.type_name)
    if not isinstance(shape, declared.Enumeration):
        raise ValueError(f"`{node.type_name}` is no enumeration of the contract")
    return shape.member(node.member)
