"""Arranges the memory of the snapshot, so that a run writes to few of its pages.

An instance maps the snapshot's memory copy-on-write: the first write to each page of 4 KiB is a page fault, and thousands of
them cost more than a short suite does. Two things scatter writes over the whole heap: counts of references, which change
whenever an object is looked at, and holes, which the allocator fills before it takes memory that lies together.
"""

import functools
import gc
import sys
import types

import pact_native

# How far apart the sizes of requests lie in the allocator; the smallest object of Python's fits the smallest one.
_STEP = 8

# What is larger than this is a hole that the run may fill: it lies together.
_LARGEST = 1 << 16

# More than any hole between objects that stay.
_BLOCK = 1 << 20

# So many requests in a row that find no hole show that there is none.
_MISSES = 8

# The parts of a code object are not told to the garbage collector.
_PARTS = ("co_code", "co_consts", "co_names", "co_varnames", "co_freevars", "co_cellvars", "co_filename", "co_name",
          "co_qualname", "co_linetable", "co_exceptiontable")  # fmt: skip

# So many objects fill the holes at most.
_FILLINGS = 1_000_000

# Keeps what fills the holes.
_fillings: list[object] = []


def settle() -> None:
    """The last thing before the snapshot is taken, after the last collection of garbage."""
    highest = _make_immortal()
    _fill_holes()
    _clear(highest)


def _make_immortal() -> int:
    """Ends the counting of references to all that exists. It stays as long as the instance, as it would anyway. Returns an
    address above everything that was needed for it."""
    # Nobody is to find it afterwards: it takes whatever it is given.
    immortalise = pact_native.immortalise
    del pact_native.immortalise
    found = [one for one in _everything() if one is not immortalise]
    immortalise(found)
    if not (sys._is_immortal(_everything) and sys._is_immortal(_PARTS) and sys._is_immortal(sys.modules)):
        raise RuntimeError("objects of this interpreter are laid out in another way than `pact_native` expects")
    return id(bytes(_BLOCK))


def _everything() -> list[object]:
    """All objects that can be reached."""
    found: dict[int, object] = {}
    fresh: list[object] = gc.get_objects()
    while fresh:
        fresh = list({id(one): one for one in fresh if id(one) not in found}.values())
        found.update((id(one), one) for one in fresh)
        reached = gc.get_referents(*fresh)
        for one in fresh:
            if type(one) is types.CodeType:
                reached.extend(getattr(one, part) for part in _PARTS)
        fresh = reached
    return list(found.values())


def _fill_holes() -> None:
    """Fills what was freed between objects that stay."""
    # So large that there is no hole for it.
    top = id(bytes(_BLOCK * 4))
    _fillings.extend([None] * _FILLINGS)
    count = 0
    for make in _makers():
        beyond = []
        while len(beyond) < _MISSES:
            filling = make()
            if id(filling) < top:
                _fillings[count] = filling
                count += 1
            else:
                beyond.append(filling)
    del _fillings[count:]


def _clear(highest: int) -> None:
    """Writes zeros where nothing is: what is not zero is a part of the component, and of the program that embeds it."""
    blocks = [bytes(_BLOCK)]
    while id(blocks[-1]) < highest:
        blocks.append(bytes(_BLOCK))


def _makers():
    """Each makes an object of one size, the largest first."""
    for size in (*range(_LARGEST, 1024, -1024), *range(1024, 0, -_STEP)):
        yield functools.partial(bytes, size)
    yield object
