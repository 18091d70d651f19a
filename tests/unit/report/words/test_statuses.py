"""The words of statuses: groups that miss nothing."""

from collections.abc import Mapping

import pytest

from yuechi_report.report.context import Report
from yuechi_report.report.words.statuses import FIXED_GROUPS, OTHER_GROUPS, counted

QUARTERS = ("2024Q3", "2024Q4", "2025Q1")


@pytest.mark.parametrize("quarter", QUARTERS)
def test_every_headline_belongs_to_exactly_one_group(example: Mapping[str, Report], quarter: str) -> None:
    """No task is lost between the groups of a sentence, and none counted twice."""
    report = example[quarter]
    for groups, found in ((FIXED_GROUPS, report.fixed), (OTHER_GROUPS, report.others)):
        assert sum(number for _, number in counted(groups, found)) == len(found)
