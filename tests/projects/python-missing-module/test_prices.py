from prices import convert


def test_convert():
    assert convert(1) == 2
