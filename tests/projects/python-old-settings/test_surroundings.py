import sys


def test_the_program_has_a_name():
    assert sys.argv[0]


def test_what_python_prints_is_captured_by_descriptor_too(capfd):
    print("hello")
    print("there", file=sys.stderr)
    assert capfd.readouterr() == ("hello\n", "there\n")


def test_bytes_are_captured_by_descriptor_too(capfdbinary):
    sys.stdout.buffer.write(b"\xff")
    assert capfdbinary.readouterr().out == b"\xff"


def test_what_comes_after_that_runs():
    assert 1 + 1 == 2
