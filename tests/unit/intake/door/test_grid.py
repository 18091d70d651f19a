"""Opening a file from outside: bounded, whole, and with every cell as its sheet shows it."""

import datetime as dt
from pathlib import Path

import pytest
import xlsxwriter
from broken import GOOD, csv_of, csv_row, good

from yuechi_report.intake.door.package import FileLimits
from yuechi_report.intake.door.sensitive import ContentStopped
from yuechi_report.intake.door.workbook import read_sheet, receive_sheet
from yuechi_report.intake.form.columns import FORM


def test_bounded_child_gives_the_same_as_reading_here(tmp_path: Path) -> None:
    """Labels, rows, types and stamp come over from the child as they are."""
    path = good(tmp_path, rows=(GOOD | {"expected_on": "2025-01-31", "percent": "80"},))
    assert receive_sheet(path, FORM) == read_sheet(path, FORM)


@pytest.mark.parametrize("limits", [FileLimits(bytes_memory=1024 * 1024), FileLimits(seconds_wall=0)])
def test_child_that_needs_too_much_is_a_refusal(tmp_path: Path, limits: FileLimits) -> None:
    """Out of memory or time, the child ends and the file is stopped with advice; this process goes on.

    The file is larger than what the child may have left over from compiling its own modules.
    """
    pytest.importorskip("resource", reason="this system has no limits on a process")
    path = tmp_path / "form.csv"
    path.write_text(csv_of(csv_row(**GOOD), ["字" * 8_000_000]), encoding="utf-8")
    with pytest.raises(ContentStopped) as caught:
        receive_sheet(path, FORM, limits=limits)
    assert [fault.problem for fault in caught.value.faults] == ["读取时超出内存或时间限额"]


def test_file_name_is_no_program_text(tmp_path: Path) -> None:
    """A name with quotes, signs and line ends is only a name."""
    path = good(tmp_path, "--x'; import os\n#\".xlsx")
    assert receive_sheet(path, FORM).file == "--x'; import os\n#\".xlsx"


def form_with(path: Path, *, date_1904: bool = False) -> Path:
    """A form as another program writes it: percentage format, dates, a formatted cell far out."""
    with xlsxwriter.Workbook(path, {"date_1904": date_1904}) as book:
        sheet = book.add_worksheet("填报")
        day, percent = (book.add_format({"num_format": one}) for one in ("yyyy-mm-dd", "0.0%"))
        sheet.write_row(4, 0, FORM.titles)
        sheet.write_number(5, 0, 10)
        sheet.write_number(5, 8, 0.8, percent)
        sheet.write_datetime(5, 11, dt.date(2024, 12, 31), day)
        sheet.write_number(5, 14, 45657)
        sheet.write_blank(1048575, 16383, None, percent)
    return path


@pytest.mark.parametrize("date_1904", [False, True])
def test_cells_are_taken_as_shown(tmp_path: Path, date_1904: bool) -> None:
    """0.8 shown as 80% is 80%; a date is the same day in both calendars; an empty cell far out is nothing."""
    [row] = read_sheet(form_with(tmp_path / "x.xlsx", date_1904=date_1904), FORM).rows
    assert (row.cells["percent"], row.cells["expected_on"], row.cells["completed_on"]) == (
        "80%",
        dt.date(2024, 12, 31),
        45657,
    )


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_csv_with_any_usual_delimiter(tmp_path: Path, delimiter: str) -> None:
    """The header row tells which sign parts the cells; quoted line ends stay in their cell."""
    cells = {"任务序号": "10", "进展情况": '"第一行\n第二行"'}
    lines = [delimiter.join(FORM.titles), delimiter.join(cells.get(title, "") for title in FORM.titles)]
    path = tmp_path / "form.csv"
    path.write_text("\r\n".join(lines), encoding="utf-8", newline="")
    [row] = read_sheet(path, FORM).rows
    assert (row.cells["task_no"], row.cells["progress"]) == ("10", "第一行\n第二行")
