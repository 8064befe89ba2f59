import sys


def greet(name):
    print(f"hello {name}")
    print("greeted", file=sys.stderr)


def test_both_streams(capsys):
    greet("ada")
    captured = capsys.readouterr()
    assert captured.out == "hello ada\n"
    assert captured.err == "greeted\n"


def test_reading_empties(capsys):
    greet("ada")
    capsys.readouterr()
    assert capsys.readouterr() == ("", "")


def test_disabled(capsys):
    with capsys.disabled():
        print("not captured")
    assert capsys.readouterr().out == ""


def test_bytes(capsysbinary):
    sys.stdout.buffer.write(b"\xff")
    assert capsysbinary.readouterr().out == b"\xff"


def test_failure_shows_what_was_printed():
    greet("eve")
    assert False


def test_reading_from_the_keyboard_fails():
    input("name? ")
