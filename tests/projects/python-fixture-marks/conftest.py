import pytest

NEVER = pytest.mark.skipif(True, reason="not on this machine")


@pytest.fixture(
    autouse=True,
    params=[
        "plain",
        pytest.param("fast", marks=NEVER),
    ],
)
def engine(request):
    return request.param


@pytest.fixture(params=[1, pytest.param(2, marks=pytest.mark.xfail(reason="two is too many"))])
def count(request):
    return request.param


@pytest.fixture
def doubled(count):
    return 2 * count


def pytest_collection_modifyitems(items):
    for item in items:
        if item.name.startswith("test_skipped_by_a_hook"):
            item.add_marker(pytest.mark.skip(reason="no mark in the source of the test"))
