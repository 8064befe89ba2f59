"""Allocates without end, once in large blocks and once in small ones."""


def test_before():
    assert len("x" * 1_000_000) == 1_000_000


def test_large_blocks():
    kept = []
    while True:
        kept.append(bytearray(16 * 1024 * 1024))


def test_small_blocks():
    kept = []
    while True:
        # Nothing that the garbage collector walks through: that would use up the test's fuel first.
        kept.append(bytes(40_000))


def test_after():
    assert len([0] * 1_000) == 1_000
