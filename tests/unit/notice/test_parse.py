"""The shipped notice against its golden register and the counts of domain.md §1; days and titles of others."""

import csv
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from yuechi_report.domain.deadline import DueBy, Unresolved
from yuechi_report.errors import Place
from yuechi_report.notice.document import Document
from yuechi_report.notice.findings import Finding, Severity
from yuechi_report.notice.parse import Parsed, parse_notice, title_of
from yuechi_report.notice.register_row import row_of
from yuechi_report.notice.sources.read import document_of

ListOf = Callable[..., Document]

BY_DEADLINE = {
    ("2024年12月", "fixed", "2024-12-31"): [2, 6, 7, 9, 10, 11, 15, 16, 25, 28, 29, 30, 34],
    ("2024年6月", "fixed", "2024-06-30"): [27],
    ("2024年9月", "fixed", "2024-09-30"): [32],
    ("常态化持续实施", "ongoing", ""): [3, 4, 5, 12, 14, 17, 18, 35, 37],
    ("持续推进", "ongoing", ""): [19, 20, 21, 22, 23, 24, 26, 31, 33, 36],
    ("持续跟踪", "tracking", ""): [8],
    ("——", "none", ""): [1, 13],
}


def test_parse_equals_the_golden_register(parsed: Parsed, root: Path) -> None:
    """All ten columns of the register typed by a reader of the notice, for every task."""
    golden = root / "tests/golden/yuechi-2024/register.csv"
    with golden.open(encoding="utf-8-sig", newline="") as file:
        expected = list(csv.DictReader(file))
    assert [{column: row_of(task)[column] for column in expected[0]} for task in parsed.tasks] == expected


def test_deadlines_are_those_of_the_domain_table(parsed: Parsed) -> None:
    """Seven deadline texts, each with its kind, its day and exactly its tasks."""
    found: dict[tuple[str, str, str], list[int]] = {}
    for task in parsed.tasks:
        row = row_of(task)
        found.setdefault((task.deadline_raw, row["deadline_kind"], row["due_date"]), []).append(task.number)
    assert found == BY_DEADLINE


def test_units_are_counted_as_in_the_domain_text(parsed: Parsed) -> None:
    """18 leads, 39 leaderships, cooperation in seven tasks, 20 units; two units never lead."""
    leads = [name for task in parsed.tasks for name in task.lead_units]
    cooperating = [task.number for task in parsed.tasks if task.cooperating_units]
    units = {name for task in parsed.tasks for name in task.units}
    assert (len(set(leads)), len(leads), cooperating, len(units)) == (18, 39, [9, 10, 11, 12, 15, 26, 35], 20)
    assert units - set(leads) == {"县残联", "岳池金融监管支局"}


def test_the_frame_of_the_notice_is_read(parsed: Parsed) -> None:
    """Title over two lines, day of issue, base year, layout and ten categories."""
    assert (parsed.title, parsed.notice_date, parsed.base_year, parsed.layout, len(parsed.categories)) == (
        "岳池县贯彻落实《推进川渝公共服务一体化深化便捷生活行动事项（2024年版）》重点任务清单",
        date(2024, 9, 23),
        2024,
        "flat_table",
        10,
    )


def test_titles_end_at_the_first_full_stop(parsed: Parsed) -> None:
    """Quirk 8: 、 and closing quotation marks belong to the title."""
    titles = {task.number: task.title for task in parsed.tasks if task.number in {7, 10, 11, 20, 22}}
    assert titles == {
        7: "推进居住证信息互通、电子身份证（凭证）互认",
        10: "推进社保卡“一卡一码通”",
        11: "推进社会保险协同认证、参保证明互查互认",
        20: "推进高校师生“同上一门课”",
        22: "推进医院检查检验结果互认和医疗服务“一码通”",
    }


