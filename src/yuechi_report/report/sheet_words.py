"""What a sheet finds and what it asks for, by ground and by kind of document (docs/assumptions.md §8)."""

from yuechi_report.domain.supervision import Ground
from yuechi_report.domain.unit import DocumentKind
from yuechi_report.report.days import next_report_by, reply_by
from yuechi_report.report.sheet import Sheet

_FOUND = {
    Ground.REOPENED: "重新挂账{late}",
    Ground.BLOCK_LAPSED: "受上级制约的认定已过复核日{late}",
    Ground.BLOCK_NOT_RECOGNISED: "自报待上级，未予认定{late}",
    Ground.RETURNED: "自报完成，经核验退回补正{late}",
    Ground.NO_EVIDENCE: "自报完成，尚未核验销号{late}",
    Ground.OVERDUE: "已逾期{days}天",
    Ground.NOT_REPORTED: "本季度未报送进展情况",
    Ground.IDLE: "连续两个季度无实质进展",
    Ground.INTERRUPTED: "自报未启动，实施中断",
    Ground.NAMED: "须专项报告进展情况",
}

_ASKED = {
    Ground.REOPENED: ("{by}按重新挂账的意见逐条整改，{tell}整改情况和完成日期", "整改完成后重新报送，并附佐证材料"),
    Ground.BLOCK_LAPSED: (
        "{by}{tell}与上级机关对接的结果",
        "仍受制约的，附最新请示件重新提出认定；不再受制约的，报明完成日期",
    ),
    Ground.BLOCK_NOT_RECOGNISED: (
        "{by}补报请示件（文号、日期），写明待哪一级机关办理哪一个环节",
        "请示尚未发出的，报明发出日期和县级可先行办理的内容",
    ),
    Ground.RETURNED: (
        "{by}按退回意见补齐佐证材料（名称、文号、日期），重新报送",
        "确未完成的，同时{tell}整改情况和完成日期",
    ),
    Ground.NO_EVIDENCE: (
        "{by}补报佐证材料（名称、文号、日期）",
        "确未完成的，同时{tell}整改情况和完成日期",
    ),
    Ground.OVERDUE: ("{by}{tell}整改情况和完成日期", "完成后随附佐证材料（名称、文号、日期），由本室核验销号"),
    Ground.NOT_REPORTED: ("{by}补报本季度进展情况", "说明未报送的原因，明确专人负责"),
    Ground.IDLE: ("{by}报送至少一项具体行动：何时、做什么、结果如何", "说明两季无进展的原因和需要协调的事项"),
    Ground.INTERRUPTED: ("{by}说明中断的原因和恢复日期", "恢复实施后一周内报告"),
    Ground.NAMED: ("{by}{tell}进展情况、存在问题和预计完成日期",),
    Ground.FORWARDED: ("各企业按{liaison}的统一安排提供办理情况", "由{liaison}{next}汇总报送"),
}
_NUMBERS = "①②③④"


def findings(sheet: Sheet) -> str:
    """What was found, as the end of a sentence; never 逾期 where the task is not overdue."""
    days = sheet.assessment.days_overdue
    return _FOUND[sheet.matter.ground].format(days=days, late=f"，已逾期{days}天" if days else "")


def requirements(sheet: Sheet) -> str:
    """What is wanted and until when, one line a request; a letter between equals asks, it does not order."""
    polite = sheet.matter.document is DocumentKind.INVITATION
    words = {
        "by": f"{'请' if polite else ''}于{reply_by(sheet.report)}",
        "next": f"于{next_report_by(sheet.report)}",
        "tell": "函告" if polite else "书面报告",
        "liaison": sheet.addressee.name,
    }
    lines = [text.format(**words) for text in _ASKED[sheet.matter.ground]]
    if len(lines) == 1:
        return f"{lines[0]}。"
    return "\n".join(f"{_NUMBERS[number]}{line}。" for number, line in enumerate(lines))
