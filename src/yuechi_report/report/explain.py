"""Report and task number → Explanation: everything one status rests on."""

from collections.abc import Iterator
from datetime import date

from yuechi_report.domain.assessment import Assessment, Pace
from yuechi_report.domain.case import Case
from yuechi_report.domain.status import assess
from yuechi_report.page.labels import page_marks
from yuechi_report.report.context import Past, Report
from yuechi_report.report.explanation import (
    CriterionFacts,
    DisciplineFacts,
    Explanation,
    NoticeFacts,
    PaceFacts,
    QuarterFacts,
    TaskFacts,
)
from yuechi_report.report.ground_words import NOTICE_FILE, measure_text
from yuechi_report.report.grounds import (
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
from yuechi_report.report.headlines import headline_text


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
            filling_unit=task.filling_unit,
            lead_units=task.lead_units,
            cooperating_units=task.cooperating_units,
        ),
        deadline=deadline_facts(case),
        status=status_facts(report, one),
        rule=rule_facts(one),
        dates=date_facts(one),
        policy=policy_facts(one),
        entries=entry_facts(case.history.entries, one.reason.entry),
        decisions=decision_facts(case.history.decisions, resting_decisions(case, one)),
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
    """The criterion as the filling unit last gave it."""
    told = [entry for entry in case.history.lead_entries(case.task.filling_unit) if entry.criterion]
    if not told:
        return None
    return CriterionFacts(text=told[-1].criterion, quarter=str(told[-1].quarter), unit=told[-1].unit)


def _quarters(report: Report, number: int) -> Iterator[QuarterFacts]:
    for past in report.past:
        then = next(one for one in past.assessments if one.task_no == number)
        now = _judged_now(report, past, number)
        yield QuarterFacts(
            quarter=str(past.quarter),
            as_of=past.earlier.as_of,
            known_at=past.earlier.known_at,
            then=headline_text(then),
            now=headline_text(now),
            revised=headline_text(then) != headline_text(now),
        )


def _judged_now(report: Report, past: Past, number: int) -> Assessment:
    """The same day of the earlier quarter with what is known today."""
    earlier = past.earlier
    records = report.records_of(number)
    return assess(report.task(number), records, earlier.period, as_of=earlier.as_of, policy=report.scope.policy)


def _discipline(case: Case, one: Assessment) -> DisciplineFacts:
    due = case.period.submission_due
    quarter = case.period.quarter
    received = [
        entry.source.received_at
        for entry in case.history.lead_entries(case.task.filling_unit)
        if entry.quarter == quarter
    ]
    late = max(0, (received[0].date() - due).days) if received else 0
    return DisciplineFacts(
        state=word(one.discipline),
        submission_due=due,
        received_at=received[0] if received else None,
        days_late=late,
    )


def _pace(case: Case, one: Assessment) -> PaceFacts:
    entry = case.entry
    measure = measure_text(entry) if entry is not None else ""
    if entry is None or one.pace is Pace.NOT_COMPARABLE or entry.measure is None:
        return PaceFacts(
            state=word(one.pace), measure=measure, percent=one.percent_complete,
            expected_percent=None, stands_for=None, days_window=None,
        )  # fmt: skip
    stands_for = min(entry.filed_on, case.period.submission_due)
    return PaceFacts(
        state=word(one.pace),
        measure=measure,
        percent=entry.measure.percent,
        expected_percent=_expected(case, stands_for),
        stands_for=stands_for,
        days_window=case.days_window,
    )


def _expected(case: Case, day: date) -> float:
    """The share of days gone from issue to the effective due date, at most 100."""
    return min(100.0, 100.0 * (day - case.period.issued_on).days / case.days_window)
