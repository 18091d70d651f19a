"""Forms opened, filled in and saved by LibreOffice are taken, with equal content."""

import json
import os
import shutil
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from builders import moment
from openpyxl import load_workbook

from yuechi_report.domain.progress import ProgressEntry, Reported, Role, Source
from yuechi_report.domain.quarter import Quarter
from yuechi_report.intake.check.against import Against
from yuechi_report.intake.check.origin import read_stamp
from yuechi_report.intake.check.submission import Arrival, Outcome, ReceiptKind, check_file
from yuechi_report.intake.check.validate import Context, check_entries
from yuechi_report.intake.door.workbook import read_sheet
from yuechi_report.intake.form.columns import FORM
from yuechi_report.settings.request import Moment, load_params
from yuechi_report.settings.workspace import Workspace
from yuechi_report.source.assemble import assemble, load_against
from yuechi_report.source.prefill import write_office_form, write_unit_forms

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "tests/support/libreoffice_fill.py"
PYTHON = "/usr/bin/python3"
QUARTER = Quarter(2024, 3)
TEXT = "10月8日完成测试；=1+1 “引号”😀\n第二行 \u200f @x -1"
ARRIVAL = Arrival(moment("2024-10-14"), moment("2024-10-14", 11), "政务内网", "督查室（示例）")


def _has_uno() -> bool:
    if shutil.which("soffice") is None or not Path(PYTHON).exists():
        return False
    return subprocess.run([PYTHON, "-c", "import uno"], capture_output=True, check=False).returncode == 0


pytestmark = pytest.mark.skipif(not _has_uno(), reason="needs LibreOffice with python3-uno (apt)")


def _job(path: Path, to: Path) -> dict[str, Any]:
    """Every row filled in as its role and class ask: what is locked is left alone."""
    sheet = load_workbook(path)["填报"]
    typed, text = {"I3": "2024-10-12"}, {"F3": "示例审核人"}
    for row in read_sheet(path, FORM).rows:
        text[f"H{row.number}"] = TEXT
        if row.cells["role"] == "牵头":
            text[f"N{row.number}"] = "推进中"
        wanted = {f"I{row.number}": "80", f"L{row.number}": "2024-12-20"}
        typed |= {cell: value for cell, value in wanted.items() if not sheet[cell].protection.locked}
    return {"path": str(path), "to": str(to), "typed": typed, "text": text}


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the forms of the first quarter as issued (out) and as LibreOffice saved them (in)."""
    folder = tmp_path_factory.mktemp("libreoffice")
    workspace = Workspace(ROOT)
    scope = assemble(workspace, load_params(workspace, "yuechi-2024", str(QUARTER)), Moment(date(2024, 10, 15), None))
    scope = replace(scope, history=type(scope.history)())
    (folder / "in").mkdir()
    forms = write_unit_forms(scope, "示例", folder / "out")
    office = write_office_form(scope, "示例", folder / "out")
    jobs = [_job(path, folder / "in" / path.name) for path in forms]
    jobs.append({"path": str(office), "to": str(folder / "in" / office.name), "typed": {}, "text": {}})
    (folder / "jobs.json").write_text(json.dumps(jobs), encoding="utf-8")
    pipe = f"yuechi{os.getpid()}"
    office_words = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore"]
    program = subprocess.Popen([*office_words, f"--accept=pipe,name={pipe};urp;"])
    try:
        subprocess.run([PYTHON, str(SCRIPT), pipe, str(folder / "jobs.json")], check=True, timeout=300)
        program.wait(60)
    finally:
        if program.poll() is None:
            program.kill()
    return folder


@pytest.fixture(scope="module")
def against() -> Against:
    """The example's."""
    return load_against(Workspace(ROOT), "yuechi-2024")


def _entries(path: Path, against: Against) -> tuple[ProgressEntry, ...]:
    context = Context(against.register, against.units, against.nature, QUARTER, SOURCE)
    return check_entries(read_sheet(path, FORM), context).records


SOURCE = Source(1, "f.xlsx", 0, ARRIVAL.received_at, ARRIVAL.recorded_at, "")


def test_every_form_is_taken_with_equal_content(saved: Path, against: Against) -> None:
    """Nineteen forms: accepted without a fault, every row an entry with the words that were typed."""
    paths = sorted((saved / "out").glob("*.xlsx"))
    paths = [path for path in paths if "office" not in path.name]
    assert len(paths) == 19
    for out in paths:
        back = saved / "in" / out.name
        check = check_file(back, against, QUARTER, ARRIVAL, ReceiptKind.SUBMISSION)
        rows = read_sheet(out, FORM).rows
        assert (check.outcome, check.faults, check.rows) == (Outcome.ACCEPTED, (), len(rows)), out.name
        sheet = load_workbook(out)["填报"]
        for row, entry in zip(rows, _entries(back, against), strict=True):
            asked = not sheet[f"L{row.number}"].protection.locked
            assert (entry.task_no, entry.progress, entry.filed_on) == (row.cells["task_no"], TEXT, date(2024, 10, 12))
            assert entry.reported is (Reported.IN_PROGRESS if entry.role is Role.LEAD else None)
            assert (entry.percent, entry.expected_on) == ((80.0, date(2024, 12, 20)) if asked else (None, None))


def test_stamp_protection_and_drop_downs_survive(saved: Path) -> None:
    """What the office put into a form is still there after saving: stamp, locked cells, lists, hidden sheet."""
    name = f"{QUARTER}-public-security.xlsx"
    out, back = (read_sheet(saved / folder / name, FORM) for folder in ("out", "in"))
    assert read_stamp(back) == read_stamp(out)
    book = load_workbook(saved / "in" / name)
    sheet = book["填报"]
    assert (sheet.protection.sheet, sheet["A6"].protection.locked, sheet["H6"].protection.locked) == (True, True, False)
    assert book["版本信息"].sheet_state in ("hidden", "veryHidden")
    lists = [one.formula1 for one in sheet.data_validations.dataValidation if one.type == "list"]
    assert any("未启动" in (one or "") for one in lists)


def test_office_form_keeps_its_task_list(saved: Path) -> None:
    """The drop-down of tasks still points to the list of 37."""
    book = load_workbook(saved / "in" / f"{QUARTER}-office.xlsx")
    sources = [one.formula1 for one in book["决定"].data_validations.dataValidation if one.type == "list"]
    assert any("任务清单" in source and "$38" in source for source in sources)


@pytest.mark.parametrize("quarter", ["2024Q3", "2024Q4", "2025Q1"])
def test_filled_forms_of_the_example_survive_saving(tmp_path: Path, against: Against, quarter: str) -> None:
    """Every submission of the example, opened and saved again, gives the same entries."""
    folder = ROOT / "data/receipts/yuechi-2024" / quarter
    words = ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"]
    paths = sorted(folder.glob("*.xlsx"))
    subprocess.run(
        [*words, "--convert-to", "xlsx", "--outdir", str(tmp_path), *map(str, paths)], check=True, capture_output=True
    )
    context = Context(against.register, against.units, against.nature, Quarter.parse(quarter), SOURCE)
    for path in paths:
        before, after = (
            check_entries(read_sheet(one, FORM, shown_as=path.name), context) for one in (path, tmp_path / path.name)
        )
        assert before == after, path.name
