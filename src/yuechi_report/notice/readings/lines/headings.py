"""Headings and categories between the rows of a flattened table, and what has been found so far."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from yuechi_report.notice.deadline_text import resembles_deadline
from yuechi_report.notice.findings import Severity, excerpt
from yuechi_report.notice.numerals import ordinal
from yuechi_report.notice.readings.item import Doubt, Item, Use
from yuechi_report.notice.readings.lines.alignment import Alignment
from yuechi_report.notice.readings.lines.tokens import Token
from yuechi_report.notice.readings.marks import MarkStyle, mark_of
from yuechi_report.notice.readings.places import CategoryHeading, Headings, heading_of
from yuechi_report.notice.vocabulary import ColumnRole

_NAME_LINES_MAX = 4


@dataclass(slots=True)
class RowsSoFar:
    """What has been read of a flattened table so far."""

    headings: Headings = field(default_factory=Headings)
    uses: dict[int, tuple[Use, str]] = field(default_factory=dict)
    items: list[Item] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    evidence: list[tuple[str, ColumnRole]] = field(default_factory=list)
    statuses: int = 0


def begins_heading(tokens: Sequence[Token], index: int, *, lone: bool = False) -> bool:
    """Whether a heading begins here: 一、… or a lone 一 with its name below, and little else behind."""
    token = tokens[index]
    if token.blank:
        return False
    behind = [each for each in tokens[index + 1 :] if not each.blank]
    mark = mark_of(token.text)
    if mark is not None and mark.style is MarkStyle.CHAPTER and mark.rest.strip():
        return len(behind) <= 2 and heading_of(token.text, 0) is not None
    if mark is not None and lone and mark.style is MarkStyle.SECTION and mark.rest.strip():
        return len(behind) <= 1 and heading_of(token.text, 0) is not None
    alone = ordinal(token.bare.rstrip("、")) is not None and not token.bare[:1].isdigit()
    names = 0 < len(behind) <= _NAME_LINES_MAX and not any(resembles_deadline(each.text) for each in behind)
    return alone and names


def enter_headings(tokens: Sequence[Token], state: RowsSoFar) -> None:
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
            CategoryHeading(0, number, name, token.atoms[0])
            if number is not None and not token.bare[:1].isdigit()
            else heading_of(token.text.strip() + name, token.atoms[0])
        )
        if heading is None:
            unread(solid[index:stop], state)
        else:
            state.headings.enter(heading)
            for each in solid[index:stop]:
                state.uses.update(dict.fromkeys(each.atoms, (Use.HEADING, heading.name)))
        index = stop


def _is_mark(token: Token) -> bool:
    lone = ordinal(token.bare.rstrip("、")) is not None
    return lone or heading_of(token.text, 0) is not None


def enter_categories(tokens: Sequence[Token], state: RowsSoFar) -> None:
    """Category cells open headings."""
    for depth, token in enumerate(tokens):
        state.headings.enter(CategoryHeading(10 + depth, 0, "".join(token.text.split("\n")).strip(), token.atoms[0]))
        state.uses.update(dict.fromkeys(token.atoms, (Use.HEADING, token.text)))


def enter_optional(cells: Sequence[Token], aligned: Alignment, columns: int, state: RowsSoFar) -> None:
    """Category cells at the end of a row belong to the next one."""
    found = [[token for token in cells[start:stop] if not token.blank] for start, stop in aligned.spans[columns:]]
    for depth, tokens in enumerate(found):
        if tokens:
            name = "".join(token.text.strip() for token in tokens)
            state.headings.enter(CategoryHeading(10 + depth, 0, name, tokens[0].atoms[0]))
            for token in tokens:
                state.uses.update(dict.fromkeys(token.atoms, (Use.HEADING, name)))


def unread(tokens: Sequence[Token], state: RowsSoFar) -> None:
    """What belongs to no task is ignored, and named in a finding."""
    for token in tokens:
        state.uses.update(dict.fromkeys(token.atoms, (Use.IGNORED, "没有归入任何任务")))
        text = f"这一行没有归入任何任务：“{excerpt(token.text)}”"
        state.doubts.append(Doubt(Severity.ERROR, "unread_line", token.atoms[0], text))
