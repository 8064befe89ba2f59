"""Lies among the files of the implementation."""

collect_ignore = ["contract_test.py"]
