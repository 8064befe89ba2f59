"""Whether the tested code has drawn from the language's own random generator, or set it.

The generator is seeded and part of the instance, so the host sees nothing of it. Where it was used, one byte of the host's random
numbers is drawn: then the host has it on record, like every other draw. Used, and not moved: its state has 625 numbers, and to
compare them would cost more than the rest of a small call.
"""

import os
import random


class _Watched(random.Random):
    """Gives the same numbers as any other, and notes that it was asked."""

    is_used = False

    def random(self):
        self.is_used = True
        return _random(self)

    def getrandbits(self, count):
        self.is_used = True
        return _getrandbits(self, count)

    def seed(self, a=None, version=2):
        self.is_used = True
        return _seed(self, a, version)

    def setstate(self, state):
        self.is_used = True
        return _setstate(self, state)


# As they are in the snapshot: the tested code can exchange those of the modules.
_random, _getrandbits = random.Random.random, random.Random.getrandbits
_seed, _setstate, _draw = random.Random.seed, random.Random.setstate, os.urandom


class Draws:
    """Watches the generator of the module `random`."""

    def __init__(self):
        self._generator = _Watched(0)
        own = random._inst
        names = [name for name, value in vars(random).items() if getattr(value, "__self__", None) is own]
        self._before = {name: getattr(random, name) for name in names} | {"_inst": own}
        vars(random).update({name: getattr(self._generator, name) for name in names}, _inst=self._generator)

    def begin(self, seed: int) -> None:
        """Seeds it; who uses it from now on is the tested code."""
        self._generator.seed(seed)
        self._generator.is_used = False

    def tell(self) -> None:
        """Lets the host know if it was used since."""
        if self._generator.is_used:
            self._generator.is_used = False
            _draw(1)

    def remove(self) -> None:
        """Puts back what was there before."""
        vars(random).update(self._before)
