import pytest


def test_all_pass(subtests):
    for number in (2, 4):
        with subtests.test("even", number=number):
            assert number % 2 == 0


def test_one_fails(subtests):
    for number in (2, 3, 4):
        with subtests.test("even", number=number):
            print(f"looking at {number}")
            assert number % 2 == 0


def test_fails_after_its_subtests(subtests):
    with subtests.test("fine"):
        pass
    assert False, "after them"


def test_skip_in_a_subtest(subtests):
    with subtests.test("left out"):
        pytest.skip("not today")
    with subtests.test("kept"):
        assert True