def test_the_only_finding_is_the_task_due_before_the_issue(parsed: Parsed) -> None:
    """Task 27 was due before the notice: flagged and said; nothing else in the notice is in doubt."""
    text = "任务（27）：完成时限2024-06-30早于印发日期"
    assert parsed.findings == (Finding(Severity.INFO, "due_before_issue", Place("notice.txt", line=154), text),)
    assert {task.number: task.flags for task in parsed.tasks if task.flags} == {27: ("due_before_issue",)}


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig"])
def test_encoding_and_line_ends_do_not_change_the_parse(document: Document, parsed: Parsed, encoding: str) -> None:
    """A GB18030 copy with CRLF line ends and no-break spaces gives the very same tasks and findings."""
    text = "\r\n".join(line.text.replace(" ", "\u00a0") for line in document.lines)
    assert parse_notice(document_of("notice.txt", text.encode(encoding))) == parsed


@pytest.mark.parametrize(
    ("text", "item", "title"),
    [
        ("推进服务。落实。", "", "推进服务"),
        ("推进服务。", "便民", "推进服务"),
        ("推进服务，落实", "便民", "便民"),
        ("推进服务，落实", "", "推进服务"),
        ("推进服务,落实", "", "推进服务"),
        ("推" * 40, "", "推" * 30),
    ],
)
def test_a_title_falls_back_in_order(text: str, item: str, title: str) -> None:
    """First full stop, else the item cell, else the first comma or thirty characters."""
    assert title_of(text, item) == title


ROW = ("（一）推进服务。", "9月底前", "县公安局", " ")


def test_an_inferred_year_is_flagged(list_of: ListOf) -> None:
    """A month without a year takes the title's, and says so."""
    (task,) = parse_notice(list_of(*ROW)).tasks
    assert (task.deadline, task.flags) == (DueBy(date(2024, 9, 30)), ("year_inferred",))


def test_a_title_of_another_year_wins_and_is_flagged(list_of: ListOf) -> None:
    """Issued in December 2024 for 2025: the title's year counts, task and list say that the years differ."""
    parsed = parse_notice(list_of(*ROW, front=("2024年12月30日", "附件", "2025年清单")))
    (task,) = parsed.tasks
    assert (task.deadline, task.flags) == (DueBy(date(2025, 9, 30)), ("year_inferred", "base_year_differs"))
    assert [finding.code for finding in parsed.findings] == ["base_year_differs"]


def test_without_title_year_and_issue_date_the_deadline_is_unresolved(list_of: ListOf) -> None:
    """No year anywhere: unresolved and an error, whatever today's date is."""
    parsed = parse_notice(list_of(*ROW, front=("重点任务清单",)))
    (task,) = parsed.tasks
    assert task.deadline == Unresolved("“9月底前”：没有写年份，清单标题和印发日期也没有给出年份")
    assert [(finding.severity, finding.code) for finding in parsed.findings] == [
        (Severity.ERROR, "deadline_unresolved")
    ]


def test_a_given_issue_date_goes_before_the_printed_one(list_of: ListOf) -> None:
    """`issued_on` decides what was due before the issue; the printed day stays reported."""
    parsed = parse_notice(list_of(*ROW), issued_on=date(2024, 10, 8))
    (task,) = parsed.tasks
    assert (parsed.notice_date, task.flags) == (date(2024, 9, 23), ("year_inferred", "due_before_issue"))
    assert [finding.code for finding in parsed.findings] == ["issue_date_differs", "due_before_issue"]


def test_a_task_due_on_the_day_of_issue_is_not_due_before_it(list_of: ListOf) -> None:
    """The due day is inclusive."""
    (task,) = parse_notice(list_of(*ROW), issued_on=date(2024, 9, 30)).tasks
    assert task.flags == ("year_inferred",)


def test_a_missing_cell_gives_an_unresolved_deadline_and_one_error(list_of: ListOf) -> None:
    """The missing cell is said once, by the layout."""
    parsed = parse_notice(list_of("（一）推进服务。", "县公安局", " ", *ROW))
    assert parsed.tasks[0].deadline == Unresolved("完成时限须人工确认")
    assert [finding.code for finding in parsed.findings] == ["deadline_missing", "number_repeated"]


