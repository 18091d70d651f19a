"""What forms know before they are sent: tasks, deadlines, criterion, last quarter's status and promise."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from builders import moment
from openpyxl import load_workbook

from yuechi_report.domain.progress import History
from yuechi_report.errors import ParameterError
from yuechi_report.settings.request import Moment, load_params
from yuechi_report.settings.workspace import Workspace
from yuechi_report.source.assemble import assemble
from yuechi_report.source.prefill import PrefilledForm, prefilled_forms, write_office_form, write_unit_forms
from yuechi_report.source.scope import Scope

SHORT = ("县行政审批局", "县残联", "岳池金融监管支局")


def scope_of(repository: Workspace, quarter: str, known_at: str) -> Scope:
    """The example's scope as the forms of a quarter are written, on a day."""
    request = load_params(repository, "yuechi-2024", quarter)
    return assemble(repository, request, Moment(date.fromisoformat(known_at), moment(known_at, 23)))


@pytest.fixture
def first(repository: Workspace) -> Scope:
    """The first quarter, before anything was received."""
    return replace(scope_of(repository, "2024Q3", "2024-10-15"), history=History())


@pytest.fixture
def second(repository: Workspace) -> Scope:
    """The second quarter, as known before its submission day."""
    return scope_of(repository, "2024Q4", "2024-12-01")


def form_of(scope: Scope, unit: str) -> PrefilledForm:
    """One unit's form."""
    [form] = prefilled_forms(scope, (unit,))
    return form


def row_of(scope: Scope, unit: str, number: int) -> dict[str, str]:
    """One row of a unit's form."""
    [row] = [row for row in form_of(scope, unit).rows if row["task_no"] == str(number)]
    return row


def test_nineteen_workbooks_go_out(first: Scope) -> None:
    """Sixteen full ones, three short ones, none for the collective; the leads' rows are the 37 tasks."""
    forms = prefilled_forms(first)
    assert len(forms) == 19
    short = [form.unit.name for form in forms if all(row["role"] != "牵头" for row in form.rows)]
    assert sorted(short) == sorted(SHORT)
    leads = [row["task_no"] for form in forms for row in form.rows if row["role"] == "牵头"]
    assert sorted(leads, key=int) == [str(number) for number in range(1, 38)]


def test_short_rows_ask_for_little(first: Scope) -> None:
    """保持类 and 跟踪类 ask for status, progress and what goes with them; 会签 and 配合 for progress alone."""
    form = form_of(first, "县公安局")
    asked = {row["task_no"]: keys for row, keys in zip(form.rows, form.asked, strict=True)}
    assert len(asked["6"]) == 12
    assert asked["4"] == {"criterion", "progress", "issues", "reported", "completed_on", "evidence", "coordination"}
    assert asked["8"] == {"criterion", "progress", "issues", "reported", "coordination"}
    assert form_of(first, "县残联").asked == ({"progress", "issues", "evidence", "coordination"},) * len(
        form_of(first, "县残联").rows
    )


def test_first_form_knows_the_task_alone(first: Scope) -> None:
    """Nothing was received yet: no criterion, no promise."""
    assert set(row_of(first, "县公安局", 6)) == {"task_no", "title", "role", "deadline"}


def test_later_form_knows_status_promise_and_criterion(second: Scope) -> None:
    """Last quarter's own status with its figure, below it the next steps; the criterion once accepted."""
    row = row_of(second, "县公安局", 6)
    state, promise = row["promise"].split("\n", 1)
    assert (state, bool(promise), bool(row["criterion"])) == ("【上季自报：推进中，60%】", True, True)


def test_extension_stands_below_the_notices_own_words(repository: Workspace) -> None:
    """The original deadline is never overwritten."""
    third = scope_of(repository, "2025Q1", "2025-03-01")
    assert row_of(third, "县交通运输局", 2)["deadline"] == "2024年12月\n（延至2025-03-31）"


def test_closed_tasks_have_no_row(second: Scope) -> None:
    """Task 32 was closed in October: it is not asked for in December."""
    numbers = [row["task_no"] for row in form_of(second, "县公安局").rows]
    assert ("32" in numbers, "6" in numbers) == (False, True)


def test_unknown_unit_is_answered_with_a_name_that_is_alike(first: Scope) -> None:
    """A typing mistake on the command line costs no search."""
    with pytest.raises(ParameterError) as caught:
        prefilled_forms(first, ("县公案局",))
    assert caught.value.faults[0].remedy == "是否应为“县公安局”？请填写规范名称"


def test_written_forms_are_equal_for_equal_scopes(tmp_path: Path, first: Scope) -> None:
    """Nineteen files by slug; writing them again gives the same bytes."""
    one, two = (write_unit_forms(first, "示例", tmp_path / name) for name in ("a", "b"))
    assert len(one) == 19
    assert [path.read_bytes() for path in one] == [path.read_bytes() for path in two]
    assert one[0].name == f"2024Q3-{prefilled_forms(first)[0].unit.slug}.xlsx"


def test_office_form_offers_open_tasks_first(tmp_path: Path, second: Scope) -> None:
    """The drop-down's list has all tasks, settled ones last with what settled them; forty empty rows."""
    book = load_workbook(write_office_form(second, "示例", tmp_path))
    listed = list(book["任务清单"].iter_rows(min_row=2, max_col=5, values_only=True))
    assert (len(listed), listed[-1][0], listed[-1][4]) == (37, 32, "核验通过销号（2024-10-22）")
    assert book["决定"].max_row >= 45
    units = [cell.value for cell in book["任务清单"]["G"][1:] if cell.value]
    assert (len(units), "各电信运营商" in units) == (19, False)
