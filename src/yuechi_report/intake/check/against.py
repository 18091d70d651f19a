"""What submissions of one notice are checked against: register, units, data nature, workspace root."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from yuechi_report.domain.register import Register
from yuechi_report.domain.unit import Units


@dataclass(frozen=True, slots=True)
class Against:
    """One notice with all that decides how its files are read; `root` is the workspace the files are in."""

    register: Register
    units: Units
    nature: str
    root: Path

    @property
    def digest(self) -> str:
        """sha256 of what decides how a file is read; the folder's place is not part of it."""
        return hashlib.sha256(repr((self.register, self.units, self.nature)).encode()).hexdigest()
