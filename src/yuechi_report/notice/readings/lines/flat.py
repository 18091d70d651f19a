"""Flattened tables: a header of lines, rows by their numbers, each row aligned to the columns → items."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from yuechi_report.notice.document import Document
from yuechi_report.notice.findings import Severity
from yuechi_report.notice.readings.account import BEHIND
from yuechi_report.notice.readings.column_roles import Columns, columns_of
from yuechi_report.notice.readings.item import Doubt, Reading, Use
from yuechi_report.notice.readings.lines.alignment import align
from yuechi_report.notice.readings.lines.anchors import Anchor, Anchors, anchors_in
from yuechi_report.notice.readings.lines.fitting import SENTENCE_END
from yuechi_report.notice.readings.lines.flat_row import RowPlan, item_of
from yuechi_report.notice.readings.lines.headings import (
    RowsSoFar,
    begins_heading,
    enter_categories,
    enter_headings,
    enter_optional,
    unread,
)
from yuechi_report.notice.readings.lines.tokens import HeaderRun, Token, headers_in, tokens_of, with_whole_words
from yuechi_report.notice.readings.places import heading_of, is_list_title, is_note
from yuechi_report.notice.vocabulary import UNIT_ROLES, ColumnRole

NAME = "flat_table"

_ENDED_AT = 0.6


@dataclass(slots=True)
class _Stretch:
    """The tokens under one header, headers of later pages taken out."""

    header: HeaderRun
    tokens: list[Token]
    title: str
    number: int
    above: tuple[Token, ...] = ()  # headings right before the header


def read_flat(document: Document) -> Reading | None:
    """The reading of a document whose cells are lines; None where there is no header of such a table."""
    tokens = tokens_of(document)
    found = _read(tokens)
    if found is None or not found.items:
        whole = with_whole_words(tokens)
        found = (_read(whole) if len(whole) < len(tokens) else None) or found
    return found


def _read(tokens: list[Token]) -> Reading | None:
    headers = headers_in(tokens)
    if not headers:
        return None
    state = RowsSoFar()
    for stretch in _stretches(tokens, headers, state):
        _read_stretch(stretch, state)
    taken = {atom for item in state.items for atom in item.atoms}  # a line may hold the end of a row and more
    return Reading(
        layout=NAME,
        items=tuple(state.items),
        uses={atom: use for atom, use in state.uses.items() if atom not in taken},
        doubts=tuple(state.doubts),
        columns=tuple(state.evidence),
        categories=tuple(dict.fromkeys(heading.name for heading in state.headings.seen)),
        statuses=state.statuses,
        headings=tuple(state.headings.seen),
    )


def _stretches(tokens: Sequence[Token], headers: Sequence[HeaderRun], state: RowsSoFar) -> list[_Stretch]:
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


def _read_stretch(stretch: _Stretch, state: RowsSoFar) -> None:
    columns = columns_of(stretch.header.words, [])
    if columns is None or not (UNIT_ROLES | {ColumnRole.DEADLINE}) & set(columns.roles):
        for token in stretch.tokens:
            for atom in token.atoms:
                state.uses.setdefault(atom, (Use.IGNORED, "这张表没有任务栏或单位栏，不是任务清单"))
        return
    state.evidence += columns.evidence()
    state.doubts += columns.left_out(stretch.tokens[0].atoms[0]) if stretch.tokens else ()
    state.headings.open = []
    enter_headings(stretch.above, state)
    anchors = _past_notes(stretch, state)
    if not anchors.found:
        _fixed_rows(stretch, columns, state)
        return
    anchors = _without_texts(stretch.tokens, anchors, columns)
    if anchors.lone and columns.roles[-1] is ColumnRole.NUMBER:
        _rows_before(stretch, columns, anchors, state)
    else:
        _rows_behind(stretch, columns, anchors, state)
    _doubt_unfinished(state)
    for token in stretch.tokens[anchors.stop :]:
        for atom in token.atoms:
            if not token.blank:
                state.uses.setdefault(atom, (Use.IGNORED, BEHIND))


def _past_notes(stretch: _Stretch, state: RowsSoFar) -> Anchors:
    """The anchors of a stretch; a note at a page's foot does not end a list whose numbers go on behind it."""
    anchors = anchors_in(stretch.tokens, 0, len(stretch.tokens))
    while anchors.found and anchors.stop < len(stretch.tokens) and is_note(stretch.tokens[anchors.stop].text):
        rest = [*stretch.tokens[: anchors.stop], *stretch.tokens[anchors.stop + 1 :]]
        more = anchors_in(rest, 0, len(rest))
        behind = more.found[len(anchors.found) :]
        if more.lone is not anchors.lone or not behind or behind[0].number != anchors.found[-1].number + 1:
            break
        note = stretch.tokens[anchors.stop]
        state.uses.update(dict.fromkeys(note.atoms, (Use.IGNORED, "说明")))
        stretch.tokens, anchors = rest, more
    return anchors


