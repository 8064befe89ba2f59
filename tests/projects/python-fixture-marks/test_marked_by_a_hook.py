def test_skipped_by_a_hook():
    assert False
