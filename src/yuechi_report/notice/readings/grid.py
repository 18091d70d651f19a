"""Tables: header, rows, merged cells, heading rows, page breaks → items."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from yuechi_report.notice.deadline_text import is_phrase
from yuechi_report.notice.document import Atom, Cell, Document, Table
from yuechi_report.notice.findings import Severity, excerpt
from yuechi_report.notice.numerals import compact
from yuechi_report.notice.readings.columns import Columns, columns_of
from yuechi_report.notice.readings.item import Doubt, Field, How, Item, Reading, Use, lettered
from yuechi_report.notice.readings.lists import Lists
from yuechi_report.notice.readings.marks import mark_of, number_in
from yuechi_report.notice.readings.places import Heading, heading_of, is_note, is_summary
from yuechi_report.notice.vocabulary import Role, is_header, is_header_word

NAME = "grid"
_FIELDS = (Role.LEAD, Role.RESPONSIBLE, Role.COOPERATE, Role.LEADER, Role.DEADLINE, Role.GOAL, Role.START, Role.REMARK)
_HEADER_WITHIN = 8
_ENDED = ("。", "；", "！", "”", "）", ")")

Row = tuple[Cell | None, ...]


@dataclass(slots=True)
class _State:
    """What the tables so far leave to the next one."""

    lists: Lists
    uses: dict[int, tuple[Use, str]] = field(default_factory=dict)
    items: list[Item] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    columns: Columns | None = None
    evidence: list[tuple[str, Role]] = field(default_factory=list)
    confirmed: list[float] = field(default_factory=list)
    statuses: int = 0
    page_start: bool = False
    since_header: int = 0


def read_grid(document: Document) -> Reading | None:
    """The reading of a document's tables; None where none of them is a list of tasks."""
    state = _State(Lists())
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


def _paragraph(atom: Atom, state: _State) -> None:
    """Between tables: a heading for the next one, an annex mark or a title that begins a new list."""
    if atom.blank:
        return
    use = state.lists.paragraph(atom, before_list=not state.items)
    if use is not None:
        state.uses[atom.id] = use
    if use is not None and use[0] is Use.HEADING and use[1] == "list":
        state.columns = None


def _table(table: Table, state: _State) -> None:
    rows = _rows(table)
    start, header = _header(rows)
    if header is None:
        if state.columns is None or len(state.columns.words) != table.column_count:
            _ignore(table, state, "这张表没有任务栏")
            return
        start, columns = 0, state.columns
        state.page_start = True
    else:
        words, stop = header
        body = [_texts(row, number) for number, row in enumerate(rows) if number >= stop and not _one_cell(row)]
        same = state.columns is not None and tuple(words) == state.columns.words
        found = (
            state.columns if same else columns_of(words, [row for row in body if [text for text, _ in row] != words])
        )
        if found is None or not _is_task_table(found):
            _ignore(table, state, "这张表没有任务栏或单位栏，不是任务清单")
            state.evidence += [] if found is None else list(found.evidence()) * (not body)
            return
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
        columns.having(role) for role in (Role.LEAD, Role.RESPONSIBLE, Role.COOPERATE, Role.DEADLINE, Role.LEADER)
    )


def _take_columns(columns: Columns, state: _State) -> None:
    if columns is state.columns:
        return
    state.columns = columns
    state.evidence += columns.evidence()
    state.confirmed.append(columns.confirmed)


def _rows(table: Table) -> list[Row]:
    grid: list[list[Cell | None]] = [[None] * table.column_count for _ in range(table.row_count)]
    for cell in table.cells:
        for row in range(cell.row, cell.row + cell.rows):
            for column in range(cell.column, cell.column + cell.columns):
                grid[row][column] = cell
    return [tuple(row) for row in grid]


def _text(cell: Cell | None) -> str:
    return cell.atom.text.strip() if cell else ""


def _texts(row: Row, number: int) -> list[tuple[str, bool]]:
    return [(_text(cell), cell is not None and cell.row < number) for cell in row]


