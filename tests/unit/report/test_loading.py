"""The context call's arguments: what is no text, or names nothing there is, has words of its own."""

from pathlib import Path
from typing import Any

import pytest

from yuechi_report.errors import ParameterError, YuechiError
from yuechi_report.report import county, load_report, sheet
from yuechi_report.report import unit as unit_report
from yuechi_report.report.context import Report

NOTICE = "yuechi-2024"


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch) -> None:
    """The repository is the workspace."""
    monkeypatch.setenv("YUECHI_WORKSPACE", str(Path(__file__).resolve().parents[3]))


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"as_of": 20241225}, "参数as_of的值20241225不是文字"),
        ({"label": 1225}, "参数label的值1225不是文字"),
        ({"unit": 7}, "参数unit的值7不是文字"),
        ({"unit": None}, "参数unit的值None不是文字"),
        ({"known_at": 2024.5}, "参数known_at的值2024.5不是文字"),
        ({"today": True}, "参数today的值True不是文字"),
        ({"notice": ["a"]}, "参数notice的值"),
        ({"quarter": 20244}, "参数quarter的值20244不是文字"),
        ({"quarter": "2024q4"}, "填报期“2024q4”写法不对"),
        ({"edition": "leader"}, "没有edition“leader”这种文本.*leaders、circular"),
        ({"edition": "呈阅"}, "没有edition“呈阅”这种文本"),
        ({"edition": "unit"}, "没有写明unit"),
        ({"unit": "县某局"}, "没有单位“县某局”"),
    ],
    ids=str,
)
def test_what_papermill_may_hand_over_is_refused_in_words(given: dict[str, Any], problem: str) -> None:
    """`-p as_of 20241225` is a number to papermill; the message says how to write it."""
    with pytest.raises(ParameterError, match=problem):
        load_report(**({"quarter": "2024Q4", "notice": NOTICE} | given))


def test_every_argument_that_is_no_text_is_named_at_once() -> None:
    """A user corrects them in one go."""
    with pytest.raises(ParameterError) as caught:
        load_report("2024Q4", notice=NOTICE, as_of=20241225, label=1225)  # type: ignore[arg-type]
    assert len(caught.value.faults) == 2


def test_a_unit_report_without_its_unit_is_refused() -> None:
    """`-p unit ""` gives the county's report, which the unit's parts cannot be made of; a sheet has none at all."""
    report = load_report("2024Q4", notice=NOTICE, unit="")
    with pytest.raises(ParameterError, match="没有写明unit"):
        unit_report.heading(report, "requests")
    with pytest.raises(ParameterError, match="没有写明unit"):
        sheet.load_sheet("2024Q4", notice=NOTICE, unit="", task_no=10)


def test_the_countys_parts_are_not_made_of_an_early_warning() -> None:
    """`-p edition early_warning` in the county's notebook."""
    report = load_report(
        "2025Q1",
        notice=NOTICE,
        edition="early_warning",
        as_of="2025-03-01",
        known_at="2025-03-01T00:00:00+08:00",
        label="x",
    )
    with pytest.raises(ParameterError, match="不是全县报告"):
        county.heading(report, "conclusion")


def test_the_head_carries_what_was_asked_for_as_text() -> None:
    """The exporters compare it with the cells; a sheet's has its task, which a notebook may write as a number."""
    report = load_report("2024Q4", notice=NOTICE, unit="县公安局")
    asked = {"quarter": "2024Q4", "notice": NOTICE, "unit": "县公安局"}
    assert {name: value for name, value in report.head.parameters.items() if value} == asked
    letter = sheet.load_sheet("2024Q4", notice=NOTICE, unit="县人社局", task_no=10)
    assert (letter.head.parameters["task_no"], letter.head.parameters["unit"]) == ("10", "县人社局")


def test_parts_bear_the_key_of_their_report() -> None:
    """Two units' parts have different keys, and one report's parts all have that of its head."""
    one, other = (load_report("2024Q4", notice=NOTICE, unit=unit) for unit in ("县公安局", "县民政局"))
    parts = (unit_report.requests(one), *unit_report.led(one), one.head)
    assert {part.made_from for part in parts} == {one.key}
    assert unit_report.requests(other).made_from == other.key != one.key
    assert Report(one.scope, one.edition).key == one.key


def test_a_notebook_shows_a_message_and_no_traceback() -> None:
    """IPython asks the error for what it shows."""
    with pytest.raises(YuechiError) as caught:
        load_report("2024Q5", notice=NOTICE)
    assert caught.value._render_traceback_() == [str(caught.value)]
