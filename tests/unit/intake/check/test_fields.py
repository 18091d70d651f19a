"""Cell values → fields: what is taken, and what is asked back with which words."""

from collections.abc import Callable
from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yuechi_report.domain.evidence import Evidence
from yuechi_report.domain.progress import Measure
from yuechi_report.intake.check.fields import (
    FieldProblem,
    UnclearAmount,
    to_amount,
    to_amount_as_taken,
    to_date,
    to_evidence,
    to_task_number,
    to_text,
)
from yuechi_report.intake.door.workbook import Value

case = pytest.param
A_DAY = "请先把单元格格式设为“文本”再填4/5，或填4/5家"
NO_NUMBER = "请填0至100的数，或4/5家；其他计量写明单位，如4.6个工作日"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        case(None, "", id="empty"),
        case("", "", id="no text"),
        case("  推进中 \n", "推进中", id="blanks around"),
        case("一\n二", "一\n二", id="lines inside"),
        case(12.0, "12", id="a whole number as sheets hold it"),
        case(4.6, "4.6", id="a fraction"),
        case(80, "80", id="an integer"),
        case(datetime(2024, 12, 31), "2024-12-31", id="a date cell"),  # noqa: DTZ001 - sheets hold no offset
        case(date(2024, 12, 31), "2024-12-31", id="a day"),
    ],
)
def test_text_is_taken_as_written(value: Value, text: str) -> None:
    """Cells of any kind have a text; only blanks at the ends are lost."""
    assert to_text(value) == text


@pytest.mark.parametrize(
    ("value", "number"), [(10, 10), (10.0, 10), ("10", 10), (" 10 ", 10), ("１０", 10), ("010", 10)]
)
def test_task_number_is_a_whole_number(value: Value, number: int) -> None:
    """Full-width digits and the .0 of sheets are read."""
    assert to_task_number(value) == number


@pytest.mark.parametrize("value", [None, "", "十", "10项", "-1", "1.5", 1.5, "1 0", "\U00010a40", "9" * 5000])
def test_task_number_that_is_none_is_asked_back(value: Value) -> None:
    """Words, signs, fractions and endless digits are asked back, never guessed."""
    with pytest.raises(FieldProblem) as caught:
        to_task_number(value)
    assert (caught.value.problem, caught.value.remedy) == (
        f"任务序号“{to_text(value)}”不是数字",
        "请填清单里的任务序号",
    )


@pytest.mark.parametrize(
    ("value", "found"),
    [
        case(None, None, id="empty"),
        case("  ", None, id="blank"),
        case(datetime(2024, 12, 31, 9, 30), date(2024, 12, 31), id="a date cell with a time"),  # noqa: DTZ001 - sheets hold no offset
        case(date(2024, 12, 31), date(2024, 12, 31), id="a date cell"),
        case("2024-12-31", date(2024, 12, 31), id="hyphens"),
        case("2024.12.31", date(2024, 12, 31), id="dots"),
        case("2024/12/31", date(2024, 12, 31), id="slashes"),
        case("2024-1-6", date(2024, 1, 6), id="without noughts"),
        case("2024年12月31日", date(2024, 12, 31), id="Chinese"),
        case("2024年12月31", date(2024, 12, 31), id="Chinese without 日"),
        case("２０２４年１２月３１日", date(2024, 12, 31), id="full width"),
        case(" 2024 年 12 月 31 日 ", date(2024, 12, 31), id="blanks inside"),
        case("2024-02-29", date(2024, 2, 29), id="a leap day"),
    ],
)
def test_date_is_read_in_its_usual_writings(value: Value, found: date | None) -> None:
    """A date cell, or text with year, month and day."""
    assert to_date(value) == found


