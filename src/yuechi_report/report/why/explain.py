"""Report and task number → Explanation: everything one status rests on."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from yuechi_report.domain.assessment import Assessment, Headline, PaceGround
from yuechi_report.domain.case import Case
from yuechi_report.domain.corrections import Correction, corrections
from yuechi_report.domain.pace import expected_percent
from yuechi_report.domain.progress import Decision, ProgressEntry, Record
from yuechi_report.page.labels import page_marks
from yuechi_report.report.context import Past, Report
from yuechi_report.report.why.grounds import (
    case_of,
    date_facts,
    deadline_facts,
    decision_facts,
    entry_facts,
    policy_facts,
    resting_decisions,
    rule_facts,
    status_facts,
    word,
)
from yuechi_report.report.why.records import (
    CriterionFacts,
    DisciplineFacts,
    Explanation,
    NoticeFacts,
    PaceFacts,
    QuarterFacts,
    TaskFacts,
)
from yuechi_report.report.why.wording import NOTICE_FILE, measure_text
from yuechi_report.report.words.statuses import headline_text

_MISSING = (Headline.NOT_REPORTED, Headline.AWAITING_REPORT, Headline.FIRST_REPORT_MISSING)


def explain(report: Report, number: int, notice_lines: tuple[str, ...] = ()) -> Explanation:
    """The explanation of one task; KeyError when the register has none of that number.

    `notice_lines` are all lines of the notice's file; the task's own are quoted from them.
    """
    task = report.task(number)
    one = next(each for each in report.assessments if each.task_no == number)
    case, scope = case_of(report, one), report.scope
    return Explanation(
        quarter=str(scope.period.quarter),
        as_of=scope.as_of,
        known_at=scope.known_at,
        label=scope.label,
        marks=page_marks(is_example=scope.office.is_example, is_retrospective=bool(scope.label)),
        notice=_notice(report, case, notice_lines),
        task=TaskFacts(
            number=task.number,
            title=task.title,
            text=task.text,
            category=task.category,
            task_class=word(one.task_class),
            filling_unit=case.task.filling_unit,
            lead_units=case.task.lead_units,
            cooperating_units=case.task.cooperating_units,
            adjusted_text=one.adjusted_text,
        ),
        deadline=deadline_facts(case),
        status=status_facts(report, one),
        rule=rule_facts(one),
        dates=date_facts(one),
        policy=policy_facts(one),
        entries=entry_facts(_entries(report, number), _basis(one)),
        decisions=decision_facts(one.reason.decisions, resting_decisions(case, one)),
        criterion=_criterion(case),
        history=tuple(_quarters(report, number)),
        discipline=_discipline(case, one),
        pace=_pace(case, one),
    )


def _notice(report: Report, case: Case, lines: tuple[str, ...]) -> NoticeFacts:
    notice = report.scope.register.notice
    first, last = case.task.source_lines
    return NoticeFacts(
        id=notice.id,
        title=notice.title,
        issuer=notice.issuer,
        issued_on=notice.issued_on,
        file=NOTICE_FILE,
        first_line=first,
        last_line=last,
        lines=lines[first - 1 : last] if first else (),
    )


def _criterion(case: Case) -> CriterionFacts | None:
    """The criterion as the filling unit last gave it, and as it did first."""
    told = [entry for entry in case.entries if entry.criterion]
    if not told:
        return None
    first, last = told[0], told[-1]
    return CriterionFacts(
        text=last.criterion,
        quarter=str(last.quarter),
        unit=last.unit,
        first_text=first.criterion,
        first_quarter=str(first.quarter),
    )


def _quarters(report: Report, number: int) -> Iterator[QuarterFacts]:
    for past in report.past:
        then = next(one for one in past.assessments if one.task_no == number)
        found = _correction(report, past, number)
        yield QuarterFacts(
            quarter=str(past.quarter),
            as_of=past.earlier.as_of,
            known_at=past.earlier.known_at,
            then=headline_text(report, then),
            correction=word(found.kind) if found is not None else None,
            now=headline_text(report, found.now) if found is not None else "",
            corrected_on=_day_of(found.cause) if found is not None else None,
        )


def _correction(report: Report, past: Past, number: int) -> Correction | None:
    """The newest correction of that quarter's figure with what is known today."""
    scope, earlier = report.scope, past.earlier
    found = corrections(
        replace(scope.register, tasks=(report.task(number),)),
        scope.history.of_task(number).up_to(scope.period.quarter, scope.as_of),
        earlier.period,
        as_of_then=earlier.as_of,
        known_then=earlier.known_at,
        policy=scope.policy,
    )
    return found[-1] if found else None


def _day_of(cause: Record) -> date:
    return cause.decided_on if isinstance(cause, Decision) else cause.source.received_at.date()


def _entries(report: Report, number: int) -> tuple[ProgressEntry, ...]:
    """Every row about the task in any role that had come by then, oldest first."""
    scope = report.scope
    return scope.history.of_task(number).up_to(scope.period.quarter, scope.as_of).entries


def _basis(one: Assessment) -> ProgressEntry | None:
    """The entry the headline rests on; where nothing came this quarter it rests on that alone."""
    return None if one.headline in _MISSING else one.reason.entry


def _discipline(case: Case, one: Assessment) -> DisciplineFacts:
    due = case.period.submission_due
    received = case.filed[0].source.received_at if case.filed else None
    return DisciplineFacts(
        state=word(one.discipline),
        submission_due=due,
        received_at=received,
        days_late=max(0, (received.date() - due).days) if received is not None else 0,
        due_result=word(one.due_result),
    )


def _pace(case: Case, one: Assessment) -> PaceFacts:
    entry, reason = one.entry, one.reason
    stands_for = dict(reason.dates).get("stands_for")
    due, measured = case.effective_due, reason.pace_ground is PaceGround.MEASURED
    expected = None
    if measured and due is not None and stands_for is not None:
        expected = expected_percent(case.period, due, stands_for)
    return PaceFacts(
        state=word(one.pace),
        ground=word(reason.pace_ground),
        measure=measure_text(entry) if entry is not None else "",
        percent=one.percent_complete,
        expected_percent=expected,
        stands_for=stands_for,
        days_window=case.days_window if measured else None,
        promised_on=reason.promise.expected_on if reason.promise is not None else None,
        promised_in=str(reason.promise.quarter) if reason.promise is not None else "",
    )
