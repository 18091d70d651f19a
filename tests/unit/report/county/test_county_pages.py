"""The county report as it is read: page budgets, page one, what the units may read, and equal numbers everywhere.

The committed notebook is run for the three shipped quarters in both editions, and for a crowded quarter.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any

import pypdf
import pytest
from bs4 import BeautifulSoup, Tag
from crowded import LATE, crowded
from nbformat import NotebookNode
from pages import executed

from yuechi_report.page.figure import Figure
from yuechi_report.render.blocks import read_blocks
from yuechi_report.render.csv import render_csv
from yuechi_report.render.data import read_data, tidy
from yuechi_report.render.html import render_html
from yuechi_report.render.pdf import render_pdf
from yuechi_report.report import load_report
from yuechi_report.report.context import CIRCULAR, LEADERS
from yuechi_report.source.scope import VARIABLE

NOTICE = "yuechi-2024"
QUARTERS = ("2024Q3", "2024Q4", "2025Q1")
EDITIONS = (LEADERS, CIRCULAR)
KINDS = ("已了结", "在办正常", "待核实或待批", "须跟进", "逾期")
made: dict[tuple[str, str], "County"] = {}


@dataclass(frozen=True)
class County:
    """One county report: its executed notebook and what is made of it."""

    notebook: NotebookNode

    @cached_property
    def html(self) -> BeautifulSoup:
        """The page that yuechi-html writes."""
        return BeautifulSoup(render_html(read_blocks(self.notebook)), "html.parser")

    @cached_property
    def pages(self) -> list[tuple[str, bool]]:
        """Each page of the PDF: its words without spaces, and whether it is turned."""
        reader = pypdf.PdfReader(io.BytesIO(render_pdf(read_blocks(self.notebook))))
        return [
            ("".join(page.extract_text().split()), page.mediabox.width > page.mediabox.height) for page in reader.pages
        ]

    @cached_property
    def status(self) -> list[dict[str, str]]:
        """The rows of the status CSV."""
        _, found = read_data(self.notebook)
        data = tidy(found)
        assert data is not None
        return list(csv.DictReader(io.StringIO(render_csv(data).decode("utf-8-sig"))))

    def figure(self, name: str) -> list[dict[str, Any]]:
        """The data that a figure was drawn from."""
        for cell in self.notebook.cells:
            for output in cell.get("outputs", ()):
                data = output.get("data", {}).get(Figure.mime)
                if data and data["name"] == name:
                    return list(data["data"])
        return []


def county(quarter: str, edition: str) -> County:
    """The report of a shipped quarter, made once."""
    if (quarter, edition) not in made:
        made[quarter, edition] = County(executed("county_quarterly", notice=NOTICE, quarter=quarter, edition=edition))
    return made[quarter, edition]


@pytest.fixture(params=QUARTERS)
def quarter(request: pytest.FixtureRequest) -> str:
    """Each shipped quarter."""
    return str(request.param)


@pytest.fixture(params=EDITIONS)
def edition(request: pytest.FixtureRequest) -> str:
    """Each edition."""
    return str(request.param)


@pytest.fixture
def full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, edition: str) -> County:
    """The crowded quarter: seven overdue tasks with long reasons, nine matters, every footnote."""
    scope = crowded(load_report("2024Q4", notice=NOTICE).scope)
    path = tmp_path / "scope.json"
    path.write_bytes(scope.to_json())
    monkeypatch.setenv(VARIABLE, str(path))
    return County(executed("county_quarterly", quarter="2024Q4", edition=edition))


# ---- pages ----


def test_body_and_register_keep_their_budgets(quarter: str, edition: str) -> None:
    """Body at most six pages, the register at most four turned ones, page one and its notes on one page."""
    pages = county(quarter, edition).pages
    turned = [number for number, (_, is_turned) in enumerate(pages) if is_turned]
    assert turned[0] <= 6
    assert len(turned) <= 4
    assert_page_one(pages)


def test_the_body_ends_with_the_annexes_by_name(quarter: str, edition: str) -> None:
    """附件： and the titles stand on the last upright page before the register, unsigned; each title heads an annex."""
    pages = county(quarter, edition).pages
    last = next(text for (text, _), (_, is_next_turned) in pairwise(pages) if is_next_turned)
    titles = re.findall(r"(?:附件[:：]|(?<=\D))[1-4]\.(重点任务清单及状态|督办文书清单|判定方法|图表)", last)
    headings = [heading.get_text() for heading in county(quarter, edition).html.find_all("h2")]
    assert [heading.partition("　")[2] for heading in headings if heading.startswith("附件")] == titles
    assert "年月日" not in last


def test_page_one_holds_the_fullest_quarter(full: County) -> None:
    """Six overdue tasks with long reasons, three matters and every note still stand on page one."""
    pages = full.pages
    assert_page_one(pages)
    assert re.search("三、逾期7项（先列6项，其余见第七部分；拟?限1月20日前回复）", pages[0][0])
    assert [number for number in "①②③④" if number not in pages[0][0]] == []
    assert [len(re.findall("6天", text)) for text, _ in pages[:1]] == [6]


def test_what_page_one_leaves_out_stands_further_on(full: County, edition: str) -> None:
    """All seven overdue tasks with their reasons, and for the leaders the matters from the fourth on."""
    table = table_of(full.html, "表4　逾期任务")
    assert [int(row[0]) for row in table[1:]] == list(LATE)
    assert ("其余需县领导研究的事6件：" in full.html.get_text()) is (edition == LEADERS)


def test_fullest_quarter_keeps_the_body_s_six_pages(full: County) -> None:
    """Ongoing tasks in good order give way to the register annex, and a sentence says so."""
    turned = [number for number, (_, is_turned) in enumerate(full.pages) if is_turned]
    assert turned[0] <= 6
    assert 0 < len(table_of(full.html, "表8　持续类和其他任务")[1:]) < 22
    assert "另有19项见附件1。" in full.html.get_text()


def assert_page_one(pages: list[tuple[str, bool]]) -> None:
    """Sections one to four with every note, and section five at the head of page two."""
    first, second = pages[0][0], pages[1][0]
    assert [heading for heading in ("一、结论", "四、报送与下季", "逾期自时限次日起算") if heading not in first] == []
    assert "五、状态分布和变化" not in first
    assert "五、状态分布和变化" in second
    assert "逾期自时限次日起算" not in second


# ---- editions ----


@pytest.mark.parametrize(
    "word",
    [
        "需县领导研究",
        "拟办",
        "拟限",
        "发督办单",
        "发商请函",
        "督办文书",
        "以县政府名义",
        "建议先请示",
        "系统提示",
        "领导要求",
    ],
)
def test_nothing_undecided_reaches_the_units(quarter: str, word: str) -> None:
    """No proposal, no matter before the leaders, no document to be decided, no judgement of a machine."""
    assert word not in county(quarter, CIRCULAR).html.get_text()


def test_each_edition_has_its_own_second_section(quarter: str) -> None:
    """The leaders read what they must settle, the units what is required."""
    found = [county(quarter, one).html.get_text() for one in EDITIONS]
    assert [("二、需县领导研究的事" in text, "二、下一步要求" in text) for text in found] == [
        (True, False),
        (False, True),
    ]


def test_task_due_before_issue_is_never_called_overdue(quarter: str, edition: str) -> None:
    """Task 27: its rows never hold the word, and a footnote names it."""
    page = county(quarter, edition).html
    rows = [row for table in page.find_all("table") for row in rows_of(table) if row[0] == "27"]
    assert rows != []
    assert [row for row in rows if "逾期" in "".join(row)] == []
    assert "任务27时限（2024年6月）早于通知印发日" in page.get_text()


def test_units_are_never_ranked(quarter: str, edition: str) -> None:
    """Units stand in the notice's order, and no word ranks them."""
    page = county(quarter, edition)
    names = [row[0] for row in table_of(page.html, "表2　按单位")[1:]]
    report = load_report(quarter, notice=NOTICE)
    order = [report.short_unit(name) for name in dict.fromkeys(task.filling_unit for task in report.scope.register)]
    assert names[: len(order)] == order
    assert re.findall("排名|倒数|最差|第一名|落后单位", page.html.get_text()) == []


