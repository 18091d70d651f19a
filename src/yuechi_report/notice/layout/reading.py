"""What every layout's recogniser gives back: rows of raw cells, headings, findings and the lines it used."""

from dataclasses import dataclass

from yuechi_report.notice.findings import Finding


@dataclass(frozen=True, slots=True)
class CategoryHeading:
    """A category as printed once; a page break prints the same heading again."""

    number: int
    name: str
    line: int


@dataclass(frozen=True, slots=True)
class Row:
    """One task as its cells stand in the document: not yet understood, wrapped lines joined.

    Units cells keep their line ends. `deadline_cell` is False where the list has the column but the
    row has no cell; a list without the column has empty deadlines. `lines` is inclusive. `item` is
    the item cell of lists that have one beside the text.
    """

    number: int
    text: str
    deadline: str
    lead: str
    cooperating: str
    lines: tuple[int, int]
    category_number: int = 0
    category: str = ""
    item: str = ""
    deadline_cell: bool = True
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """A list as one recogniser read it; `first_line` is where the list begins (its header, say).

    `used` holds the number of every line that became part of something; `recognise` reports the
    others, so that no recogniser can drop text silently.
    """

    layout: str
    first_line: int
    rows: tuple[Row, ...]
    headings: tuple[CategoryHeading, ...]
    findings: tuple[Finding, ...]
    used: frozenset[int]
