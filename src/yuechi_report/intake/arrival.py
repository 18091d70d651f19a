"""How and when a file arrived."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Arrival:
    """How and when a file arrived; times carry their offset."""

    received_at: datetime
    recorded_at: datetime
    channel: str
    recorded_by: str