@pytest.mark.parametrize(
    ("value", "problem", "remedy"),
    [
        case("12月31日", "日期“12月31日”无法识别", "请写成2024-12-31的形式", id="without a year"),
        case("2024年12月", "日期“2024年12月”无法识别", "请写成2024-12-31的形式", id="without a day"),
        case("年底前", "日期“年底前”无法识别", "请写成2024-12-31的形式", id="words"),
        case(45657, "日期“45657”只是一个数字，不能确定是哪一天", "请写成2024-12-31的形式", id="a serial number"),
        case(20241231, "日期“20241231”只是一个数字，不能确定是哪一天", "请写成2024-12-31的形式", id="eight digits"),
        case("20259月底前", "日期“20259月底前”无法识别", "请写成2024-12-31的形式", id="a corrupt year"),
        case("24-12-31", "日期“24-12-31”无法识别", "请写成2024-12-31的形式", id="a short year"),
        case("2024-12-31起", "日期“2024-12-31起”无法识别", "请写成2024-12-31的形式", id="words after it"),
        case("2024-02-30", "日期“2024-02-30”不存在", "请核对年月日", id="30 February"),
        case("2023-02-29", "日期“2023-02-29”不存在", "请核对年月日", id="no leap year"),
        case("2024-13-01", "日期“2024-13-01”不存在", "请核对年月日", id="a thirteenth month"),
        case("0000-01-01", "日期“0000-01-01”不存在", "请核对年月日", id="year nought"),
    ],
)
def test_doubtful_date_is_asked_back(value: Value, problem: str, remedy: str) -> None:
    """A date is never guessed: what is missing or impossible goes back with what to write."""
    with pytest.raises(FieldProblem) as caught:
        to_date(value)
    assert (caught.value.problem, caught.value.remedy) == (problem, remedy)


@pytest.mark.parametrize(
    ("value", "amount"),
    [
        case(None, (None, None, ""), id="empty"),
        case("80", (80.0, None, ""), id="a number as text"),
        case(80, (80.0, None, ""), id="a number"),
        case("80%", (80.0, None, ""), id="percent"),
        case("８０％", (80.0, None, ""), id="full-width percent"),
        case("0", (0.0, None, ""), id="nought"),
        case("1", (1.0, None, ""), id="one percent"),
        case("100", (100.0, None, ""), id="a hundred"),
        case("62.5", (62.5, None, ""), id="a fraction of a percent"),
        case("0.8%", (0.8, None, ""), id="less than one, said so"),
        case("4/5", (None, Measure(4, 5), "4/5"), id="four of five"),
        case("4/5家", (None, Measure(4, 5), "4/5家"), id="with a counter"),
        case("4 / 5 家", (None, Measure(4, 5), "4 / 5 家"), id="with blanks"),
        case("0/5", (None, Measure(0, 5), "0/5"), id="none of five"),
        case("6.5/8", (None, Measure(6.5, 8), "6.5/8"), id="decimals"),
        case("4.6个工作日", (None, None, "4.6个工作日"), id="a value with a unit"),
        case("过半", (None, None, "过半"), id="words"),
        case("1,200/1,500户", (None, Measure(1200, 1500), "1,200/1,500户"), id="digits in groups"),
        case("１，２００／１，５００", (None, Measure(1200, 1500), "1,200/1,500"), id="full-width groups"),
        case("4⁄5", (None, Measure(4, 5), "4⁄5"), id="a slash for fractions"),
        case("4-5家", (None, None, "4-5家"), id="a range with a counter is words"),
        case("6月20日完成12家", (None, None, "6月20日完成12家"), id="a sentence is words"),
        case("9" * 400 + "/" + "9" * 400, (None, None, "9" * 400 + "/" + "9" * 400), id="numbers beyond counting"),
    ],
)
def test_amount_is_percent_measure_or_words(value: Value, amount: tuple[float | None, Measure | None, str]) -> None:
    """A percentage, a counted share, or the cell as written."""
    assert to_amount(value) == amount


