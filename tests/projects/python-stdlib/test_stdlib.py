"""Imports every module of the standard library of CPython 3.14 that a Linux machine can import.

`UNAVAILABLE` is what the sandbox does not have; the runner's README says why. A module that appears in neither list makes
`test_no_module_is_forgotten` fail.
"""

import importlib
import shlex
import sys
import sysconfig

import pytest

UNAVAILABLE = """
bz2 ctypes curses fcntl grp idlelib lzma mmap pty pwd readline resource ssl syslog termios tkinter tty turtle turtledemo
""".split()

# Importing them opens a browser, prints a poem, or is a test of CPython itself.
NOT_FOR_IMPORT = "antigravity this test".split()

OTHER_SYSTEMS = "msvcrt nt winreg winsound".split()

MODULES = """
__future__ abc annotationlib argparse array ast asyncio atexit base64 bdb binascii bisect builtins cProfile calendar cmath cmd
code codecs codeop collections colorsys compileall compression concurrent configparser contextlib contextvars copy copyreg csv
dataclasses datetime dbm decimal difflib dis doctest email encodings ensurepip enum errno faulthandler filecmp fileinput
fnmatch fractions ftplib functools gc genericpath getopt getpass gettext glob graphlib gzip hashlib heapq hmac html http
imaplib importlib inspect io ipaddress itertools json keyword linecache locale logging mailbox marshal math mimetypes
modulefinder multiprocessing netrc ntpath nturl2path numbers opcode operator optparse os pathlib pdb pickle pickletools
pkgutil platform plistlib poplib posix posixpath pprint profile pstats py_compile pyclbr pydoc pydoc_data pyexpat queue
quopri random re reprlib rlcompleter runpy sched secrets select selectors shelve shlex shutil signal site smtplib socket
socketserver sqlite3 sre_compile sre_constants sre_parse stat statistics string stringprep struct subprocess symtable sys
sysconfig tabnanny tarfile tempfile textwrap threading time timeit token tokenize tomllib trace traceback tracemalloc types
typing unicodedata unittest urllib uuid venv warnings wave weakref webbrowser wsgiref xml xmlrpc zipapp zipfile zipimport
zlib zoneinfo
""".split()

SUBMODULES = """
asyncio.taskgroups collections.abc compression.gzip compression.zlib concurrent.futures concurrent.futures.thread
concurrent.futures.process dbm.dumb dbm.sqlite3 email.message email.mime.text email.policy encodings.idna html.parser
http.client http.cookiejar http.server importlib.metadata importlib.resources json.tool logging.config logging.handlers
multiprocessing.pool os.path pathlib.types string.templatelib sysconfig unittest.mock urllib.parse urllib.request
wsgiref.simple_server xml.dom.minidom xml.etree.ElementTree xml.sax xmlrpc.client xmlrpc.server zipfile._path
""".split()


@pytest.mark.parametrize("name", MODULES + SUBMODULES)
def test_import(name):
    module = importlib.import_module(name)
    assert sys.modules[name] is module


@pytest.mark.parametrize("name", UNAVAILABLE)
def test_unavailable(name):
    with pytest.raises(ImportError, match=f"{name}: .* not available in the sandbox"):
        importlib.import_module(name)


@pytest.mark.parametrize("name", OTHER_SYSTEMS)
def test_module_of_another_system(name):
    with pytest.raises(ModuleNotFoundError):
        importlib.import_module(name)


def test_no_module_is_forgotten():
    public = {name for name in sys.stdlib_module_names if not name.startswith("_") or name == "__future__"}
    assert public - set(MODULES) - set(UNAVAILABLE) - set(NOT_FOR_IMPORT) - set(OTHER_SYSTEMS) == set()


def test_what_cpython_was_configured_with_is_shell_text():
    assert shlex.split(sysconfig.get_config_var("CONFIG_ARGS"))
