"""Flattened tables: a header of lines, rows by their numbers, each row aligned to the columns → items."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from yuechi_report.notice.deadline_text import is_phrase, resembles_deadline
from yuechi_report.notice.document import Document
from yuechi_report.notice.findings import Severity, excerpt
from yuechi_report.notice.numerals import ordinal
from yuechi_report.notice.readings.alignment import Alignment, align
from yuechi_report.notice.readings.anchors import Anchor, Anchors, anchors_in
from yuechi_report.notice.readings.columns import Columns, columns_of
from yuechi_report.notice.readings.fitting import BAD_FIT, SENTENCE_END
from yuechi_report.notice.readings.item import Doubt, Field, How, Item, Reading, Use
from yuechi_report.notice.readings.marks import Style, mark_of
from yuechi_report.notice.readings.places import Heading, Headings, heading_of, is_list_title
from yuechi_report.notice.readings.tokens import HeaderRun, Token, headers_in, tokens_of
from yuechi_report.notice.unit_text import unfinished
from yuechi_report.notice.vocabulary import UNIT_ROLES, Role

NAME = "flat_table"
UNIT_ROWS_UNCLEAR = "unit_rows_unclear"

_MARGIN = 0.5
_NAME_LINES_MAX = 4
_ENDED_AT = 0.6
_KEPT = UNIT_ROLES | {Role.DEADLINE, Role.LEADER, Role.GOAL, Role.START, Role.MILESTONE, Role.REMARK}
_BY = {Role.DEADLINE: "", Role.START: "", Role.GOAL: "", Role.MILESTONE: "；"}


@dataclass(slots=True)
class _Stretch:
    """The tokens under one header, headers of later pages taken out."""

    header: HeaderRun
    tokens: list[Token]
    title: str
    number: int
    above: tuple[Token, ...] = ()  # headings right before the header


@dataclass(frozen=True, slots=True)
class Plan:
    """What the rows of one stretch are read by: its columns, those behind a row's first token, those before it."""

    number: int
    title: str
    columns: Columns
    roles: tuple[Role, ...]
    leading: tuple[Role, ...]

    def word(self, index: int) -> str:
        """The header word of a row's column."""
        return self.columns.words[len(self.columns.roles) - len(self.roles) + index]


@dataclass(slots=True)
class _State:
    headings: Headings = field(default_factory=Headings)
    uses: dict[int, tuple[Use, str]] = field(default_factory=dict)
    items: list[Item] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    evidence: list[tuple[str, Role]] = field(default_factory=list)
    statuses: int = 0


def read_flat(document: Document) -> Reading | None:
    """The reading of a document whose cells are lines; None where there is no header of such a table."""
    tokens = tokens_of(document)
    headers = headers_in(tokens)
    if not headers:
        return None
    state = _State()
    for stretch in _stretches(tokens, headers, state):
        _read_stretch(stretch, state)
    return Reading(
        layout=NAME,
        items=tuple(state.items),
        uses=state.uses,
        doubts=tuple(state.doubts),
        columns=tuple(state.evidence),
        categories=tuple(dict.fromkeys(heading.name for heading in state.headings.seen)),
        statuses=state.statuses,
        headings=tuple(state.headings.seen),
    )


def _stretches(tokens: Sequence[Token], headers: Sequence[HeaderRun], state: _State) -> list[_Stretch]:
    """The lists of the document: a header printed again goes on with the list unless its numbers begin again."""
    found: list[_Stretch] = []
    for index, header in enumerate(headers):
        for token in tokens[header.start : header.stop]:
            state.uses.update(dict.fromkeys(token.atoms, (Use.HEADER, "表头")))
        stop = headers[index + 1].start if index + 1 < len(headers) else len(tokens)
        body = list(tokens[header.stop : stop])
        same = bool(found) and found[-1].header.words == header.words
        anchors = anchors_in(body, 0, len(body)).found
        if same and not (
            anchors and anchors[0].number == 1 and anchors_in(found[-1].tokens, 0, len(found[-1].tokens)).found
        ):
            found[-1].tokens += body
        else:
            found.append(_Stretch(header, body, _title(tokens, headers, index), len(found) + 1, _above(tokens, header)))
    return found


def _above(tokens: Sequence[Token], header: HeaderRun) -> tuple[Token, ...]:
    """The headings that are printed right before a header, outermost first."""
    found: list[Token] = []
    for token in reversed(tokens[max(0, header.start - 12) : header.start]):
        if token.blank:
            continue
        if heading_of(token.text, 0) is None or len(found) > 1:
            break
        found.append(token)
    return tuple(reversed(found))


