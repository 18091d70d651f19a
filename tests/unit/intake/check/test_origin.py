"""Forms after an upgrade of the template, and forms that say nothing because their unit owes nothing."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from yuechi_report.domain.quarter import Quarter
from yuechi_report.intake.check import submission
from yuechi_report.intake.check.against import Against
from yuechi_report.intake.check.returned import message_of, write_returned
from yuechi_report.intake.check.submission import Arrival, Check, Outcome, ReceiptKind, check_file
from yuechi_report.intake.door.workbook import ColumnSpec
from yuechi_report.intake.form import stamp
from yuechi_report.intake.form.columns import FORM
from yuechi_report.page.text import ACTING

Write = Callable[..., Path]
Look = Callable[[Path], Check]
GOOD = {"task_no": "10", "role": "牵头", "progress": "开通8条。", "reported": "推进中"}
HELPER = {"task_no": "10", "role": "配合"}
NEWER = replace(FORM, columns=(*FORM.columns[:7], ColumnSpec("new", "新列", since=3), *FORM.columns[7:]))


@pytest.fixture
def look(against: Against, quarter: Quarter, arrival: Arrival, read_in_process: None) -> Look:
    """Check a form as it comes in."""
    return lambda path: check_file(path, against, quarter, arrival, ReceiptKind.SUBMISSION)


@pytest.fixture
def upgraded(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """The program of the next version, whose form has one column more."""

    def upgrade() -> None:
        monkeypatch.setattr(stamp, "VERSION", "3")
        monkeypatch.setattr(submission, "FORM", NEWER)

    return upgrade


def test_a_form_sent_out_before_an_upgrade_is_taken_after_it(
    form: Write, look: Look, upgraded: Callable[[], None]
) -> None:
    """With the columns that it had, and as whole as before."""
    path = form(GOOD)
    upgraded()
    check = look(path)
    assert (check.outcome, check.rows, check.faults) == (Outcome.ACCEPTED, 1, ())


def test_what_is_sent_back_of_an_old_form_is_an_old_form(
    form: Write, look: Look, upgraded: Callable[[], None], tmp_path: Path
) -> None:
    """The returned copy has the columns and the version of the form that came, so that it can come again."""
    path = form(GOOD, GOOD | {"task_no": "99"})
    upgraded()
    copy, _ = write_returned(tmp_path / "returns", path.name, look(path))
    assert load_workbook(copy)["版本信息"]["B1"].value == "2"
    again = look(copy)
    assert (again.outcome, again.rows, len(again.faults)) == (Outcome.PARTIAL, 1, 1)


@pytest.mark.parametrize("version", ["1", "4", "9" * 5_000, "２"], ids=["before", "from the future", "endless", "wide"])
def test_a_version_that_never_went_out_is_refused(form: Write, look: Look, version: str) -> None:
    """One before the first, one from the future, one that is no number of ours."""
    path = form(GOOD)
    book = load_workbook(path)
    book["版本信息"]["B1"] = version
    book.save(path)
    [fault] = look(path).faults
    assert "表样版本" in fault.problem


def test_task_numbers_without_end_do_not_end_in_an_error(form: Write, look: Look) -> None:
    """Five thousand digits where the stamp lists its tasks: it was changed, and that is said."""
    path = form(GOOD)
    book = load_workbook(path)
    book["版本信息"]["B5"] = "9" * 5_000
    book.save(path)
    assert [fault.problem for fault in look(path).faults] == ["表内的版本信息被改动过"]


@pytest.mark.parametrize("rows", [(HELPER,), ()], ids=["as sent", "rows deleted"])
@pytest.mark.parametrize("unit", ["县医保局", "县行政审批局"])
def test_an_empty_form_of_a_unit_that_owes_nothing_is_taken(
    form: Write, look: Look, unit: str, rows: tuple[dict[str, str], ...]
) -> None:
    """Cooperating and countersigning units may have nothing to add; the office is told so."""
    check = look(form(*rows, 填报单位=unit))
    assert (check.outcome, check.rows, check.faults) == (Outcome.ACCEPTED, 0, ())
    assert ["没有补充情况" in warning.problem for warning in check.warnings] == [True]


@pytest.mark.parametrize("rows", [({"task_no": "11", "role": "牵头"},), ()], ids=["as sent", "rows deleted"])
def test_an_empty_form_of_a_unit_that_owes_a_report_is_refused(
    form: Write, look: Look, rows: tuple[dict[str, str], ...]
) -> None:
    """Whoever leads a task has something to say of it."""
    check = look(form(*rows, 填报单位="县公安局"))
    assert (check.outcome, [fault.problem for fault in check.faults]) == (Outcome.REFUSED, ["没有填写任何一行"])


def test_what_a_unit_wrote_does_not_act_in_the_message_that_is_sent_back(form: Write, look: Look) -> None:
    """说明.txt is read on terminals and pasted into messages: escapes and turning characters are codes in it."""
    check = look(form(GOOD | {"reported": "推进\u2028中\u2029"}))
    text = message_of("甲\x1b[2J.xlsx", check)
    assert ("〔U+001B〕[2J" in text, "〔U+2028〕" in text) == (True, True)
    assert not (ACTING - {"\n"}) & set(text)
