import shutil
from datetime import date
from pathlib import Path

import pytest

from yuechi_report.domain.deadline import DueBy
from yuechi_report.domain.register import Register
from yuechi_report.errors import InputRefused
from yuechi_report.notice.folder import load_register, parse_received
from yuechi_report.notice.parse import Parsed
from yuechi_report.notice.register_file import read_register, write_register
from yuechi_report.notice.sidecar import read_sidecar

CORRECTION = """
- {{task_no: {task}, field: {field}, value: {value}, reason: 核对原件, confirmed_by: 某股室, confirmed_on: 2024-10-08}}
"""
LIST = "2024年9月23日\n附件\n2024年清单\n重点任务\n完成时限\n牵头单位\n配合单位\n"


def corrected(path: Path, *corrections: tuple[int, str, str]) -> Parsed:
    """The parse of a text with these corrections beside it."""
    records = [CORRECTION.format(task=task, field=field, value=value) for task, field, value in corrections]
    path.with_name("corrections.yml").write_text("".join(records), encoding="utf-8")
    return parse_received(path)


def test_the_committed_register_is_a_fresh_parse(folder: Path, tmp_path: Path) -> None:
    """register.csv of the repository is byte for byte what the notice and its corrections give now."""
    write_register(tmp_path / "register.csv", parse_received(folder / "notice.txt").tasks)
    assert (tmp_path / "register.csv").read_bytes() == (folder / "register.csv").read_bytes()


def test_the_register_is_sidecar_and_table(folder: Path) -> None:
    """The loaded register is the notice of the sidecar and the tasks of the table, 20 units in all."""
    register = load_register(folder)
    assert register == Register(read_sidecar(folder / "notice.yml"), read_register(folder / "register.csv"))
    assert (len(register), len(register.unit_names)) == (37, 20)


def test_a_text_alone_is_parsed(folder: Path, tmp_path: Path, parsed: Parsed) -> None:
    """Without sidecar and corrections the printed day counts."""
    shutil.copy(folder / "notice.txt", tmp_path)
    assert parse_received(tmp_path / "notice.txt") == parsed


def test_a_changed_text_is_refused_where_a_sidecar_stands_beside_it(folder: Path, tmp_path: Path) -> None:
    """The hash is compared before anything is taken from the text."""
    shutil.copy(folder / "notice.yml", tmp_path)
    (tmp_path / "notice.txt").write_bytes((folder / "notice.txt").read_bytes() + b"\n")
    with pytest.raises(InputRefused, match="sha256不符"):
        parse_received(tmp_path / "notice.txt")


def test_the_given_day_of_issue_counts_most(folder: Path) -> None:
    """--issued-on goes before sidecar and text: 2024-10-08 makes task 32 due before the issue, too."""
    parsed = parse_received(folder / "notice.txt", issued_on=date(2024, 10, 8))
    assert [task.number for task in parsed.tasks if "due_before_issue" in task.flags] == [27, 32]


def test_a_correction_settles_its_findings(tmp_path: Path) -> None:
    """Once a person has settled deadline and units, those errors are gone, others stay."""
    path = tmp_path / "notice.txt"
    path.write_text(
        f"{LIST}（一）推进服务。\n2024年11月前\n县人社\n局\n \n（三）办事。\n年内\n县民政局\n", encoding="utf-8"
    )
    before = parse_received(path)
    assert [finding.code for finding in before.findings] == ["unit_row_shape", "deadline_unresolved", "number_gap"]
    after = corrected(
        path,
        (1, "deadline_kind", "fixed"),
        (1, "due_date", "2024-11-30"),
        (1, "lead_units", "县人社局"),
        (1, "cooperating_units", "''"),
    )
    assert [finding.code for finding in after.findings] == ["number_gap"]
    (task, other) = after.tasks
    assert (task.deadline, task.lead_units, task.cooperating_units) == (DueBy(date(2024, 11, 30)), ("县人社局",), ())
    assert other == before.tasks[1]


def test_a_correction_may_bring_a_finding(tmp_path: Path) -> None:
    """A day corrected to one before the issue is told like a printed one."""
    path = tmp_path / "notice.txt"
    path.write_text(f"{LIST}（一）推进服务。\n2024年12月\n县人社局\n", encoding="utf-8")
    after = corrected(path, (1, "due_date", "2024-06-30"))
    assert [finding.text for finding in after.findings] == ["任务（1）：完成时限2024-06-30早于印发日期"]
