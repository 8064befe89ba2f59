"""What the sandbox lacks is said by name. Outside of it these tests pass or fail for other reasons."""

import pytest


def test_thread():
    import threading

    threading.Thread(target=print).start()


def test_thread_pool():
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor() as pool:
        pool.submit(print).result()


def test_asyncio_to_thread():
    import asyncio

    asyncio.run(asyncio.to_thread(print))


def test_process():
    import subprocess

    subprocess.run(["true"])


def test_process_by_multiprocessing():
    import multiprocessing

    multiprocessing.Process(target=print).start()


def test_process_by_os():
    import os

    os.system("true")


def test_socket():
    import socket

    socket.create_connection(("localhost", 9))


def test_asyncio_connection():
    import asyncio

    asyncio.run(asyncio.open_connection("localhost", 9))


def test_http():
    import urllib.request

    urllib.request.urlopen("http://localhost:9/")


@pytest.mark.parametrize("name", ["ssl", "ctypes", "bz2", "lzma", "mmap", "fcntl", "termios", "resource", "pwd", "curses"])
def test_module(name):
    __import__(name)


def test_importorskip_does_not_skip():
    pytest.importorskip("ssl")


def test_a_fallback_still_works():
    try:
        import bz2
    except ImportError:
        bz2 = None
