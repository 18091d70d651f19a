"""The nine quirks of the shipped notice (domain.md §1), and the doubts a damaged flattened table raises."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from yuechi_report.errors import InputRefused, Place
from yuechi_report.notice.document import Document
from yuechi_report.notice.findings import Finding, Severity
from yuechi_report.notice.parse import parse_notice
from yuechi_report.notice.readings.choose import recognise
from yuechi_report.notice.readings.item import Item, Reading, Use
from yuechi_report.notice.readings.lines.flat import read_flat
from yuechi_report.notice.sources.read import document_of
from yuechi_report.notice.vocabulary import ColumnRole

ListOf = Callable[..., Document]


@pytest.fixture(scope="module")
def reading(document: Document) -> Reading:
    """The shipped notice as read by its layout."""
    return recognise(document)


def item(reading: Reading, number: int) -> Item:
    """The item of that number."""
    return next(item for item in reading.items if item.number == number)


def units(item: Item) -> tuple[str, str]:
    """Lead and cooperating cell."""
    return item.value(ColumnRole.LEAD), item.value(ColumnRole.COOPERATE)


def test_quirk_1_categories_printed_again_after_a_page_break_are_the_same(reading: Reading) -> None:
    """四 and 九 are printed twice: twelve headings, ten categories, and every task under its own."""
    printed = [heading.number for heading in reading.headings]
    assert printed == [1, 2, 3, 4, 4, 5, 6, 7, 8, 9, 9, 10]
    counts = [sum(each.heading_number == number for each in reading.items) for number in range(1, 11)]
    assert counts == [5, 3, 7, 5, 3, 3, 5, 2, 2, 2]
    assert (reading.headings[4].name, reading.headings[4].atom) == ("教育文化便捷行动事项", 109)


@pytest.mark.parametrize("number", [12, 14, 18, 35])
def test_quirk_2_a_wrapped_deadline_is_one_cell(reading: Reading, number: int) -> None:
    """常态化持续⏎实施 and 常态化⏎持续实施 are joined, and the units after them stay units."""
    found = item(reading, number)
    assert (found.value(ColumnRole.DEADLINE), found.value(ColumnRole.LEAD)[0]) == ("常态化持续实施", "县")


def test_quirk_3_a_units_line_that_ends_in_a_separator_goes_on(reading: Reading) -> None:
    """The leads of 3 and 37 and the cooperating units of 10 stand on two lines each."""
    assert item(reading, 3).value(ColumnRole.LEAD) == "县经济和信息化局、\n各电信运营商"
    assert item(reading, 37).value(ColumnRole.LEAD) == "县营商环境中心、\n县行政审批局"
    assert units(item(reading, 10)) == (
        "县人力资源和社会保障局",
        "县交通运输局、\n县文化广电旅游局、县营商环境中心",
    )


@pytest.mark.parametrize("space", [" ", "\u00a0", "\u3000", ""])
def test_quirk_4_a_blank_line_is_an_empty_cooperating_cell(list_of: ListOf, space: str) -> None:
    """A plain, no-break or full-width space, or nothing, leaves the cell empty; at the file's end it may be absent."""
    task = ("推进服务。", "2024年12月")
    document = list_of("（一）" + task[0], task[1], "县公安局", space, "（二）" + task[0], task[1], "县民政局")
    reading = recognise(document)
    assert [units(each) for each in reading.items] == [("县公安局", ""), ("县民政局", "")]
    assert found(document) == []


def test_quirk_5_two_unit_lines_without_a_separator_are_two_cells(reading: Reading) -> None:
    """In row 9 the first line leads and the second cooperates."""
    assert units(item(reading, 9)) == ("县人力资源和社会保障局", "县税务局")


