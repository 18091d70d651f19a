"""Reasons in words: every rule has a sentence, decisions are told with their day."""

from collections.abc import Callable

import pytest
from builders import Record, blocked, closed, decision, declared, entry, judged, reopened, returned, submission, task

from yuechi_report.domain.progress import Action, Reported
from yuechi_report.domain.rules import RULES
from yuechi_report.report.context import Report
from yuechi_report.report.county.annexes import method
from yuechi_report.report.county.attention import attention_lines
from yuechi_report.report.words.statuses import RULE_TEXTS, overdue_proposal, overdue_reason, reason_text

Make = Callable[..., Report]
case = pytest.param
WAITS_ABOVE = entry(reported=Reported.AWAITING_UPPER, issues="")


def test_every_rule_has_its_sentence() -> None:
    """No rule without words, no words without a rule."""
    assert set(RULE_TEXTS) == {rule.id for rules in RULES.values() for rule in rules}


@pytest.mark.parametrize(
    ("records", "text"),
    [
        case((entry(),), "已过时限未完成（时限2024年12月31日）", id="overdue: its date"),
        case((closed(),), "已核验销号（2024年12月26日核验通过销号）", id="closed: its decision"),
        case((blocked(),), "已过时限，经认定受上级制约，未过复核日（2024年12月30日认定待上级）", id="blocked"),
        case((declared(),), "牵头单位自报完成并附佐证，尚待核验", id="declared: the rule alone"),
        case((reopened(),), "已过时限未完成（2025年1月3日重新挂账）", id="reopened"),
    ],
)
def test_reason_is_the_rule_with_what_it_rests_on(records: tuple[Record, ...], text: str) -> None:
    """A decision with its day, else the date that was missed."""
    assert reason_text(judged(*records)) == text


@pytest.mark.parametrize(
    ("records", "reason", "wanted"),
    [
        case((declared(), returned()), "自报完成缺佐证，12月26日退回补正", "补报佐证", id="returned"),
        case((declared(evidence=()),), "自报完成，未附佐证", "补报佐证", id="no evidence"),
        case((WAITS_ABOVE,), "自报待上级，未附请示件，未予认定", "补报请示件", id="not recognised"),
        case((closed(), reopened()), "1月3日回访发现问题，重新挂账", "完成整改", id="reopened"),
        case(
            (entry("2025-01-03", Reported.EXTENSION_REQUESTED), decision(Action.REFUSE_EXTENSION, "2025-01-06")),
            "过期后申请延期，1月6日不予延期",
            "报完成日期",
            id="asked too late",
        ),
        case((entry(issues="终端不足。"),), "终端不足。", "报完成日期", id="what the unit says"),
        case((), "未说明原因", "报完成日期", id="nothing said"),
    ],
)
def test_overdue_row_has_reason_and_proposal(records: tuple[Record, ...], reason: str, wanted: str) -> None:
    """What the office did, else what the unit says; and what is wanted until when."""
    one = judged(*records)
    assert (overdue_reason(one), overdue_proposal(one, "1月20日")) == (reason, f"1月20日前{wanted}")


def test_attention_lists_what_needs_a_person(make: Make) -> None:
    """One line a kind, in order of urgency, then the units that did not report."""
    tasks = (task(number=1), task(number=2), task(number=3), task(number=4, lead_units=("县公安局",)))
    report = make(tasks, submission(), entry(task_no=1), entry(task_no=2), declared(task_no=3), closed(task_no=4))
    assert attention_lines(report) == (
        "逾期未完成2项（任务1、2）",
        "待核验1项（任务3）",
        "未收到报送1家（县公安局）",
    )


def test_nothing_needs_a_person(make: Make) -> None:
    """No lines where there is nothing to do."""
    assert attention_lines(make((task(number=1),), closed("2024-12-20", task_no=1))) == ()


def test_method_tells_the_thresholds_in_force(make: Make) -> None:
    """Numbers in the annex are read from the policy, hashes from the scope."""
    report = make((task(),), entry())
    paragraphs = method(report).markdown.split("\n\n")
    assert [text.split("\\. ")[0] for text in paragraphs] == [str(number) for number in range(1, 9)]
    assert ("不超过90日" in paragraphs[5], "30日以内" in paragraphs[6]) == (True, True)
    assert f"规则校验码{report.scope.policy_digest[:8]}，数据校验码{report.scope.digest[:8]}。" in paragraphs[7]