def _rows_behind(stretch: _Stretch, columns: Columns, anchors: Anchors, state: RowsSoFar) -> None:
    """Rows that begin with their number."""
    roles, leading = _row_roles(stretch, columns, anchors)
    if ColumnRole.TEXT not in roles:
        unread([token for token in stretch.tokens if not token.blank], state)  # the number stands behind the text
        return
    first = anchors.found[0].position
    _before_first(stretch.tokens[:first], leading, state)
    plan = RowPlan(stretch.number, stretch.title, columns, tuple(roles), tuple(leading))
    bounds = [*(anchor.position for anchor in anchors.found[1:]), anchors.stop]
    for anchor, stop in zip(anchors.found, bounds, strict=True):
        _read_row(plan, anchor, stretch.tokens[anchor.position : stop], state)


def _without_texts(tokens: Sequence[Token], anchors: Anchors, columns: Columns) -> Anchors:
    """Where a numbered name is followed at once by a text that counts its own points, only the name is an anchor."""
    if anchors.lone or columns.text < 1 or columns.roles[columns.text - 1] is not ColumnRole.CATEGORY:
        return anchors
    kept = [anchors.found[0]]
    for anchor in anchors.found[1:]:
        between = [token for token in tokens[kept[-1].position : anchor.position] if not token.blank]
        if len(between) > 1:
            kept.append(anchor)
    dropped = len(kept) < len(anchors.found)
    return replace(anchors, found=tuple(kept), named=True) if dropped else anchors


def _row_roles(stretch: _Stretch, columns: Columns, anchors: Anchors) -> tuple[list[ColumnRole], list[ColumnRole]]:
    """The columns behind a row's first token, and those before it, which come at the end of the row before."""
    roles = list(columns.roles)
    text = columns.text
    if not anchors.lone:
        text -= anchors.named
        return roles[text:], [role for role in roles[:text] if role is ColumnRole.CATEGORY]
    if ColumnRole.NUMBER in roles:
        at = roles.index(ColumnRole.NUMBER)
        return roles[at + 1 :], roles[:at]
    before = [token for token in stretch.tokens[: anchors.found[0].position] if not token.blank]
    at = min(len(before), text)
    return roles[at:], roles[:at]


def _before_first(tokens: Sequence[Token], leading: Sequence[ColumnRole], state: RowsSoFar) -> None:
    """What is printed between header and first row: headings, a first category, or nothing known."""
    cut = next((index for index in range(len(tokens)) if begins_heading(tokens, index)), len(tokens))
    rest = [token for token in tokens[:cut] if not token.blank]
    named = all(re.search("[：:。；]", token.text) is None for token in rest)
    if ColumnRole.CATEGORY in leading and len(rest) == len(leading) and named:
        enter_categories(rest, state)
        rest = []
    enter_headings(tokens[cut:], state)
    unread(rest, state)


def _read_row(plan: RowPlan, anchor: Anchor, tokens: Sequence[Token], state: RowsSoFar) -> None:
    block = list(tokens)
    own: tuple[int, ...] = ()
    if anchor.mark is not None:
        block[0] = replace(block[0], text=anchor.mark.rest)
    else:
        own = block.pop(0).atoms
    cut = next(
        (index for index in range(1, len(block)) if begins_heading(block, index, lone=anchor.mark is None)), len(block)
    )
    cells, tail = block[:cut], block[cut:]
    optional = [] if tail else [role for role in plan.leading if role is ColumnRole.CATEGORY]
    aligned = align(cells, [*plan.roles, *optional])
    if aligned is None:
        unread([token for token in cells if not token.blank], state)
    else:
        state.items.append(item_of(plan, anchor, cells, aligned, own, state))
        unread([token for token in cells[aligned.stop :] if not token.blank], state)
        enter_optional(cells, aligned, len(plan.roles), state)
    enter_headings(tail, state)


def _rows_before(stretch: _Stretch, columns: Columns, anchors: Anchors, state: RowsSoFar) -> None:
    """Rows whose number is the last column: what is printed before a number, up to the number before it."""
    plan = RowPlan(stretch.number, stretch.title, columns, columns.roles[:-1], ())
    start = 0
    for anchor in anchors.found:
        cells = stretch.tokens[start : anchor.position]
        aligned = align(cells, plan.roles)
        if aligned is None:
            unread([token for token in cells if not token.blank], state)
        else:
            state.items.append(item_of(plan, anchor, cells, aligned, stretch.tokens[anchor.position].atoms, state))
            unread([token for token in cells[aligned.stop :] if not token.blank], state)
        start = anchor.position + 1
    unread([token for token in stretch.tokens[start : anchors.stop] if not token.blank], state)


def _doubt_unfinished(state: RowsSoFar) -> None:
    """A text without a full stop in a list whose texts have one may be cut off."""
    ended = [SENTENCE_END.search(item.text.text) is not None for item in state.items]
    if sum(ended) < _ENDED_AT * len(ended):
        return
    for index, item in enumerate(state.items):
        if not ended[index] and item.text.atoms:
            doubt = Doubt(Severity.WARNING, "text_unfinished", item.text.atoms[0], "正文末尾没有句号，可能不完整")
            state.items[index] = replace(item, doubts=(doubt, *item.doubts))


def _fixed_rows(stretch: _Stretch, columns: Columns, state: RowsSoFar) -> None:
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
    plan = RowPlan(stretch.number, stretch.title, columns, columns.roles, ())
    for row in rows:
        aligned = align(row, columns.roles)
        if aligned is not None:
            item = item_of(plan, Anchor(0, 0), row, aligned, (), state)
            state.items.append(replace(item, printed="", number=None))
