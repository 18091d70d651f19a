"""Who makes reports: how many at a time, in which way, within which limits. Light to import."""

import sys
from dataclasses import dataclass, field
from enum import StrEnum

from yuechi_report.run.limits import Limits


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
