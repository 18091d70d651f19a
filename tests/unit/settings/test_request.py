"""The run request of a quarter and the moment a report stands for."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from pydantic import ValidationError

from yuechi_report.domain.quarter import Period, Quarter
from yuechi_report.errors import ParameterError
from yuechi_report.settings.request import Moment, QuarterParams, load_params, resolve_ahead, resolve_moment
from yuechi_report.settings.workspace import Workspace

KNOWN = datetime.fromisoformat("2025-01-06T23:59:59+08:00")
SAME_MOMENT = datetime.fromisoformat("2025-01-06T15:59:59+00:00")
EARLIER = datetime.fromisoformat("2024-12-20T18:00:00+08:00")
REQUEST = QuarterParams(
    notice="n",
    quarter="2024Q4",
    as_of=date(2025, 1, 6),
    known_at=KNOWN,
    submission_due=date(2024, 12, 20),
    results_due=date(2025, 1, 6),
)
TEXT = """\
notice: n
quarter: 2024Q4
as_of: 2025-01-06
known_at: 2025-01-06T23:59:59+08:00
submission_due: 2024-12-20
results_due: 2025-01-06
"""
DIFFERS = "--as-of或--known-at与本期参数不同。处理办法：请加--label说明用途；结果将印“追溯件，非印发件”。"


def write(place: Workspace, text: str, name: str = "2024Q4") -> None:
    """The request of a quarter of notice n."""
    path = place.root / "params" / "n" / f"{name}.yml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_request_is_read_whole(empty: Workspace) -> None:
    """Every field of the file, with its offset kept."""
    write(empty, TEXT)
    assert load_params(empty, "n", "2024Q4") == REQUEST


def test_request_gives_the_period(empty: Workspace) -> None:
    """The report's days, with the notice's day of issue."""
    write(empty, TEXT + "first_report: true\n")
    period = load_params(empty, "n", "2024Q4").period(date(2024, 9, 23))
    assert period == Period(
        Quarter(2024, 4), date(2024, 9, 23), date(2024, 12, 20), date(2025, 1, 6), first_report=True
    )


@pytest.mark.parametrize("quarter", ["2024", "Q4", "2024Q5", "../2024Q4", "2024Q4 ", ""])
def test_malformed_quarter_is_refused(empty: Workspace, quarter: str) -> None:
    """A quarter that is none never becomes a path."""
    with pytest.raises(ParameterError) as caught:
        load_params(empty, "n", quarter)
    assert str(caught.value) == f"填报期“{quarter}”写法不对。处理办法：请写成2024Q4的形式。"


def test_quarter_without_params_is_refused(empty: Workspace) -> None:
    """The missing file is named, and the command that writes it."""
    with pytest.raises(ParameterError) as caught:
        load_params(empty, "n", "2024Q4")
    assert str(caught.value) == (
        "文件“2024Q4.yml”：填报期2024Q4的参数文件不存在。处理办法：新的填报期请先运行“open --quarter 2024Q4”。"
    )


@pytest.mark.parametrize(
    "text", [TEXT.replace("2024Q4", "2024Q3"), TEXT.replace("notice: n", "notice: m")], ids=["quarter", "notice"]
)
def test_file_that_speaks_of_another_quarter_or_notice_is_refused(empty: Workspace, text: str) -> None:
    """A copied file that was not adapted is caught."""
    write(empty, text)
    with pytest.raises(ParameterError) as caught:
        load_params(empty, "n", "2024Q4")
    problem = "文件里的notice、quarter与所在文件夹、文件名不一致"
    assert [(fault.problem, fault.remedy) for fault in caught.value.faults] == [(problem, "请改为一致")]


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("as_of: 2025-01-06", "as_of: soon", "as_of"),
        ("known_at: 2025-01-06T23:59:59+08:00", "known_at: soon", "known_at"),
        ("known_at: 2025-01-06T23:59:59+08:00", "known_at: 2025-01-06T23:59:59", "known_at"),
        ("submission_due: 2024-12-20", "submission_due: 20", "submission_due"),
        ("quarter: 2024Q4", "quarter: 2024Q9", "quarter"),
        ("results_due: 2025-01-06", "results_due: 2025-01-06\ndraft: 0", "draft"),
    ],
)
def test_nonsense_in_the_request_is_named(empty: Workspace, old: str, new: str, key: str) -> None:
    """Words for a day or a time, a bare number, a fifth quarter, draft nought."""
    write(empty, TEXT.replace(old, new))
    with pytest.raises(ParameterError) as caught:
        load_params(empty, "n", "2024Q4")
    assert [fault.problem.split("”")[0] for fault in caught.value.faults] == [f"“{key}"]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, Moment(date(2025, 1, 6), KNOWN)),
        ({"as_of": date(2025, 1, 6)}, Moment(date(2025, 1, 6), KNOWN)),
        ({"known_at": KNOWN}, Moment(date(2025, 1, 6), KNOWN)),
        ({"known_at": SAME_MOMENT}, Moment(date(2025, 1, 6), SAME_MOMENT)),
        ({"label": "复盘"}, Moment(date(2025, 1, 6), KNOWN, "复盘")),
        ({"as_of": date(2024, 12, 20), "label": "复盘"}, Moment(date(2024, 12, 20), KNOWN, "复盘")),
        ({"known_at": EARLIER, "label": "x-1"}, Moment(date(2025, 1, 6), EARLIER, "x-1")),
    ],
    ids=["as the params say", "same day", "same time", "same time elsewhere", "label", "another day", "another time"],
)
def test_moment_is_the_requests_unless_asked_otherwise(asked: dict[str, Any], expected: Moment) -> None:
    """What is asked for replaces the params; another day or time needs a label."""
    assert resolve_moment(REQUEST, **asked) == expected


@pytest.mark.parametrize("asked", [{"as_of": date(2024, 12, 31)}, {"known_at": EARLIER}], ids=["day", "time"])
def test_another_moment_without_a_label_is_refused(asked: dict[str, Any]) -> None:
    """A report of another moment must never be taken for the quarter's own."""
    with pytest.raises(ParameterError) as caught:
        resolve_moment(REQUEST, **asked)
    assert str(caught.value) == DIFFERS


