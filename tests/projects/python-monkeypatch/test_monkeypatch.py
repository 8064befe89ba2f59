import os
import sys

import pytest
import settings


def test_attribute(monkeypatch):
    monkeypatch.setattr(settings, "RETRIES", 9)
    assert settings.retries() == 9


def test_attribute_was_restored():
    assert settings.retries() == 3


def test_attribute_by_name(monkeypatch):
    monkeypatch.setattr("settings.RETRIES", 1)
    assert settings.retries() == 1


def test_environment(monkeypatch):
    monkeypatch.setenv("SHOP_REGION", "eu")
    assert settings.region() == "eu"


def test_environment_was_restored():
    assert "SHOP_REGION" not in os.environ
    assert settings.region() == "unknown"


def test_dictionary(monkeypatch):
    monkeypatch.setitem(settings.PRICES, "tea", 7)
    monkeypatch.delitem(settings.PRICES, "milk")
    assert settings.PRICES == {"tea": 7}


def test_dictionary_was_restored():
    assert settings.PRICES == {"tea": 2, "milk": 1}


def test_working_folder(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    assert os.getcwd() == str(tmp_path)


def test_import_path(monkeypatch, tmp_path):
    (tmp_path / "brought_along.py").write_text("VALUE = 5\n")
    monkeypatch.syspath_prepend(tmp_path)
    import brought_along

    assert brought_along.VALUE == 5


def test_replaced_module(monkeypatch):
    monkeypatch.setitem(sys.modules, "json", None)
    with pytest.raises(ImportError):
        import json


def test_unknown_attribute(monkeypatch):
    monkeypatch.setattr(settings, "DOES_NOT_EXIST", 1)
