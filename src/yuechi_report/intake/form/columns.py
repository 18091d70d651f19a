"""The two sheets that go out on paper or as files: the units' form and the office's decision form.

The form's header row is a contract (docs/architecture.md): titles exactly, in this order.
"""

from yuechi_report.domain.assessment import TaskClass
from yuechi_report.domain.progress import Action, Reported, Role
from yuechi_report.intake.door.workbook import CellKind, ColumnSpec, SheetSpec
from yuechi_report.page.labels import words_of

CELL_LENGTH = 32_767  # what a cell of Excel holds

TOO_LONG = (f"文字超过单元格上限{CELL_LENGTH}字", "请精简，详细内容作为附件报送")

APPROVAL = ("approver", "approved_on", "document_number")

APPROVED = (Action.GRANT_EXTENSION, Action.ADJUST, Action.TERMINATE, Action.TRANSFER, Action.SET_DEADLINE)

NEEDED: dict[Action, tuple[str, ...]] = {
    Action.CLOSE: ("completed_on",),
    Action.CLOSE_TO_ROUTINE: ("completed_on",),
    Action.GRANT_EXTENSION: ("new_due",),
    Action.RECOGNISE_BLOCK: ("upper_body", "upper_step", "letter_number", "letter_on", "review_on"),
    Action.SUCCEED: ("new_unit",),
}

EITHER: dict[Action, tuple[str, ...]] = {
    Action.SET_DEADLINE: ("new_due", "new_class"),
    Action.ADJUST: ("wording", "new_unit"),
}


CONFIDENCE_WORDS = ("高", "中", "低")

_DAY = "填2024-12-31的形式；也可写2024.12.31或2024年12月31日。"

FORM = SheetSpec(
    "填报",
    "重点任务进展季度填报表",
    ("填报单位", "填报季度", "数据性质", "填报人", "审核人", "填报日期"),
    (
        ColumnSpec("task_no", "任务序号", CellKind.INTEGER, 5, prefilled=True, guide="已预填，不要改动。"),
        ColumnSpec("title", "重点任务", width=17, prefilled=True, guide="已预填，不要改动。"),
        ColumnSpec("role", "角色", width=5, words=words_of(Role), prefilled=True, guide="已预填：牵头、会签或配合。"),
        ColumnSpec(
            "deadline", "完成时限", width=10, prefilled=True, guide="已预填通知原定时限；经批准延期或核定的一并注明。"
        ),
        ColumnSpec(
            "criterion", "销号标准", width=14, guide="首次报送时填写：做到什么程度算完成。已报过的已预填，不要改动。"
        ),
        ColumnSpec("promise", "上季承诺", width=15, prefilled=True, guide="已预填上季度自报状态和下一步打算，供对照。"),
        ColumnSpec("target", "本季度目标", width=14, guide="本季度要完成的具体事项。"),
        ColumnSpec(
            "progress",
            "进展情况",
            width=30,
            guide="写明何时、做了什么、结果如何，用数字说话；不写“正在推进”之类的套话。",
        ),
        ColumnSpec(
            "percent",
            "完成比例(%)",
            CellKind.AMOUNT,
            8,
            guide="百分之八十填80或80%，不要填0.8；能计数的填4/5家；其他计量照实填写，如4.6个工作日。",
        ),
        ColumnSpec("issues", "存在问题", width=17, guide="没有的填“无”或留空；申请延期的在此写明理由。"),
        ColumnSpec("next_steps", "下一步打算", width=17, guide="写明何时前完成什么；下季度将据此对照。"),
        ColumnSpec("expected_on", "预计完成日期", CellKind.DATE, 10, guide=_DAY + "申请延期的填新的完成日期。"),
        ColumnSpec("confidence", "信心", width=5, words=CONFIDENCE_WORDS, guide="按期完成的把握：高、中、低。"),
        ColumnSpec(
            "reported", "自报状态", width=8, words=words_of(Reported), guide="从下拉列表中选择；会签和配合行不填。"
        ),
        ColumnSpec(
            "completed_on", "实际完成日期", CellKind.DATE, 10, guide=_DAY + "自报已完成的必填，不得晚于填报日期。"
        ),
        ColumnSpec(
            "evidence",
            "佐证材料",
            width=18,
            guide="名称/文号/日期，多件用；隔开。自报已完成的至少一件，且有文号或日期。",
        ),
        ColumnSpec("coordination", "需协调事项", width=14, guide="写明请谁协调什么：上级哪个机关，或县领导。"),
    ),
    ("填报单位", "填报季度", "数据性质"),
)