def _distinct(row: Row) -> list[Cell]:
    return [cell for cell in dict.fromkeys(row) if cell is not None and not cell.atom.blank]


def _one_cell(row: Row) -> bool:
    return len(_distinct(row)) <= 1


def _header(rows: Sequence[Row]) -> tuple[int, tuple[list[str], int] | None]:
    """Where the header is, its words, and where it stops: one row or two."""
    for number, row in enumerate(rows[:_HEADER_WITHIN]):
        cells = _distinct(row)
        if not is_header([cell.atom.text for cell in cells]):
            continue
        words = [_text(cell) for cell in row]
        stop = number + 1
        while stop < len(rows) and stop - number < 3 and _is_second_header(rows, stop, number):
            for column, cell in enumerate(rows[stop]):
                words[column] = _under(words[column], _text(cell))
            stop += 1
        return number, ([compact(word) for word in words], stop)
    return 0, None


def _is_second_header(rows: Sequence[Row], number: int, first: int) -> bool:
    """Under cells that span columns, or next to cells that span rows, more header words."""
    row, above = rows[number], rows[number - 1]
    spanned = any(cell is not None and (cell.columns > 1 or cell.row + cell.rows > number) for cell in above)
    own = [cell for cell in _distinct(row) if cell.row == number]
    return (
        spanned
        and bool(own)
        and len(_distinct(row)) > 1
        and all(is_header_word(cell.atom.text) for cell in own)
        and any(cell is not None and cell.columns > 1 and cell.columns < len(row) for cell in rows[first])
    )


def _under(above: str, below: str) -> str:
    """The word that counts of two header rows: the lower one, where it says anything of its own."""
    if not below or below == above:
        return above
    return below if is_header_word(below) else f"{above}{below}"


def _title_rows(rows: Sequence[Row], state: _State) -> None:
    for row in rows:
        for cell in _distinct(row):
            state.uses.setdefault(cell.atom.id, (Use.FRONT, "表头之前"))
            state.lists.title_line(cell.atom.text)


def _mark_header(rows: Sequence[Row], state: _State) -> None:
    for row in rows:
        for cell in dict.fromkeys(row):
            if cell is not None:
                state.uses.setdefault(cell.atom.id, (Use.HEADER, "表头"))


def _ignore(table: Table, state: _State, reason: str) -> None:
    for cell in table.cells:
        state.uses.setdefault(cell.atom.id, (Use.IGNORED, reason))


def _first_number(rows: Sequence[Row], columns: Columns) -> int | None:
    for row in rows:
        number = _number(row, columns)[0] if len(_distinct(row)) > 1 else None
        if number is not None:
            return number
    return None


def _row(row: Row, number: int, columns: Columns, state: _State) -> None:
    """One row: a header again, a heading, a note, a continuation, or a task."""
    cells = _distinct(row)
    for cell in dict.fromkeys(row):
        if cell is not None and cell.row == number and cell.atom.blank:
            state.uses.setdefault(cell.atom.id, (Use.IGNORED, "空格"))
    if not cells:
        return
    words = [compact(_text(cell)) for cell in row]
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


def _heading_row(row: Row, columns: Columns) -> Heading | None:
    """A row of 一 and a name, every other cell empty, is a heading in a table whose tasks have other numbers."""
    found = columns.having(Role.NUMBER)
    if not found or columns.numbers_in >= 0:
        return None
    mark, name = compact(_text(row[found[0]])).strip("、.()"), row[columns.text]
    others = [cell for index, cell in enumerate(row) if index not in (found[0], columns.text) and cell is not name]
    number = number_in(mark)
    if name is None or number is None or mark[:1].isdigit() or any(_text(cell) for cell in others) or len(others) == 0:
        return None
    return Heading(0, number, _text(name), name.atom.id)


def _lone(cell: Cell, row: Row, number: int, columns: Columns, state: _State) -> bool:
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


