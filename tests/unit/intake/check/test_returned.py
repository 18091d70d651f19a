"""The returned copy: faulty cells coloured and commented, the unit's words kept, mended and taken in again."""

from dataclasses import replace
from pathlib import Path

import pytest
from broken import CORPUS, GOOD, OTHER, good
from builders import moment
from openpyxl import load_workbook

from yuechi_report.domain.quarter import Quarter
from yuechi_report.errors import Fault, Place
from yuechi_report.intake.check.against import Against
from yuechi_report.intake.check.returned import message_of, write_returned
from yuechi_report.intake.check.submission import Arrival, Check, Outcome, ReceiptKind, check_file

pytestmark = pytest.mark.usefixtures("read_in_process")

ARRIVAL = Arrival(moment("2024-12-18"), moment("2024-12-18", 11), "政务内网", "督查室（示例）")
BAD = GOOD | {"percent": "0.8", "reported": "完成了", "issues": "=1+1\n“引号”"}


def checked(path: Path, against: Against) -> Check:
    """The check of a unit's file for the fourth quarter."""
    return check_file(path, against, Quarter(2024, 4), ARRIVAL, ReceiptKind.SUBMISSION)


def test_faulty_cells_are_coloured_and_commented(tmp_path: Path, against: Against) -> None:
    """Red with problem and remedy where the row was not taken; every other cell as the unit wrote it."""
    check = checked(good(tmp_path, rows=(BAD, OTHER)), against)
    copy, _ = write_returned(tmp_path / "returns", "县人社局.xlsx", check)
    sheet = load_workbook(copy)["填报"]
    marked = {cell.coordinate: cell.comment.text for row in sheet.iter_rows() for cell in row if cell.comment}
    assert copy.name == "human-resources-县人社局-退回件.xlsx"
    assert marked == {
        "I6": "完成比例“0.8”含义不明。若为百分之八十请填80；若确为0.8%请填0.8%。",
        "N6": (
            "“完成了”不在可选范围内。"
            "请从以下各项中选填：未启动、推进中、正常、无变化、已完成、待上级、申请延期、申请调整。"
        ),
    }
    assert {sheet[cell].fill.fgColor.rgb for cell in marked} == {"FFFFC7CE"}
    assert (sheet["J6"].value, sheet["J6"].data_type, sheet["H7"].value) == ("=1+1\n“引号”", "s", OTHER["progress"])


def test_mended_copy_is_taken(tmp_path: Path, against: Against) -> None:
    """The unit corrects the marked cells in the copy and sends that: nothing else is asked of it."""
    check = checked(good(tmp_path, rows=(BAD, OTHER)), against)
    copy, _ = write_returned(tmp_path / "returns", "form.xlsx", check)
    book = load_workbook(copy)
    book["填报"]["I6"], book["填报"]["N6"] = 80, "推进中"
    book.save(copy)
    again = checked(copy, against)
    assert (again.outcome, again.rows, again.faults) == (Outcome.ACCEPTED, 2, ())


def test_message_can_be_pasted(tmp_path: Path, against: Against) -> None:
    """What was taken, what is asked back with its cell, numbered."""
    check = checked(good(tmp_path, rows=(GOOD | {"task_no": "99"}, OTHER)), against)
    assert message_of("县人社局.xlsx", check) == (
        "关于《县人社局.xlsx》：\n"
        "其中1行无误，下列1处待补正，请改好后只报这些行即可。\n"
        "1. 工作表“填报” 单元格A6：清单中没有第99项任务。处理办法：请核对任务序号。\n"
    )


def test_stopped_file_gets_no_copy(tmp_path: Path, against: Against) -> None:
    """What must not be kept is not written out again; the message names the cell alone."""
    [broken] = [one for one in CORPUS if one.name == "mobile number"]
    written = write_returned(tmp_path / "returns", "form.xlsx", checked(broken.make(tmp_path), against))
    assert [path.name for path in written] == ["unknown-form-退回说明.txt"]
    assert "13800138000" not in written[0].read_text(encoding="utf-8-sig")


def test_file_refused_whole_gets_the_message_alone(tmp_path: Path, against: Against) -> None:
    """A form of another quarter is not made this quarter's by sending it back."""
    [broken] = [one for one in CORPUS if one.name == "last quarter's form, label typed over"]
    written = write_returned(tmp_path / "returns", "form.xlsx", checked(broken.make(tmp_path), against))
    assert [path.suffix for path in written] == [".txt"]


def test_a_form_that_was_taken_is_not_called_returned(tmp_path: Path, against: Against) -> None:
    """Only something to bear in mind: the message says so by its name, too."""
    check = checked(good(tmp_path), against)
    told = replace(check, warnings=(Fault(Place("form.xlsx", cell="B2"), "没有填报日期", "请补填"),))
    written = write_returned(tmp_path / "returns", "form.xlsx", told)
    assert [path.name for path in written] == [f"{check.unit}-form-接收说明.txt"]


def test_good_file_is_not_written_about(tmp_path: Path, against: Against) -> None:
    """Nothing found, nothing sent back."""
    assert write_returned(tmp_path / "returns", "form.xlsx", checked(good(tmp_path), against)) == ()
    assert not (tmp_path / "returns").exists()


@pytest.mark.parametrize("name", ["表" * 83 + ".xlsx", "x" * 250 + ".xlsx"])
def test_long_name_is_shortened(tmp_path: Path, against: Against, name: str) -> None:
    """A name that a file system just takes, with what is added to it, is shortened and told apart by its hash."""
    check = checked(good(tmp_path, rows=(BAD, OTHER)), against)
    written = [*write_returned(tmp_path, name, check), *write_returned(tmp_path, f"{name[:-6]}二.xlsx", check)]
    assert len({path.name for path in written}) == 4
    assert max(len(path.name.encode()) for path in written) <= 255


def test_name_in_no_encoding_is_no_reason_to_fail(tmp_path: Path, against: Against) -> None:
    """Bytes that are no text, as file names may hold them."""
    check = checked(good(tmp_path, rows=(BAD, OTHER)), against)
    _, message = write_returned(tmp_path, "县\udcff.xlsx", check)
    assert "关于《县?.xlsx》" in message.read_text(encoding="utf-8-sig")


def test_file_that_could_not_be_looked_through_is_told_so(tmp_path: Path) -> None:
    """It is not said to hold what nobody saw in it."""
    fault = Fault(Place("form.xlsx"), "读取时超出内存或时间限额", "请核对文件来源")
    check = Check(ReceiptKind.SUBMISSION, "", Outcome.REFUSED, 0, (fault,), stopped=True)
    assert "无法全部查看，不能排除含有不得填报的内容，已整体退回，未予存档" in message_of("form.xlsx", check)


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("李某13800138000.xlsx", "来件（原文件名含不得填报的内容）"),
        ("甲\x1b[2J\n\u202e.xlsx", "甲〔U+001B〕[2J〔U+000A〕〔U+202E〕"),
    ],
)
def test_name_of_a_file_is_passed_on_as_far_as_it_may_be(
    tmp_path: Path, against: Against, name: str, stem: str
) -> None:
    """A number that must not be kept stands in no name and no message; nothing in a name acts on a terminal."""
    copy, message = write_returned(tmp_path, name, checked(good(tmp_path, rows=(BAD, OTHER)), against))
    assert (copy.name, message.name) == (f"human-resources-{stem}-退回件.xlsx", f"human-resources-{stem}-退回说明.txt")
    assert message.read_text(encoding="utf-8-sig").startswith(f"关于《{stem}.xlsx》")
