"""Which matters call for a sheet, on which ground, and which never do."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest
from builders import (
    UNIT,
    Record,
    blocked,
    closed,
    day,
    decision,
    declared,
    entry,
    extended,
    moment,
    period,
    reopened,
    returned,
    submission,
    task,
)

from yuechi_report.domain.deadline import DueBy, Ongoing, OngoingMode
from yuechi_report.domain.progress import Action, Reported
from yuechi_report.domain.unit import DocumentKind, Ground, SheetMatter, Unit, UnitKind, Units
from yuechi_report.report.context import Report
from yuechi_report.report.sheet.due import matter_of, sheets_due
from yuechi_report.source.scope import Earlier

Make = Callable[..., Report]
case = pytest.param
ADVANCE, MAINTAIN = Ongoing(OngoingMode.ADVANCE), Ongoing(OngoingMode.MAINTAIN)


@pytest.mark.parametrize(
    ("quarter", "expected"),
    [
        ("2024Q3", []),
        (
            "2024Q4",
            [
                "sheet-10-human-resources supervision overdue",
                "sheet-15-public-security supervision returned",
                "sheet-23-market-regulation supervision not_reported",
                "sheet-29-housing-fund invitation block_not_recognised",
            ],
        ),
        (
            "2025Q1",
            [
                "sheet-16-culture-tourism supervision reopened",
                "sheet-19-education supervision idle",
            ],
        ),
    ],
)
def test_sheets_of_the_example(example: Mapping[str, Report], quarter: str, expected: list[str]) -> None:
    """The three quarters' sheets with document kind and ground, in the register's order."""
    found = sheets_due(example[quarter])
    assert [f"{one.slug} {one.document.value} {one.ground.value}" for one in found] == expected


@pytest.mark.parametrize(
    ("records", "ground"),
    [
        case((), Ground.OVERDUE, id="overdue"),
        case((entry(task_no=1, reported=Reported.DECLARED_COMPLETE),), Ground.NO_EVIDENCE, id="no evidence"),
        case((declared(task_no=1), returned(task_no=1)), Ground.RETURNED, id="returned"),
        case((entry(task_no=1, reported=Reported.AWAITING_UPPER),), Ground.BLOCK_NOT_RECOGNISED, id="not recognised"),
        case(
            (entry(task_no=1, reported=Reported.AWAITING_UPPER), blocked(task_no=1, review_on="2025-01-05")),
            Ground.BLOCK_LAPSED,
            id="lapsed",
        ),
        case((declared(task_no=1), closed(task_no=1), reopened(task_no=1)), Ground.REOPENED, id="reopened"),
        case(
            (
                closed(task_no=1),
                reopened(task_no=1),
                declared("2025-01-04", task_no=1),
                returned("2025-01-05", task_no=1),
            ),
            Ground.RETURNED,
            id="reopened, then returned: the newest",
        ),
        case((declared(task_no=1),), None, id="waits for the office"),
        case((blocked(task_no=1),), None, id="recognised"),
        case((entry(task_no=1), extended(task_no=1)), None, id="extended"),
        case((entry(task_no=1, reported=Reported.EXTENSION_REQUESTED),), None, id="extension asked in time"),
        case((closed(task_no=1),), None, id="closed"),
    ],
)
def test_ground_of_a_fixed_task_past_due(make: Make, records: tuple[Record, ...], ground: Ground | None) -> None:
    """Overdue tasks by the most telling ground; what waits for the office or is settled gets no sheet."""
    found = sheets_due(make((task(number=1),), *records))
    assert [one.ground for one in found] == ([] if ground is None else [ground])


@pytest.mark.parametrize(
    ("records", "ground"),
    [
        case((), Ground.NOT_REPORTED, id="not reported"),
        case((submission(faulty_rows=1),), None, id="its row was sent back for correction"),
        case((entry(task_no=1),), None, id="action"),
        case((entry(task_no=1, progress=""),), None, id="idle for the first time"),
        case(
            (
                entry(task_no=1, reported=Reported.AWAITING_UPPER),
                blocked("2024-12-20", task_no=1, review_on="2025-01-05"),
            ),
            Ground.BLOCK_LAPSED,
            id="recognition lapsed",
        ),
    ],
)
def test_ground_of_an_advancing_task(make: Make, records: tuple[Record, ...], ground: Ground | None) -> None:
    """The others are asked for what they owe; a first idle quarter is told in the unit's report only."""
    found = sheets_due(make((task(ADVANCE, number=1),), *records))
    assert [one.ground for one in found] == ([] if ground is None else [ground])


@pytest.mark.parametrize(("first", "grounds"), [(False, [Ground.IDLE]), (True, [])], ids=["ordinary", "first report"])
def test_two_idle_quarters_but_not_the_first_report(make: Make, first: bool, grounds: list[Ground]) -> None:
    """Idle in two quarters running gets a sheet; a first report does not count as one of them."""
    idle = (
        entry("2024-10-09", task_no=1, progress="", quarter="2024Q3"),
        entry(task_no=1, progress=""),
    )
    before = Earlier(period("2024Q3", first_report=first), day("2024-10-15"), moment("2024-10-15", 23))
    report = make((task(ADVANCE, number=1),), *idle)
    report = Report(replace(report.scope, earlier=(before,)), report.edition)
    assert [one.ground for one in sheets_due(report)] == grounds


