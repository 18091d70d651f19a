"""data/units.yml: the unit register, validated; contacts are kept elsewhere."""

import json
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

from pydantic import Field, model_validator

from yuechi_report.domain.unit import DocumentKind, FormerName, Unit, UnitKind, Units
from yuechi_report.errors import ParameterError
from yuechi_report.settings.yaml_file import Setting, load_yaml

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class FormerNameRow(Setting):
    """A former name and the last day it was borne."""

    name: str
    until: date
    short_names: tuple[str, ...] = ()


class UnitRow(Setting):
    """One unit as written in the file."""

    slug: Annotated[str, Field(pattern=f"^{_SLUG.pattern}$", max_length=40)]
    name: str
    kind: UnitKind
    document: DocumentKind
    short_names: tuple[str, ...] = ()
    liaison: str = ""
    scored: bool = True
    valid_from: date | None = None
    valid_to: date | None = None
    predecessor: str = ""
    successor: str = ""
    former_names: tuple[FormerNameRow, ...] = ()

    @model_validator(mode="after")
    def _in_order(self) -> "UnitRow":
        if self.valid_from is not None and self.valid_to is not None and self.valid_from > self.valid_to:
            raise ValueError(f"{self.name}：valid_from晚于valid_to")
        return self

    @property
    def names(self) -> tuple[str, ...]:
        """Every name in the row."""
        former = (name for one in self.former_names for name in (one.name, *one.short_names))
        return (self.name, *self.short_names, *former)

    def unit(self) -> Unit:
        """The row as the domain reads it."""
        fields = self.model_dump(exclude={"former_names"})
        return Unit(**fields, former_names=tuple(FormerName(**one.model_dump()) for one in self.former_names))


class UnitsFile(Setting):
    """The whole file; slugs and names are unique."""

    units: tuple[UnitRow, ...]

    @model_validator(mode="after")
    def _unique(self) -> "UnitsFile":
        slugs = [row.slug for row in self.units]
        names = [name for row in self.units for name in row.names]
        for values, what in ((slugs, "slug"), (names, "名称")):
            double = sorted({value for value in values if values.count(value) > 1})
            if double:
                raise ValueError(f"{what}重复：{'、'.join(double)}")
        return self

    @model_validator(mode="after")
    def _linked(self) -> "UnitsFile":
        slugs = {"", *(row.slug for row in self.units)}
        unknown = sorted({one for row in self.units for one in (row.predecessor, row.successor)} - slugs)
        if unknown:
            raise ValueError(f"predecessor或successor不是本文件中的slug：{'、'.join(unknown)}")
        return self


def load_units(path: Path) -> Units:
    """The unit register; ParameterError with the faults."""
    rows = load_yaml(path, UnitsFile).units
    return Units(tuple(row.unit() for row in rows))


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