def _title(tokens: Sequence[Token], headers: Sequence[HeaderRun], index: int) -> str:
    start = headers[index - 1].stop if index else 0
    titles = [token.text.strip() for token in tokens[start : headers[index].start] if is_list_title(token.text)]
    return titles[-1] if titles else ""


def _read_stretch(stretch: _Stretch, state: _State) -> None:
    columns = columns_of(stretch.header.words, [])
    if columns is None or not (UNIT_ROLES | {Role.DEADLINE}) & set(columns.roles):
        for token in stretch.tokens:
            for atom in token.atoms:
                state.uses.setdefault(atom, (Use.IGNORED, "这张表没有任务栏或单位栏，不是任务清单"))
        return
    state.evidence += columns.evidence()
    state.headings.open = []
    _enter_headings(stretch.above, state)
    anchors = anchors_in(stretch.tokens, 0, len(stretch.tokens))
    if not anchors.found:
        _fixed_rows(stretch, columns, state)
        return
    anchors = _without_texts(stretch.tokens, anchors, columns)
    roles, leading = _row_roles(stretch, columns, anchors)
    first = anchors.found[0].position
    _before_first(stretch.tokens[:first], leading, state)
    plan = Plan(stretch.number, stretch.title, columns, tuple(roles), tuple(leading))
    bounds = [*(anchor.position for anchor in anchors.found[1:]), anchors.stop]
    for anchor, stop in zip(anchors.found, bounds, strict=True):
        _read_row(plan, anchor, stretch.tokens[anchor.position : stop], state)
    _doubt_unfinished(state)
    for token in stretch.tokens[anchors.stop :]:
        for atom in token.atoms:
            if not token.blank:
                state.uses.setdefault(atom, (Use.IGNORED, "清单之后的文字"))


def _without_texts(tokens: Sequence[Token], anchors: Anchors, columns: Columns) -> Anchors:
    """Where a numbered name is followed at once by a text that counts its own points, only the name is an anchor."""
    if anchors.lone or columns.text < 1 or columns.roles[columns.text - 1] is not Role.CATEGORY:
        return anchors
    kept = [anchors.found[0]]
    for anchor in anchors.found[1:]:
        between = [token for token in tokens[kept[-1].position : anchor.position] if not token.blank]
        if len(between) > 1:
            kept.append(anchor)
    dropped = len(kept) < len(anchors.found)
    return replace(anchors, found=tuple(kept), named=True) if dropped else anchors


def _row_roles(stretch: _Stretch, columns: Columns, anchors: Anchors) -> tuple[list[Role], list[Role]]:
    """The columns behind a row's first token, and those before it, which come at the end of the row before."""
    roles = list(columns.roles)
    text = columns.text
    if not anchors.lone:
        text -= anchors.named
        return roles[text:], [role for role in roles[:text] if role is Role.CATEGORY]
    if Role.NUMBER in roles:
        at = roles.index(Role.NUMBER)
        return roles[at + 1 :], roles[:at]
    before = [token for token in stretch.tokens[: anchors.found[0].position] if not token.blank]
    at = min(len(before), text)
    return roles[at:], roles[:at]


def _before_first(tokens: Sequence[Token], leading: Sequence[Role], state: _State) -> None:
    """What is printed between header and first row: headings, a first category, or nothing known."""
    cut = next((index for index in range(len(tokens)) if _begins_heading(tokens, index)), len(tokens))
    rest = [token for token in tokens[:cut] if not token.blank]
    named = all(re.search("[：:。；]", token.text) is None for token in rest)
    if Role.CATEGORY in leading and len(rest) == len(leading) and named:
        _enter_categories(rest, state)
        rest = []
    _enter_headings(tokens[cut:], state)
    _unread(rest, state)


def _read_row(plan: Plan, anchor: Anchor, tokens: Sequence[Token], state: _State) -> None:
    block = list(tokens)
    own: tuple[int, ...] = ()
    if anchor.mark is not None:
        block[0] = replace(block[0], text=anchor.mark.rest)
    else:
        own = block.pop(0).atoms
    cut = next(
        (index for index in range(1, len(block)) if _begins_heading(block, index, lone=anchor.mark is None)), len(block)
    )
    cells, tail = block[:cut], block[cut:]
    optional = [] if tail else [role for role in plan.leading if role is Role.CATEGORY]
    aligned = align(cells, [*plan.roles, *optional])
    if aligned is None:
        _unread([token for token in cells if not token.blank], state)
    else:
        state.items.append(_item(plan, anchor, cells, aligned, own, state))
        _unread([token for token in cells[aligned.stop :] if not token.blank], state)
        _enter_optional(cells, aligned, len(plan.roles), state)
    _enter_headings(tail, state)


