"""What waits for this office, and 下一步安排: what is to happen by when, in the shipped example's quarters."""

from collections.abc import Mapping

import pytest

from yuechi_report.report.context import Report
from yuechi_report.report.county.office import next_steps

STEPS = {
    "2024Q3": [
        "10月29日前：任务16、36补报进展情况。",
        "10月29日前：办结本室待办6项（自报完成待核验、自报已实现待核实、申请调整待定）。",
        "12月20日前：报送四季度进展情况。",
        "12月31日：任务2、6、7、9、10、11、15、16等13项到期；需延期的，到期前书面申请。",
    ],
    "2025Q1": [
        "3月31日：复核任务7受上级制约情况，过期未复核的自动失效。",
        "4月15日前：督办文书发出后，任务16书面报告整改情况和完成日期。",
        "4月15日前：办结本室待办1项（自报完成待核验）。",
        "4月15日：复核任务29受上级制约情况，过期未复核的自动失效。",
        "6月20日前：报送二季度进展情况。",
        "6月30日：任务25到期；需延期的，到期前书面申请。",
    ],
}


@pytest.mark.parametrize("quarter", STEPS)
def test_each_step_stands_at_its_day(example: Mapping[str, Report], quarter: str) -> None:
    """By day; what waits for this office in the order of its own list."""
    rows = next_steps(example[quarter]).rows
    assert [f"{by.text}：{step.text}" for by, step, _ in rows] == STEPS[quarter]


def test_rules_that_did_not_change_keep_their_code(example: Mapping[str, Report]) -> None:
    """The working days of 2025 came out in November 2024; the rules of the three quarters are the same."""
    assert len({report.scope.policy_digest for report in example.values()}) == 1
    assert len({report.scope.policy.calendar for report in example.values()}) == 2
