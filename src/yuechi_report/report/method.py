"""The annex on method: how statuses are judged, with the thresholds in force and the hashes of rules and data."""

from yuechi_report.page.labels import date_label
from yuechi_report.page.prose import Prose, escape_markdown
from yuechi_report.report.context import Report


def method(report: Report) -> Prose:
    """Numbered paragraphs; every number in them is read from the policy."""
    return Prose(
        markdown="\n\n".join(f"{number}\\. {text}" for number, text in enumerate(_paragraphs(report), start=1))
    )


def _paragraphs(report: Report) -> list[str]:
    scope, policy = report.scope, report.scope.policy
    notice = scope.register.notice
    return [
        escape_markdown(
            f"依据：{notice.title}，{notice.issuer}{date_label(notice.issued_on)}印发。任务、时限和单位以通知原文为准，经批准调整的另行列明。"
        ),
        f"判定日：{date_label(scope.as_of)}。只使用{date_label(scope.known_at.date())}及以前登记的材料。",
        "状态：限时任务按时限判定，其他任务按类别判定，“逾期”只用于限时任务。",
        "时限：时限为月份的，以该月最后一日为准，次日起计逾期；通知时限早于印发日的，不计逾期。",
        "销号：单位自报完成并附佐证（名称及文号或日期）的列待核验，完成日期由本室核验认定；自报完成缺佐证的，不改变逾期状态。",
        f"受上级制约：须有上级单位和环节、本县去函、复核日（不超过{policy.days_block_review}日），经本室认定；过复核日自动失效。",
        f"延期和临期：延期须在到期前提出并经批准，原时限保留在册。距时限{policy.days_due_soon}日以内的列临期。",
        f"版本：判定规则第{policy.version}版，规则校验码{scope.policy_digest[:8]}，数据校验码{scope.digest[:8]}。",
    ]
