"""One row of a table → an item, or the rest of the one before it that a page break cut off."""

from dataclasses import dataclass, field, replace

from yuechi_report.notice.deadline_text import is_phrase
from yuechi_report.notice.document import TableCell
from yuechi_report.notice.findings import Severity, excerpt
from yuechi_report.notice.readings.column_roles import Columns
from yuechi_report.notice.readings.grid.header import Row, cell_text, distinct
from yuechi_report.notice.readings.item import Doubt, How, Item, ItemField, Use
from yuechi_report.notice.readings.lists import Lists
from yuechi_report.notice.readings.marks import code_in, mark_of, number_in
from yuechi_report.notice.readings.places import CategoryHeading
from yuechi_report.notice.vocabulary import ColumnRole

_FIELDS = (
    ColumnRole.LEAD,
    ColumnRole.RESPONSIBLE,
    ColumnRole.COOPERATE,
    ColumnRole.LEADER,
    ColumnRole.DEADLINE,
    ColumnRole.GOAL,
    ColumnRole.START,
    ColumnRole.REMARK,
)

_ENDED = ("。", "；", "！", "”", "）", ")")


@dataclass(slots=True)
class TablesSoFar:
    """What the tables so far leave to the next one."""

    lists: Lists
    uses: dict[int, tuple[Use, str]] = field(default_factory=dict)
    items: list[Item] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    columns: Columns | None = None
    evidence: list[tuple[str, ColumnRole]] = field(default_factory=list)
    confirmed: list[float] = field(default_factory=list)
    statuses: int = 0
    page_start: bool = False
    since_header: int = 0


def number_of(row: Row, columns: Columns) -> tuple[int | None, str, TableCell | None]:
    """The row's number, the text behind it where it begins a text, and its cell."""
    if columns.numbers_in >= 0:
        cell = row[columns.numbers_in]
        mark = mark_of(cell_text(cell))
        return (mark.number, mark.rest, cell) if mark else (None, cell_text(cell), cell)
    found = columns.having(ColumnRole.NUMBER)
    cell = row[found[0]] if found else None
    return number_in(cell_text(cell)), "", cell


def fields_of(row: Row, number: int, columns: Columns) -> dict[ColumnRole, ItemField]:
    """The fields of a row by role; columns whose content does not fit their word give none."""
    fields: dict[ColumnRole, ItemField] = {}
    for index, cell in enumerate(row):
        role = columns.roles[index]
        if (
            cell is None
            or cell.atom.blank
            or index in columns.doubtful
            or (index and row[index - 1] is cell and role is columns.roles[index - 1])
        ):
            continue
        if role is ColumnRole.MILESTONE:
            value = ItemField(f"{columns.words[index]}：{cell.atom.text.strip()}", (cell.atom.id,), How.COLUMN)
        elif role in _FIELDS:
            value = ItemField(cell.atom.text.strip(), (cell.atom.id,), How.MERGED if cell.row < number else How.COLUMN)
        else:
            continue
        fields[role] = fields[role].joined(value) if role in fields else value
    return fields


def continues(row: Row, columns: Columns, state: TablesSoFar) -> bool:
    """Whether the first row of a page is the rest of the last one: no number, and nothing complete of its own."""
    if not (state.page_start and state.items):
        return False
    found, _, cell = number_of(row, columns)
    if found is not None or (cell is not None and columns.numbers_in < 0 and cell_text(cell)):
        return False
    last = state.items[-1].text.text.rstrip()
    own = any(
        cell_text(row[index])
        for role in (ColumnRole.LEAD, ColumnRole.RESPONSIBLE, ColumnRole.DEADLINE)
        for index in columns.having(role)
    )
    return (
        not own
        or (not last.endswith(_ENDED) and columns.numbers_in < 0 and bool(columns.having(ColumnRole.NUMBER)))
        or (columns.numbers_in >= 0)
    )


def continued(item: Item, row: Row, columns: Columns, fields: dict[ColumnRole, ItemField]) -> Item:
    """The last item with what a page break cut off put behind."""
    cell = row[columns.text]
    if cell is not None and not cell.atom.blank:
        item = replace(
            item, text=item.text.joined(ItemField(cell.atom.text.strip(), (cell.atom.id,), How.COLUMN), by="")
        )
    for role, value in fields.items():
        item = item.with_field(role, value, by="")
    return item


def more_units(item: Item, fields: dict[ColumnRole, ItemField]) -> Item:
    """The item with the units of one more row of its text."""
    for role, value in fields.items():
        if not set(value.atoms) <= set(item.fields[role].atoms if role in item.fields else ()):
            item = item.with_field(role, value)
    return item


