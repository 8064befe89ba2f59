def test_shop():
    pass
