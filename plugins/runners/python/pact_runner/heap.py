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


def settle() -> None:
    """The last thing before the snapshot is taken, after the last collection of garbage."""
    # Nobody is to find it afterwards: it takes whatever it is given.
    immortalise = pact_native.immortalise
    del pact_native.immortalise
    _make_immortal(immortalise)
    _fill_holes(immortalise)
    _clear()


def _make_immortal(immortalise) -> None:
    """Ends the counting of references to all that can be reached. It stays as long as the instance, as it would anyway."""
    reached = [one for one in gc.get_objects() if one is not immortalise]
    while reached:
        fresh = immortalise(reached)
        reached = gc.get_referents(*fresh)
        for one in fresh:
            if type(one) is types.CodeType:
                reached.extend(getattr(one, part) for part in _PARTS)
    if not (sys._is_immortal(_fill_holes) and sys._is_immortal(_PARTS) and sys._is_immortal(sys.modules)):
        raise RuntimeError("objects of this interpreter are laid out in another way than `pact_native` expects")


def _fill_holes(immortalise) -> None:
    """Fills what was freed between objects that stay. What is immortal need not be kept by anybody."""
    top = id(bytes(_BLOCK * 4))
    for make in _makers():
        beyond = []
        while len(beyond) < _MISSES:
            filling = make()
            if id(filling) < top:
                immortalise([filling])
            else:
                beyond.append(filling)


def _clear() -> None:
    """Writes zeros where nothing is: what is not zero is a part of the component, and of the program that embeds it."""
    end = pact_native.memory_size()
    blocks = [bytes(_BLOCK)]
    while id(blocks[-1]) + _BLOCK < end:
        blocks.append(bytes(_BLOCK))


def _makers():
    """Each makes an object of one size, the largest first."""
    for size in (*range(_LARGEST, 1024, -1024), *range(1024, 0, -_STEP)):
        yield functools.partial(bytes, size)
    yield object
