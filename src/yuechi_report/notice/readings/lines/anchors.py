"""Where the rows of a flattened table begin: lone numbers, or texts that begin with a number."""

from collections.abc import Sequence
from dataclasses import dataclass

from yuechi_report.notice.numerals import compact, ordinal
from yuechi_report.notice.readings.lines.tokens import Token
from yuechi_report.notice.readings.marks import Mark, MarkStyle, mark_of, number_in
from yuechi_report.notice.readings.places import heading_of, is_annex, is_list_title, is_note, is_tail

_GAP_MAX = 9


@dataclass(frozen=True, slots=True)
class Anchor:
    """The first token of a row: its number, and the mark where text follows in the same token."""

    position: int
    number: int
    mark: Mark | None = None


@dataclass(frozen=True, slots=True)
class Anchors:
    """The rows of one stretch under one header, and where they end for good."""

    found: tuple[Anchor, ...]
    stop: int
    lone: bool
    named: bool = False  # the numbers are those of a name column before the text


def anchors_in(tokens: Sequence[Token], start: int, stop: int) -> Anchors:
    """The anchors of a stretch: the kind of which there are most, lone numbers first."""
    end = _end(tokens, start, stop)
    kinds = [
        _lone(tokens, start, end),
        *(
            _marked(tokens, start, end, style)
            for style in (MarkStyle.SECTION, MarkStyle.POINT, MarkStyle.SUB, MarkStyle.NAMED)
        ),
    ]
    return max(kinds, key=lambda anchors: len(anchors.found))


def _end(tokens: Sequence[Token], start: int, stop: int) -> int:
    """Where an annex mark, another list's title or page furniture ends the stretch."""
    for position in range(start, stop):
        text = tokens[position].text
        if is_annex(text) or (is_tail(text) and not tokens[position].blank):
            return position
        if is_note(text) and mark_of(text) is None:
            return position
        if is_list_title(text) and position > start and _followed_by_header(tokens, position, stop):
            return position
    return stop


def _followed_by_header(tokens: Sequence[Token], position: int, stop: int) -> bool:
    return all(tokens[index].blank for index in range(position + 1, stop))


def _lone(tokens: Sequence[Token], start: int, stop: int) -> Anchors:
    """Lone Arabic numbers that count up; they begin again at 1 only under a heading of its own."""
    found: list[Anchor] = []
    heading = False
    for position in range(start, stop):
        token = tokens[position]
        heading = heading or (not token.blank and heading_of(token.text, 0) is not None and ordinal(token.bare) is None)
        number = number_in(token.text) if token.bare[:1].isdigit() or token.bare[:2].strip("(（〔").isdigit() else None
        if number is None or len(compact(token.text)) > 6:
            continue
        last = found[-1].number if found else None
        counts_on = last is None or number == last + 1 or (heading and number == 1)
        if counts_on or (last < number <= last + _GAP_MAX and not _is_awaited(tokens, position, stop, last + 1)):  # type: ignore[operator]
            found.append(Anchor(position, number))
            heading = False
    return Anchors(tuple(found), stop, lone=True)


def _is_awaited(tokens: Sequence[Token], position: int, stop: int, number: int) -> bool:
    return any(number_in(tokens[index].text) == number for index in range(position + 1, stop))


def _marked(tokens: Sequence[Token], start: int, stop: int, style: MarkStyle) -> Anchors:
    """Texts that begin with a number; one that begins again at the first without a heading is no row any more."""
    found: list[Anchor] = []
    heading = False
    for position in range(start, stop):
        token = tokens[position]
        mark = None if token.blank else mark_of(token.text)
        if mark is None or mark.style is not style or not mark.rest.strip():
            heading = heading or (not token.blank and _is_heading(token, style))
            continue
        if found and mark.number == 1 and found[-1].number > 1 and not heading:
            return Anchors(tuple(found), position, lone=False)
        found.append(Anchor(position, mark.number, mark))
        heading = False
    return Anchors(tuple(found), stop, lone=False)


def _is_heading(token: Token, style: MarkStyle) -> bool:
    mark = mark_of(token.text)
    lone = ordinal(token.bare) is not None and not token.bare.isdigit()
    return lone or (
        mark is not None and mark.style in {MarkStyle.CHAPTER, MarkStyle.SECTION} and mark.style is not style
    )