# ---- numbers ----


def rows_of(table: Tag) -> list[list[str]]:
    """What is read in each row."""
    return [[cell.get_text("", strip=True) for cell in row.find_all(["th", "td"])] for row in table.find_all("tr")]


def table_of(page: BeautifulSoup, caption: str) -> list[list[str]]:
    """The rows of the table whose caption begins so, the head first."""
    for table in page.find_all("table"):
        found = table.find("caption")
        if found is not None and found.get_text(strip=True).startswith(caption):
            return rows_of(table)
    raise LookupError(caption)


def summaries(page: BeautifulSoup) -> Iterator[dict[str, int]]:
    """The two small tables of page one: this quarter's numbers by heading."""
    for table in page.find_all("table")[:2]:
        head, row = rows_of(table)
        yield {title: int(re.match(r"\d+", cell)[0]) for title, cell in zip(head[1:], row[1:], strict=True)}  # type: ignore[index]


def counts(rows: list[list[str]], width: int) -> list[list[int]]:
    """The numbers of the rows below the head; a dash is nothing."""
    return [[0 if cell == "—" else int(cell) for cell in row[1 : 1 + width]] for row in rows[1:]]


def test_every_total_is_the_sum_of_its_parts(quarter: str) -> None:
    """Page one's summaries, the tallies by category and by unit: columns and rows add up, 37 in all."""
    page = county(quarter, LEADERS).html
    for numbers in summaries(page):
        assert sum(numbers.values()) == 2 * numbers["合计"]
    for caption, width in (("表1　按类别", 6), ("表2　按单位", 8)):
        *rows, total = counts(table_of(page, caption), width)
        assert [sum(column) for column in zip(*rows, strict=True)] == total
        assert [row[0] for row in rows] == [sum(row[1:6]) for row in rows]
        assert total[0] == 37


