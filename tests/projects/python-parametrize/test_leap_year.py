import pytest
from leap_year import is_leap


@pytest.mark.parametrize(("year", "leap"), [(2000, True), (1900, False), (2024, True), (2023, False)])
def test_rule(year, leap):
    assert is_leap(year) is leap


@pytest.mark.parametrize("year", [pytest.param(4, id="smallest"), pytest.param(400, id="four centuries")])
def test_named_cases(year):
    assert is_leap(year)


@pytest.mark.parametrize("month", [1, 2])
@pytest.mark.parametrize("year", [2023, 2024])
def test_cross_product(year, month):
    assert (is_leap(year), month) != (True, 2)  # One of the four fails: 2024 is a leap year.


def computed_years():
    return [year for year in range(1, 30) if year % 4 == 0]


@pytest.mark.parametrize("year", computed_years())
def test_computed_cases(year):
    assert is_leap(year)
