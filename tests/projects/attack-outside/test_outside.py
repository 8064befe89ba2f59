"""Looks for the machine: environment, files, processes, threads, network. Each test passes when there is nothing."""

import os
import socket
import subprocess
import sys
import threading
import time
import uuid

import pytest


def test_environment_is_empty():
    assert not [name for name in os.environ if not name.startswith("PYTEST_")]


def test_arguments_tell_nothing():
    assert not [argument for argument in sys.argv if "/home" in argument or "/root" in argument]


@pytest.mark.parametrize("path", ["/etc/passwd", "/proc/self/environ", "/dev/random", "/home", "../etc/passwd"])
def test_no_file_of_the_machine(path):
    with pytest.raises(OSError):
        os.stat(path)
    with pytest.raises(OSError):
        open(path, "rb")


def test_no_process():
    with pytest.raises(OSError, match="not available in the sandbox"):
        subprocess.run(["true"])


def test_no_thread():
    with pytest.raises(RuntimeError, match="not available in the sandbox"):
        threading.Thread(target=print).start()


def test_no_network():
    with pytest.raises(OSError, match="not available in the sandbox"):
        socket.create_connection(("127.0.0.1", 80))


def test_a_day_passes_at_once():
    started = time.monotonic()
    time.sleep(86_400)
    assert 86_400 <= time.monotonic() - started < 86_401


def test_random_names_differ():
    assert len({uuid.uuid4() for _ in range(100)}) == 100
