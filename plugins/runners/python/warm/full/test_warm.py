"""Each test's name ends in the outcome that it must have; the build stops when one has another."""

import asyncio
import logging
import unittest

import pydantic
import pytest
from sut import Account


class Order(pydantic.BaseModel):
    count: int = pydantic.Field(ge=1)
    tags: list[str] = []


@pytest.mark.parametrize("amount", [1, 2])
def test_parametrize_passed(account, amount):
    assert account.deposit(amount) == 3 + amount


def test_raises_passed():
    with pytest.raises(ValueError, match="amount"):
        Account("x").deposit(0)


def test_compare_failed(account):
    assert [account.balance, {"a": 1}] == [4, {"a": 2}]


def test_text_failed():
    assert "one\ntwo\n" == "one\nthree\n"


def test_capture_failed(capsys, caplog):
    print("printed")
    logging.getLogger("warm").warning("logged")
    assert capsys.readouterr().out == ""


def test_tools_passed(tmp_path_factory, monkeypatch, capsys, recwarn, request):
    monkeypatch.setenv("WARM", "1")
    print("printed")
    assert capsys.readouterr().out == "printed\n"


def test_skip_skipped():
    pytest.skip("because")


@pytest.mark.skip(reason="marked")
def test_mark_skipped():
    pass


@pytest.mark.xfail(reason="known")
def test_known_xfailed():
    assert False


@pytest.mark.xfail
def test_wrong_xpassed():
    pass


def test_fixture_error(does_not_exist):
    pass


def test_pydantic_passed():
    with pytest.raises(pydantic.ValidationError):
        Order(count=0)
    assert Order.model_validate_json('{"count": 2}').model_dump() == {"count": 2, "tags": []}


def test_asyncio_passed():
    async def work():
        await asyncio.sleep(0)
        return await asyncio.gather(asyncio.sleep(0, 1), asyncio.sleep(0, 2))

    assert asyncio.run(work()) == [1, 2]


def test_approx_passed():
    assert 0.1 + 0.2 == pytest.approx(0.3)


class Old(unittest.TestCase):
    def setUp(self):
        self.value = 1

    def test_method_passed(self):
        self.assertEqual(self.value, 1)

    def test_parts_failed(self):
        for part in range(2):
            with self.subTest(part=part):
                self.assertEqual(part, 0)

    def test_left_skipped(self):
        self.skipTest("because")
