"""Lists of other offices in many layouts, each with what a reader expects of it: nothing missing, nothing invented."""

import json
import unicodedata
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from yuechi_report.domain.register import Task
from yuechi_report.errors import InputRefused
from yuechi_report.notice.folder import parse_received
from yuechi_report.notice.parse import parse_notice
from yuechi_report.notice.readings.marks import number_in
from yuechi_report.notice.register_row import row_of
from yuechi_report.notice.sources.read import document_of, read_document

DATA = Path(__file__).parents[2] / "data/notices"
EXPECTED = sorted(
    [*DATA.glob("cases/*.expected.json"), *DATA.glob("own/*.expected.json"), *DATA.glob("varied/*.expected.json")]
)
KINDS = {"year_unknown": "fixed", "whole_year": "fixed", "milestone": "fixed"}
SAYS = {
    "progress_report": "进展情况",
    "inspection_report": "督查、检查情况",
    "regulation": "法规",
    "explanation": "解读",
    "unreadable_list": "粘连|空的",
    "news": "新闻",
}


def source_of(expected: Path) -> Path:
    """The list beside its expectation."""
    name = expected.name.removesuffix(".expected.json")
    return expected.with_name(name if "." in name else f"{name}.txt")


def issued(record: dict[str, Any]) -> date | None:
    """The day of issue as printed, or a day in the year that is known from elsewhere."""
    given = record["notice_date"] or (f"{record['context_year']}-01-15" if record["context_year"] else None)
    return date.fromisoformat(given) if given else None