def test_a_year_in_the_text_never_decides(list_of: ListOf) -> None:
    """A year in the task's text is prose (domain.md §4)."""
    (task,) = parse_notice(list_of("（一）推进2026年服务。", *ROW[1:])).tasks
    assert task.due == date(2024, 9, 30)


@pytest.mark.parametrize(
    ("last_line", "characters", "tasks", "codes"),
    [
        (39, 40, 3, ["text_unfinished", "deadline_missing", "lead_missing"]),
        (39, 1000, 3, ["deadline_missing", "lead_missing"]),
        (40, 1000, 3, ["lead_missing"]),
        (41, 1000, 3, ["units_cut"]),
        (53, 1000, 5, ["category_empty"]),
        (75, 1000, 10, ["units_cut"]),
    ],
)
def test_a_list_cut_off_in_the_middle_raises_doubts(
    document: Document, last_line: int, characters: int, tasks: int, codes: list[str]
) -> None:
    """Cut inside text, before or inside a cell, or after a heading: the tasks stay, what is missing is named."""
    lines = [line.text for line in document.lines[:last_line]]
    lines[-1] = lines[-1][:characters]
    parsed = parse_notice(document_of("cut.txt", "\n".join(lines).encode()))
    assert (len(parsed.tasks), [finding.code for finding in parsed.findings]) == (tasks, codes)


def spread(text: str, sign: str, every: int = 3) -> str:
    """The text with a sign after every so many characters of a line."""
    lines = text.split("\n")
    return "\n".join(sign.join(line[start : start + every] for start in range(0, len(line), every)) for line in lines)


RADICALS = str.maketrans("一人大小工月日用文行车门食长见青", "⼀⼈⼤⼩⼯⽉⽇⽤⽂⾏⻋⻔⾷⻓⻅⻘")
FROM_A_PDF: dict[str, Callable[[str], str]] = {
    "radicals": lambda text: text.translate(RADICALS),
    "radicals Unicode has no mapping for": lambda text: text.replace("民", "⺠"),
    "strokes": lambda text: text.replace("一", "㇐"),
    "zero-width spaces": lambda text: spread(text, "\u200b"),
    "joiners": lambda text: spread(text, "\u2060", 7),
    "soft hyphens": lambda text: spread(text, "\u00ad", 2),
    "marks in the middle": lambda text: spread(text, "\ufeff", 11),
    "no-break spaces": lambda text: spread(text.replace("2024年", "2024\u00a0年\u00a0"), "", 9).replace(
        "公安", "公\u00a0安"
    ),
    "thin spaces": lambda text: text.replace("月", "\u2009月\u2009"),
    "compatibility ideographs": lambda text: text.replace("行", "\ufa08").replace("度", "\ufa01"),
    "turned and back": lambda text: spread(text, "\u202a\u202c", 20),
    "empty cells of nothing visible": lambda text: text.replace("\n \n", "\n\u200b\n"),
}


@pytest.mark.parametrize("change", FROM_A_PDF.values(), ids=FROM_A_PDF)
def test_notice_copied_from_a_pdf_is_the_same_notice(root: Path, parsed: Parsed, change: Callable[[str], str]) -> None:
    """Tasks, days and units as in the plain text, and one finding that says why characters look odd."""
    text = (root / "data/notices/yuechi-2024/notice.txt").read_text(encoding="utf-8")
    copied = parse_notice(document_of("notice.txt", change(text).encode()), issued_on=date(2024, 9, 23))
    assert [row_of(task) for task in copied.tasks] == [row_of(task) for task in parsed.tasks]
    odd = [finding for finding in copied.findings if finding.code == "odd_characters"]
    assert (len(odd), [finding for finding in copied.findings if finding not in odd]) == (1, list(parsed.findings))
