"""What the sandbox does not have, said by name: threads, processes, sockets, users. Also what pytest needs here.

Without this file the interpreter's own words ("can't start new thread", "Operation not supported") would reach a person
who cannot know that they come from the sandbox.
"""

import _socket
import _thread
import contextlib
import errno
import io
import multiprocessing.process
import os
import socket
import subprocess
import threading

import _pytest.capture
import _pytest.logging

_OS_FUNCTIONS = {
    "execv", "execve", "fork", "forkpty", "getegid", "geteuid", "getgid", "getgroups", "getlogin", "getpgid", "getppid",
    "kill", "killpg", "mkfifo", "nice", "openpty", "pipe", "posix_spawn", "posix_spawnp", "setuid", "spawnl", "spawnv",
    "system", "umask", "wait", "wait3", "wait4", "waitpid",
}  # fmt: skip


# What a test prints is kept in memory until it ends. A test that printed without end would fill the memory inside pytest's own
# code, and the tests after it would fail with it.
CAPTURED_BYTES = 16 << 20


def unavailable(what: str, module: str) -> str:
    """The sentence for something that the sandbox lacks."""
    return f"{module}: {what} not available in the sandbox"


def install() -> None:
    """Replaces what would fail anyway by functions that say why."""
    _name_threads()
    _name_processes()
    _name_sockets()
    _name_os_functions()
    _bound_captured_output()
    _serve_pytest()


def _refuse(error):
    """Returns a function that raises `error()`, whatever it is called with."""

    def refuse(*_arguments, **_options):
        __tracebackhide__ = True  # The failing line that a person wants to see is the one that asked.
        raise error()

    return refuse


def _name_threads() -> None:
    refuse = _refuse(lambda: RuntimeError(unavailable("threads are", "threading")))
    threading._start_joinable_thread = refuse
    for name in ("start_new_thread", "start_new", "start_joinable_thread"):
        setattr(_thread, name, refuse)


def _name_processes() -> None:
    subprocess.Popen.__init__ = _refuse(lambda: OSError(errno.ENOSYS, unavailable("processes are", "subprocess")))
    multiprocessing.process.BaseProcess.start = _refuse(
        lambda: OSError(errno.ENOSYS, unavailable("processes are", "multiprocessing"))
    )


def _name_sockets() -> None:
    def refusal():
        # The host refuses too, and has it on record where it matters who reached for the network.
        with contextlib.suppress(OSError):
            _socket.socket()
        return OSError(errno.EACCES, unavailable("the network is", "socket"))

    refuse = _refuse(refusal)
    socket.socket.__init__ = refuse
    for name in ("socketpair", "getaddrinfo", "gethostbyname", "gethostbyname_ex", "gethostbyaddr", "getnameinfo"):
        setattr(socket, name, refuse)


def _name_os_functions() -> None:
    def __getattr__(name: str):
        if name in _OS_FUNCTIONS:
            raise AttributeError(unavailable(f"os.{name} is", "os"), name=name, obj=os)
        raise AttributeError(f"module 'os' has no attribute {name!r}", name=name, obj=os)

    os.__getattr__ = __getattr__


def _bound_captured_output() -> None:
    class CapturedOutput(_pytest.capture.CaptureIO):
        def write(self, text):
            if self.buffer.tell() + len(text) > CAPTURED_BYTES:
                __tracebackhide__ = True
                raise OSError(errno.EFBIG, f"the test printed more than {CAPTURED_BYTES >> 20} MiB")
            return super().write(text)

    _pytest.capture.CaptureIO = CapturedOutput


def _serve_pytest() -> None:
    # `tmp_path` compares the user with the owner of the folder; the file system of the sandbox has one owner, 0.
    os.getuid = lambda: 0
    # Its log file is `os.devnull` by default, which does not exist here.
    opened = _pytest.logging._FileHandler._open

    def _open(self):
        return io.StringIO() if self.baseFilename == os.path.abspath(os.devnull) else opened(self)

    _pytest.logging._FileHandler._open = _open