def flat(text: str) -> str:
    """Half width and without white space."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def as_read(task: Task) -> tuple[object, ...]:
    """What is compared of a task."""
    return (task.deadline.kind, task.due, tuple(map(flat, task.lead_units)), tuple(map(flat, task.cooperating_units)))


def as_expected(record: dict[str, Any]) -> set[tuple[object, ...]]:
    """What may be read: the expected values and those that are accepted as well."""
    kinds = [KINDS.get(kind, kind) for kind in record.get("accept_kinds", [record["deadline_kind"]])]
    if record["deadline_kind"] == "year_unknown" and not record["due_date"]:
        kinds = ["unresolved"]
    days = [record["due_date"], *record.get("accept_due", [])]
    return {
        (kind, date.fromisoformat(day) if day else None, tuple(map(flat, lead)), tuple(map(flat, cooperating)))
        for kind in kinds
        for day in days
        for lead in [record["lead_units"], *record.get("accept_lead", [])]
        for cooperating in [record["coop_units"], *record.get("accept_coop", [])]
    }


@pytest.mark.parametrize("expected", EXPECTED, ids=lambda path: path.name.removesuffix(".expected.json"))
def test_a_list_is_read_as_a_reader_reads_it(expected: Path) -> None:
    """Rows in order with kind, day, units, number and category; a text that is no list is refused by name."""
    record = json.loads(expected.read_text(encoding="utf-8"))
    source = source_of(expected)
    if "kind" in record:
        with pytest.raises(InputRefused, match=SAYS[record["kind"]]):
            parse_received(source, issued_on=issued(record))
        return
    tasks = parse_received(source, issued_on=issued(record)).tasks
    assert len(tasks) == record.get("row_count", record["task_count"])
    for task, wanted in zip(tasks, record["tasks"], strict=True):
        assert as_read(task) in as_expected(wanted), wanted["first_words"]
        if wanted.get("no"):
            assert task.printed_number == str(number_in(wanted["no"]) or wanted["no"])
        if wanted.get("category"):
            assert flat(task.category).endswith(flat(wanted["category"]).rpartition("/")[2])


@pytest.mark.parametrize("name", ["seed.html", "seed-torn.docx", "seed-torn.gb2312.html", "seed-torn.pdf"])
def test_the_shipped_notice_is_the_same_in_every_form(name: str, folder: Path) -> None:
    """Word, web page and PDF, torn by page breaks, nested tables and wrapped cells: the same 37 rows."""
    shipped = parse_notice(read_document(folder / "notice.txt"), issued_on=date(2024, 9, 23))
    other = parse_notice(read_document(DATA / "formats" / name), issued_on=date(2024, 9, 23))
    rows = [[{**row_of(task), "source_lines": ""} for task in parsed.tasks] for parsed in (shipped, other)]
    assert rows[0] == rows[1]


@pytest.mark.parametrize("suffix", ["docx", "pdf", "html"])
def test_a_list_of_persons_next_to_the_tasks_is_no_task(suffix: str) -> None:
    """Six tasks from every form, the annex of contacts is ignored; merged and two-row headers are read."""
    tasks = parse_notice(read_document(DATA / f"formats/39.{suffix}"), issued_on=date(2025, 2, 18)).tasks
    assert [task.key for task in tasks] == ["1", "2", "3", "4", "5", "6"]
    assert [task.lead_units for task in tasks[:2]] == [("县水利局",), ("县教育局",)]
    assert tasks[0].cooperating_units == ("县自然资源局", "县住建局", "城北街道")


@pytest.mark.parametrize(
    ("name", "says"),
    [("39.doc", "旧版Word"), ("scan.pdf", "扫描件"), ("truncated.docx", "损坏"), ("blank.docx", "没有内容")],
)
def test_forms_that_cannot_be_read_are_refused_by_name(name: str, says: str) -> None:
    """Old Word, a scan, a torn package and an empty one, each with what to do."""
    with pytest.raises(InputRefused, match=says):
        read_document(DATA / "formats" / name)


def test_a_page_nested_too_deep_is_refused() -> None:
    """The parser drops what lies below its depth limit without a word; we say it."""
    page = "<html><body>" + "<div>" * 3000 + "序号" + "</div>" * 3000
    with pytest.raises(InputRefused, match="嵌套过深"):
        document_of("deep.html", page.encode())


@pytest.mark.parametrize(
    "data", [b"%PDF-1.7 nothing", b"PK\x03\x04 torn", b"Rar!\x1a\x07", b"{\\rtf1 }", b"\xff\xd8\xff"]
)
def test_the_bytes_decide_and_not_the_suffix(data: bytes) -> None:
    """Whatever the name says, torn and foreign bytes end in a refusal."""
    with pytest.raises(InputRefused):
        document_of("notice.txt", data)


def found_in(text: str) -> list[tuple[str, str]]:
    """Severity and code of every finding of a text."""
    parsed = parse_notice(document_of("list.txt", text.encode()), issued_on=date(2025, 1, 15))
    return [(finding.severity.value, finding.code) for finding in parsed.findings]


def test_columns_that_the_register_has_no_place_for_are_named() -> None:
    """Remarks are not lost without a word: an information names the column."""
    assert ("info", "column_left_out") in found_in("序号|任务|责任单位|备注\n1|修桥|县交通局|续建\n")
    assert ("info", "column_left_out") not in found_in("序号|任务|责任单位\n1|修桥|县交通局\n")


def test_a_time_in_the_text_never_decides_but_is_named() -> None:
    """Without a deadline of its own a task has none, and the reader is told of the day in its text."""
    text = "1.修桥，6月底前通车。（责任单位：县交通局）\n2.修路。（责任单位：县交通局）\n"
    assert found_in(text).count(("warning", "time_in_text")) == 1


def test_what_stands_among_units_and_is_no_name_is_not_taken() -> None:
    """A sentence or a day in a units cell is an error finding, and the other names are kept."""
    text = "序号|任务|责任单位\n1|修桥|县交通局、2025年6月完成\n2|修路|县交通局\n3|修渠|县水务局\n"
    parsed = parse_notice(document_of("list.txt", text.encode()), issued_on=date(2025, 1, 15))
    assert parsed.tasks[0].lead_units == ("县交通局",)
    assert ("error", "unit_unread") in found_in(text)


def test_an_item_without_units_next_to_tasks_is_named() -> None:
    """The last of numbered items that names nobody is no task, and not lost without a word."""
    text = "1.修桥。（责任单位：县交通局）\n2.修路。（责任单位：县交通局）\n3.加强宣传引导。\n"
    assert ("warning", "units_nowhere") in found_in(text)


def test_numbers_in_levels_are_keys_with_an_underscore() -> None:
    """1-1 stays as printed, its key is no date for a spreadsheet."""
    text = "编号|任务|责任单位\n1-1|修桥|县交通局\n1-2|修路|县交通局\n"
    parsed = parse_notice(document_of("list.txt", text.encode()), issued_on=date(2025, 1, 15))
    assert [(task.key, task.printed_number) for task in parsed.tasks] == [("1_1", "1-1"), ("1_2", "1-2")]