def test_known_at_asked_for_where_the_params_have_none_needs_a_label() -> None:
    """Everything recorded so far is a moment too."""
    request = REQUEST.model_copy(update={"known_at": None})
    assert resolve_moment(request) == Moment(date(2025, 1, 6), None)
    with pytest.raises(ParameterError) as caught:
        resolve_moment(request, known_at=EARLIER)
    assert str(caught.value) == DIFFERS


@pytest.mark.parametrize("label", ["../up", "a/b", "a b", "a.b", "字" * 41, "\n", "😀"])
def test_label_that_cannot_name_a_folder_is_refused(label: str) -> None:
    """Labels become folders: word characters and hyphens, at most forty."""
    with pytest.raises(ParameterError) as caught:
        resolve_moment(REQUEST, label=label)
    assert [fault.problem for fault in caught.value.faults] == [f"--label（label）“{label}”不能用作文件夹名"]


@pytest.mark.parametrize(("label", "retrospective"), [("", False), ("复盘", True)])
def test_labelled_moment_is_retrospective(label: str, retrospective: bool) -> None:
    """Pages of a labelled run say 追溯件，非印发件."""
    assert resolve_moment(REQUEST, label=label).is_retrospective is retrospective


@pytest.mark.parametrize(
    ("fields", "dues", "expected"),
    [
        ({"as_of": date(2025, 1, 6)}, ["2024-12-31"], "2025-01-06"),
        ({"first_report": True}, ["2024-12-31"], "2024-12-20"),
        ({}, ["2024-12-31"], "2025-01-06"),
        ({}, ["2024-12-21"], "2025-01-06"),
        ({}, ["2024-12-20"], "2024-12-31"),
        ({}, ["2025-01-01", "2024-06-30"], "2024-12-31"),
        ({}, [], "2024-12-31"),
    ],
    ids=[
        "the file's own",
        "a first report's due day",
        "results due: due on the quarter's last day",
        "results due: due the day after submission",
        "none due after the submission day",
        "due in other quarters",
        "nothing due at all",
    ],
)
def test_day_judged_has_a_fallback_that_is_never_today(fields: dict[str, Any], dues: list[str], expected: str) -> None:
    """as_of, else a first report's due day, else the due-results day, else the quarter's last day."""
    request = REQUEST.model_copy(update={"as_of": None, **fields})
    assert request.day_judged([date.fromisoformat(due) for due in dues]) == date.fromisoformat(expected)


def test_a_number_needs_the_day_of_signing() -> None:
    """A document that nobody signed has no number."""
    days = {"submission_due": "2025-03-20", "results_due": "2025-04-03"}
    with pytest.raises(ValidationError, match="signed_on"):
        QuarterParams.model_validate({"notice": "n", "quarter": "2025Q1", "number": "岳府办督〔2025〕1号"} | days)


OPEN = {"known_at": None}


@pytest.mark.parametrize(
    ("changes", "as_of", "expected"),
    [
        (OPEN, None, Moment(date(2024, 12, 20), None, ahead=True)),
        (OPEN, date(2024, 12, 16), Moment(date(2024, 12, 16), None, ahead=True)),
        (OPEN, date(2025, 1, 6), Moment(date(2025, 1, 6), None, ahead=True)),
        (OPEN | {"as_of": None}, date(2024, 12, 16), Moment(date(2024, 12, 16), None, ahead=True)),
    ],
    ids=["the submission day by default", "an earlier day", "the day it will be judged on", "no day fixed yet"],
)
def test_early_warning_looks_ahead_while_data_come_in(
    repository: Workspace, changes: dict[str, Any], as_of: date | None, expected: Moment
) -> None:
    """A quarter whose data are not cut off needs no label; the page is no retrospective one (docs/adr/0015)."""
    request = load_params(repository, "yuechi-2024", "2024Q4").model_copy(update=changes)
    moment = resolve_ahead(request, as_of)
    assert (moment, moment.is_retrospective, moment.folder) == (expected, False, "到期预警")


@pytest.mark.parametrize(
    ("changes", "as_of", "known_at"),
    [
        ({}, date(2024, 12, 20), None),
        (OPEN, date(2025, 1, 7), None),
        (OPEN, date(2024, 12, 20), datetime(2024, 12, 20, tzinfo=UTC)),
    ],
    ids=["data cut off", "later than it will be judged", "knowledge of another moment"],
)
def test_early_warning_that_looks_back_needs_a_label(
    repository: Workspace, changes: dict[str, Any], as_of: date, known_at: datetime | None
) -> None:
    """Every other moment is a retrospective one, by the rule for all reports."""
    request = load_params(repository, "yuechi-2024", "2024Q4").model_copy(update=changes)
    with pytest.raises(ParameterError, match="--label"):
        resolve_ahead(request, as_of, known_at)
    labelled = resolve_ahead(request, as_of, known_at, label="核对")
    assert (labelled.is_retrospective, labelled.ahead, labelled.folder) == (True, False, "核对")
