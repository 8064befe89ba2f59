"""Lies among the files of the implementation."""


def pytest_collection_modifyitems(items):
    items[:] = [item for item in items if item.name == "test_nothing_has_no_mean"]
