"""What a room needs to check submissions of one notice: register, units, data nature, workspace root."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from yuechi_report.domain.register import Register
from yuechi_report.domain.unit import Units


@dataclass(frozen=True, slots=True)
class Trade:
    """One notice's side of the paper trade."""

    register: Register
    units: Units
    nature: str
    root: Path

    @property
    def digest(self) -> str:
        """sha256 of what decides how a file is read; the folder's place is not part of it."""
        return hashlib.sha256(repr((self.register, self.units, self.nature)).encode()).hexdigest()
