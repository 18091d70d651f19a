"""Entries for units that a new register names and data/units.yml does not have: written to be completed."""

import json
from collections.abc import Sequence
from pathlib import Path

from yuechi_report.errors import ParameterError
from yuechi_report.settings.units import load_units

PREFIX = "unit-"
"""Slugs of entries that nobody has completed yet begin so."""

_NOTE = (
    "  # 以下由init按通知补入，请逐个核对：slug改为固定的英文短名（以后不再变），核对kind、document，补short_names\n"
)


def unknown_units(units_file: Path, names: Sequence[str]) -> tuple[str, ...]:
    """The names that no unit has, in their order."""
    known = {name for unit in load_units(units_file) for name in (unit.name, *unit.short_names)}
    return tuple(name for name in names if name not in known)


def add_stubs(units_file: Path, names: Sequence[str]) -> None:
    """Append one entry a name; the file is left as it was where it would not be valid any more."""
    if not names:
        return
    before = units_file.read_text(encoding="utf-8-sig")
    first = 1 + sum(unit.slug.startswith(PREFIX) for unit in load_units(units_file))
    entries = "".join(_entry(f"{PREFIX}{number:02d}", name) for number, name in enumerate(names, start=first))
    body = before.replace("units: []", "units:").rstrip("\n")
    units_file.write_text(f"{body}\n{_NOTE}{entries}", encoding="utf-8")
    try:
        load_units(units_file)
    except ParameterError:
        units_file.write_text(before, encoding="utf-8")
        raise


def _entry(slug: str, name: str) -> str:
    """A collective where the name says so (各…), a municipal branch for 市…, else a county department."""
    kind, document = "department", "supervision"
    if name.startswith("各"):
        kind, document = "collective", "forwarded"
    elif name.startswith("市"):
        kind, document = "municipal_branch", "invitation"
    return f"  - {{slug: {slug}, name: {json.dumps(name, ensure_ascii=False)}, kind: {kind}, document: {document}}}\n"
