"""The columns of a table: header words → roles, confirmed by what is in the cells."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from yuechi_report.notice.deadline_text import is_phrase, resembles_deadline
from yuechi_report.notice.findings import Severity
from yuechi_report.notice.numerals import compact
from yuechi_report.notice.readings.item import Doubt
from yuechi_report.notice.readings.marks import code_in, mark_of, number_in
from yuechi_report.notice.unit_text import resembles_person, resembles_units
from yuechi_report.notice.vocabulary import UNIT_ROLES, ColumnRole, role_of

_TEXTS = (ColumnRole.TEXT, ColumnRole.MEASURE, ColumnRole.GOAL, ColumnRole.CATEGORY)
_LEFT_OUT = re.compile("(?:存在|主要)?(?:问题|困难)(?:原因|分析)?")
_NOT_KEPT = frozenset(
    {
        ColumnRole.OTHER,
        ColumnRole.STATUS,
        ColumnRole.CONTACT,
        ColumnRole.OVERSIGHT,
        ColumnRole.REMARK,
        ColumnRole.START,
        ColumnRole.MEASURE,
    }
)
_CONFIRMED_AT = 0.5
_MARKED_AT = 0.6


@dataclass(frozen=True, slots=True)
class Columns:
    """What each column of a table holds; `words` are its header's, `confirmed` the share of fitting cells."""

    words: tuple[str, ...]
    roles: tuple[ColumnRole, ...]
    item: int = -1  # the column of a name that each task has of its own
    numbers_in: int = -1  # the column whose texts begin with the task's number
    confirmed: float = 1.0
    doubtful: frozenset[int] = frozenset()  # columns whose cells do not fit their word

    @property
    def text(self) -> int:
        """The column of the task's text."""
        return self.roles.index(ColumnRole.TEXT)

    def having(self, role: ColumnRole) -> list[int]:
        """The columns of a role."""
        return [index for index, each in enumerate(self.roles) if each is role]

    def left_out(self, atom: int) -> tuple[Doubt, ...]:
        """What a reader is told of the columns of which nothing is kept in the register; `atom` is in the header."""
        words = [
            word
            for index, (word, role) in enumerate(zip(self.words, self.roles, strict=True))
            if word and role in _NOT_KEPT and index not in (self.item, self.numbers_in)
        ]
        text = f"“{'”“'.join(words)}”栏没有收入登记表，需要时请查原件"
        return (Doubt(Severity.INFO, "column_left_out", atom, text),) if words else ()

    def evidence(self) -> tuple[tuple[str, ColumnRole], ...]:
        """Header words and what they were taken for."""
        return tuple(zip(self.words, self.roles, strict=True))


def columns_of(words: Sequence[str], rows: Sequence[Sequence[tuple[str, bool]]]) -> Columns | None:
    """The columns of a table; None where it has no column for a task's text.

    A row is its cells from left to right: text, and whether the cell goes on from the row above.
    """
    roles = [role_of(word) for word in words]
    contents = [[row[index][0] for row in rows if index < len(row)] for index in range(len(words))]
    _without_header(roles, words, contents)
    text = _text_column(roles, words, contents)
    text = _measure_instead(text, roles, rows)
    if text < 0:
        return None
    names = [
        index
        for index, role in enumerate(roles)
        if role in {ColumnRole.TEXT, ColumnRole.MEASURE, ColumnRole.CATEGORY} and index != text
    ]
    for index in names:
        roles[index] = ColumnRole.OTHER if index > text else ColumnRole.CATEGORY
    roles[text] = ColumnRole.TEXT
    numbers = roles.index(ColumnRole.NUMBER) if ColumnRole.NUMBER in roles else -1
    own = [
        index for index in names if role_of(words[index]) is not ColumnRole.CATEGORY
    ]  # 类别 is never a task's own name
    item = _item_column([index for index in own if numbers < index < text], numbers, rows)
    marked = next((index for index in (item, text) if index >= 0 and _marked(contents[index])), -1)
    if numbers >= 0 and (marked < 0 or not _grouping(rows, numbers)):
        marked = -1
    if numbers >= 0 and marked >= 0:
        roles[numbers] = ColumnRole.OTHER if item >= 0 else ColumnRole.CATEGORY
    if item >= 0:
        roles[item] = ColumnRole.OTHER
    confirmed, doubtful = _confirmed(roles, contents)
    return Columns(tuple(words), tuple(roles), item, marked, confirmed, doubtful)


