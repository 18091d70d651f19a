"""data/units.yml: the unit register, validated; contacts are kept elsewhere."""

import re
from pathlib import Path
from typing import Annotated

from pydantic import Field, model_validator

from yuechi_report.domain.unit import DocumentKind, Unit, UnitKind, Units
from yuechi_report.settings.yaml_file import Setting, load_yaml

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class UnitRow(Setting):
    """One unit as written in the file."""

    slug: Annotated[str, Field(pattern=f"^{_SLUG.pattern}$", max_length=40)]
    name: str
    kind: UnitKind
    document: DocumentKind
    short_names: tuple[str, ...] = ()
    liaison: str = ""
    scored: bool = True
    valid_from: str = ""
    valid_to: str = ""
    predecessor: str = ""
    successor: str = ""


class UnitsFile(Setting):
    """The whole file; slugs and names are unique."""

    units: tuple[UnitRow, ...]

    @model_validator(mode="after")
    def _unique(self) -> "UnitsFile":
        slugs = [row.slug for row in self.units]
        names = [name for row in self.units for name in (row.name, *row.short_names)]
        for values, what in ((slugs, "slug"), (names, "名称")):
            double = sorted({value for value in values if values.count(value) > 1})
            if double:
                raise ValueError(f"{what}重复：{'、'.join(double)}")
        return self


def load_units(path: Path) -> Units:
    """The unit register; ParameterError with the faults."""
    rows = load_yaml(path, UnitsFile).units
    return Units(tuple(Unit(**row.model_dump()) for row in rows))
