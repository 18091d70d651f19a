"""Tables: header, rows, merged cells, heading rows, page breaks → items."""

from collections.abc import Sequence

from yuechi_report.notice.document import Atom, CellTable, Document, TableCell
from yuechi_report.notice.findings import Severity, excerpt
from yuechi_report.notice.numerals import compact
from yuechi_report.notice.readings.column_roles import Columns, columns_of
from yuechi_report.notice.readings.grid.header import (
    Row,
    cell_text,
    distinct,
    has_one_cell,
    header_in,
    rows_of,
    texts_of,
)
from yuechi_report.notice.readings.grid.table_row import (
    TablesSoFar,
    continued,
    continues,
    enter_categories,
    fields_of,
    item_of,
    more_units,
    number_of,
)
from yuechi_report.notice.readings.item import Doubt, Reading, Use, lettered
from yuechi_report.notice.readings.lists import Lists
from yuechi_report.notice.readings.marks import number_in
from yuechi_report.notice.readings.places import CategoryHeading, heading_of, is_note, is_summary
from yuechi_report.notice.vocabulary import ColumnRole, is_header, role_of

NAME = "grid"
_ROWS_OF_A_LIST = 4


def read_grid(document: Document) -> Reading | None:
    """The reading of a document's tables; None where none of them is a list of tasks."""
    state = TablesSoFar(Lists())
    for block in document.blocks:
        if isinstance(block, Atom):
            _paragraph(block, state)
        else:
            _table(block, state)
    if not state.items and not state.evidence:
        return None
    return Reading(
        layout=NAME,
        items=tuple(lettered(state.items)),
        uses=state.uses,
        doubts=tuple(state.doubts),
        columns=tuple(state.evidence),
        confirmed=min(state.confirmed, default=1.0),
        categories=state.lists.categories,
        statuses=state.statuses,
        headings=tuple(state.lists.headings.seen),
    )


def _paragraph(atom: Atom, state: TablesSoFar) -> None:
    """Between tables: a heading for the next one, an annex mark or a title that begins a new list."""
    if atom.blank:
        return
    use = state.lists.paragraph(atom, before_list=not state.items)
    if use is not None:
        state.uses[atom.id] = use
    if use is not None and use[0] is Use.HEADING and use[1] == "list":
        state.columns = None


def _table(table: CellTable, state: TablesSoFar) -> None:
    rows = rows_of(table)
    start, header = header_in(rows)
    if header is None:
        if state.columns is None or len(state.columns.words) != table.column_count:
            _ignore(table, state, "这张表没有任务栏")
            return
        start, columns = 0, state.columns
        state.page_start = True
    else:
        words, stop = header
        body = [texts_of(row, number) for number, row in enumerate(rows) if number >= stop and not has_one_cell(row)]
        same = state.columns is not None and tuple(words) == state.columns.words
        found = (
            state.columns if same else columns_of(words, [row for row in body if [text for text, _ in row] != words])
        )
        if found is None or not _is_task_table(found):
            _ignore(table, state, "这张表没有任务栏或单位栏，不是任务清单")
            state.evidence += [] if found is None else list(found.evidence()) * (not body)
            return
        if not same:
            state.doubts += found.left_out(distinct(rows[start])[0].atom.id)
        _title_rows(rows[:start], state)
        _mark_header(rows[start:stop], state)
        state.lists.header(same=same, numbers=_first_number(rows[stop:], found))
        state.page_start = same and bool(state.items)
        columns, start = found, stop
    _take_columns(columns, state)
    for number in range(start, len(rows)):
        _row(rows[number], number, columns, state)
        state.since_header += 1


def _is_task_table(columns: Columns) -> bool:
    """A text column and, next to it, a unit, a person in charge or a deadline."""
    return any(
        columns.having(role)
        for role in (
            ColumnRole.LEAD,
            ColumnRole.RESPONSIBLE,
            ColumnRole.COOPERATE,
            ColumnRole.DEADLINE,
            ColumnRole.LEADER,
        )
    )


def _take_columns(columns: Columns, state: TablesSoFar) -> None:
    if columns is state.columns:
        return
    state.columns = columns
    state.evidence += columns.evidence()
    state.confirmed.append(columns.confirmed)


def _title_rows(rows: Sequence[Row], state: TablesSoFar) -> None:
    for row in rows:
        for cell in distinct(row):
            state.uses.setdefault(cell.atom.id, (Use.FRONT, "表头之前"))
            state.lists.title_line(cell.atom.text)


def _mark_header(rows: Sequence[Row], state: TablesSoFar) -> None:
    for row in rows:
        for cell in dict.fromkeys(row):
            if cell is not None:
                state.uses.setdefault(cell.atom.id, (Use.HEADER, "表头"))


