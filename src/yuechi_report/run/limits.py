"""What one report may use before it is stopped: wall seconds, CPU seconds, memory."""

import os
import signal
import sys
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


def confine(limits: Limits) -> None:
    """Bind this process, a forked child, to the limits; it leads its own group and dies with its parent."""
    import ctypes  # noqa: PLC0415 - slow to import, wanted in a child only
    import resource  # noqa: PLC0415 - POSIX only, like fork itself

    os.setsid()
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu_s, limits.cpu_s + 5))
    size = limits.memory_mb * _MIB
    resource.setrlimit(resource.RLIMIT_AS, (size, size))


class Isolation(StrEnum):
    """How one report is kept from the next: a forked child each, or an ordinary kernel each."""

    FORK = "fork"
    KERNEL = "kernel"


def default_isolation() -> Isolation:
    """Forking after imports is safe on Linux; elsewhere system libraries may not survive it."""
    return Isolation.FORK if sys.platform == "linux" else Isolation.KERNEL


@dataclass(frozen=True, slots=True)
class Crew:
    """How many reports are made at a time, in which way, within which limits.

    `scheduler` is the address of a Dask scheduler, whose workers then make them.
    """

    workers: int = 2
    isolation: Isolation = Isolation.KERNEL
    limits: Limits = field(default_factory=Limits)
    scheduler: str = ""