@pytest.mark.parametrize(
    ("value", "problem", "remedy"),
    [
        case("0.8", "完成比例“0.8”含义不明", "若为百分之八十请填80；若确为0.8%请填0.8%", id="0.8 as text"),
        case(0.8, "完成比例“0.8”含义不明", "若为百分之八十请填80；若确为0.8%请填0.8%", id="0.8 as a number"),
        case("0.01", "完成比例“0.01”含义不明", "若为百分之八十请填80；若确为0.8%请填0.8%", id="0.01"),
        case("101", "完成比例“101”超过100", "请核对后填0至100", id="101"),
        case("100.1%", "完成比例“100.1%”超过100", "请核对后填0至100", id="100.1 percent"),
        case("9" * 400, f"完成比例“{'9' * 400}”超过100", "请核对后填0至100", id="endless digits"),
        case("3/0", "“3/0”的分母为0", "请核对后重填", id="of nothing"),
        case("0/0家", "“0/0家”的分母为0", "请核对后重填", id="nothing of nothing"),
        *(
            case(value, f"完成比例成了日期或时间“{shown}”", A_DAY, id=f"a day or time: {shown}")
            for value, shown in (
                (datetime(2025, 4, 5), "2025-04-05"),  # noqa: DTZ001 - sheets hold no offset
                (date(2025, 4, 5), "2025-04-05"),
                ("2025/4/5", "2025/4/5"),
                ("4月5日", "4月5日"),
                ("5-Apr", "5-Apr"),
                ("4:05:00", "4:05:00"),
                ("4 days, 4:48:00", "4 days, 4:48:00"),
            )
        ),
        case(True, "完成比例“TRUE”不是数", "请填0至100的数，或4/5家", id="yes"),
        case("false", "完成比例“false”不是数", "请填0至100的数，或4/5家", id="no as text"),
        *(
            case(value, f"完成比例“{shown}”不能确定是多少", NO_NUMBER, id=f"no number: {shown}")
            for value, shown in (
                (-5, "-5"),
                ("－5%", "-5%"),
                ("-5户", "-5户"),
                ("+80", "+80"),
                ("40*2", "40*2"),
                ("=40*2", "=40*2"),
                ('="80"', '="80"'),
                ("1,20/1,500户", "1,20/1,500户"),
                ("4/5/6", "4/5/6"),
                ("80.", "80."),
                ("1e2", "1e2"),
                ("5‰", "5‰"),
                ("%80", "%80"),
                ("80-90%", "80-90%"),
            )
        ),
    ],
)
def test_doubtful_amount_is_asked_back(value: Value, problem: str, remedy: str) -> None:
    """0.8 may mean eighty: it is asked back, not guessed."""
    with pytest.raises(FieldProblem) as caught:
        to_amount(value)
    assert (caught.value.problem, caught.value.remedy) == (problem, remedy)


@pytest.mark.parametrize(
    ("value", "evidence"),
    [
        case(None, (), id="empty"),
        case("；\n ;", (), id="separators alone"),
        case("《规程》", (Evidence("《规程》"),), id="a name"),
        case("《规程》/示例〔2024〕25号", (Evidence("《规程》", "示例〔2024〕25号"),), id="name and number"),
        case("《报告》/2024-12-16", (Evidence("《报告》", "", "2024-12-16"),), id="name and date"),
        case(
            "《规程》/示例〔2024〕25号/2024-11-29",
            (Evidence("《规程》", "示例〔2024〕25号", "2024-11-29"),),
            id="all three",
        ),
        case(
            "《规程》／示例[2024]25号／2024年11月29日",
            (Evidence("《规程》", "示例[2024]25号", "2024年11月29日"),),
            id="full-width",
        ),
        case("《规程》/2024-11-29/25号", (Evidence("《规程》", "25号", "2024-11-29"),), id="in another order"),
        case(
            "《甲》/1号；《乙》/2024.12.1",
            (Evidence("《甲》", "1号"), Evidence("《乙》", "", "2024.12.1")),
            id="two pieces",
        ),
        case("《甲》/1号\n《乙》/2号", (Evidence("《甲》", "1号"), Evidence("《乙》", "2号")), id="one a line"),
        case("示例〔2024〕25号", (Evidence("示例〔2024〕25号"),), id="a number alone is a name, and does not count"),
        case("2024-12-16", (Evidence("", "", "2024-12-16"),), id="a date alone"),
        case("《收/发文》/附件", (Evidence("《收/发文》/附件"),), id="other parts belong to the name"),
    ],
)
def test_evidence_is_pieces_of_name_number_and_date(value: Value, evidence: tuple[Evidence, ...]) -> None:
    """Pieces are parted by ； or line ends, their parts by a slash."""
    assert to_evidence(value) == evidence


def asked_back(read: Callable[[Value], object], value: Value) -> str:
    """The remedy of the question a reader asks; empty where it takes the value."""
    try:
        read(value)
    except FieldProblem as problem:
        return problem.remedy
    return ""


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.text(max_size=30) | st.text("0123456789./%-年月日号 ；", max_size=20) | st.floats(-1e6, 1e6) | st.integers())
def test_reading_a_cell_ends_in_a_value_or_in_a_question(value: Value) -> None:
    """No cell content makes a reader fail in any other way, and every question says what to do."""
    remedies = [asked_back(read, value) for read in (to_task_number, to_date, to_amount, to_evidence)]
    assert [one for one in remedies if one and not one.startswith(("请", "若"))] == []


@pytest.mark.parametrize("cell", [float("nan"), float("inf"), "NaN", "-inf", "−5", "4∶5", "#N/A", "#REF!"])
def test_what_is_a_number_to_nobody_is_asked_back(cell: float | str) -> None:
    """Also with a sign of minus or ratio of its own; in a row that was taken before it stays words."""
    with pytest.raises(UnclearAmount):
        to_amount(cell)
    assert to_amount_as_taken(cell)[:2] == (None, None)
