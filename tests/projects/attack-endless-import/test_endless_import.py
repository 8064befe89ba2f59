"""Importing it never ends, so that no test is ever collected."""

while True:
    pass


def test_never():
    pass
