"""Tables: totals equal sums, nothing is counted twice, submitted text is escaped."""

from collections import Counter
from collections.abc import Callable, Mapping
from html import escape

import pytest
from builders import closed, declared, entry, extended, reopened, returned, submission, task

from yuechi_report.domain.deadline import Ongoing, OngoingMode
from yuechi_report.page.headlines import SIGN_WORDS
from yuechi_report.page.table import Table
from yuechi_report.report.context import CIRCULAR, Report
from yuechi_report.report.county import page_one, tallies, tasks, unfinished
from yuechi_report.report.rows import submission_frame, tally_frame
from yuechi_report.report.status_table import STATUS_COLUMNS
from yuechi_report.report.unit import pages
from yuechi_report.report.words.statuses import FIXED_GROUPS, OTHER_GROUPS, counted

Make = Callable[..., Report]
QUARTERS = ("2024Q3", "2024Q4", "2025Q1")
ADVANCE = Ongoing(OngoingMode.ADVANCE)


def column(table: Table, key: str) -> list[object]:
    """The values of one column."""
    index = next(number for number, one in enumerate(table.columns) if one.key == key)
    return [row[index].value for row in table.rows]


def texts(table: Table, key: str) -> list[str]:
    """What is read in one column."""
    index = next(number for number, one in enumerate(table.columns) if one.key == key)
    return [row[index].text for row in table.rows]


def numbers(table: Table, row: int) -> list[int]:
    """The counts of one row, left to right."""
    return [cell.value for cell in table.rows[row] if isinstance(cell.value, int)]


@pytest.mark.parametrize("quarter", QUARTERS)
@pytest.mark.parametrize("name", ["by_category", "by_unit"])
def test_total_row_is_the_sum_of_the_rows(example: Mapping[str, Report], quarter: str, name: str) -> None:
    """Every column of the tallies adds up to its total, zero counts included."""
    table = getattr(tallies, name)(example[quarter])
    rows = [numbers(table, row) for row in range(len(table.rows) - 1)]
    assert [sum(column) for column in zip(*rows, strict=True)] == numbers(table, -1)


@pytest.mark.parametrize("quarter", QUARTERS)
@pytest.mark.parametrize("name", ["by_category", "by_unit"])
def test_kinds_of_a_row_add_up_to_its_tasks(example: Mapping[str, Report], quarter: str, name: str) -> None:
    """Settled, running, waiting, watched and overdue are all the tasks of a row, each once."""
    table = getattr(tallies, name)(example[quarter])
    found = [numbers(table, row)[:6] for row in range(len(table.rows))]
    assert [sum(row[1:]) for row in found] == [row[0] for row in found]


@pytest.mark.parametrize("quarter", QUARTERS)
def test_tallies_by_category_and_by_unit_have_one_total(example: Mapping[str, Report], quarter: str) -> None:
    """37 tasks however they are grouped; ten categories, twenty units."""
    categories, units = tallies.by_category(example[quarter]), tallies.by_unit(example[quarter])
    assert numbers(categories, -1) == numbers(units, -1)[:6]
    assert (numbers(units, -1)[0], len(categories.rows), len(units.rows)) == (37, 11, 21)


def test_shared_task_counts_once_with_its_first_lead(make: Make) -> None:
    """Countersigning and cooperating are counted apart; a unit without a task of its own has a row."""
    shared = task(number=1, lead_units=("县人力资源和社会保障局", "县公安局"), cooperating_units=("县医保局",))
    table = tallies.by_unit(make((shared, task(number=2, lead_units=("县公安局",)))))
    rows = dict(zip(texts(table, "stub"), (numbers(table, row) for row in range(4)), strict=True))
    assert {name: (row[0], *row[-2:]) for name, row in rows.items()} == {
        "县人社局": (1, 0, 0),
        "县公安局": (1, 1, 0),
        "县医保局": (0, 0, 1),
        "合计": (2, 1, 1),
    }


@pytest.mark.parametrize("quarter", QUARTERS)
def test_summaries_count_the_status_frame(example: Mapping[str, Report], quarter: str) -> None:
    """Page one's two tables add up, and group what the status frame says, task by task."""
    report = example[quarter]
    fixed = numbers(page_one.fixed_summary(report), 0)
    other = numbers(page_one.other_summary(report), 0)
    frame = report.frame()
    is_fixed = frame["class"] == "限时类"
    by_headline = Counter(frame[is_fixed]["headline"])
    shown = dict(zip([one.title for one in page_one.fixed_summary(report).columns][1:-1], fixed[:-1], strict=True))
    merged = by_headline["已终止"] + by_headline["已转出"]
    assert (sum(fixed[:-1]), sum(other[:-1])) == (fixed[-1], other[-1])
    assert (fixed[-1], other[-1]) == (int(is_fixed.sum()), int((~is_fixed).sum()))
    assert shown == {**by_headline, **({"已终止": merged} if merged else {})}