def test_quirk_6_collectives_and_branches_are_single_units(reading: Reading) -> None:
    """A collective, a municipal branch and a branch of a higher level are read like every other unit."""
    assert item(reading, 3).value(ColumnRole.LEAD).splitlines()[1] == "各电信运营商"
    assert [item(reading, number).value(ColumnRole.LEAD) for number in (27, 28, 29)] == [
        "市住房公积金管理中心岳池管理部"
    ] * 3
    assert item(reading, 35).value(ColumnRole.COOPERATE) == "岳池金融监管支局"


def test_quirk_7_a_bracket_that_holds_no_number_is_no_task(reading: Reading) -> None:
    """The title's second line （2024年版）… is no task, and brackets stay in the text of 7, 12, 16 and 29."""
    assert (reading.first_atom(), [each.number for each in reading.items]) == (23, list(range(1, 38)))
    brackets = {7: "（凭证）", 12: "（学分）", 16: "（电子社保卡）", 29: "（州）"}
    texts = {number: item(reading, number).text.text for number in brackets}
    assert {number: bracket for number, bracket in brackets.items() if bracket in texts[number]} == brackets


def test_quirk_8_text_is_whole_and_without_its_number(reading: Reading) -> None:
    """The text of task 10 runs from the end of （十） to its last full stop, quotation marks in place."""
    text = "推进社保卡“一卡一码通”。推动渝岳两地社保卡乘坐公共交通，持续拓展更多应用场景。"
    assert item(reading, 10).text.text == text


def test_quirk_9_the_first_line_stays_as_received(document: Document, reading: Reading) -> None:
    """The address lacks 各 before 乡镇: nothing is added, and it is not part of the list."""
    assert document.lines[0].text == "乡镇人民政府、街道办事处，岳池经开区、县农家文化旅游园区管委会，县级相关部门："
    assert reading.first_atom() > 1


def test_every_line_of_the_list_is_used(document: Document, reading: Reading) -> None:
    """From the header to the end each line that is not blank is part of a header, a heading or a task."""
    solid = {line.number for line in document.lines[22:] if not line.blank}
    assert {atom for each in reading.items for atom in each.atoms} | set(reading.uses) == solid
    assert {use for use, _ in reading.uses.values()} == {Use.HEADER, Use.HEADING}


def found(document: Document) -> list[tuple[str, int]]:
    """The findings of the reading as code and line."""
    return [(finding.code, finding.place.line) for finding in parse_notice(document).findings]


WHOLE = ("（一）推进服务。", "2024年12月", "县公安局", " ")


def test_a_wrapped_text_is_one_text(list_of: ListOf) -> None:
    """Lines up to the deadline are text, though one of them speaks of a time."""
    document = list_of("（一）推进服务。力争", "2024年6月", "底前见效，巩固提高。", "2024年12月", "县公安局", " ")
    (one,) = recognise(document).items
    assert (one.text.text, one.value(ColumnRole.DEADLINE), one.value(ColumnRole.LEAD)) == (
        "推进服务。力争2024年6月底前见效，巩固提高。",
        "2024年12月",
        "县公安局",
    )


def test_a_wrapped_ambiguous_deadline_does_not_become_a_clear_one(list_of: ListOf) -> None:
    """2024年6月⏎前 is read whole, not as 2024年6月."""
    (one,) = recognise(list_of("（一）推进服务。", "2024年6月", "前", "县公安局", " ")).items
    assert (one.value(ColumnRole.DEADLINE), one.value(ColumnRole.LEAD)) == ("2024年6月前", "县公安局")


@pytest.mark.parametrize("raw", ["20259月底前", "2024年6月前", "上级文件印发后", "尽快"])
def test_a_deadline_of_unknown_wording_keeps_its_cell(list_of: ListOf, raw: str) -> None:
    """Where each column has its cell, the first is the deadline, whatever it says."""
    (one,) = recognise(list_of("（一）推进服务。", raw, "县公安局", " ", "二", "其他事项")).items
    assert (one.value(ColumnRole.DEADLINE), *units(one)) == (raw, "县公安局", "")


