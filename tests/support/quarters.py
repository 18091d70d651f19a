"""Copies of the example with a quarter opened, left out or not cut off."""

import re

from yuechi_report.domain.quarter import Quarter
from yuechi_report.settings.workspace import Workspace

NOTICE = "yuechi-2024"


def uncut(place: Workspace, quarter: str) -> None:
    """Take known_at out of the quarter's params."""
    path = place.request_file(NOTICE, Quarter.parse(quarter))
    path.write_text(re.sub(r"(?m)^known_at:.*\n", "", path.read_text(encoding="utf-8")), encoding="utf-8")


def left_out(place: Workspace, quarter: str) -> None:
    """Take the quarter's params away."""
    place.request_file(NOTICE, Quarter.parse(quarter)).unlink()


def led_by_collective(place: Workspace, number: int, *, liaison: str = "") -> None:
    """Give a task to 各科室, which has no form."""
    entry = f"  - {{slug: sections, name: 各科室, kind: collective, document: forwarded, liaison: '{liaison}'}}\n"
    place.units_file.write_text(
        place.units_file.read_text(encoding="utf-8").rstrip("\n") + "\n" + entry, encoding="utf-8"
    )
    path = place.notice_dir(NOTICE) / "register.csv"
    rows = path.read_text(encoding="utf-8-sig").splitlines(keepends=True)
    changed = [row.replace("县商务局", "各科室") if row.startswith(f"{number},") else row for row in rows]
    assert changed != rows
    path.write_text("".join(changed), encoding="utf-8-sig", newline="")
