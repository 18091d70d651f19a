"""The nine quirks of the shipped notice (domain.md §1), and the doubts a damaged list raises."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from yuechi_report.errors import InputRefused, Place
from yuechi_report.notice.document import Document, document_of
from yuechi_report.notice.findings import Finding, Severity
from yuechi_report.notice.layout import recognise
from yuechi_report.notice.layout.flat_table import recognise as recognise_flat_table
from yuechi_report.notice.layout.reading import CategoryHeading, Reading, Row

ListOf = Callable[..., Document]


@pytest.fixture(scope="module")
def reading(document: Document) -> Reading:
    """The shipped notice as read by its layout."""
    return recognise(document)


def row(reading: Reading, number: int) -> Row:
    """The row of that number."""
    return next(row for row in reading.rows if row.number == number)


def test_quirk_1_categories_printed_again_after_a_page_break_are_the_same(reading: Reading) -> None:
    """四 and 九 are printed twice: twelve headings, ten categories, and every task under its own."""
    printed = [heading.number for heading in reading.headings]
    assert printed == [1, 2, 3, 4, 4, 5, 6, 7, 8, 9, 9, 10]
    counts = [sum(row.category_number == number for row in reading.rows) for number in range(1, 11)]
    assert counts == [5, 3, 7, 5, 3, 3, 5, 2, 2, 2]
    assert reading.headings[4] == CategoryHeading(4, "教育文化便捷行动事项", 109)


@pytest.mark.parametrize(("number", "lines"), [(12, (81, 85)), (14, (90, 93)), (18, (111, 114)), (35, (192, 196))])
def test_quirk_2_a_wrapped_deadline_is_one_cell(reading: Reading, number: int, lines: tuple[int, int]) -> None:
    """常态化持续⏎实施 and 常态化⏎持续实施 are joined, and the units after them stay units."""
    assert (row(reading, number).deadline, row(reading, number).lines) == ("常态化持续实施", lines)


def test_quirk_3_a_units_line_that_ends_in_a_separator_goes_on(reading: Reading) -> None:
    """The leads of 3 and 37 and the cooperating units of 10 stand on two lines each."""
    assert row(reading, 3).lead == "县经济和信息化局、\n各电信运营商"
    assert row(reading, 37).lead == "县营商环境中心、\n县行政审批局"
    assert row(reading, 10).lead == "县人力资源和社会保障局"
    assert row(reading, 10).cooperating == "县交通运输局、\n县文化广电旅游局、县营商环境中心"


@pytest.mark.parametrize("space", [" ", "\u00a0", "\u3000", ""])
def test_quirk_4_a_blank_line_is_an_empty_cooperating_cell(list_of: ListOf, space: str) -> None:
    """A plain, no-break or full-width space, or nothing, leaves the cell empty; at the file's end it may be absent."""
    task = ("推进服务。", "2024年12月")
    document = list_of("（一）" + task[0], task[1], "县公安局", space, "（二）" + task[0], task[1], "县民政局")
    reading = recognise(document)
    assert [(row.lead, row.cooperating) for row in reading.rows] == [("县公安局", ""), ("县民政局", "")]
    assert reading.findings == ()


def test_quirk_5_two_unit_lines_without_a_separator_are_two_cells(reading: Reading) -> None:
    """In row 9 the first line leads and the second cooperates."""
    assert (row(reading, 9).lead, row(reading, 9).cooperating) == ("县人力资源和社会保障局", "县税务局")


def test_quirk_6_collectives_and_branches_are_single_units(reading: Reading) -> None:
    """A collective, a municipal branch and a branch of a higher level are read like every other unit."""
    assert row(reading, 3).lead.splitlines()[1] == "各电信运营商"
    assert [row(reading, number).lead for number in (27, 28, 29)] == ["市住房公积金管理中心岳池管理部"] * 3
    assert row(reading, 35).cooperating == "岳池金融监管支局"


def test_quirk_7_a_bracket_that_holds_no_number_is_no_task(reading: Reading) -> None:
    """The title's second line （2024年版）… is no task, and brackets stay in the text of 7, 12, 16 and 29."""
    assert (reading.first_line, [row.number for row in reading.rows]) == (23, list(range(1, 38)))
    brackets = {7: "（凭证）", 12: "（学分）", 16: "（电子社保卡）", 29: "（州）"}
    assert {number: bracket for number, bracket in brackets.items() if bracket in row(reading, number).text} == brackets


def test_quirk_8_text_is_whole_and_without_its_number(reading: Reading) -> None:
    """The text of task 10 runs from the end of （十） to its last full stop, quotation marks in place."""
    assert row(reading, 10).text == ("推进社保卡“一卡一码通”。推动渝岳两地社保卡乘坐公共交通，持续拓展更多应用场景。")