def test_a_header_printed_again_is_no_text(list_of: ListOf) -> None:
    """The header row of a new page is used up and changes nothing."""
    header = ("序号", "事项", "重点任务", "完成时限", "牵头单位", "配合单位")
    document = list_of(*WHOLE, *header, "（二）推进办事。", "持续推进", "县民政局")
    items = recognise(document).items
    assert [(each.number, each.value(ColumnRole.LEAD)) for each in items] == [(1, "县公安局"), (2, "县民政局")]
    assert found(document) == []


def test_columns_may_be_fewer(list_of: ListOf) -> None:
    """A list without categories and cooperating units is read by the same recogniser."""
    header = ("序号", "重点任务", "完成时限", "牵头单位")
    reading = recognise(
        list_of("（1）推进服务。", "尽快", "县公安局", "（2）办事。", "年内", "县民政局", header=header)
    )
    assert [
        (each.number, each.heading_number, each.value(ColumnRole.DEADLINE), *units(each)) for each in reading.items
    ] == [
        (1, 0, "尽快", "县公安局", ""),
        (2, 0, "年内", "县民政局", ""),
    ]


@pytest.mark.parametrize(
    ("header", "row"),
    [
        (("序号", "重点任务", "牵头单位", "配合单位", "完成时限"), ("1", "推进服务。", "县公安局", " ", "2024年12月")),
        (
            ("序号", "工作任务", "责任领导", "完成时间", "责任单位"),
            ("1", "推进服务。", "张甲", "2024年12月", "县公安局"),
        ),
        (("编号", "具体举措", "主办单位", "协办单位", "时限要求"), ("1", "推进服务", "县公安局", "2024年12月")),
    ],
)
def test_columns_come_in_any_order_and_wording(list_of: ListOf, header: tuple[str, ...], row: tuple[str, ...]) -> None:
    """Their words say what they are; an absent empty cell shifts nothing."""
    (task,) = parse_notice(list_of(*row, header=header)).tasks
    assert (task.printed_number, task.lead_units, task.deadline_raw) == ("1", ("县公安局",), "2024年12月")


def test_a_heading_may_be_wrapped(list_of: ListOf) -> None:
    """A category's name on two lines is joined."""
    (heading,) = recognise(list_of("一", "交通通信", "便捷行动", *WHOLE)).headings
    assert (heading.number, heading.name, heading.atom) == (1, "交通通信便捷行动", 10)