def _without_header(roles: list[ColumnRole], words: Sequence[str], contents: list[list[str]]) -> None:
    """A column without a word is the number where it holds numbers."""
    for index, word in enumerate(words):
        filled = [text for text in contents[index] if text.strip()]
        numbers = bool(filled) and all(number_in(text) is not None for text in filled)
        if not word.strip() and numbers and ColumnRole.NUMBER not in roles:
            roles[index] = ColumnRole.NUMBER


def _text_column(roles: list[ColumnRole], words: Sequence[str], contents: list[list[str]]) -> int:
    """The last column of the strongest kind; problems give way to tasks."""
    for kind in _TEXTS:
        found = [
            index
            for index, role in enumerate(roles)
            if role is kind and (not contents[index] or any(map(str.strip, contents[index])))
        ]
        tasks = [index for index in found if not _LEFT_OUT.fullmatch(compact(words[index]))]
        if found:
            return (tasks or found)[-1]
    return -1


def _measure_instead(text: int, roles: Sequence[ColumnRole], rows: Sequence[Sequence[tuple[str, bool]]]) -> int:
    """The measures' column where one task cell stands over several rows that each have measure and units of their own."""
    measures = [index for index, role in enumerate(roles) if role is ColumnRole.MEASURE and index > text]
    units = [index for index, role in enumerate(roles) if role in UNIT_ROLES - {ColumnRole.COOPERATE}]
    if text < 0 or not measures or not units:
        return text
    going_on = [row for row in rows if len(row) == len(roles) and row[text][1]]
    own = [
        row
        for row in going_on
        if all(row[index][0].strip() and not row[index][1] for index in (measures[-1], units[0]))
    ]
    return measures[-1] if own and len(own) == len(going_on) else text


def _item_column(names: list[int], numbers: int, rows: Sequence[Sequence[tuple[str, bool]]]) -> int:
    """The nearest name column between number and text whose names each belong to one task."""
    if not names or (numbers >= 0 and _grouping(rows, numbers)):
        return -1
    nearest = names[-1]
    follows = all(
        not (row[nearest][1] or not row[nearest][0].strip())
        or numbers < 0
        or row[numbers][1]
        or not row[numbers][0].strip()
        for row in rows
    )
    filled = [row[nearest][0] for row in rows if row[nearest][0].strip() and not row[nearest][1]]
    own = follows and len(set(filled)) == len(filled) and (numbers >= 0 or not any(row[nearest][1] for row in rows))
    return nearest if own and len(filled) > 0 else -1


def _grouping(rows: Sequence[Sequence[tuple[str, bool]]], index: int) -> bool:
    """Whether a column's cells stand for several rows each."""
    held = [row[index][1] or not row[index][0].strip() for row in rows if index < len(row)]
    chinese = [re.fullmatch("[一二三四五六七八九十]+", compact(row[index][0])) for row in rows if row[index][0].strip()]
    return any(held) or (bool(chinese) and all(chinese))


def _marked(texts: Sequence[str]) -> bool:
    filled = [text for text in texts if text.strip()]
    return bool(filled) and sum(mark_of(text) is not None for text in filled) >= _MARKED_AT * len(filled)


def _confirmed(roles: Sequence[ColumnRole], contents: list[list[str]]) -> tuple[float, frozenset[int]]:
    """The share of cells whose content fits, and the columns where most do not."""
    fits: dict[ColumnRole, Callable[[str], bool]] = {
        ColumnRole.NUMBER: lambda text: number_in(text) is not None or bool(code_in(text)),
        ColumnRole.DEADLINE: _resembles_time,
    }
    fits |= dict.fromkeys(UNIT_ROLES, resembles_units) | {ColumnRole.LEADER: resembles_person}
    right = total = 0
    doubtful = set()
    for index, role in enumerate(roles):
        filled = [text for text in contents[index] if text.strip()]
        if role in fits and filled:
            good = sum(bool(fits[role](text)) for text in filled)
            right, total = right + good, total + len(filled)
            if good < _CONFIRMED_AT * len(filled) and role is not ColumnRole.LEADER:
                doubtful.add(index)
    return (right / total if total else 1.0), frozenset(doubtful)


def _resembles_time(text: str) -> bool:
    return is_phrase(text) or resembles_deadline(text) or len(compact(text)) <= 12