def _number(row: Row, columns: Columns) -> tuple[int | None, str, Cell | None]:
    """The row's number, the text behind it where it begins a text, and its cell."""
    if columns.numbers_in >= 0:
        cell = row[columns.numbers_in]
        mark = mark_of(_text(cell))
        return (mark.number, mark.rest, cell) if mark else (None, _text(cell), cell)
    found = columns.having(Role.NUMBER)
    cell = row[found[0]] if found else None
    return number_in(_text(cell)), "", cell


def _task_row(row: Row, number: int, columns: Columns, state: _State) -> None:
    text_cell = row[columns.text]
    fields = _fields(row, number, columns)
    if _continues(row, number, columns, state):
        state.items[-1] = _continued(state.items[-1], row, number, columns, fields)
        _categories(row, number, columns, state, cut=True)
        return
    if (
        text_cell is not None
        and text_cell.row < number
        and state.items
        and text_cell.atom.id in state.items[-1].text.atoms
    ):
        state.items[-1] = _more_units(state.items[-1], fields)  # one content over several rows of units
        return
    if not _text(text_cell):
        _ignore_row(row, number, state)
        return
    state.items.append(_item(row, number, columns, state, fields))


def _ignore_row(row: Row, number: int, state: _State) -> None:
    own = [cell for cell in _distinct(row) if cell.row == number]
    for cell in own:
        state.uses.setdefault(cell.atom.id, (Use.IGNORED, "这一行没有任务内容"))
    if own:
        said = " | ".join(cell.atom.text for cell in own)
        state.doubts.append(
            Doubt(
                Severity.ERROR, "text_missing", own[0].atom.id, f"这一行没有任务内容，没有作为任务：“{excerpt(said)}”"
            )
        )


def _fields(row: Row, number: int, columns: Columns) -> dict[Role, Field]:
    fields: dict[Role, Field] = {}
    for index, cell in enumerate(row):
        role = columns.roles[index]
        if (
            cell is None
            or cell.atom.blank
            or index in columns.doubtful
            or (index and row[index - 1] is cell and role is columns.roles[index - 1])
        ):
            continue
        if role is Role.MILESTONE:
            value = Field(f"{columns.words[index]}：{cell.atom.text.strip()}", (cell.atom.id,), How.COLUMN)
        elif role in _FIELDS:
            value = Field(cell.atom.text.strip(), (cell.atom.id,), How.MERGED if cell.row < number else How.COLUMN)
        else:
            continue
        fields[role] = fields[role].joined(value) if role in fields else value
    return fields


def _continues(row: Row, number: int, columns: Columns, state: _State) -> bool:
    """Whether the first row of a page is the rest of the last one: no number, and nothing complete of its own."""
    if not (state.page_start and state.items):
        return False
    found, _, cell = _number(row, columns)
    if found is not None or (cell is not None and columns.numbers_in < 0 and _text(cell)):
        return False
    last = state.items[-1].text.text.rstrip()
    own = any(
        _text(row[index]) for role in (Role.LEAD, Role.RESPONSIBLE, Role.DEADLINE) for index in columns.having(role)
    )
    return (
        not own
        or (not last.endswith(_ENDED) and columns.numbers_in < 0 and bool(columns.having(Role.NUMBER)))
        or (columns.numbers_in >= 0)
    )


def _continued(item: Item, row: Row, number: int, columns: Columns, fields: dict[Role, Field]) -> Item:
    """The last item with what a page break cut off put behind."""
    cell = row[columns.text]
    if cell is not None and not cell.atom.blank:
        item = replace(item, text=item.text.joined(Field(cell.atom.text.strip(), (cell.atom.id,), How.COLUMN), by=""))
    for role, value in fields.items():
        item = item.with_field(role, value, by="")
    return item


def _more_units(item: Item, fields: dict[Role, Field]) -> Item:
    for role, value in fields.items():
        if not set(value.atoms) <= set(item.fields[role].atoms if role in item.fields else ()):
            item = item.with_field(role, value)
    return item


