"""Units (单位): who leads, fills in, cooperates, and which kind of letter may be sent to them."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class UnitKind(StrEnum):
    """What a unit is towards the county government (domain.md §3.1)."""

    DEPARTMENT = "department"  # 县级部门
    UPPER_BRANCH = "upper_branch"  # branch of a higher level in the county
    MUNICIPAL_BRANCH = "municipal_branch"  # branch of a municipal institution
    MASS_ORGANISATION = "mass_organisation"  # 群团
    INSTITUTION = "institution"  # 事业单位
    COLLECTIVE = "collective"  # 各电信运营商: companies, no form, no duty


class DocumentKind(StrEnum):
    """Which supervision document fits the unit."""

    SUPERVISION = "supervision"  # 督办单
    INVITATION = "invitation"  # 商请函
    FORWARDED = "forwarded"  # 转告单


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit of the unit register; `slug` is ASCII and never changes, names may."""

    slug: str
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

    @property
    def short(self) -> str:
        """The short name for narrow tables; the official name where there is none."""
        return self.short_names[0] if self.short_names else self.name

    @property
    def has_form(self) -> bool:
        """Whether the unit gets a form at all."""
        return self.kind is not UnitKind.COLLECTIVE


@dataclass(frozen=True, slots=True)
class Units:
    """The unit register in the order of the notice."""

    units: tuple[Unit, ...]

    def __iter__(self) -> Iterator[Unit]:
        return iter(self.units)

    def named(self, name: str) -> Unit:
        """The unit with that official or short name; KeyError when there is none."""
        for unit in self.units:
            if name == unit.name or name in unit.short_names:
                return unit
        raise KeyError(name)

    def of_slug(self, slug: str) -> Unit:
        """The unit with that slug; KeyError when there is none."""
        for unit in self.units:
            if unit.slug == slug:
                return unit
        raise KeyError(slug)