def test_interrupted_routine_gets_a_sheet(make: Make) -> None:
    """A service that ran and stopped is asked after."""
    report = make((task(MAINTAIN, number=1),), entry(task_no=1, reported=Reported.NOT_STARTED))
    assert [one.ground for one in sheets_due(report)] == [Ground.INTERRUPTED]


def test_due_before_issue_never_gets_one(make: Make) -> None:
    """Due before the notice was issued is nobody's lateness (domain.md §2.4)."""
    assert sheets_due(make((task(DueBy(day("2024-06-30")), number=1),))) == ()


def test_first_report_that_is_missing_gets_none(make: Make) -> None:
    """A first report is reminded of, not supervised."""
    report = make((task(ADVANCE, number=1),), quarter="2024Q3", as_of="2024-10-15")
    assert sheets_due(report) == ()


def test_collective_is_told_only_of_a_task_in_trouble(make: Make) -> None:
    """It is told through its liaison where the filling unit gets a sheet; not while all is well, nor after the end."""
    shared = task(MAINTAIN, number=1, lead_units=(UNIT, "各电信运营商"))
    told = SheetMatter(1, "各电信运营商", DocumentKind.FORWARDED, Ground.FORWARDED, "sheet-1-telecom-operators")
    assert sheets_due(make((shared,), entry(task_no=1, reported=Reported.NORMAL))) == ()
    assert sheets_due(make((shared,), entry(task_no=1, reported=Reported.NOT_STARTED)))[1:] == (told,)
    assert sheets_due(make((shared,), closed(task_no=1))) == ()


def collective(liaison: str) -> Units:
    """Two departments and 各科室, with that liaison."""
    departments = [
        Unit(slug, name, UnitKind.DEPARTMENT, DocumentKind.SUPERVISION)
        for slug, name in (("office", "校办公室"), ("logistics", "后勤处"))
    ]
    return Units((*departments, Unit("rooms", "各科室", UnitKind.COLLECTIVE, DocumentKind.FORWARDED, liaison=liaison)))


@pytest.mark.parametrize(
    ("of", "liaison", "expected"),
    [
        case({"lead_units": ("各科室",)}, "", ["rooms forwarded overdue"], id="leads alone, no liaison"),
        case(
            {"lead_units": ("各科室",), "filled_by": "校办公室"},
            "校办公室",
            ["office supervision overdue", "rooms forwarded forwarded"],
            id="leads alone, its liaison fills in",
        ),
        case(
            {"lead_units": ("各科室", "后勤处"), "filled_by": "后勤处"},
            "",
            ["logistics supervision overdue"],
            id="another lead fills in, no liaison",
        ),
        case(
            {"lead_units": ("后勤处", "各科室")}, "工会", ["logistics supervision overdue"], id="a liaison nobody knows"
        ),
        case(
            {"lead_units": ("后勤处", "各科室"), "cooperating_units": ("各科室",)},
            "校办公室",
            ["logistics supervision overdue", "rooms forwarded forwarded"],
            id="leads and cooperates",
        ),
    ],
)
def test_one_matter_a_task_and_unit(make: Make, of: dict[str, Any], liaison: str, expected: list[str]) -> None:
    """The ground of the rules goes before being told; without a liaison there is nobody to tell it."""
    report = make((task(number=1, **of),), units=collective(liaison))
    found = sheets_due(report)
    assert [f"{one.slug.removeprefix('sheet-1-')} {one.document.value} {one.ground.value}" for one in found] == expected
    assert len({one.slug for one in found}) == len(found)


def test_collective_named_by_the_office_is_told_through_its_liaison(make: Make) -> None:
    """Nothing is wrong with the task, and the office wants it passed on all the same."""
    shared = task(MAINTAIN, number=1, lead_units=(UNIT, "各电信运营商"))
    report = make((shared,), entry(task_no=1, reported=Reported.NORMAL))
    assert matter_of(report, shared, "各电信运营商").ground is Ground.FORWARDED


def test_office_may_name_any_other_matter(make: Make) -> None:
    """A task that no rule calls for keeps its own ground, with the document of the unit's kind."""
    shared = task(ADVANCE, number=1, cooperating_units=("县税务局",))
    report = make((shared,), entry(task_no=1))
    found = [matter_of(report, shared, name) for name in (UNIT, "县税务局")]
    assert [(one.ground, one.document) for one in found] == [
        (Ground.NAMED, DocumentKind.SUPERVISION),
        (Ground.NAMED, DocumentKind.INVITATION),
    ]
    refused = decision(Action.REFUSE_BLOCK, "2024-12-30", task_no=1)
    assert matter_of(make((task(number=1),), refused), task(number=1), UNIT).ground is Ground.OVERDUE
