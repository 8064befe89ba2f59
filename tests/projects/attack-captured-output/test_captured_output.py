"""Prints without end into pytest's capturing, which keeps it in memory."""


def test_before():
    pass


def test_captured():
    while True:
        print("x" * 10_000)


def test_after():
    print("as always")
