"""How reports are made: by how many workers, kept apart how, and what one report may use before it is stopped."""

import ctypes
import os
import signal
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum

_PR_SET_PDEATHSIG = 1
_MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """`timeout_s` ends a report from outside; the other two are the kernel's and end it from inside."""

    timeout_s: float = 300.0
    cpu_s: int = 300
    memory_mb: int = 4096


class Isolation(StrEnum):
    """How one report is kept from the next: a forked child each, or an ordinary kernel each."""

    FORK = "fork"
    KERNEL = "kernel"


def default_isolation() -> Isolation:
    """Forking after imports is safe on Linux; elsewhere system libraries may not survive it."""
    return Isolation.FORK if sys.platform == "linux" else Isolation.KERNEL


@dataclass(frozen=True, slots=True)
class RunOptions:
    """How to run: how many reports at a time, in which way, within which limits; whether to redo what is done,
    and whether to wait for another run. `scheduler` is the address of a Dask scheduler, whose workers make the reports.
    """

    workers: int = 2
    isolation: Isolation = Isolation.KERNEL
    limits: Limits = field(default_factory=Limits)
    scheduler: str = ""
    force: bool = False
    wait: bool = False


@contextmanager
def environment_variables(values: Mapping[str, str]) -> Iterator[None]:
    """Those variables for a while, then what they were before."""
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def die_with_parent(number: int) -> None:
    """Have the kernel send this process that signal when its parent ends; 0 takes it back. Linux only."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, number)


def confine(limits: Limits) -> None:
    """Bind this process, a forked child, to the limits; it leads its own group and dies with its parent."""
    import resource  # noqa: PLC0415 - POSIX only, like fork itself

    os.setsid()
    die_with_parent(signal.SIGKILL)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu_s, limits.cpu_s + 5))
    size = limits.memory_mb * _MIB
    resource.setrlimit(resource.RLIMIT_AS, (size, size))
