"""Reports made by hand from a few tasks and records, and the shipped example's three quarters."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from builders import UNIT, Record, day, history, moment, period

from yuechi_report.domain.policy import Calendar, StatusPolicy
from yuechi_report.domain.register import Notice, Register, Task
from yuechi_report.domain.unit import DocumentKind, Unit, UnitKind, Units
from yuechi_report.page.prose import escape_markdown
from yuechi_report.report.context import LEADERS, Report
from yuechi_report.report.context import UNIT as UNIT_EDITION
from yuechi_report.settings.policy import Signs
from yuechi_report.settings.request import load_params, resolve_moment
from yuechi_report.settings.workspace import Workspace
from yuechi_report.source.assemble import assemble
from yuechi_report.source.scope import Earlier, Office, Scope

ROOT = Path(__file__).resolve().parents[3]
NOTICE = Notice("n-2024", "重点任务清单", "重点任务", "县政府办公室", date(2024, 9, 23), "0" * 64, "as received")
OFFICE = Office("县政府督查室", "县政府领导", "督查专报", "", False, tuple(Signs().model_dump().items()))
UNITS = Units(
    (
        Unit("human-resources", UNIT, UnitKind.DEPARTMENT, DocumentKind.SUPERVISION, ("县人社局",)),
        Unit("public-security", "县公安局", UnitKind.DEPARTMENT, DocumentKind.SUPERVISION),
        Unit("medical-insurance", "县医保局", UnitKind.DEPARTMENT, DocumentKind.SUPERVISION),
        Unit("tax", "县税务局", UnitKind.UPPER_BRANCH, DocumentKind.INVITATION),
        Unit(
            "telecom-operators",
            "各电信运营商",
            UnitKind.COLLECTIVE,
            DocumentKind.FORWARDED,
            liaison="县公安局",
        ),
    )
)
Make = Callable[..., Report]
FIRST = (Earlier(period("2024Q3"), day("2024-10-15"), moment("2024-10-15", 23)),)


@pytest.fixture
def make() -> Make:
    """A report of these tasks and records on 6 January 2025; `earlier` compares it with 2024Q3."""

    def call(
        tasks: tuple[Task, ...],
        *records: Record,
        edition: str = LEADERS,
        unit: str = "",
        earlier: bool | tuple[Earlier, ...] = False,
        quarter: str = "2024Q4",
        as_of: str = "2025-01-06",
        **changes: Any,
    ) -> Report:
        scope = Scope(
            register=Register(NOTICE, tasks),
            units=UNITS,
            history=history(*records),
            period=period(quarter),
            as_of=day(as_of),
            known_at=moment(as_of, 23),
            label="",
            policy=StatusPolicy(calendar=Calendar((2024, 2025))),
            office=OFFICE,
            draft=1,
            text="",
            earlier=FIRST if earlier is True else earlier or (),
        )
        scope = replace(scope, **changes)
        return Report(scope.for_unit(unit), UNIT_EDITION) if unit else Report(scope, edition)

    return call


@pytest.fixture(scope="session")
def example() -> Mapping[str, Report]:
    """The leaders' report of each quarter of the shipped example."""
    place = Workspace(ROOT)
    found = {}
    for quarter in ("2024Q3", "2024Q4", "2025Q1"):
        request = load_params(place, "yuechi-2024", quarter)
        found[quarter] = Report(assemble(place, request, resolve_moment(request)), LEADERS)
    return found


@pytest.fixture
def hostile() -> str:
    """Text that tries to be markup of every kind."""
    return "**粗** <script>alert(1)</script> [链](http://x) #题 `码` $x$"


@pytest.fixture
def escaped(hostile: str) -> str:
    """The same as it may stand in a sentence."""
    return escape_markdown(hostile)
