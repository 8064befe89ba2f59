"""Half a surrogate pair is text to Python and not to UTF-8: wherever it stands, the tests after it are told too."""

import pytest


class Loud(str):
    """A text that does not let itself be encoded."""

    def encode(self, *arguments, **options):
        raise RuntimeError("encode of the suite was called")


def test_message_of_an_assertion():
    assert False, "\udc80 left"


def test_message_of_an_exception():
    raise ValueError("\ud800")


def test_compared():
    assert "a\udcff" == "b\udcff"


def test_printed():
    print("\udc80")


def test_reason_of_an_expected_failure():
    pytest.xfail("\udfff")


def test_text_of_a_kind_of_its_own():
    raise ValueError(Loud("\udc80"))


def test_missing_module():
    raise ModuleNotFoundError("\udc80", name="\udc80")


def test_line_of_an_error_that_is_no_line():
    raise SyntaxError("\udc80", (__file__, 1 << 40, 1, "", 1, 1))


@pytest.mark.parametrize("text", ["\udc80", "plain", "\udcff\udc80"])
def test_id(text):
    assert len(text) in (1, 2, 5)


def test_after():
    pass
