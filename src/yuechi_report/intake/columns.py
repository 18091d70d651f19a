"""The two sheets of the paper trade: the units' form and the office's decision form.

The form's header row is a contract (docs/architecture.md): titles exactly, in this order.
"""

from dataclasses import dataclass
from enum import StrEnum

from yuechi_report.domain.assessment import TaskClass
from yuechi_report.domain.progress import Action, Reported, Role
from yuechi_report.page.labels import words_of


class CellKind(StrEnum):
    """How a cell is written and read."""

    TEXT = "text"
    INTEGER = "integer"
    DATE = "date"
    AMOUNT = "amount"  # a percentage or a measured value


@dataclass(frozen=True, slots=True)
class ColumnSpec:
    """One column: its field, printed title, kind, width in characters and allowed words."""

    key: str
    title: str
    kind: CellKind = CellKind.TEXT
    width: int = 12
    words: tuple[str, ...] = ()
    prefilled: bool = False


@dataclass(frozen=True, slots=True)
class SheetSpec:
    """A sheet: its name, the labels above the header (value in the next cell) and its columns."""

    name: str
    title: str
    labels: tuple[str, ...]
    columns: tuple[ColumnSpec, ...]

    @property
    def titles(self) -> tuple[str, ...]:
        """The header row."""
        return tuple(column.title for column in self.columns)


CONFIDENCE_WORDS = ("高", "中", "低")

FORM = SheetSpec(
    "填报",
    "重点任务进展季度填报表",
    ("填报单位", "填报季度", "数据性质", "填报人", "审核人", "填报日期"),
    (
        ColumnSpec("task_no", "任务序号", CellKind.INTEGER, 6, prefilled=True),
        ColumnSpec("title", "重点任务", width=22, prefilled=True),
        ColumnSpec("role", "角色", width=6, words=words_of(Role), prefilled=True),
        ColumnSpec("deadline", "完成时限", width=12, prefilled=True),
        ColumnSpec("criterion", "销号标准", width=22),
        ColumnSpec("promise", "上季承诺", width=20, prefilled=True),
        ColumnSpec("target", "本季度目标", width=20),
        ColumnSpec("progress", "进展情况", width=42),
        ColumnSpec("percent", "完成比例(%)", CellKind.AMOUNT, 10),
        ColumnSpec("issues", "存在问题", width=24),
        ColumnSpec("next_steps", "下一步打算", width=24),
        ColumnSpec("expected_on", "预计完成日期", CellKind.DATE, 12),
        ColumnSpec("confidence", "信心", width=6, words=CONFIDENCE_WORDS),
        ColumnSpec("reported", "自报状态", width=10, words=words_of(Reported)),
        ColumnSpec("completed_on", "实际完成日期", CellKind.DATE, 12),
        ColumnSpec("evidence", "佐证材料", width=32),
        ColumnSpec("coordination", "需协调事项", width=22),
    ),
)

DECISIONS = SheetSpec(
    "决定",
    "重点任务核验与决定登记表",
    ("作出单位", "填报季度", "数据性质"),
    (
        ColumnSpec("task_no", "任务序号", CellKind.INTEGER, 6),
        ColumnSpec("action", "决定事项", width=14, words=words_of(Action)),
        ColumnSpec("decided_on", "决定日期", CellKind.DATE, 12),
        ColumnSpec("decided_by", "经办", width=16),
        ColumnSpec("reason", "理由", width=40),
        ColumnSpec("completed_on", "认定完成日期", CellKind.DATE, 12),
        ColumnSpec("new_due", "新时限", CellKind.DATE, 12),
        ColumnSpec("new_class", "核定类别", width=10, words=words_of(TaskClass)[:4]),
        ColumnSpec("wording", "核定用语", width=12),
        ColumnSpec("new_unit", "新牵头单位", width=18),
        ColumnSpec("review_on", "复核日期", CellKind.DATE, 12),
        ColumnSpec("upper_body", "上级单位", width=18),
        ColumnSpec("upper_step", "所待环节", width=24),
        ColumnSpec("letter_number", "本县去函文号", width=18),
        ColumnSpec("letter_on", "去函日期", CellKind.DATE, 12),
        ColumnSpec("approver", "批准人", width=14),
        ColumnSpec("approved_on", "批准日期", CellKind.DATE, 12),
        ColumnSpec("document_number", "批准文号", width=18),
    ),
)
