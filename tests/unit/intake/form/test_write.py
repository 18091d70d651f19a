"""Forms: what is written comes back, as text; equal input gives equal bytes."""

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from yuechi_report.domain.progress import Action
from yuechi_report.intake.door.workbook import read_sheet
from yuechi_report.intake.form.columns import DECISIONS, FORM
from yuechi_report.intake.form.style import HEADER_ROW, Extras
from yuechi_report.intake.form.write import write_form
from yuechi_report.page.labels import words_of

Write = Callable[..., Path]
TITLES = (
    "任务序号",
    "重点任务",
    "角色",
    "完成时限",
    "销号标准",
    "上季承诺",
    "本季度目标",
    "进展情况",
    "完成比例(%)",
    "存在问题",
    "下一步打算",
    "预计完成日期",
    "信心",
    "自报状态",
    "实际完成日期",
    "佐证材料",
    "需协调事项",
)


def test_header_is_the_contract(form: Write) -> None:
    """Exactly the seventeen titles of the design, in order, in the written file."""
    sheet = load_workbook(form({"task_no": "10"}))["填报"]
    assert FORM.titles == TITLES
    assert [cell.value for cell in sheet[HEADER_ROW + 1]] == list(TITLES)


def test_labels_stand_above_with_the_value_beside(form: Write) -> None:
    """填报单位, 填报季度, 填报人, 审核人, 填报日期 and 数据性质, each with its value in the next cell."""
    path = form({"task_no": "10"}, 填报人="示例填报人甲", 审核人="示例审核人甲")
    assert read_sheet(path, FORM).labels == {
        "填报单位": "县人力资源和社会保障局",
        "填报季度": "2024Q4",
        "数据性质": "示例",
        "填报人": "示例填报人甲",
        "审核人": "示例审核人甲",
        "填报日期": "2024-12-17",
    }


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+86 826",
        "-1",
        "@cmd",
        '=HYPERLINK("https://example.org","x")',
        "{=SUM(A1:A9)}",
        "https://example.org",
        "mailto:a@example.org",
        "007",
        "1e5",
        "TRUE",
        "#N/A",
        "'quoted",
        "第一行\n第二行\n\n第四行",
        "一\t二",
        "好😀𠮷",
        "<b>&amp;\"'</b>",
        "_x0041_",
        "12月31日前完成，“一卡一码通”。",
        "字" * 32_767,
    ],
    ids=[
        "formula",
        "plus",
        "minus",
        "at",
        "hyperlink formula",
        "array formula",
        "address",
        "mail",
        "leading noughts",
        "number-like",
        "truth-like",
        "error-like",
        "apostrophe",
        "lines",
        "tab",
        "emoji",
        "markup",
        "escape-like",
        "Chinese",
        "longest cell",
    ],
)
def test_text_comes_back_as_it_was_written(form: Write, text: str) -> None:
    """No text becomes a formula, a link or a number."""
    [row] = read_sheet(form({"task_no": "10", "progress": text}), FORM).rows
    assert row.cells["progress"] == text


def test_typed_cells_come_back_typed(form: Write) -> None:
    """Numbers and dates are cells of their kind; an amount in words stays text."""
    path = form(
        {"task_no": "10", "percent": "63", "expected_on": "2025-03-31"},
        {"task_no": "11", "percent": "4/5", "completed_on": "2024-12-16"},
    )
    first, second = read_sheet(path, FORM).rows
    cells = load_workbook(path)["填报"]
    assert (first.number, first.cells["task_no"], first.cells["percent"]) == (6, 10, 63)
    assert (str(first.cells["expected_on"])[:10], second.cells["percent"]) == ("2025-03-31", "4/5")
    assert (cells["A6"].data_type, cells["I7"].data_type, cells["L6"].is_date) == ("n", "s", True)


def test_equal_input_gives_equal_bytes(form: Write) -> None:
    """No time stamp, user name or random number enters the file."""
    rows = [{"task_no": "10", "title": "一卡一码通", "progress": "=1+1", "expected_on": "2025-03-31"}]
    first, second = form(*rows, name="a.xlsx"), form(*rows, name="b.xlsx")
    assert first.read_bytes() == second.read_bytes()
    other = form({"task_no": "11"}, name="c.xlsx")
    assert first.read_bytes() != other.read_bytes()


def test_form_carries_a_fixed_day_and_nobodys_name(form: Write) -> None:
    """The document's own properties do not tell when and by whom it was written."""
    properties = load_workbook(form({"task_no": "10"})).properties
    assert (str(properties.created), properties.creator, properties.title) == (
        "2000-01-01 00:00:00",
        None,
        "重点任务进展季度填报表",
    )


@pytest.mark.parametrize(
    ("labels", "row", "unknown"),
    [
        ({}, {"task": "10"}, "['task']"),
        ({"填报单": "x"}, {"task_no": "10"}, "['填报单']"),
        ({"电话": "x"}, {"进展": "x"}, "['电话', '进展']"),
    ],
    ids=["column", "label", "both"],
)
def test_unknown_key_is_an_error(tmp_path: Path, labels: dict[str, str], row: dict[str, str], unknown: str) -> None:
    """Nothing handed in is dropped silently, and no file is written."""
    with pytest.raises(KeyError) as caught:
        write_form(tmp_path / "x.xlsx", FORM, labels, [row])
    assert caught.value.args == (f"unknown labels or columns: {unknown}",)
    assert not (tmp_path / "x.xlsx").exists()


