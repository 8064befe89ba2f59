"""Endless recursion that passes through C code: each must raise RecursionError and must not end the interpreter."""

import copy
import functools
import json
import pickle

import pytest


def nested_list(depth=200_000):
    value = []
    for _ in range(depth):
        value = [value]
    return value


class Endless:
    """Recurs through the interpreter's C code, whatever it is asked."""

    def __repr__(self):
        return repr(self)

    def __eq__(self, other):
        return self == other

    def __hash__(self):
        return hash(self)

    def __getattr__(self, name):
        return getattr(self, name + "x")

    def __lt__(self, other):
        return self < other

    def __call__(self):
        return functools.partial(self)()


def test_plain_function():
    def down(depth):
        return down(depth + 1) + 1

    with pytest.raises(RecursionError):
        down(0)


def test_repr():
    with pytest.raises(RecursionError):
        repr(Endless())


def test_repr_of_nested_lists():
    with pytest.raises(RecursionError):
        repr(nested_list())


def test_json_dumps():
    with pytest.raises(RecursionError):
        json.dumps(nested_list())


def test_json_loads():
    with pytest.raises(RecursionError):
        json.loads("[" * 200_000 + "]" * 200_000)


def test_equality_of_nested_lists():
    with pytest.raises(RecursionError):
        nested_list() == nested_list()


def test_equality_method():
    with pytest.raises(RecursionError):
        Endless() == 1


def test_attribute_access():
    with pytest.raises(RecursionError):
        Endless().anything


def test_deepcopy():
    with pytest.raises(RecursionError):
        copy.deepcopy(nested_list())


def test_pickle():
    with pytest.raises(RecursionError):
        pickle.dumps(nested_list())


def test_parsing_nested_source():
    with pytest.raises((RecursionError, MemoryError, SyntaxError)):
        compile("-" * 100_000 + "1", "deep.py", "eval")


def test_sort_key():
    def key(value):
        return sorted([value, value], key=key)[0]

    with pytest.raises(RecursionError):
        key(1)


def test_hash_and_comparison():
    with pytest.raises(RecursionError):
        hash(Endless())
    with pytest.raises(RecursionError):
        sorted([Endless(), Endless()])


def test_partial():
    with pytest.raises(RecursionError):
        Endless()()


def test_it_goes_on_afterwards():
    assert sum(range(10)) == 45


def test_a_failure_by_recursion_is_shown():
    repr(Endless())
