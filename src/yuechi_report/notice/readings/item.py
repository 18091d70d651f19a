"""What every reading gives back: items of raw fields, each field with its atoms and how it came."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from yuechi_report.notice.findings import Severity
from yuechi_report.notice.readings.places import CategoryHeading
from yuechi_report.notice.vocabulary import ColumnRole


class How(StrEnum):
    """How a value came to its field."""

    COLUMN = "column"
    MERGED = "merged"  # one cell over several rows
    LABEL = "label"
    BRACKET = "bracket"
    REMARK = "remark"  # a deadline that is printed in the remarks


@dataclass(frozen=True, slots=True)
class ItemField:
    """A value as printed, the atoms it was read from, and how."""

    text: str
    atoms: tuple[int, ...]
    how: How

    def joined(self, after: "ItemField", by: str = "\n") -> "ItemField":
        """The value and the one after it as one."""
        text = by.join(part for part in (self.text, after.text) if part.strip())
        return ItemField(text, tuple(dict.fromkeys((*self.atoms, *after.atoms))), self.how)


@dataclass(frozen=True, slots=True)
class Doubt:
    """What is doubtful about one item or place; `atom` says where."""

    severity: Severity
    code: str
    atom: int
    text: str


@dataclass(frozen=True, slots=True)
class Item:
    """One task as printed: not yet understood.

    `printed` is the number as printed, `part` a letter where one number holds several contents.
    `headings` are the levels above, outermost first; `list_number` counts the lists of the document.
    """

    text: ItemField
    fields: Mapping[ColumnRole, ItemField]
    printed: str = ""
    number: int | None = None
    part: str = ""
    item: str = ""
    headings: tuple[str, ...] = ()
    heading_number: int = 0
    list_number: int = 1
    list_title: str = ""
    extra: tuple[int, ...] = ()  # atoms of its number, its item cell and columns nobody asked for
    doubts: tuple[Doubt, ...] = ()
    flags: tuple[str, ...] = ()
    roles: frozenset[ColumnRole] = frozenset()  # what its list has columns or labels for

    def value(self, role: ColumnRole) -> str:
        """The text of a field, empty where there is none."""
        found = self.fields.get(role)
        return found.text.strip() if found else ""

    @property
    def atoms(self) -> tuple[int, ...]:
        """Every atom that became part of this item, in order."""
        used = [*self.text.atoms, *self.extra, *(atom for each in self.fields.values() for atom in each.atoms)]
        return tuple(sorted(set(used)))

    def with_field(self, role: ColumnRole, value: ItemField, by: str = "\n") -> "Item":
        """The item with a value put to a role, behind what is there."""
        there = self.fields.get(role)
        return replace(self, fields={**self.fields, role: there.joined(value, by) if there else value})


class Use(StrEnum):
    """What became of an atom."""

    TASK = "task"
    HEADING = "heading"
    HEADER = "header"
    FRONT = "front"
    IGNORED = "ignored"


@dataclass(frozen=True, slots=True)
class Reading:
    """A document as one recogniser read it; `uses` names what it used besides its items, with reasons."""

    layout: str
    items: tuple[Item, ...]
    uses: Mapping[int, tuple[Use, str]]
    doubts: tuple[Doubt, ...] = ()
    columns: tuple[tuple[str, ColumnRole], ...] = ()  # header words or labels seen, and what they were taken for
    confirmed: float = 1.0  # share of the cells whose content fits the role of their column
    categories: tuple[str, ...] = ()
    headings: tuple[CategoryHeading, ...] = ()  # as printed, those of a page break again
    statuses: int = field(default=0)  # cells that say how far a task is: a progress report has them

    def first_atom(self) -> int:
        """Where the list begins."""
        marks = [atom for atom, (use, _) in self.uses.items() if use in {Use.HEADER, Use.HEADING}]
        return min([*marks, *(atom for item in self.items for atom in item.atoms[:1])], default=1)

    def worth(self) -> float:
        """How much of a list it explains: items, their units and deadlines."""
        return sum(_worth(item) for item in self.items) * (0.5 + self.confirmed / 2)


def _worth(item: Item) -> float:
    units = any(item.value(role) for role in (ColumnRole.LEAD, ColumnRole.RESPONSIBLE))
    return 1 + 2 * units + bool(item.value(ColumnRole.DEADLINE)) + bool(item.value(ColumnRole.COOPERATE))


def lettered(items: list[Item]) -> Iterator[Item]:
    """Items of one number get the letters a, b, … where they came as parts (`part` set to any letter)."""
    counts: dict[int, int] = {}
    for index, item in enumerate(items):
        after = items[index + 1] if index + 1 < len(items) else None
        if item.part:
            counts[0] = counts.get(0, 0) + 1
            yield replace(item, part=_letter(counts[0]))
        else:
            counts[0] = 0
            yield replace(item, part="a") if after is not None and after.part else item


def _letter(index: int) -> str:
    return chr(ord("a") + index) if index < 26 else f"z{index}"