def test_a_missing_deadline_cell_is_reported(list_of: ListOf) -> None:
    """A row without the cell has no deadline text, and says that the cell is missing."""
    document = list_of("（一）推进服务。", "县公安局", " ", "（二）推进办事。", "持续推进", "县民政局", " ")
    tasks = parse_notice(document).tasks
    assert [(task.deadline_raw, task.deadline.kind, task.lead_units) for task in tasks] == [
        ("", "unresolved", ("县公安局",)),
        ("持续推进", "ongoing", ("县民政局",)),
    ]
    assert parse_notice(document).findings == (
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
    (one,) = parse_notice(document).tasks
    assert (one.deadline.kind, one.lead_units) == ("none", ("县公安局",))
    assert found(document) == [("deadline_empty", 10)]


@pytest.mark.parametrize(
    ("lines", "lead", "cooperating"),
    [
        (("县人力资源和社会", "保障局", " "), ("县人力资源和社会保障局",), ()),
        (("县民政局", "县文化广电", "旅游局"), ("县民政局",), ("县文化广电旅游局",)),
        (("县公安局、县文化", "广电旅游局", " "), ("县公安局", "县文化广电旅游局"), ()),
    ],
)
def test_a_name_wrapped_inside_is_one_name(
    list_of: ListOf, lines: tuple[str, ...], lead: tuple[str, ...], cooperating: tuple[str, ...]
) -> None:
    """A line that ends before its name does goes on in the next."""
    task = parse_notice(list_of("（一）推进服务。", "2024年12月", *lines)).tasks[0]
    assert (task.lead_units, task.cooperating_units, task.flags) == (lead, cooperating, ())


def test_stacked_units_are_kept_and_reported(list_of: ListOf) -> None:
    """More whole names than columns: nothing is dropped, the row is flagged and an error is found."""
    document = list_of("（一）推进服务。", "2024年12月", "县公安局", "县民政局", "县司法局")
    task = parse_notice(document).tasks[0]
    assert (task.lead_units, task.cooperating_units) == (("县公安局",), ("县民政局", "县司法局"))
    assert (task.flags, found(document)) == (("unit_rows_unclear",), [("unit_row_shape", 10)])


def test_what_follows_the_last_row_is_not_taken_for_units(list_of: ListOf) -> None:
    """A distribution line and a printing date end the list: ignored, with the reason in the account."""
    document = list_of(*WHOLE, "抄送：县委办公室。", "2024年9月24日印发")
    reading = recognise(document)
    assert (len(reading.items), reading.items[0].value(ColumnRole.COOPERATE)) == (1, "")
    assert [reading.uses[atom][0] for atom in (14, 15)] == [Use.IGNORED, Use.IGNORED]


def test_a_numbered_tail_is_no_task(list_of: ListOf) -> None:
    """Numbers that begin again without heading or header are no rows, though a unit stands below them."""
    tail = ("有关要求", "（一）加强领导。各单位要于12月底前报送总结。", "县政府办公室", "（二）强化督查。")
    second = ("（二）推进办事。", "持续推进", "县民政局", " ")
    assert [task.number for task in parse_notice(list_of(*WHOLE, *second, *tail)).tasks] == [1, 2]


def test_a_second_list_has_its_own_numbers_and_keys(list_of: ListOf) -> None:
    """An annex mark and a header of its own make a list: its keys have the list's number before them."""
    header = ("序号", "事项", "重点任务", "完成时限", "牵头单位", "配合单位")
    parsed = parse_notice(list_of(*WHOLE, "附件2", "继续实施事项清单", *header, *WHOLE))
    assert [(task.key, task.list) for task in parsed.tasks] == [("1_1", ""), ("2_1", "继续实施事项清单")]


def test_lines_between_header_and_first_task_are_reported(list_of: ListOf) -> None:
    """A line that is no heading and no task is named, not skipped."""
    assert found(list_of("单位：岳池县", *WHOLE)) == [("unread_line", 10)]


@given(data=st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_damage_makes_text_disappear(document: Document, data: st.DataObject) -> None:
    """Lines lost, doubled, moved or blanked: the account of every line still closes, or the text is refused."""
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
    parsed = parse_notice(damaged)
    assert sum(parsed.account.values()) == sum(not atom.blank for atom in damaged.atoms)


def test_a_header_without_rows_is_refused() -> None:
    """A header without tasks is a list whose cells are lost; a letter is no list."""
    header = "序号\n事项\n重点任务\n完成时限\n牵头单位\n配合单位\n"
    assert read_flat(document_of("n.txt", "某县通知\n请各单位认真落实。".encode())) is None
    for text, problem in (("某县通知\n请各单位认真落实。", "没有认出任务清单"), (header, "内容是空的")):
        with pytest.raises(InputRefused, match=problem):
            recognise(document_of("n.txt", text.encode()))


def test_a_huge_line_in_the_list_is_read_or_reported(list_of: ListOf) -> None:
    """A million characters as text are text; as a units line they are reported in one short line."""
    huge = "推进" * 500_000
    (one,) = recognise(list_of(f"（一）{huge}。", "2024年12月", "县公安局")).items
    assert one.text.text == f"{huge}。"
    (finding,) = [each for each in parse_notice(list_of(*WHOLE[:3], huge)).findings if each.code == "unread_line"]
    assert finding.text == f"这一行没有归入任何任务：“{huge[:40]}…”"