def _item(
    plan: Plan, anchor: Anchor, cells: Sequence[Token], aligned: Alignment, own: tuple[int, ...], state: _State
) -> Item:
    fields: dict[Role, Field] = {}
    extra = list(own)
    item_name, text = "", Field("", (), How.COLUMN)
    doubts: list[Doubt] = []
    atom = own[0] if own else cells[0].atoms[0]
    for index, role in enumerate(plan.roles):
        start, stop = aligned.spans[index]
        taken = [token for token in cells[start:stop] if not token.blank]
        atoms = tuple(each for token in taken for each in token.atoms)
        value = Field(_joined(taken, role), atoms, How.COLUMN)
        if role is Role.TEXT:
            text = value
        elif role is Role.CATEGORY and taken:
            item_name = value.text
            extra += atoms
        elif role in _KEPT and taken and aligned.costs[index] < BAD_FIT:
            value = replace(value, text=f"{plan.word(index)}：{value.text}") if role is Role.MILESTONE else value
            fields[role] = fields[role].joined(value, _BY.get(role, "\n")) if role in fields else value
        else:
            extra += atoms
            state.statuses += role is Role.STATUS and bool(taken)
            if taken and role in _KEPT:
                doubts.append(_unfit(plan.word(index), value, atom))
        if role is Role.DEADLINE:
            doubts += _deadline_doubts(cells[start:stop], bool(taken), atom)
        if role in UNIT_ROLES and taken and unfinished(taken[-1].text):
            doubts.append(Doubt(Severity.ERROR, "units_cut", atom, "单位单元格以分隔号结尾，后面没有单位"))
    remark = fields.pop(Role.REMARK, None)
    if remark is not None:
        extra += remark.atoms
        if Role.DEADLINE not in plan.columns.roles and is_phrase(remark.text):
            fields[Role.DEADLINE] = replace(remark, how=How.REMARK)
    flags, unclear = _unclear(aligned, plan.roles, atom)
    return Item(
        text=text,
        fields=fields,
        printed=str(anchor.number),
        number=anchor.number,
        item=item_name,
        headings=state.headings.names,
        heading_number=state.headings.number,
        list_number=plan.number,
        list_title=plan.title,
        extra=tuple(extra),
        doubts=(*doubts, *unclear),
        flags=flags,
        roles=frozenset(plan.columns.roles),
    )


def _joined(tokens: Sequence[Token], role: Role) -> str:
    by = "\n" if role in UNIT_ROLES or role is Role.LEADER else ""
    return by.join(token.text.strip() for token in tokens)


def _unfit(word: str, value: Field, atom: int) -> Doubt:
    return Doubt(Severity.ERROR, "cell_unfit", atom, f"“{word}”栏读不准，没有采用：“{excerpt(value.text)}”")


def _deadline_doubts(cells: Sequence[Token], taken: bool, atom: int) -> list[Doubt]:
    if taken:
        return []
    if cells:
        return [Doubt(Severity.WARNING, "deadline_empty", atom, "完成时限单元格是空的，按没有时限处理")]
    return [Doubt(Severity.ERROR, "deadline_missing", atom, "没有找到完成时限单元格")]


def _unclear(aligned: Alignment, roles: Sequence[Role], atom: int) -> tuple[tuple[str, ...], list[Doubt]]:
    """A second way to read the units that is nearly as good is a doubt of this row."""
    differing = {roles[index] for index in aligned.differs if index < len(roles)}
    if aligned.margin >= _MARGIN or not differing & (UNIT_ROLES | {Role.DEADLINE}):
        return (), []
    text = "单位行的排列不止一种读法，采用了较顺的一种，请对照原文"
    return (UNIT_ROWS_UNCLEAR,), [Doubt(Severity.ERROR, "unit_row_shape", atom, text)]