def item_of(row: Row, number: int, columns: Columns, state: TablesSoFar, fields: dict[ColumnRole, ItemField]) -> Item:
    """The item of a row."""
    enter_categories(row, number, columns, state)
    printed, rest, number_cell = number_of(row, columns)
    text_cell = row[columns.text]
    assert text_cell is not None  # noqa: S101 - the caller looked
    text = rest if columns.numbers_in == columns.text else cell_text(text_cell)
    going_on = _same_number(number_cell, number, columns) and bool(state.items)
    if printed is None and going_on:
        printed = state.items[-1].number
    item_cell = row[columns.item] if columns.item >= 0 else None
    item_name = cell_text(item_cell)
    if columns.numbers_in == columns.item and columns.item >= 0:
        item_name = rest
    if going_on and not item_name:
        item_name = state.items[-1].item
    state.statuses += sum(bool(cell_text(row[index])) for index in columns.having(ColumnRole.STATUS))
    _remark_deadline(fields, columns)
    _doubt_columns(row, columns, state)
    return Item(
        text=ItemField(text.strip(), (text_cell.atom.id,), How.MERGED if text_cell.row < number else How.COLUMN),
        fields=fields,
        printed=_printed(number_cell) if printed is None else str(printed),
        number=printed,
        part="b" if going_on and printed is not None else "",
        item=item_name,
        headings=state.lists.headings.names,
        heading_number=state.lists.headings.number,
        list_number=state.lists.number,
        list_title=state.lists.title,
        extra=tuple(dict.fromkeys(cell.atom.id for cell in distinct(row))),
        roles=frozenset(columns.roles),
    )


def _printed(cell: TableCell | None) -> str:
    """A number that counts in levels, as printed."""
    return code_in(cell_text(cell))


def _same_number(cell: TableCell | None, number: int, columns: Columns) -> bool:
    """Whether the number's cell goes on from the row above: merged, or left empty."""
    if columns.numbers_in >= 0 or not columns.having(ColumnRole.NUMBER):
        return False
    return cell is None or cell.atom.blank or cell.row < number


def enter_categories(row: Row, number: int, columns: Columns, state: TablesSoFar, *, cut: bool = False) -> None:
    """Category columns open headings; an empty or merged cell keeps the last one, one cut by a page is completed."""
    depth = 10
    for index in columns.having(ColumnRole.CATEGORY):
        cell = row[index]
        depth += 1
        text = cell_text(cell)
        if cell is None or not text or number_in(text) is not None or cell.row < number:
            continue
        mark = mark_of(text)
        name = mark.rest.strip() if mark is not None and mark.rest.strip() else text
        name = "".join(name.split("\n"))
        if cut or (state.page_start and _unnumbered(row, columns, index)):
            _rename(depth, name, state)
            continue
        open_here = [each for each in state.lists.headings.open if each.depth == depth]
        if not open_here or open_here[-1].name != name:
            state.lists.heading(CategoryHeading(depth, mark.number if mark else 0, name, cell.atom.id))


def _unnumbered(row: Row, columns: Columns, index: int) -> bool:
    """A category name without the number that its column neighbour has: the rest of a cell cut by the page's end."""
    numbers = [other for other in columns.having(ColumnRole.CATEGORY) if other < index]
    return bool(numbers) and columns.numbers_in >= 0 and all(not cell_text(row[other]) for other in numbers)


def _rename(depth: int, rest: str, state: TablesSoFar) -> None:
    """Put the rest of a category's name behind what the page before has of it."""
    before = state.lists.headings.names
    if rest in {before[-1:] and before[-1], ""} or not state.lists.headings.complete(depth, rest):
        return
    after = state.lists.headings.names
    state.items = [replace(item, headings=after) if item.headings == before else item for item in state.items]


def _remark_deadline(fields: dict[ColumnRole, ItemField], columns: Columns) -> None:
    """A deadline in the remarks counts where the list has no column for it and the whole remark is one."""
    remark = fields.pop(ColumnRole.REMARK, None)
    if remark is not None and not columns.having(ColumnRole.DEADLINE) and is_phrase(remark.text):
        fields[ColumnRole.DEADLINE] = replace(remark, how=How.REMARK)


def _doubt_columns(row: Row, columns: Columns, state: TablesSoFar) -> None:
    for index in sorted(columns.doubtful):
        cell = row[index]
        if cell is not None and not cell.atom.blank:
            text = f"“{columns.words[index]}”栏的内容与栏名不符，没有采用：“{excerpt(cell.atom.text)}”"
            state.doubts.append(Doubt(Severity.ERROR, "column_unconfirmed", cell.atom.id, text))
