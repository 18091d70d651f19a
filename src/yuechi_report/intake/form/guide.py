"""What the help sheets say: how to fill in the form, and what each decision needs."""

from yuechi_report.domain.progress import Action
from yuechi_report.intake.door.workbook import SheetSpec
from yuechi_report.intake.form.columns import APPROVAL, APPROVED, DECISIONS, EITHER, NEEDED
from yuechi_report.page.labels import label

GENERAL = (
    "一、只填白色单元格。浅灰色的已预填，深灰色的本行不要求填写；行高可以调整。",
    "二、不要增删、移动或改名列，不要合并单元格，不要使用公式，不要改工作表名；填好后保存为.xlsx。",
    "三、保持类任务报自报状态和一个数字即可；跟踪类没有变化的选“无变化”即可；会签、配合行有则填、无则空。",
    "四、整行没有填写的不登记，此前已报的内容不变；更正时只填要更正的行即可，其余各行不受影响。",
    "五、不得填写公民身份号码、手机号码和涉密内容，否则整个文件退回，不予存档。",
    "六、填报日期以后的日期不能作为实际完成日期；报送后被退回的行，请按批注改好重报。",
)
OFFICE_GENERAL = (
    "一、一行一项决定。任务序号、决定事项、决定日期、理由每行必填，其余按下表填写。",
    "二、不要增删、移动或改名列，不要合并单元格，不要使用公式；填好后用submit --office登记。",
    "三、办公室自己的差错用另一项决定纠正（如误销号用“重新挂账”），已登记的决定不改不删。",
)
EXAMPLE: dict[str, str] = {
    "task_no": "10",
    "title": "推进社保卡“一卡一码通”（示例行，不会登记）",
    "role": "牵头",
    "deadline": "2024年12月",
    "criterion": "12条公交线路均可刷社保卡",
    "promise": "【上季自报：推进中，5/12条】\n11月底前确定技术方案",
    "target": "开通8条线路",
    "progress": "11月20日与公交公司签订协议；截至12月15日已开通8条线路，日均刷卡1200次。",
    "percent": "8/12条",
    "issues": "4条线路终端未到货。",
    "next_steps": "1月20日前安装终端，1月底前全部开通。",
    "expected_on": "2025-01-31",
    "confidence": "高",
    "reported": "推进中",
    "evidence": "《合作协议》/示例〔2024〕8号/2024-11-20",
    "coordination": "请县政府协调终端采购经费。",
}


def column_lines(spec: SheetSpec) -> list[tuple[str, str]]:
    """Each column with what to fill in."""
    return [(column.title, column.guide) for column in spec.columns]


def decision_lines() -> list[tuple[str, str]]:
    """Each decision with the cells it needs, from the rules that check them."""
    titles = {column.key: column.title for column in DECISIONS.columns}
    found = []
    for action in Action:
        keys = (*NEEDED.get(action, ()), *(APPROVAL if action in APPROVED else ()))
        parts = [titles[key] for key in keys]
        if action in EITHER:
            parts.insert(0, "或".join(titles[key] for key in EITHER[action]) + "（至少一项）")
        found.append((label(action), "、".join(parts) or "不需要其他内容"))
    return found
