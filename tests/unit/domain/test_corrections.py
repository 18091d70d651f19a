"""Corrections: what each one carries, and the shipped example's two."""

from dataclasses import replace
from datetime import date

import pytest
from builders import closed, day, declared, entry, history, moment, period, reopened, returned, task

from yuechi_report.domain.assessment import Discipline, Headline
from yuechi_report.domain.corrections import Correction, CorrectionKind, corrections
from yuechi_report.domain.policy import StatusPolicy
from yuechi_report.domain.progress import History
from yuechi_report.domain.register import Notice, Register
from yuechi_report.settings.request import load_params, resolve_moment
from yuechi_report.settings.workspace import Workspace
from yuechi_report.source.assemble import assemble

NOTICE = Notice(id="n", title="", short_title="", issuer="", issued_on=date(2024, 9, 23), sha256="", source="")
REGISTER = Register(NOTICE, (task(number=9), task(), task(number=11)))
KNOWN_THEN = moment("2025-01-06", 23)


def found(records: History) -> tuple[Correction, ...]:
    """What a later report corrects of the fourth quarter's."""
    return corrections(
        REGISTER,
        records,
        period(),
        as_of_then=day("2025-01-06"),
        known_then=KNOWN_THEN,
        policy=StatusPolicy(),
    )


@pytest.mark.parametrize(
    ("cause", "kind"),
    [
        (declared("2024-12-30", recorded="2025-01-08", seq=2), CorrectionKind.RECORDED_LATER),
        (closed("2025-02-26", "2024-12-25", seq=2), CorrectionKind.PROVED_LATER),
    ],
)
def test_correction_names_its_task_and_its_record(cause: object, kind: CorrectionKind) -> None:
    """Task, kind and the very record that caused it."""
    [line] = found(history(entry(seq=1), cause))  # type: ignore[arg-type]
    assert (line.task_no, line.kind, line.cause) == (10, kind, cause)


def test_headlines_before_and_after_and_what_changed_are_told() -> None:
    """Reopened: closed became overdue, with what that moves."""
    [line] = found(history(entry(seq=1), closed(seq=2), reopened("2025-02-28", seq=3)))
    assert (line.then.headline, line.now.headline) == (Headline.CLOSED, Headline.OVERDUE)
    assert line.changed == ("headline", "suffixes", "days_overdue", "completed_on")


def test_report_received_in_time_and_recorded_later_corrects_the_discipline() -> None:
    """A task printed as 未报送 whose form was there all the time."""
    [line] = found(history(entry("2024-12-18", recorded="2025-01-08", seq=1)))
    assert (line.then.discipline, line.now.discipline) == (Discipline.NOT_REPORTED, Discipline.ON_TIME)


def test_record_of_the_very_moment_was_known_and_is_no_cause() -> None:
    """A return recorded at the moment of the earlier report stood in it; the entry recorded since is the cause."""
    late = declared("2025-01-04", recorded="2025-01-08", seq=2)
    sent_back = returned("2025-01-02", seq=3)
    sent_back = replace(sent_back, source=replace(sent_back.source, recorded_at=KNOWN_THEN))
    [line] = found(history(entry(seq=1), late, sent_back))
    assert (line.kind, line.cause) == (CorrectionKind.RECORDED_LATER, late)


def test_example_corrects_two_tasks_of_the_fourth_quarter(repository: Workspace) -> None:
    """2025Q1: task 15 proved later and so in time, task 16 reopened and so overdue."""
    request = load_params(repository, "yuechi-2024", "2025Q1")
    scope = assemble(repository, request, resolve_moment(request))
    before = scope.earlier[-1]
    asked = {"as_of_then": before.as_of, "known_then": before.known_at, "policy": scope.policy}
    lines = corrections(scope.register, scope.history, before.period, **asked)
    assert [(line.task_no, line.kind, line.then.headline, line.now.headline) for line in lines] == [
        (15, CorrectionKind.PROVED_LATER, Headline.OVERDUE, Headline.CLOSED),
        (16, CorrectionKind.REOPENED, Headline.CLOSED, Headline.OVERDUE),
    ]