def _begins_heading(tokens: Sequence[Token], index: int, *, lone: bool = False) -> bool:
    """Whether a heading begins here: 一、… or a lone 一 with its name below, and little else behind."""
    token = tokens[index]
    if token.blank:
        return False
    behind = [each for each in tokens[index + 1 :] if not each.blank]
    mark = mark_of(token.text)
    if mark is not None and mark.style is Style.CHAPTER and mark.rest.strip():
        return len(behind) <= 2 and heading_of(token.text, 0) is not None
    if mark is not None and lone and mark.style is Style.SECTION and mark.rest.strip():
        return len(behind) <= 1 and heading_of(token.text, 0) is not None
    alone = ordinal(token.bare.rstrip("、")) is not None and not token.bare[:1].isdigit()
    names = 0 < len(behind) <= _NAME_LINES_MAX and not any(resembles_deadline(each.text) for each in behind)
    return alone and names


def _enter_headings(tokens: Sequence[Token], state: _State) -> None:
    """Headings one after another; the lines of a name are joined."""
    solid = [token for token in tokens if not token.blank]
    index = 0
    while index < len(solid):
        token = solid[index]
        stop = index + 1
        while stop < len(solid) and not _is_mark(solid[stop]):
            stop += 1
        name = "".join(each.text.strip() for each in solid[index + 1 : stop])
        number = ordinal(token.bare.rstrip("、"))
        heading = (
            Heading(0, number, name, token.atoms[0])
            if number is not None and not token.bare[:1].isdigit()
            else heading_of(token.text.strip() + name, token.atoms[0])
        )
        if heading is None:
            _unread(solid[index:stop], state)
        else:
            state.headings.enter(heading)
            for each in solid[index:stop]:
                state.uses.update(dict.fromkeys(each.atoms, (Use.HEADING, heading.name)))
        index = stop


def _is_mark(token: Token) -> bool:
    lone = ordinal(token.bare.rstrip("、")) is not None
    return lone or heading_of(token.text, 0) is not None


def _enter_categories(tokens: Sequence[Token], state: _State) -> None:
    for depth, token in enumerate(tokens):
        state.headings.enter(Heading(10 + depth, 0, "".join(token.text.split("\n")).strip(), token.atoms[0]))
        state.uses.update(dict.fromkeys(token.atoms, (Use.HEADING, token.text)))


def _enter_optional(cells: Sequence[Token], aligned: Alignment, columns: int, state: _State) -> None:
    """Category cells at the end of a row belong to the next one."""
    found = [[token for token in cells[start:stop] if not token.blank] for start, stop in aligned.spans[columns:]]
    for depth, tokens in enumerate(found):
        if tokens:
            name = "".join(token.text.strip() for token in tokens)
            state.headings.enter(Heading(10 + depth, 0, name, tokens[0].atoms[0]))
            for token in tokens:
                state.uses.update(dict.fromkeys(token.atoms, (Use.HEADING, name)))


def _doubt_unfinished(state: _State) -> None:
    """A text without a full stop in a list whose texts have one may be cut off."""
    ended = [SENTENCE_END.search(item.text.text) is not None for item in state.items]
    if sum(ended) < _ENDED_AT * len(ended):
        return
    for index, item in enumerate(state.items):
        if not ended[index] and item.text.atoms:
            doubt = Doubt(Severity.WARNING, "text_unfinished", item.text.atoms[0], "正文末尾没有句号，可能不完整")
            state.items[index] = replace(item, doubts=(doubt, *item.doubts))


def _unread(tokens: Sequence[Token], state: _State) -> None:
    for token in tokens:
        state.uses.update(dict.fromkeys(token.atoms, (Use.IGNORED, "没有归入任何任务")))
        text = f"这一行没有归入任何任务：“{excerpt(token.text)}”"
        state.doubts.append(Doubt(Severity.ERROR, "unread_line", token.atoms[0], text))


def _fixed_rows(stretch: _Stretch, columns: Columns, state: _State) -> None:
    """Without numbers only rows of exactly one token a column are read, where every cell fits its column."""
    solid = [token for token in stretch.tokens if token.closed or not token.blank]
    width = len(columns.roles)
    if not solid or len(solid) % width:
        return
    rows = [solid[start : start + width] for start in range(0, len(solid), width)]
    for row in rows:
        aligned = align(row, columns.roles)
        if aligned is None or aligned.total > 0.5 * width or any(stop - start != 1 for start, stop in aligned.spans):
            return
    plan = Plan(stretch.number, stretch.title, columns, columns.roles, ())
    for row in rows:
        aligned = align(row, columns.roles)
        if aligned is not None:
            item = _item(plan, Anchor(0, 0), row, aligned, (), state)
            state.items.append(replace(item, printed="", number=None))