def test_summaries_of_2024q4(example: Mapping[str, Report]) -> None:
    """15 and 22 as in the stories, with last quarter's in brackets."""
    rows = []
    for table in (page_one.fixed_summary(example["2024Q4"]), page_one.other_summary(example["2024Q4"])):
        titles = [one.title for one in table.columns]
        rows.append(dict(zip(titles, [cell.shown for cell in table.rows[0]], strict=True)))
    assert rows == [
        {
            "限时任务": "本季（上季）",
            "已销号": "6（0）",
            "待核验": "3（1）",
            "延期在办": "1（0）",
            "到期受上级制约": "2（0）",
            "逾期未完成": "3（0）③",
            "合计": "15①②",
        },
        {
            "其他任务": "本季（上季）",
            "正常": "17（16）",
            "已销号": "2（0）",
            "无实质进展": "1（0）",
            "未报送": "1（0）",
            "申请调整": "1（1）",
            "合计": "22①",
        },
    ]


def test_summary_without_a_quarter_before_has_no_brackets(make: Make) -> None:
    """A first report stands alone; the only note is on how days count."""
    table = page_one.fixed_summary(make((task(),), entry()))
    assert [cell.shown for cell in table.rows[0]] == ["本季", "1①", "1"]


@pytest.mark.parametrize("quarter", QUARTERS)
def test_every_headline_belongs_to_exactly_one_group(example: Mapping[str, Report], quarter: str) -> None:
    """No task is lost between the groups of a sentence, and none counted twice."""
    report = example[quarter]
    for groups, found in ((FIXED_GROUPS, report.fixed), (OTHER_GROUPS, report.others)):
        assert sum(number for _, number in counted(groups, found)) == len(found)


@pytest.mark.parametrize("quarter", QUARTERS)
def test_rule_counts_add_up_to_all_tasks(example: Mapping[str, Report], quarter: str) -> None:
    """The annex lists every headline in use, once."""
    table = tallies.rule_counts(example[quarter])
    assert (sum(numbers(table, row)[0] for row in range(len(table.rows))), len(set(column(table, "headline")))) == (
        37,
        len(table.rows),
    )


def test_no_overdue_task_is_an_empty_table(make: Make) -> None:
    """The heading already says that there is none."""
    table = page_one.overdue(make((task(),), closed()))
    assert (table.rows, table.to_html()) == ((), "<p></p>")


@pytest.mark.parametrize(
    ("count", "rows", "heading"),
    [
        (1, 1, "## 三、逾期1项（拟限1月20日前回复）"),
        (6, 6, "## 三、逾期6项（拟限1月20日前回复）"),
        (7, 6, "## 三、逾期7项（先列6项，其余见第七部分；拟限1月20日前回复）"),
    ],
)
def test_at_most_six_overdue_tasks_are_shown(make: Make, count: int, rows: int, heading: str) -> None:
    """The heading says where the others stand, and the full table has them all."""
    report = make(tuple(task(number=number) for number in range(1, count + 1)))
    assert column(page_one.overdue(report), "task_no") == list(range(1, rows + 1))
    assert page_one.overdue_heading(report).markdown == heading
    assert column(unfinished.overdue_in_full(report), "task_no") == list(range(1, count + 1))


def test_many_overdue_tasks_take_one_line_each(make: Make) -> None:
    """With more than four, the reason is what the office did last, a short clause, or where it stands in full."""
    both = tuple(task(number=number) for number in range(1, 6))
    records = (
        declared(task_no=1),
        returned(task_no=1),
        entry(task_no=2, issues="资金未落实，三次会商没有结果。"),
        entry(task_no=3, issues="改造资金来源和承建单位在三家之间尚未商定"),
    )
    assert texts(page_one.overdue(make(both, *records)), "reason")[:3] == ["退回补正", "资金未落实", "详见第七部分"]


def test_overdue_row_tells_days_reason_and_proposal(make: Make) -> None:
    """For the leaders with the document to be sent, for the units what is required."""
    records = (declared(task_no=1), closed(task_no=1), reopened("2025-01-03", task_no=1))
    found = []
    for edition in ({}, {"edition": CIRCULAR}):
        table = page_one.overdue(make((task(number=1),), *records, **edition))
        found.append([table.columns[-1].title, *(cell.text for cell in table.rows[0])])
    row = ["1", "社保卡“一卡一码通”", "县人社局", "6天", "1月3日回访发现问题，重新挂账"]
    assert found == [
        ["拟办", *row, "发督办单，完成整改"],
        ["要求", *row, "完成整改"],
    ]


def test_branch_of_a_higher_level_gets_an_invitation(make: Make) -> None:
    """A 商请函, not a 督办单."""
    table = page_one.overdue(make((task(number=1, lead_units=("县税务局",)),)))
    assert texts(table, "proposal") == ["发商请函，报完成日期"]