def test_empty_form_has_its_header_and_no_rows(office_form: Write) -> None:
    """The office's form goes out without rows and reads as such."""
    assert read_sheet(office_form(), DECISIONS).rows == ()


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("confidence", "高,中,低"),
        ("reported", "未启动,推进中,正常,无变化,已完成,待上级,申请延期,申请调整"),
    ],
)
def test_columns_with_words_offer_them(form: Write, key: str, words: str) -> None:
    """A drop-down list in the row's cell offers exactly the allowed words."""
    sheet = load_workbook(form({"task_no": "10"}))["填报"]
    column = next(number for number, one in enumerate(FORM.columns, start=1) if one.key == key)
    cell = sheet.cell(HEADER_ROW + 2, column).coordinate
    lists = [one.formula1 for one in sheet.data_validations.dataValidation if cell in one.sqref]
    assert lists == [f'"{words}"']


def test_given_cells_are_locked_and_asked_ones_open(tmp_path: Path) -> None:
    """Known cells and what is not asked for are locked; row heights may still be changed."""
    path = tmp_path / "form.xlsx"
    asked = frozenset({"progress", "reported"})
    row = {"task_no": "10", "criterion": "12条"}
    write_form(
        path, FORM, {"填报单位": "x"}, [row, {"task_no": "11"}], extras=Extras(asked=(asked, asked | {"criterion"}))
    )
    sheet = load_workbook(path)["填报"]
    locked = {cell: sheet[cell].protection.locked for cell in ("A6", "E6", "E7", "H6", "I6", "N6", "C2", "F3")}
    assert locked == {
        "A6": True,
        "E6": True,
        "E7": False,
        "H6": False,
        "I6": True,
        "N6": False,
        "C2": True,
        "F3": False,
    }
    assert (sheet.protection.sheet, sheet.protection.formatRows) == (True, False)
    assert sheet["I6"].fill.fgColor.rgb == "FFBFBFBF"


def test_form_prints_on_a4_landscape_with_its_header(form: Write) -> None:
    """One page wide, the header row on every page."""
    sheet = load_workbook(form({"task_no": "10"}))["填报"]
    setup = sheet.page_setup
    assert (setup.orientation, setup.paperSize, setup.fitToHeight, sheet.print_title_rows) == (
        "landscape",
        9,
        0,
        "$5:$5",
    )


@pytest.mark.parametrize(("key", "kind"), [("percent", "custom"), ("expected_on", "date"), ("completed_on", "date")])
def test_figures_and_dates_are_asked_about_not_forbidden(form: Write, key: str, kind: str) -> None:
    """The check warns in Chinese and lets 4/5家 or 2024.12.31 pass."""
    sheet = load_workbook(form({"task_no": "10"}))["填报"]
    column = next(number for number, one in enumerate(FORM.columns, start=1) if one.key == key)
    cell = sheet.cell(HEADER_ROW + 2, column).coordinate
    [rule] = [one for one in sheet.data_validations.dataValidation if cell in one.sqref]
    assert (rule.type, rule.errorStyle, rule.promptTitle) == (kind, "warning", FORM.columns[column - 1].title)
    assert rule.prompt == FORM.columns[column - 1].guide


def test_help_explains_every_column_with_an_example(form: Write) -> None:
    """填报说明 has a line for each column, and an example row that itself would be taken."""
    sheet = load_workbook(form({"task_no": "10"}))["填报说明"]
    lines = {row[0].value: (row[1].value, row[2].value) for row in sheet.iter_rows(max_col=3) if row[1].value}
    assert [title for title in TITLES if title not in lines] == []
    assert lines["完成比例(%)"] == (
        "百分之八十填80或80%，不要填0.8；能计数的填4/5家；其他计量照实填写，如4.6个工作日。",
        "8/12条",
    )


def test_help_of_the_office_says_what_each_decision_needs(office_form: Write) -> None:
    """Every decision stands in the help, with the cells the checks ask for."""
    sheet = load_workbook(office_form())["填报说明"]
    lines = {row[0].value: row[1].value for row in sheet.iter_rows(max_col=2)}
    assert [word for word in words_of(Action) if word not in lines] == []
    assert (lines["准予延期"], lines["调整"], lines["重新挂账"]) == (
        "新时限、批准人、批准日期、批准文号",
        "核定用语或新牵头单位（至少一项）、批准人、批准日期、批准文号",
        "不需要其他内容",
    )


def test_stamp_is_hidden_and_covers_the_form(form: Write) -> None:
    """Template, notice, quarter, unit and tasks, with a check value that differs when one of them does."""
    book = load_workbook(form({"task_no": "10"}, {"task_no": "12"}))
    sheet = book["版本信息"]
    lines = dict(sheet.iter_rows(values_only=True, max_col=2))
    assert sheet.sheet_state == "veryHidden"
    assert (lines["填报季度"], lines["单位"], lines["任务"]) == ("2024Q4", "县人力资源和社会保障局", "10,12")
    other = load_workbook(form({"task_no": "10"}, name="other.xlsx"))["版本信息"]
    assert lines["校验值"] != dict(other.iter_rows(values_only=True, max_col=2))["校验值"]
