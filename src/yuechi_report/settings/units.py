"""data/units.yml: the unit register, validated, and the entries that init adds; contacts are kept elsewhere."""

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, model_validator

from yuechi_report.domain.unit import Unit, Units
from yuechi_report.errors import ParameterError
from yuechi_report.settings.text_file import write_whole
from yuechi_report.settings.yaml_file import Setting, load_yaml

PREFIX = "unit-"
"""Slugs of entries that nobody has completed yet begin so."""
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_SLUG_LENGTH = 40

_NOTE = (
    "  # 以下由init按通知补入，请逐个核对：slug改为固定的英文短名（以后不再变），核对kind、document，补short_names\n"
)


def _checked(unit: Unit) -> Unit:
    """What one entry must keep to by itself; its slug names files."""
    if _SLUG.fullmatch(unit.slug) is None or len(unit.slug) > _SLUG_LENGTH:
        raise ValueError(f"slug“{unit.slug}”应为小写字母、数字和单个连字符，不超过{_SLUG_LENGTH}个字")
    if unit.also_called:
        raise ValueError("also_called不在文件中填写，曾用名写在former_names")
    if unit.valid_from is not None and unit.valid_to is not None and unit.valid_from > unit.valid_to:
        raise ValueError(f"{unit.name}：valid_from晚于valid_to")
    return unit


class UnitsFile(Setting):
    """The whole file; slugs and names are unique, predecessors and successors are in it."""

    units: tuple[Annotated[Unit, AfterValidator(_checked)], ...]

    @model_validator(mode="after")
    def _unique(self) -> "UnitsFile":
        slugs = [unit.slug for unit in self.units]
        names = [name for unit in self.units for name in _every_name(unit)]
        for values, what in ((slugs, "slug"), (names, "名称")):
            double = sorted({value for value in values if values.count(value) > 1})
            if double:
                raise ValueError(f"{what}重复：{'、'.join(double)}")
        return self

    @model_validator(mode="after")
    def _linked(self) -> "UnitsFile":
        slugs = {"", *(unit.slug for unit in self.units)}
        unknown = sorted({slug for unit in self.units for slug in (unit.predecessor, unit.successor)} - slugs)
        if unknown:
            raise ValueError(f"predecessor或successor不是本文件中的slug：{'、'.join(unknown)}")
        return self


def _every_name(unit: Unit) -> tuple[str, ...]:
    """Every name of the entry as often as it is written; `Unit.names` has each once."""
    former = (name for called in unit.former_names for name in (called.name, *called.short_names))
    return (unit.name, *unit.short_names, *former)


def load_units(path: Path) -> Units:
    """The unit register; ParameterError with the faults."""
    return Units(load_yaml(path, UnitsFile).units)


def unreviewed(units: Units) -> tuple[str, ...]:
    """The names of entries that `init` wrote and nobody has completed yet."""
    return tuple(unit.name for unit in units if unit.slug.startswith(PREFIX))


def unknown_units(units_file: Path, names: Sequence[str]) -> tuple[str, ...]:
    """The names that no unit has, in their order."""
    units = load_units(units_file)
    return tuple(name for name in names if units.find(name) is None)


def add_stubs(units_file: Path, names: Sequence[str]) -> None:
    """Append one entry per name; the file is left as it was where it would not be valid any more."""
    if not names:
        return
    before = units_file.read_bytes()
    first = 1 + sum(unit.slug.startswith(PREFIX) for unit in load_units(units_file))
    entries = "".join(_entry(f"{PREFIX}{number:02d}", name) for number, name in enumerate(names, start=first))
    body = before.decode("utf-8-sig").replace("\r\n", "\n").replace("units: []", "units:").rstrip("\n")
    write_whole(units_file, f"{body}\n{_NOTE}{entries}".encode())
    try:
        load_units(units_file)
    except ParameterError:
        write_whole(units_file, before)
        raise


def _entry(slug: str, name: str) -> str:
    """A collective where the name says so (各…), a municipal branch for 市…, else a county department."""
    kind, document = "department", "supervision"
    if name.startswith("各"):
        kind, document = "collective", "forwarded"
    elif name.startswith("市"):
        kind, document = "municipal_branch", "invitation"
    return f"  - {{slug: {slug}, name: {json.dumps(name, ensure_ascii=False)}, kind: {kind}, document: {document}}}\n"