def test_quirk_9_the_first_line_stays_as_received(document: Document, reading: Reading) -> None:
    """The address lacks 各 before 乡镇: nothing is added, and it is not part of the list."""
    assert document.lines[0].text == "乡镇人民政府、街道办事处，岳池经开区、县农家文化旅游园区管委会，县级相关部门："
    assert reading.first_line > 1


def test_every_line_of_the_list_is_used(document: Document, reading: Reading) -> None:
    """From the header to the end each line that is not blank is part of a header, a heading or a task."""
    solid = {line.number for line in document.lines[22:] if not line.blank}
    assert (reading.used, reading.findings) == (solid, ())


def found(document: Document) -> list[tuple[str, int]]:
    """The findings as code and line."""
    return [(finding.code, finding.place.line) for finding in recognise(document).findings]


WHOLE = ("（一）推进服务。", "2024年12月", "县公安局", " ")


def test_a_wrapped_text_is_one_text(list_of: ListOf) -> None:
    """Lines up to the deadline are text, though one of them speaks of a time."""
    document = list_of("（一）推进服务。力争", "2024年6月", "底前见效，巩固提高。", "2024年12月", "县公安局", " ")
    (one,) = recognise(document).rows
    assert (one.text, one.deadline, one.lead) == (
        "推进服务。力争2024年6月底前见效，巩固提高。",
        "2024年12月",
        "县公安局",
    )


def test_a_wrapped_ambiguous_deadline_does_not_become_a_clear_one(list_of: ListOf) -> None:
    """2024年6月⏎前 is read whole, not as 2024年6月."""
    (one,) = recognise(list_of("（一）推进服务。", "2024年6月", "前", "县公安局", " ")).rows
    assert (one.deadline, one.lead) == ("2024年6月前", "县公安局")


@pytest.mark.parametrize("raw", ["20259月底前", "2024年6月前", "上级文件印发后", "尽快"])
def test_a_deadline_of_unknown_wording_keeps_its_cell(list_of: ListOf, raw: str) -> None:
    """Where each column has its cell, the first is the deadline, whatever it says."""
    (one,) = recognise(list_of("（一）推进服务。", raw, "县公安局", " ", "二", "其他事项")).rows
    assert (one.deadline, one.lead, one.cooperating) == (raw, "县公安局", "")


def test_a_header_printed_again_is_no_text(list_of: ListOf) -> None:
    """The header row of a new page is used up and changes nothing."""
    header = ("序号", "事项", "重点任务", "完成时限", "牵头单位", "配合单位")
    reading = recognise(list_of(*WHOLE, *header, "（二）推进办事。", "持续推进", "县民政局"))
    assert [(row.number, row.lead) for row in reading.rows] == [(1, "县公安局"), (2, "县民政局")]
    assert reading.findings == ()


def test_columns_may_be_fewer(list_of: ListOf) -> None:
    """A list without categories and cooperating units is read by the same recogniser."""
    header = ("序号", "重点任务", "完成时限", "牵头单位")
    reading = recognise(
        list_of("（1）推进服务。", "尽快", "县公安局", "（2）办事。", "年内", "县民政局", header=header)
    )
    assert [(row.number, row.category_number, row.deadline, row.lead, row.cooperating) for row in reading.rows] == [
        (1, 0, "尽快", "县公安局", ""),
        (2, 0, "年内", "县民政局", ""),
    ]


def test_a_heading_may_be_wrapped(list_of: ListOf) -> None:
    """A category's name on two lines is joined."""
    assert recognise(list_of("一", "交通通信", "便捷行动", *WHOLE)).headings == (
        CategoryHeading(1, "交通通信便捷行动", 10),
    )


def test_a_missing_deadline_cell_is_reported(list_of: ListOf) -> None:
    """A row without the cell has no deadline text, and says that the cell is missing."""
    document = list_of("（一）推进服务。", "县公安局", " ", "（二）推进办事。", "持续推进", "县民政局", " ")
    reading = recognise(document)
    assert [(row.deadline, row.deadline_cell, row.lead) for row in reading.rows] == [
        ("", False, "县公安局"),
        ("持续推进", True, "县民政局"),
    ]
    assert reading.findings == (
        Finding(
            Severity.ERROR,
            "deadline_missing",
            Place("list.txt", line=10),
            "任务（1）“推进服务。”：没有找到完成时限单元格",
        ),
    )


def test_an_empty_deadline_cell_is_no_deadline(list_of: ListOf) -> None:
    """A blank line where the deadline belongs is an empty cell, worth a look."""
    document = list_of("（一）推进服务。", " ", "县公安局", " ")
    (one,) = recognise(document).rows
    assert (one.deadline, one.deadline_cell, one.lead) == ("", True, "县公安局")
    assert found(document) == [("deadline_empty", 10)]


