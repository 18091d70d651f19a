"""One aligned row of a flattened table → an item with its doubts."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from yuechi_report.notice.deadline_text import is_phrase
from yuechi_report.notice.findings import Severity, excerpt
from yuechi_report.notice.readings.column_roles import Columns
from yuechi_report.notice.readings.item import Doubt, How, Item, ItemField
from yuechi_report.notice.readings.lines.alignment import Alignment
from yuechi_report.notice.readings.lines.anchors import Anchor
from yuechi_report.notice.readings.lines.fitting import BAD_FIT
from yuechi_report.notice.readings.lines.headings import RowsSoFar
from yuechi_report.notice.readings.lines.tokens import Token
from yuechi_report.notice.unit_text import unfinished
from yuechi_report.notice.vocabulary import UNIT_ROLES, ColumnRole

UNIT_ROWS_UNCLEAR = "unit_rows_unclear"

_MARGIN = 0.5

_KEPT = UNIT_ROLES | {
    ColumnRole.DEADLINE,
    ColumnRole.LEADER,
    ColumnRole.GOAL,
    ColumnRole.START,
    ColumnRole.MILESTONE,
    ColumnRole.REMARK,
}

_BY = {ColumnRole.DEADLINE: "", ColumnRole.START: "", ColumnRole.GOAL: "", ColumnRole.MILESTONE: "；"}


@dataclass(frozen=True, slots=True)
class RowPlan:
    """What the rows of one stretch are read by: its columns, those behind a row's first token, those before it."""

    number: int
    title: str
    columns: Columns
    roles: tuple[ColumnRole, ...]
    leading: tuple[ColumnRole, ...]

    def word(self, index: int) -> str:
        """The header word of a row's column."""
        before = 0 if self.columns.roles[-1] is ColumnRole.NUMBER else len(self.columns.roles) - len(self.roles)
        return self.columns.words[before + index]


def item_of(
    plan: RowPlan, anchor: Anchor, cells: Sequence[Token], aligned: Alignment, own: tuple[int, ...], state: RowsSoFar
) -> Item:
    """The item of an aligned row; a cell that does not fit its column is left out and named."""
    fields: dict[ColumnRole, ItemField] = {}
    extra = list(own)
    item_name, text = "", ItemField("", (), How.COLUMN)
    doubts: list[Doubt] = []
    atom = own[0] if own else cells[0].atoms[0]
    for index, role in enumerate(plan.roles):
        start, stop = aligned.spans[index]
        taken = [token for token in cells[start:stop] if not token.blank]
        atoms = tuple(each for token in taken for each in token.atoms)
        value = ItemField(_joined(taken, role), atoms, How.COLUMN)
        if role is ColumnRole.TEXT:
            text = value
        elif role is ColumnRole.CATEGORY and taken:
            item_name = value.text
            extra += atoms
        elif role in _KEPT and taken and aligned.costs[index] < BAD_FIT:
            value = replace(value, text=f"{plan.word(index)}：{value.text}") if role is ColumnRole.MILESTONE else value
            fields[role] = fields[role].joined(value, _BY.get(role, "\n")) if role in fields else value
        else:
            extra += atoms
            state.statuses += role is ColumnRole.STATUS and bool(taken)
            if taken and role in _KEPT:
                doubts.append(_unfit(plan.word(index), value, atom))
        if role is ColumnRole.DEADLINE:
            doubts += _deadline_doubts(cells[start:stop], bool(taken), atom)
        if role in UNIT_ROLES and taken and unfinished(taken[-1].text):
            doubts.append(Doubt(Severity.ERROR, "units_cut", atom, "单位单元格以分隔号结尾，后面没有单位"))
    remark = fields.pop(ColumnRole.REMARK, None)
    if remark is not None:
        extra += remark.atoms
        if ColumnRole.DEADLINE not in plan.columns.roles and is_phrase(remark.text):
            fields[ColumnRole.DEADLINE] = replace(remark, how=How.REMARK)
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


def _joined(tokens: Sequence[Token], role: ColumnRole) -> str:
    by = "\n" if role in UNIT_ROLES or role is ColumnRole.LEADER else ""
    return by.join(token.text.strip() for token in tokens)


def _unfit(word: str, value: ItemField, atom: int) -> Doubt:
    return Doubt(Severity.ERROR, "cell_unfit", atom, f"“{word}”栏读不准，没有采用：“{excerpt(value.text)}”")


def _deadline_doubts(cells: Sequence[Token], taken: bool, atom: int) -> list[Doubt]:
    if taken:
        return []
    if cells:
        return [Doubt(Severity.WARNING, "deadline_empty", atom, "完成时限单元格是空的，按没有时限处理")]
    return [Doubt(Severity.ERROR, "deadline_missing", atom, "没有找到完成时限单元格")]


def _unclear(aligned: Alignment, roles: Sequence[ColumnRole], atom: int) -> tuple[tuple[str, ...], list[Doubt]]:
    """A second way to read the units that is nearly as good is a doubt of this row."""
    differing = {roles[index] for index in aligned.differs if index < len(roles)}
    if aligned.margin >= _MARGIN or not differing & (UNIT_ROLES | {ColumnRole.DEADLINE}):
        return (), []
    text = "单位行的排列不止一种读法，采用了较顺的一种，请对照原文"
    return (UNIT_ROWS_UNCLEAR,), [Doubt(Severity.ERROR, "unit_row_shape", atom, text)]
