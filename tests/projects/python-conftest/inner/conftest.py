import pytest


@pytest.fixture
def currency(currency):
    return f"inner {currency}"


@pytest.fixture(autouse=True)
def inner_only(request):
    request.node.user_properties.append(("inner", True))