@pytest.mark.parametrize(
    ("units", "lead", "cooperating"),
    [
        (("县人力资源和社会", "保障局", " "), "县人力资源和社会", "保障局"),
        (("县公安局", "县民政局", "县司法局"), "县公安局", "县民政局\n县司法局"),
        (("县公安局", " ", "县民政局"), "县公安局", "县民政局"),
    ],
)
def test_unknown_shapes_of_unit_rows_are_kept_and_reported(
    list_of: ListOf, units: tuple[str, ...], lead: str, cooperating: str
) -> None:
    """More unit cells than columns: nothing is dropped, the row is flagged and an error is found."""
    document = list_of("（一）推进服务。", "2024年12月", *units, "（二）推进办事。", "持续推进", "县民政局")
    one = recognise(document).rows[0]
    assert (one.lead, one.cooperating, one.flags) == (lead, cooperating, ("unit_rows_unclear",))
    assert found(document) == [("unit_row_shape", 10)]


def test_what_follows_the_last_row_is_not_taken_for_units(list_of: ListOf) -> None:
    """A distribution line and a printing date after the list are reported, each with its line."""
    document = list_of(*WHOLE, "抄送：县委办公室。", "2024年9月24日印发")
    assert recognise(document).rows[0].cooperating == ""
    assert recognise(document).findings == (
        Finding(
            Severity.ERROR,
            "unread_line",
            Place("list.txt", line=14),
            "这一行没有归入任何任务：“抄送：县委办公室。”",
        ),
        Finding(
            Severity.ERROR,
            "unread_line",
            Place("list.txt", line=15),
            "这一行没有归入任何任务：“2024年9月24日印发”",
        ),
    )


def test_lines_between_header_and_first_task_are_reported(list_of: ListOf) -> None:
    """A line that is no heading and no task is named, not skipped."""
    assert found(list_of("单位：岳池县", *WHOLE)) == [("unread_line", 10)]


def test_numbered_lines_before_the_header_are_reported(list_of: ListOf) -> None:
    """A task that stands before the only header is not silently part of the letter."""
    assert found(list_of(*WHOLE, front=("（九）推进办事。", "附件", "清单"))) == [("number_before_header", 1)]


@given(data=st.data())
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_damage_makes_text_disappear(document: Document, data: st.DataObject) -> None:
    """Lines lost, doubled, moved or blanked: each line of the list still stands in a row, is a mark, or is reported."""
    lines = [line.text for line in document.lines]
    for _ in range(data.draw(st.integers(1, 8))):
        at, to = data.draw(st.integers(28, len(lines) - 1)), data.draw(st.integers(28, len(lines) - 1))
        change = data.draw(st.sampled_from(["drop", "double", "move", "blank"]))
        if change in {"drop", "move"}:
            moved = lines.pop(at)
        if change in {"double", "move"}:
            lines.insert(to, lines[at] if change == "double" else moved)
        if change == "blank":
            lines[at] = " "
    damaged = document_of("damaged.txt", "\n".join(lines).encode())
    reading = recognise(damaged)
    reported = {finding.place.line for finding in reading.findings if finding.code == "unread_line"}
    names = "\n".join(heading.name for heading in reading.headings)
    numbers = {damaged.lines[heading.line - 1].text for heading in reading.headings}
    header = {"序号", "事项", "重点任务", "完成时限", "牵头单位", "配合单位"}
    for line in damaged.lines[reading.first_line - 1 :]:
        if not (line.blank or line.number in reported or line.text in header | numbers or line.text in names):
            (row,) = [row for row in reading.rows if row.lines[0] <= line.number <= row.lines[1]]
            text = line.text.partition("）")[2] if line.number == row.lines[0] else line.text
            assert text in "\n".join((row.text, row.deadline, row.lead, row.cooperating))


def test_a_list_of_another_layout_is_refused() -> None:
    """No header of this layout, or a header without tasks: refused with what can be read."""
    for text in ("某县通知\n请各单位认真落实。", "序号\n事项\n重点任务\n完成时限\n牵头单位\n配合单位\n"):
        document = document_of("n.txt", text.encode())
        assert recognise_flat_table(document) is None
        with pytest.raises(InputRefused, match="没有认出任务清单"):
            recognise(document)


def test_a_huge_line_in_the_list_is_read_or_reported(list_of: ListOf) -> None:
    """A million characters as text are text; as a units line they are reported in one short line."""
    huge = "推进" * 500_000
    (one,) = recognise(list_of(f"（一）{huge}。", "2024年12月", "县公安局")).rows
    assert one.text == f"{huge}。"
    (finding,) = recognise(list_of(*WHOLE[:3], huge)).findings
    assert (finding.code, finding.text) == ("unread_line", f"这一行没有归入任何任务：“{huge[:40]}…”")