def test_text_tables_figures_and_csv_tell_the_same_numbers(quarter: str) -> None:
    """The sentences' numbers are the summaries', theirs the status CSV's, and the figures draw the same tasks."""
    report = county(quarter, LEADERS)
    page, status = report.html, report.status
    fixed, others = summaries(page)
    told = Counter(row["headline"] for row in status if row["class"] == "限时类")
    assert {title: number for title, number in fixed.items() if title != "合计"} == told
    assert others["合计"] == sum(row["class"] != "限时类" for row in status)
    text = page.get_text()
    first = re.search(r"(\d+)项限时任务.*?。", text)
    assert first is not None
    assert int(first[1]) == fixed["合计"]
    assert sum(map(int, re.findall(r"(\d+)项", first[0].split("：")[1].split("。")[0]))) == fixed["合计"]
    if told["已销号"]:
        assert f"销号率{told['已销号']}/{fixed['合计']}（" in text
    assert len(table_of(page, "表4　逾期任务")[1:]) == told["逾期未完成"] if told["逾期未完成"] else True
    bars, flow = report.figure("status_by_category"), report.figure("status_flow")
    by_kind = Counter({str(one["state"]): 0 for one in bars})
    for one in bars:
        by_kind[str(one["state"])] += int(one["tasks"])
    total = dict(zip(KINDS, counts(table_of(page, "表1　按类别"), 6)[-1][1:], strict=True))
    assert by_kind == Counter({kind: number for kind, number in total.items() if number})
    assert sum(int(one["tasks"]) for one in flow) in (37, 0)
    late = sum(int(one["tasks"]) for one in flow if one["now"] == "逾期未完成")
    assert late == (told["逾期未完成"] if flow else 0)


def test_register_and_status_csv_agree_task_by_task(quarter: str, edition: str) -> None:
    """Each of the 37 rows of annex 1 bears the headline of the status CSV."""
    page = county(quarter, edition).html
    [register] = [rows for rows in map(rows_of, page.find_all("table")) if rows[0][:3] == ["序号", "类别", "重点任务"]]
    status = {row["task_no"]: row["headline"] for row in county(quarter, LEADERS).status}
    rows = [row for row in register[1:] if len(row) > 6]  # a status unfolds in a row of its own
    shown = {row[0]: row[6].lstrip("●◐○△×").split("（")[0].strip() for row in rows}
    assert shown == status


def test_reporting_numbers_add_up(quarter: str) -> None:
    """应报 is 按时, 迟报 and 未报 together, and what the table by unit marks."""
    page = county(quarter, LEADERS).html
    states = Counter(row[-1] for row in table_of(page, "表2　按单位")[1:])
    del states["—"]
    owed = re.search(r"应报(\d+)家，(.*?)。", page.get_text())
    assert owed is not None
    assert int(owed[1]) == sum(states.values())
    parts = dict(re.findall(r"(按时|迟报|未报)(\d+)家", owed[2]))
    words = {"按时": "按时", "迟报": "迟报", "未报": "未报送"}
    assert {word: int(number) for word, number in parts.items()} == {word: states[words[word]] for word in parts}
