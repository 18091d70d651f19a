"""Every unit's report of the example: its length, and that it holds nothing of other units' own matters."""

import io
import json
from collections.abc import Iterator
from functools import cache

import pypdf
import pytest
from pages import executed

from yuechi_report.domain.progress import Decision, ProgressEntry
from yuechi_report.render.blocks import read_blocks
from yuechi_report.render.pdf import render_pdf
from yuechi_report.report import load_report
from yuechi_report.report.context import Report

UNITS = tuple(unit.name for unit in load_report("2024Q4", notice="yuechi-2024").scope.units)
TELLING = 12
"""So many characters of a text cannot stand in another unit's report by chance."""


@cache
def county(quarter: str) -> Report:
    """The county's report, which knows every record."""
    return load_report(quarter, notice="yuechi-2024")


def foreign_texts(quarter: str, unit: str) -> Iterator[str]:
    """The opening words of everything said or decided about tasks in which the unit has no part."""
    report = county(quarter)
    theirs = {task.number for task in report.scope.register if unit not in task.units}
    records: tuple[ProgressEntry | Decision, ...] = (*report.scope.history.entries, *report.scope.history.decisions)
    for record in records:
        if record.task_no in theirs:
            texts = (
                (record.reason, record.upper_step)
                if isinstance(record, Decision)
                else (record.progress, record.issues, record.next_steps, record.coordination, record.criterion)
            )
            yield from (text[:TELLING] for text in texts if len(text) >= TELLING)


@pytest.mark.parametrize("quarter", ["2024Q3", "2024Q4", "2025Q1"])
@pytest.mark.parametrize("unit", UNITS)
def test_unit_report_is_short_and_keeps_to_its_own(quarter: str, unit: str) -> None:
    """At most two pages; no word on a task that is not the unit's, neither on the page nor in its scope."""
    book = executed("unit_quarterly", quarter=quarter, unit=unit)
    pdf = render_pdf(read_blocks(book, name=unit), name=unit)
    assert len(pypdf.PdfReader(io.BytesIO(pdf)).pages) <= 2
    page = json.dumps(book, ensure_ascii=False)
    scope = county(quarter).scope.for_unit(unit).to_json().decode()
    own = own_texts(quarter, unit)
    leaked = {text for text in foreign_texts(quarter, unit) if (text in page or text in scope) and text not in own}
    assert leaked == set()


def own_texts(quarter: str, unit: str) -> str:
    """What the unit's own tasks hold, since two tasks may be told in the same opening words."""
    history = county(quarter).scope.history
    mine = {task.number for task in county(quarter).scope.register if unit in task.units}
    return "".join(repr(one) for one in (*history.entries, *history.decisions) if one.task_no in mine)


@pytest.mark.parametrize("unit", ["县公安局", "县残联"])
def test_leak_would_be_noticed(unit: str) -> None:
    """The words looked for are those the county's scope does hold."""
    whole = county("2024Q4").scope.to_json().decode()
    assert sum(text in whole for text in foreign_texts("2024Q4", unit)) > 50
