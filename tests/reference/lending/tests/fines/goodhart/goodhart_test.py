from fines import fine


def test_fine_zero():
    assert fine(0, 499) == 0