def _item(row: Row, number: int, columns: Columns, state: _State, fields: dict[Role, Field]) -> Item:
    _categories(row, number, columns, state)
    printed, rest, number_cell = _number(row, columns)
    text_cell = row[columns.text]
    assert text_cell is not None  # noqa: S101 - the caller looked
    text = rest if columns.numbers_in == columns.text else _text(text_cell)
    going_on = _same_number(number_cell, number, columns) and bool(state.items)
    if printed is None and going_on:
        printed = state.items[-1].number
    item_cell = row[columns.item] if columns.item >= 0 else None
    item_name = _text(item_cell)
    if columns.numbers_in == columns.item and columns.item >= 0:
        item_name = rest
    if going_on and not item_name:
        item_name = state.items[-1].item
    state.statuses += sum(bool(_text(row[index])) for index in columns.having(Role.STATUS))
    _remark_deadline(fields, columns)
    _doubt_columns(row, columns, state)
    return Item(
        text=Field(text.strip(), (text_cell.atom.id,), How.MERGED if text_cell.row < number else How.COLUMN),
        fields=fields,
        printed="" if printed is None else str(printed),
        number=printed,
        part="b" if going_on and printed is not None else "",
        item=item_name,
        headings=state.lists.headings.names,
        heading_number=state.lists.headings.number,
        list_number=state.lists.number,
        list_title=state.lists.title,
        extra=tuple(dict.fromkeys(cell.atom.id for cell in _distinct(row))),
        roles=frozenset(columns.roles),
    )


def _same_number(cell: Cell | None, number: int, columns: Columns) -> bool:
    """Whether the number's cell goes on from the row above: merged, or left empty."""
    if columns.numbers_in >= 0 or not columns.having(Role.NUMBER):
        return False
    return cell is None or cell.atom.blank or cell.row < number


def _categories(row: Row, number: int, columns: Columns, state: _State, *, cut: bool = False) -> None:
    """Category columns open headings; an empty or merged cell keeps the last one, one cut by a page is completed."""
    depth = 10
    for index in columns.having(Role.CATEGORY):
        cell = row[index]
        depth += 1
        text = _text(cell)
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
            state.lists.heading(Heading(depth, mark.number if mark else 0, name, cell.atom.id))


def _unnumbered(row: Row, columns: Columns, index: int) -> bool:
    """A category name without the number that its column neighbour has: the rest of a cell cut by the page's end."""
    numbers = [other for other in columns.having(Role.CATEGORY) if other < index]
    return bool(numbers) and columns.numbers_in >= 0 and all(not _text(row[other]) for other in numbers)


def _rename(depth: int, rest: str, state: _State) -> None:
    """Put the rest of a category's name behind what the page before has of it."""
    before = state.lists.headings.names
    if rest in {before[-1:] and before[-1], ""} or not state.lists.headings.complete(depth, rest):
        return
    after = state.lists.headings.names
    state.items = [replace(item, headings=after) if item.headings == before else item for item in state.items]


def _remark_deadline(fields: dict[Role, Field], columns: Columns) -> None:
    """A deadline in the remarks counts where the list has no column for it and the whole remark is one."""
    remark = fields.pop(Role.REMARK, None)
    if remark is not None and not columns.having(Role.DEADLINE) and is_phrase(remark.text):
        fields[Role.DEADLINE] = replace(remark, how=How.REMARK)


def _doubt_columns(row: Row, columns: Columns, state: _State) -> None:
    for index in sorted(columns.doubtful):
        cell = row[index]
        if cell is not None and not cell.atom.blank:
            text = f"“{columns.words[index]}”栏的内容与栏名不符，没有采用：“{excerpt(cell.atom.text)}”"
            state.doubts.append(Doubt(Severity.ERROR, "column_unconfirmed", cell.atom.id, text))
