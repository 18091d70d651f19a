"""What a county leader must settle, and what the units are asked instead; outside text is escaped."""

from collections.abc import Callable

from builders import (
    blocked,
    closed,
    entry,
    submission,
    task,
)
from report_parts import fixed, ongoing

from yuechi_report.report.context import CIRCULAR, Report
from yuechi_report.report.county import leaders

Make = Callable[..., Report]


def test_no_matter_for_the_leaders_is_a_sentence(make: Make) -> None:
    """The heading stands without a number."""
    report = make(fixed(1), closed(task_no=1))
    assert leaders.matters_or_requirements(report).markdown == (
        "## 二、需县领导研究的事\n\n本季无须提请县领导研究的事项。"
    )


def test_matter_tells_where_it_is_stuck_and_who_should_act(make: Make) -> None:
    """What a unit asks of the county about an overdue task."""
    said = entry(task_no=1, issues="出资单位未定。", coordination="请县政府1月17日前明确出资单位。")
    assert leaders.matters_or_requirements(make(fixed(1), said)).markdown == (
        "## 二、需县领导研究的事（1件）\n\n"
        "**社保卡“一卡一码通”（任务1，县人社局）**。出资单位未定。请县政府1月17日前明确出资单位。"
    )


def test_at_most_three_matters_are_shown(make: Make) -> None:
    """A fourth waits; the overdue come first."""
    said = [entry(task_no=number, issues="卡住。", coordination="请县政府协调。") for number in (1, 2, 3, 4)]
    found = leaders.matters_or_requirements(make(fixed(1, 2, 3, 4), *said)).markdown
    assert (found.split("\n\n")[0], found.count("（任务")) == (
        "## 二、需县领导研究的事（4件，先列3件，其余见第七部分）",
        3,
    )


def test_blocked_tasks_are_one_matter(make: Make) -> None:
    """The bodies of all of them, each once, and the first of their review days."""
    records = (blocked(task_no=1), blocked(task_no=2, review_on="2025-03-25"))
    assert leaders.matters_or_requirements(make(fixed(1, 2), *records)).markdown == (
        "## 二、需县领导研究的事（1件）\n\n"
        "**社保卡“一卡一码通”（任务1）、社保卡“一卡一码通”（任务2）**。"
        "已认定受上级制约。建议3月20日前以县政府名义函商广安市民政局。"
    )


def test_submitted_text_is_escaped_in_a_matter(make: Make, hostile: str, escaped: str) -> None:
    """Issues and requests of a unit are shown as they are, never as markup."""
    said = entry(task_no=1, issues=hostile, coordination="请县政府协调。")
    assert f"**。{escaped}。请县政府协调。" in leaders.matters_or_requirements(make(fixed(1), said)).markdown


def test_title_of_the_notice_is_escaped_in_a_matter(make: Make) -> None:
    """A title with markup signs stays a title."""
    odd = task(number=1, title="推进<b>*一卡*")
    said = entry(task_no=1, issues="卡住。", coordination="请县政府协调。")
    found = leaders.matters_or_requirements(make((odd,), said)).markdown
    assert r"**\<b\>\*一卡\*（任务1，县人社局）**" in found


def test_units_edition_asks_instead_of_submitting_matters(make: Make) -> None:
    """Overdue, missing, missing in part and blocked: one requirement each, with its day; nothing undecided."""
    report = make((*fixed(1, 2), *ongoing(3)), entry(task_no=1), submission(), blocked(task_no=2), edition=CIRCULAR)
    assert leaders.matters_or_requirements(report).markdown.split("\n\n") == [
        "## 二、下一步要求",
        "1\\.**逾期任务限期整改**。牵头单位1月20日前书面报告整改情况和完成日期。",
        "2\\.**未报送单位补报**。县公安局于1月20日前补报本季度情况。",
        "3\\.**补齐未报的任务**。县人社局（1项未报）于1月20日前补报。",
        "4\\.**受上级制约的继续对接**。任务2在复核日前至少对接一次并书面报告。",
        "5\\.**按时报送下季度情况**。各牵头单位于3月20日前报送，已销号任务不再报送。",
    ]


def test_units_edition_without_faults_only_asks_for_the_next_report(make: Make) -> None:
    """Nothing overdue, missing or blocked leaves one requirement."""
    report = make(fixed(1), closed("2024-12-20", "2024-12-16", task_no=1), edition=CIRCULAR)
    assert leaders.matters_or_requirements(report).markdown.split("\n\n")[1:] == [
        "**按时报送下季度情况**。各牵头单位于3月20日前报送，已销号任务不再报送。"
    ]


def test_many_overdue_without_a_request_are_one_matter(make: Make) -> None:
    """57 overdue and nobody asks: the leaders hear of all of them; of a few where to find them."""
    many = leaders.matters_or_requirements(make(fixed(*range(1, 58)))).markdown
    assert many == (
        "## 二、需县领导研究的事（1件）\n\n**逾期任务57项，涉及1家牵头单位**。"
        "最长的逾期6天（任务1，县人社局）。建议由县政府领导集中调度，1月20日前逐项明确完成日期。"
    )
    assert leaders.matters_or_requirements(make(fixed(1, 2))).markdown.endswith(
        "本季各单位没有提请县领导研究的事项；逾期2项见第三部分。"
    )


def test_task_reviewed_on_the_day_itself_is_met_about_at_once(make: Make) -> None:
    """在复核日前 is no longer possible on the review day."""
    records = (blocked(task_no=1, review_on="2025-01-06"), blocked(task_no=2))
    found = leaders.matters_or_requirements(make(fixed(1, 2), *records, edition=CIRCULAR)).markdown
    assert "任务2在复核日前至少对接一次并书面报告；任务1今日复核，即日对接并书面报告。" in found
    alone = leaders.matters_or_requirements(make(fixed(1), records[0], edition=CIRCULAR)).markdown
    assert ("在复核日前" in alone, "任务1今日复核，即日对接并书面报告。" in alone) == (False, True)