def test_units_table_tells_when_each_reported(make: Make) -> None:
    """The day of receipt and the state; a unit that only helps owes nothing."""
    both = (task(number=1), task(number=2, lead_units=("县公安局",), cooperating_units=("县医保局",)))
    table = tallies.by_unit(make(both, submission("2024-12-23"), entry("2024-12-23", task_no=1)))
    assert dict(
        zip(texts(table, "stub"), zip(texts(table, "received_on"), texts(table, "state"), strict=True), strict=True)
    ) == {
        "县人社局": ("12月23日", "迟报"),
        "县公安局": ("—", "未报送"),
        "县医保局": ("—", "—"),
        "合计": ("—", "—"),
    }


def test_submission_frame_adds_up_to_the_tasks_that_owe(example: Mapping[str, Report]) -> None:
    """Sixteen filling units; exempt tasks are not counted."""
    report = example["2024Q4"]
    frame = submission_frame(report)
    owing = [one for one in report.assessments if one.discipline.value != "exempt"]
    assert (len(frame), int(frame["tasks"].sum())) == (16, len(owing))
    assert Counter(frame["state"]) == {"按时": 13, "迟报": 2, "未报送": 1}


def test_status_frame_has_the_contracts_columns(example: Mapping[str, Report]) -> None:
    """The columns of the status CSV, in order; one row a task in the register's order."""
    frame = example["2024Q4"].frame()
    assert list(frame.columns) == list(STATUS_COLUMNS)
    assert list(frame["task_no"]) == [task.number for task in example["2024Q4"].scope.register]


def test_status_row_is_whole(make: Make) -> None:
    """Readers' words, ISO dates, numbers as numbers."""
    said = entry(percent=63.0)
    [row] = make((task(),), said, extended()).frame().to_dict("records")
    assert row == {
        "notice": "n-2024",
        "quarter": "2024Q4",
        "task_no": 10,
        "title": "推进社保卡“一卡一码通”",
        "class": "限时类",
        "lead_units": "县人力资源和社会保障局",
        "deadline_raw": "2024年12月",
        "due_date": "2024-12-31",
        "effective_due_date": "2025-03-31",
        "headline": "延期在办",
        "suffix": "",
        "reported": "推进中",
        "verified": "未核验",
        "time_state": "未到期",
        "pace": "不可比",
        "discipline": "按时",
        "percent_complete": 63.0,
        "days_overdue": 0,
        "completed_on": "",
        "reason": "经批准延期，未到新时限（2024年12月24日准予延期）",
    }


def test_tally_frame_has_one_row_a_task(example: Mapping[str, Report]) -> None:
    """What the tallies are counted from."""
    frame = tally_frame(example["2024Q4"])
    assert (list(frame.columns), len(frame)) == (["task_no", "category_no", "category", "unit", "headline"], 37)


def test_closed_since_the_last_report_are_listed(make: Make) -> None:
    """A task closed before the last report's day is not news."""
    both = (task(number=1), task(number=2))
    records = (closed("2024-10-15", "2024-10-10", task_no=1), closed("2024-10-16", "2024-10-10", task_no=2))
    table = tasks.closed(make(both, *records, earlier=True))
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["2", "社保卡“一卡一码通”", "县人社局", "10月10日\n按期", "经核对属实"]
    ]


def test_nothing_closed_is_a_sentence(make: Make) -> None:
    """An empty list reads well."""
    assert tasks.closed(make((task(),), entry())).to_html() == "<p>本季没有销号任务。</p>"


@pytest.mark.parametrize("quarter", QUARTERS)
def test_lists_and_annex_hold_every_task_once(example: Mapping[str, Report], quarter: str) -> None:
    """The annex has all 37, the list of the others those without a fixed deadline."""
    report = example[quarter]
    assert column(tasks.register_annex(report), "task_no") == list(range(1, 38))
    assert sorted(column(tasks.ongoing(report), "task_no"), key=int) == [  # type: ignore[call-overload]
        one.task_no for one in report.others
    ]


def test_legend_explains_every_sign(make: Make) -> None:
    """Readable in black and white: each sign with its word."""
    [note] = tasks.register_annex(make((task(),))).notes
    assert note == "图例：" + "　".join(
        f"{sign}{word}" for sign, word in zip("●◐○△×", SIGN_WORDS.values(), strict=True)
    )


def test_submitted_text_is_escaped_in_tables(make: Make, hostile: str) -> None:
    """Progress, issues and reasons are shown as they are and never become elements."""
    text = "<b>粗</b>&<script>"
    both = (task(number=1), task(ADVANCE, number=2))
    records = (
        entry(task_no=1, progress=text, issues=text),
        entry(task_no=2, progress=text),
        closed(task_no=1, reason=text),
    )
    report = make(both, *records)
    for table in (tasks.register_annex(report), tasks.ongoing(report), tasks.closed(report)):
        html = table.to_html()
        assert (escape(text) in html, "<script" in html, "<b>" in html) == (True, False, False)
    unit = make(both, entry(task_no=1, progress=hostile), unit="县人力资源和社会保障局")
    assert "<script" not in pages.led_tasks(unit).to_html()
