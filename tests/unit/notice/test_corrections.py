from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from yuechi_report.domain.deadline import DueBy, NoDeadline, Unresolved
from yuechi_report.domain.register import Task
from yuechi_report.errors import InputRefused
from yuechi_report.notice.corrections import RegisterEdit, apply_corrections, read_corrections

ISSUED_ON = date(2024, 9, 23)
UNCLEAR = Task(
    1,
    1,
    "甲",
    "推进",
    "推进。",
    "2024年6月前",
    Unresolved("不明"),
    ("县公安局",),
    flags=("ambiguous",),
    source_lines=(3, 5),
)
PLAIN = Task(2, 1, "甲", "办事", "办事。", "——", NoDeadline(), ("县民政局",))
TASKS = (UNCLEAR, PLAIN)


def correction(field: str, value: str, task_no: int = 1) -> RegisterEdit:
    """A correction with its reason, whoever confirmed it."""
    return RegisterEdit(
        task_no=task_no,
        field=field,
        value=value,
        reason="与原件核对",
        confirmed_by="某股室",
        confirmed_on=date(2024, 10, 8),
    )


def refused(*corrections: RegisterEdit, tasks: tuple[Task, ...] = TASKS) -> list[str]:
    """The problems of corrections that cannot be applied."""
    with pytest.raises(InputRefused) as error:
        apply_corrections(tasks, corrections, issued_on=ISSUED_ON)
    assert {fault.place.file for fault in error.value.faults} == {"corrections.yml"}
    return [fault.problem for fault in error.value.faults]


def test_no_correction_changes_nothing(folder: Path) -> None:
    """The shipped list is empty, and an empty list leaves every task as it is."""
    assert read_corrections(folder / "corrections.yml") == ()
    assert apply_corrections(TASKS, (), issued_on=ISSUED_ON) == TASKS


def test_a_deadline_is_settled_by_two_cells() -> None:
    """Kind and day together make an unresolved deadline fixed; the phrase stays as printed, the task is flagged."""
    corrections = (correction("deadline_kind", "fixed"), correction("due_date", "2024-11-30"))
    settled = replace(UNCLEAR, deadline=DueBy(date(2024, 11, 30)), flags=("ambiguous", "corrected"))
    once = apply_corrections(TASKS, corrections, issued_on=ISSUED_ON)
    assert once == (settled, PLAIN)
    assert apply_corrections(once, corrections, issued_on=ISSUED_ON) == once


def test_a_corrected_day_before_the_issue_is_flagged_anew() -> None:
    """`due_before_issue` follows the corrected day, in both directions."""
    early = (correction("deadline_kind", "fixed"), correction("due_date", "2024-05-31"))
    (task, _) = apply_corrections(TASKS, early, issued_on=ISSUED_ON)
    assert task.flags == ("ambiguous", "due_before_issue", "corrected")
    (task, _) = apply_corrections((task, PLAIN), (correction("due_date", "2024-12-31"),), issued_on=ISSUED_ON)
    assert task.flags == ("ambiguous", "corrected")


def test_units_and_texts_are_written_as_in_the_register() -> None:
    """Names are joined by semicolons; other tasks stay untouched."""
    corrections = (correction("lead_units", "县民政局;县残联", 2), correction("title", "办好事", 2))
    assert apply_corrections(TASKS, corrections, issued_on=None) == (
        UNCLEAR,
        replace(PLAIN, lead_units=("县民政局", "县残联"), title="办好事", flags=("corrected",)),
    )


def test_corrections_that_fit_nothing_are_refused_together() -> None:
    """An unknown task, a cell corrected twice and a value that makes no row, in one error."""
    problems = refused(
        correction("title", "甲", 9),
        correction("title", "乙"),
        correction("title", "丙"),
        correction("due_date", "十月", 2),
    )
    assert problems == [
        "登记表里有0个任务编号为（9）",
        "任务（1）的title更正了两次",
        "更正后任务（2）的due_date“十月”不符合要求",
    ]


def test_a_repeated_task_number_cannot_be_corrected() -> None:
    """Which of two tasks is meant is never guessed."""
    assert refused(correction("title", "乙"), tasks=(UNCLEAR, UNCLEAR)) == ["登记表里有2个任务编号为（1）"]


RECORD = """
- task_no: 27
  field: due_date
  value: 2024-12-31
  reason: 与原件核对
  confirmed_by: 某股室
  confirmed_on: 2024-10-08
"""


def test_records_are_read(tmp_path: Path) -> None:
    """Six keys make a correction; a day needs no quotation marks."""
    path = tmp_path / "corrections.yml"
    path.write_text(RECORD, encoding="utf-8")
    assert read_corrections(path) == (correction("due_date", "2024-12-31", 27),)


@pytest.mark.parametrize(
    ("before", "after", "problem"),
    [
        ("field: due_date", "field: deadline", "第1条的字段“deadline”不能更正"),
        ("field: due_date", "field: task_no", "第1条的字段“task_no”不能更正"),
        ("field: due_date", "field: flags", "第1条的字段“flags”不能更正"),
        ("  reason: 与原件核对\n", "", "第1条“reason”缺少必填项"),
        ("reason: 与原件核对", "reason: ' '", "第1条“reason”取值不符合要求（不能为空）"),
        ("task_no: 27", "task_no: 二十七", "第1条“task_no”取值不符合要求（应为整数）"),
        ("task_no: 27", "task_no: 27\n  note: x", "第1条“note”是不认识的项"),
    ],
)
def test_faulty_records_are_refused(tmp_path: Path, before: str, after: str, problem: str) -> None:
    """An unknown field, a missing reason and a malformed value are named by record and key."""
    path = tmp_path / "corrections.yml"
    path.write_text(RECORD.replace(before, after), encoding="utf-8")
    with pytest.raises(InputRefused) as error:
        read_corrections(path)
    assert [fault.problem for fault in error.value.faults] == [problem]


def test_a_file_that_is_no_list_is_refused(tmp_path: Path) -> None:
    """An empty file is not an empty list."""
    path = tmp_path / "corrections.yml"
    path.write_text("# nothing\n", encoding="utf-8")
    with pytest.raises(InputRefused, match="整个文件取值不符合要求（应为列表）"):
        read_corrections(path)
