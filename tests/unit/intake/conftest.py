"""A small notice of four units and three tasks in a folder of its own, and forms written for it."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from builders import UNIT, moment, task

from yuechi_report.domain.deadline import Ongoing, OngoingMode
from yuechi_report.domain.quarter import Quarter
from yuechi_report.domain.register import Notice, Register
from yuechi_report.domain.unit import DocumentKind, Unit, UnitKind, Units
from yuechi_report.intake.check.against import Against
from yuechi_report.intake.check.submission import Arrival
from yuechi_report.intake.door import grid
from yuechi_report.intake.door.package import FileLimits
from yuechi_report.intake.form.columns import DECISIONS, FORM
from yuechi_report.intake.form.write import write_form

Row = dict[str, str]
LABELS = {"填报单位": UNIT, "填报季度": "2024Q4", "数据性质": "示例", "填报日期": "2024-12-17"}


def _unit(slug: str, name: str, *short: str, kind: UnitKind = UnitKind.DEPARTMENT) -> Unit:
    return Unit(slug, name, kind, DocumentKind.SUPERVISION, short)


@pytest.fixture
def against(tmp_path: Path) -> Against:
    """Task 10 is led by 县人社局, countersigned and helped; 11 is 县公安局's; 12 is ongoing."""
    notice = Notice("n-2024", "重点任务清单", "重点任务", "县政府办公室", date(2024, 9, 23), "0" * 64, "as received")
    tasks = (
        task(lead_units=(UNIT, "县行政审批局"), cooperating_units=("县医保局",)),
        task(number=11, lead_units=("县公安局",)),
        task(Ongoing(OngoingMode.MAINTAIN), number=12),
    )
    units = (
        _unit("human-resources", UNIT, "县人社局"),
        _unit("admin-approval", "县行政审批局"),
        _unit("medical-insurance", "县医保局"),
        _unit("public-security", "县公安局"),
        _unit("telecom-operators", "各电信运营商", kind=UnitKind.COLLECTIVE),
    )
    return Against(Register(notice, tasks), Units(units), "示例", tmp_path / "root")


@pytest.fixture
def read_in_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read files as the bounded child does, without one: for tests of what comes after it."""

    def ask(path: Path, name: str, sheet: str, limits: FileLimits) -> object:
        return json.loads(grid.answer(path, name, sheet, limits))

    monkeypatch.setattr(grid, "_ask_child", ask)


@pytest.fixture
def quarter() -> Quarter:
    """The fourth quarter of 2024."""
    return Quarter(2024, 4)


@pytest.fixture
def arrival() -> Arrival:
    """Received on 18 December at ten, recorded an hour later."""
    return Arrival(moment("2024-12-18"), moment("2024-12-18", 11), "政务内网", "督查室（示例）")


@pytest.fixture
def form(tmp_path: Path) -> Callable[..., Path]:
    """Write a unit's form with these rows: name of the file, rows, changed labels."""

    def write(*rows: Row, name: str = "form.xlsx", **labels: str) -> Path:
        path = tmp_path / name
        write_form(path, FORM, LABELS | labels, rows)
        return path

    return write


@pytest.fixture
def office_form(tmp_path: Path) -> Callable[..., Path]:
    """Write the office's decision form with these rows."""

    def write(*rows: Row, name: str = "decisions.xlsx") -> Path:
        path = tmp_path / name
        write_form(path, DECISIONS, {"作出单位": "督查室（示例）", "填报季度": "2024Q4", "数据性质": "示例"}, rows)
        return path

    return write