DECISIONS = SheetSpec(
    "决定",
    "重点任务核验与决定登记表",
    ("作出单位", "填报季度", "数据性质"),
    (
        ColumnSpec("task_no", "任务序号", CellKind.INTEGER, 6, guide="从下拉列表中选择；任务名称见“任务清单”工作表。"),
        ColumnSpec("action", "决定事项", width=14, words=words_of(Action), guide="从下拉列表中选择。"),
        ColumnSpec("decided_on", "决定日期", CellKind.DATE, 12, guide=_DAY),
        ColumnSpec("decided_by", "经办", width=16, guide="经办的科室或岗位。"),
        ColumnSpec("reason", "理由", width=36, guide="每项决定都要写明理由。"),
        ColumnSpec("completed_on", "认定完成日期", CellKind.DATE, 12, guide=_DAY + "销号时必填，是否逾期按此日计。"),
        ColumnSpec("new_due", "新时限", CellKind.DATE, 12, guide=_DAY + "准予延期、核定为限时类时必填。"),
        ColumnSpec(
            "new_class",
            "核定类别",
            width=10,
            words=words_of(TaskClass)[:4],
            guide="核定时限时选填；限时类须同时填新时限。",
        ),
        ColumnSpec(
            "wording", "核定用语", width=16, guide="核定时限：报告中的用语，如“持续配合”。调整：调整后的任务文字。"
        ),
        ColumnSpec("new_unit", "新牵头单位", width=18, guide="承接时必填；调整牵头单位时填写。"),
        ColumnSpec("review_on", "复核日期", CellKind.DATE, 12, guide=_DAY + "认定待上级时必填，最迟为决定之日起90天。"),
        ColumnSpec("upper_body", "上级单位", width=18, guide="等待的是哪个机关。"),
        ColumnSpec("upper_step", "所待环节", width=22, guide="等待的是哪个环节。"),
        ColumnSpec("letter_number", "本县去函文号", width=18, guide="本县向上级去函的文号。"),
        ColumnSpec("letter_on", "去函日期", CellKind.DATE, 12, guide=_DAY),
        ColumnSpec("approver", "批准人", width=14, guide="延期、调整、终止、转入新清单、核定时限须经批准。"),
        ColumnSpec("approved_on", "批准日期", CellKind.DATE, 12, guide=_DAY),
        ColumnSpec("document_number", "批准文号", width=18, guide="批准文件的文号。"),
    ),
    ("作出单位", "填报季度", "数据性质"),
)

_HELPER = frozenset({"progress", "issues", "evidence", "coordination"})

_BY_CLASS = {
    TaskClass.MAINTAIN: frozenset(
        {"criterion", "progress", "issues", "reported", "completed_on", "evidence", "coordination"}
    ),
    TaskClass.TRACK: frozenset({"criterion", "progress", "issues", "reported", "coordination"}),
}


def cell_length(text: str) -> int:
    """The length as Excel counts it: an emoji is two."""
    return len(text.encode("utf-16-le", errors="surrogatepass")) // 2


def asked_keys(role: Role, task_class: TaskClass) -> frozenset[str]:
    """The cells a row asks for (减负): few for 保持类 and 跟踪类, and for 会签 and 配合 rows."""
    if role is not Role.LEAD:
        return _HELPER
    return _BY_CLASS.get(task_class, frozenset(column.key for column in FORM.columns if not column.prefilled))


def needed_keys(action: Action) -> tuple[str, ...]:
    """The cells a decision must fill in addition to task, kind and day."""
    return ("reason", *NEEDED.get(action, ()), *(APPROVAL if action in APPROVED else ()))