def _ignore(table: CellTable, state: TablesSoFar, reason: str) -> None:
    """A table that is no list of tasks; one of some size that is no list of contacts is named in a finding."""
    for cell in table.cells:
        state.uses.setdefault(cell.atom.id, (Use.IGNORED, reason))
    solid = [cell.atom for cell in table.cells if not cell.atom.blank]
    persons = any(role_of(atom.text) is ColumnRole.CONTACT for atom in solid)
    if solid and table.row_count > 1 and table.column_count > 1:
        severity = Severity.INFO if persons or table.row_count < _ROWS_OF_A_LIST else Severity.WARNING
        text = f"{reason}，没有采用：“{excerpt(' | '.join(atom.text for atom in solid[:8]))}”"
        state.doubts.append(Doubt(severity, "table_ignored", solid[0].id, text))


def _first_number(rows: Sequence[Row], columns: Columns) -> int | None:
    for row in rows:
        number = number_of(row, columns)[0] if len(distinct(row)) > 1 else None
        if number is not None:
            return number
    return None


def _row(row: Row, number: int, columns: Columns, state: TablesSoFar) -> None:
    """One row: a header again, a heading, a note, a continuation, or a task."""
    cells = distinct(row)
    for cell in dict.fromkeys(row):
        if cell is not None and cell.row == number and cell.atom.blank:
            state.uses.setdefault(cell.atom.id, (Use.IGNORED, "空格"))
    if not cells:
        return
    words = [compact(cell_text(cell)) for cell in row]
    if words == list(columns.words) or (len(cells) > 1 and is_header([cell.atom.text for cell in cells])):
        _mark_header([row], state)
        state.page_start = True
    elif len(cells) == 1 and _lone(cells[0], row, number, columns, state):
        pass
    elif is_summary(cells[0].atom.text) or is_note(cells[0].atom.text):
        for cell in cells:
            state.uses.setdefault(cell.atom.id, (Use.IGNORED, "合计或说明"))
    elif (heading := _heading_row(row, columns)) is not None:
        for cell in cells:
            state.uses[cell.atom.id] = (Use.HEADING, heading.name)
        state.lists.heading(heading)
    else:
        _task_row(row, number, columns, state)
        state.page_start = False


def _heading_row(row: Row, columns: Columns) -> CategoryHeading | None:
    """A row of 一 and a name, every other cell empty, is a heading in a table whose tasks have other numbers."""
    found = columns.having(ColumnRole.NUMBER)
    if not found or columns.numbers_in >= 0:
        return None
    mark, name = compact(cell_text(row[found[0]])).strip("、.()"), row[columns.text]
    others = [cell for index, cell in enumerate(row) if index not in (found[0], columns.text) and cell is not name]
    number = number_in(mark)
    if (
        name is None
        or number is None
        or mark[:1].isdigit()
        or any(cell_text(cell) for cell in others)
        or len(others) == 0
    ):
        return None
    return CategoryHeading(0, number, cell_text(name), name.atom.id)


def _lone(cell: TableCell, row: Row, number: int, columns: Columns, state: TablesSoFar) -> bool:
    """A row with one filled cell: a note, a heading, or the rest of a text cut by a page break (then False)."""
    text = cell.atom.text
    whole = cell.columns >= len(row) or cell.column != columns.text
    if cell.row < number:
        return True
    if is_note(text) or is_summary(text):
        state.uses[cell.atom.id] = (Use.IGNORED, "说明")
        return True
    heading = heading_of(text, cell.atom.id, named=True) if whole else None
    if heading is None and not (state.items and not whole):
        state.uses[cell.atom.id] = (Use.IGNORED, "整行只有一格文字，不是任务")
        state.doubts.append(
            Doubt(Severity.WARNING, "lone_cell", cell.atom.id, f"这一行只有一格，没有作为任务：“{excerpt(text)}”")
        )
        return True
    if heading is None or (number_in(text) is not None and state.page_start):
        return False
    state.uses[cell.atom.id] = (Use.HEADING, heading.name)
    state.lists.heading(heading)
    return True


def _task_row(row: Row, number: int, columns: Columns, state: TablesSoFar) -> None:
    text_cell = row[columns.text]
    fields = fields_of(row, number, columns)
    if continues(row, columns, state):
        state.items[-1] = continued(state.items[-1], row, columns, fields)
        enter_categories(row, number, columns, state, cut=True)
        return
    if (
        text_cell is not None
        and text_cell.row < number
        and state.items
        and text_cell.atom.id in state.items[-1].text.atoms
    ):
        state.items[-1] = more_units(state.items[-1], fields)  # one content over several rows of units
        return
    if not cell_text(text_cell):
        _ignore_row(row, number, state)
        return
    state.items.append(item_of(row, number, columns, state, fields))


def _ignore_row(row: Row, number: int, state: TablesSoFar) -> None:
    own = [cell for cell in distinct(row) if cell.row == number]
    for cell in own:
        state.uses.setdefault(cell.atom.id, (Use.IGNORED, "这一行没有任务内容"))
    if own:
        said = " | ".join(cell.atom.text for cell in own)
        state.doubts.append(
            Doubt(
                Severity.ERROR, "text_missing", own[0].atom.id, f"这一行没有任务内容，没有作为任务：“{excerpt(said)}”"
            )
        )
