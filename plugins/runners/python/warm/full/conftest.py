import pytest
from sut import Account


@pytest.fixture
def account():
    yield Account("ada", 3)
