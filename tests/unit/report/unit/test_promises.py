"""Last quarter's promises beside this quarter's facts: what was said, never a verdict."""

from collections.abc import Callable, Mapping

import pytest
from builders import UNIT, Record, closed, entry, task

from yuechi_report.domain.deadline import Ongoing, OngoingMode
from yuechi_report.page.prose import Prose
from yuechi_report.page.table import Table
from yuechi_report.report.context import UNIT as UNIT_EDITION
from yuechi_report.report.context import Report
from yuechi_report.report.unit import pages
from yuechi_report.report.unit.promises import promises, wanted

Make = Callable[..., Report]
case = pytest.param
ADVANCE = Ongoing(OngoingMode.ADVANCE)
PROMISED = entry("2024-10-09", task_no=1, quarter="2024Q3", next_steps="11月底前印发规程。", expected_on="2024-12-20")


def rows(report: Report) -> list[list[str]]:
    """The table's texts without number and title."""
    table = promises(report)
    assert isinstance(table, Table)
    return [[cell.text for cell in row[2:]] for row in table.rows]


@pytest.mark.parametrize(
    ("records", "fact"),
    [
        case((entry(task_no=1, progress="规程11月29日印发。"),), "规程11月29日印发。", id="reported"),
        case(
            (entry(task_no=1, progress="初稿已成。", expected_on="2025-03-31"),),
            "初稿已成。预计完成改为2025年3月31日。",
            id="another day expected",
        ),
        case((entry(task_no=1, progress="初稿已成。", expected_on="2024-12-20"),), "初稿已成。", id="same day"),
        case((), "本季度没有报送。", id="nothing reported"),
        case((closed("2024-11-05", task_no=1),), "已销号（2024年11月5日）。", id="closed since"),
    ],
)
def test_promise_stands_beside_the_fact(make: Make, records: tuple[Record, ...], fact: str) -> None:
    """What was to be done, by when, and what is on record now."""
    report = make((task(number=1),), PROMISED, *records, unit=UNIT, earlier=True)
    assert rows(report) == [["11月底前印发规程。", "12月20日", fact]]


@pytest.mark.parametrize(
    ("records", "said"),
    [
        case((), "上季度没有报送，无承诺可以对照。", id="nothing came"),
        case((entry("2024-10-09", task_no=1, quarter="2024Q3"),), "上季度填报没有列出下一步打算。", id="no promise"),
    ],
)
def test_no_promise_is_a_sentence(make: Make, records: tuple[Record, ...], said: str) -> None:
    """An empty table would say less than why there is none."""
    report = make((task(ADVANCE, number=1),), *records, unit=UNIT, earlier=True)
    assert promises(report) == Prose(markdown=said)


def test_later_quarter_is_not_a_promise(make: Make) -> None:
    """Only the quarter before counts; its last word replaces its first."""
    second = entry("2024-10-11", task_no=1, quarter="2024Q3", next_steps="12月底前印发规程。")
    now = entry(task_no=1, progress="已印发。", next_steps="明年推广。")
    report = make((task(number=1),), PROMISED, second, now, unit=UNIT, earlier=True)
    assert rows(report) == [["12月底前印发规程。", "—", "已印发。"]]


def test_settled_then_is_not_asked_again(make: Make) -> None:
    """A task closed by the quarter before is left out, and without any other there is no such part."""
    report = make((task(number=1),), PROMISED, closed("2024-10-10", task_no=1), unit=UNIT, earlier=True)
    assert (wanted(report), pages.kept_promises(report)) == (False, ())


def test_first_report_has_no_such_part(make: Make) -> None:
    """Nothing was promised before the first report."""
    assert pages.kept_promises(make((task(number=1),), unit=UNIT)) == ()


def test_parts_are_numbered_by_what_is_there(make: Make) -> None:
    """三、四、五 follow the parts that a unit has."""
    tasks = (task(number=1), task(number=2, lead_units=("县公安局",), cooperating_units=(UNIT,)))
    with_past = make(tasks, PROMISED, unit=UNIT, earlier=True)
    without = make(tasks, unit=UNIT)
    only_helping = make(tasks[1:], unit=UNIT)

    def headings(report: Report) -> list[str]:
        parts = (*pages.kept_promises(report), *pages.led(report), *pages.helped(report))
        return [part.markdown for part in parts if isinstance(part, Prose) and part.markdown.startswith("#")]

    assert headings(with_past) == ["## 三、上季承诺和本季进展", "## 四、牵头任务", "## 五、会签和配合任务"]
    assert headings(without) == ["## 三、牵头任务", "## 四、会签和配合任务"]
    assert headings(only_helping) == ["## 三、会签和配合任务"]


def test_busiest_unit_of_the_example(example: Mapping[str, Report]) -> None:
    """县公安局 promised five things in the first report; each stands beside its fact, in the register's order."""
    report = Report(example["2024Q4"].scope.for_unit("县公安局"), UNIT_EDITION)
    table = promises(report)
    assert isinstance(table, Table)
    assert [row[0].value for row in table.rows] == [6, 7, 15, 32, 34]
    assert [row[4].text for row in table.rows][3] == "已销号（2024年10月22日）。"
