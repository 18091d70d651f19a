"""Units (单位): who leads, fills in, cooperates, and which kind of sheet may be sent to them, and why."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
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
class FormerName:
    """What a unit was called up to and including a day."""

    name: str
    until: date
    short_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit of the unit register; `slug` is ASCII and never changes, names may.

    A renamed unit is one row with its former names; `predecessor` and `successor` are the slugs of other
    rows, where a unit was set up in place of another. `also_called` is filled by `called_on`.
    """

    slug: str
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
    former_names: tuple[FormerName, ...] = ()
    also_called: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Every name that finds the unit, the one it bears first."""
        former = (name for called in self.former_names for name in (called.name, *called.short_names))
        return tuple(dict.fromkeys((self.name, *self.short_names, *former, *self.also_called)))

    def called_on(self, day: date) -> "Unit":
        """The unit under the name it bore that day; every other name still finds it."""
        borne = min((called for called in self.former_names if called.until >= day), key=_last_day, default=None)
        if borne is None:
            return self
        return replace(self, name=borne.name, short_names=borne.short_names, also_called=self.names)

    @property
    def short(self) -> str:
        """The short name for narrow tables; the official name where there is none."""
        return self.short_names[0] if self.short_names else self.name

    @property
    def has_form(self) -> bool:
        """Whether the unit gets a form at all."""
        return self.kind is not UnitKind.COLLECTIVE


def _last_day(called: FormerName) -> date:
    return called.until


@dataclass(frozen=True, slots=True)
class Units:
    """The unit register in the order of the notice."""

    units: tuple[Unit, ...]

    def __iter__(self) -> Iterator[Unit]:
        return iter(self.units)

    def find(self, name: str) -> Unit | None:
        """The unit with that official, short or former name; None when there is none."""
        try:
            return self.named(name)
        except KeyError:
            return None

    def named(self, name: str) -> Unit:
        """The unit with that official, short or former name; KeyError when there is none."""
        for unit in self.units:
            if name in unit.names:
                return unit
        raise KeyError(name)

    def called_on(self, day: date) -> "Units":
        """Every unit under the name it bore that day."""
        return Units(tuple(unit.called_on(day) for unit in self.units))

    @property
    def renamed(self) -> dict[str, str]:
        """Each other full name of a renamed unit → the name it bears here."""
        return {
            other: unit.name
            for unit in self.units
            for other in (*(called.name for called in unit.former_names), *unit.also_called)
            if other != unit.name
        }


class Ground(StrEnum):
    """Why a supervision sheet is sent; the first that applies, in this order."""

    REOPENED = "reopened"
    BLOCK_LAPSED = "block_lapsed"
    BLOCK_NOT_RECOGNISED = "block_not_recognised"
    RETURNED = "returned"
    NO_EVIDENCE = "no_evidence"
    OVERDUE = "overdue"
    NOT_REPORTED = "not_reported"
    IDLE = "idle"
    INTERRUPTED = "interrupted"
    FORWARDED = "forwarded"
    NAMED = "named"


@dataclass(frozen=True, slots=True)
class SheetMatter:
    """One matter of one unit: what one sheet is about. `unit` is the official name."""

    task_no: int
    unit: str
    document: DocumentKind
    ground: Ground
    slug: str
