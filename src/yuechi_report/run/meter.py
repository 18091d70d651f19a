"""What a piece of work cost: wall and CPU seconds (children included) and peak memory."""

import time
from dataclasses import dataclass

try:
    import resource
except ImportError:  # Windows has no resource module: CPU and memory read 0 there
    resource = None  # type: ignore[assignment]

_KIB_PER_MIB = 1024.0


@dataclass(frozen=True, slots=True)
class Reading:
    """seconds, cpu_seconds: of this work; peak_memory_mb: of the largest process so far."""

    seconds: float
    cpu_seconds: float
    peak_memory_mb: float


@dataclass(frozen=True, slots=True)
class Meter:
    """Started once, read as often as wanted."""

    seconds: float
    cpu_seconds: float

    @classmethod
    def start(cls) -> "Meter":
        """A meter that counts from now."""
        return cls(time.perf_counter(), _cpu_seconds())

    def read(self) -> Reading:
        """What has been used since the start."""
        return Reading(
            round(time.perf_counter() - self.seconds, 3),
            round(_cpu_seconds() - self.cpu_seconds, 3),
            round(_peak_mb(), 1),
        )


def _cpu_seconds() -> float:
    if resource is None:
        return 0.0
    usages = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def _peak_mb() -> float:
    if resource is None:
        return 0.0
    whos = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return max(resource.getrusage(who).ru_maxrss for who in whos) / _KIB_PER_MIB
