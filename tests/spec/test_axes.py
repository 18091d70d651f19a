"""The axes beside the headline: verified, time, pace, discipline, and the reason (domain.md §2.1)."""

from typing import Any

import pytest
from builders import (
    AS_OF,
    DUE,
    Record,
    blocked,
    closed,
    day,
    decision,
    declared,
    entry,
    extended,
    history,
    judged,
    period,
    reopened,
    returned,
    submission,
    task,
)

from yuechi_report.domain.assessment import (
    Assessment,
    Discipline,
    Headline,
    Pace,
    Reason,
    Suffix,
    TaskClass,
    TimeState,
    Verified,
)
from yuechi_report.domain.deadline import Deadline, DueBy, NoDeadline, Ongoing, OngoingMode, Tracking, Unresolved
from yuechi_report.domain.policy import StatusPolicy
from yuechi_report.domain.progress import Action, Measure, Reported, Role
from yuechi_report.domain.status import assess

case = pytest.param
Records = tuple[Record, ...]
TERMINATED = decision(Action.TERMINATE, "2025-01-02")


@pytest.mark.parametrize(
    ("records", "verified"),
    [
        case((), Verified.UNCHECKED, id="nothing yet"),
        case((declared(),), Verified.UNCHECKED, id="declared"),
        case((declared(), returned()), Verified.RETURNED, id="returned"),
        case((returned(), declared("2025-01-02")), Verified.UNCHECKED, id="handed in again"),
        case((entry(), blocked()), Verified.CHECKED, id="a recognised block"),
        case((declared(), returned(), closed("2025-01-02")), Verified.CLOSED, id="closed"),
        case((closed(), reopened()), Verified.UNCHECKED, id="reopened"),
    ],
)
def test_verified_says_what_the_office_has_done(records: Records, verified: Verified) -> None:
    """未核验, 已核验, 退回补正 and 已销号 follow the office's last decision."""
    assert judged(*records).verified is verified


@pytest.mark.parametrize(
    ("records", "as_of", "time_state"),
    [
        case((), "2024-11-30", TimeState.NOT_DUE, id="31 days before"),
        case((), "2024-12-01", TimeState.DUE_SOON, id="30 days before"),
        case((), "2024-12-30", TimeState.DUE_SOON, id="the day before"),
        case((), "2024-12-31", TimeState.DUE_TODAY, id="the due day"),
        case((), "2025-01-01", TimeState.OVERDUE, id="the day after"),
        case((blocked(),), "2025-01-06", TimeState.OVERDUE, id="blocked past due"),
        case((declared(),), "2025-01-06", TimeState.AWAITING_CHECK, id="declared"),
        case((declared(evidence=()),), "2025-01-06", TimeState.OVERDUE, id="declared without evidence"),
        case((closed(),), "2025-01-06", TimeState.DONE_ON_TIME, id="closed in time"),
        case((closed("2025-01-05", "2025-01-02"),), "2025-01-06", TimeState.DONE_LATE, id="closed late"),
        case((extended(),), "2025-01-06", TimeState.NOT_DUE, id="extended"),
        case((extended(),), "2025-03-31", TimeState.DUE_TODAY, id="the new due day"),
        case((TERMINATED,), "2025-01-06", TimeState.NO_LIMIT, id="terminated"),
        case((closed(), reopened()), "2025-01-06", TimeState.OVERDUE, id="reopened"),
    ],
)
def test_time_counts_against_the_effective_due_date(records: Records, as_of: str, time_state: TimeState) -> None:
    """The time axis is computed from dates alone and may differ from the headline."""
    assert judged(*records, as_of=as_of).time_state is time_state


@pytest.mark.parametrize(
    ("deadline", "records", "time_state"),
    [
        case(Ongoing(OngoingMode.ADVANCE), (entry(),), TimeState.ROUTINE, id="advancing"),
        case(Ongoing(OngoingMode.MAINTAIN), (declared(),), TimeState.ROUTINE, id="maintained"),
        case(Tracking(), (), TimeState.ROUTINE, id="tracked"),
        case(NoDeadline(), (), TimeState.NO_LIMIT, id="no deadline"),
        case(NoDeadline(), (closed(),), TimeState.NO_LIMIT, id="no deadline, closed"),
        case(Unresolved("写法无法识别"), (), TimeState.NO_LIMIT, id="unreadable"),
        case(DueBy(day("2024-06-30")), (), TimeState.DUE_BEFORE_ISSUE, id="due before issue"),
        case(DueBy(day("2024-06-30")), (declared(),), TimeState.AWAITING_CHECK, id="due before issue, declared"),
        case(DueBy(day("2024-06-30")), (closed(),), TimeState.DONE_AFTER_ISSUE, id="due before issue, done after"),
        case(
            DueBy(day("2024-06-30")),
            (closed(completed_on="2024-09-23"),),
            TimeState.DONE_AFTER_ISSUE,
            id="due before issue, done on the day of issue",
        ),
        case(
            DueBy(day("2024-06-30")),
            (closed(completed_on="2024-09-22"),),
            TimeState.DONE_ON_TIME,
            id="due before issue, done before it",
        ),
    ],
)
def test_time_of_the_other_classes_has_no_day_to_be_late(
    deadline: Deadline, records: Records, time_state: TimeState
) -> None:
    """常态, 无时限 and 印发时已到期 stand outside the calendar."""
    assert judged(*records, of=task(deadline)).time_state is time_state


def measured(numerator: float, received: str = "2024-12-20", **fields: Any) -> Record:
    """An entry that counts so many of a hundred."""
    return entry(received, measure=Measure(numerator, 100), **fields)


@pytest.mark.parametrize(
    ("records", "pace"),
    [
        case((measured(89),), Pace.ON_PACE, id="89 percent on day 88 of 99"),
        case((measured(88),), Pace.BEHIND, id="88 percent on day 88 of 99"),
        case((measured(100),), Pace.ON_PACE, id="all of it"),
        case((entry(percent=10.0),), Pace.NOT_COMPARABLE, id="an estimate is shown, not judged"),
        case((), Pace.NOT_COMPARABLE, id="nothing handed in"),
        case((measured(10), closed()), Pace.NOT_COMPARABLE, id="closed"),
        case((measured(89, "2024-12-25"),), Pace.ON_PACE, id="filed late: as of the submission day"),
        case((measured(40, "2024-12-18", filed_on="2024-11-01"),), Pace.ON_PACE, id="as of the day it was filed"),
        case((measured(39, "2024-12-18", filed_on="2024-11-01"),), Pace.BEHIND, id="behind on the day it was filed"),
        case((measured(40), extended()), Pace.BEHIND, id="extended: against the new window"),
        case((measured(47), extended()), Pace.ON_PACE, id="extended: enough for the new window"),
        case((measured(0, "2024-10-10", quarter="2024Q3"), entry()), Pace.NOT_COMPARABLE, id="last quarter's figure"),
    ],
)
def test_pace_compares_a_measured_value_with_the_time_gone(records: Records, pace: Pace) -> None:
    """A counted share behind the share of time gone on its own day is 滞后."""
    assert judged(*records).pace is pace


@pytest.mark.parametrize(("numerator", "pace"), [(88, Pace.ON_PACE), (87, Pace.BEHIND)])
def test_exactly_the_share_of_time_gone_is_on_pace(numerator: float, pace: Pace) -> None:
    """88 of 100 on day 88 of 100 keeps pace."""
    assert judged(measured(numerator), of=task(DueBy(day("2025-01-01")))).pace is pace


@pytest.mark.parametrize(
    ("records", "as_of", "expected"),
    [
        case((measured(10, "2024-11-20"),), "2024-11-30", (Headline.IN_PROGRESS, (Suffix.BEHIND,)), id="in progress"),
        case((measured(10), extended()), "2025-01-06", (Headline.EXTENDED, (Suffix.BEHIND,)), id="extended"),
        case((measured(10),), "2024-12-20", (Headline.DUE_SOON, ()), id="due soon carries none"),
        case((measured(10),), "2025-01-06", (Headline.OVERDUE, ()), id="overdue carries none"),
        case((measured(90, "2024-11-20"),), "2024-11-30", (Headline.IN_PROGRESS, ()), id="on pace carries none"),
    ],
)
def test_behind_stands_beside_two_headlines_only(
    records: Records, as_of: str, expected: tuple[Headline, tuple[Suffix, ...]]
) -> None:
    """滞后 is a suffix of 延期在办 and 推进中."""
    one = judged(*records, as_of=as_of)
    assert (one.headline, one.suffixes) == expected


@pytest.mark.parametrize(
    ("records", "where", "discipline"),
    [
        case((entry("2024-12-18"),), {}, Discipline.ON_TIME, id="before the submission day"),
        case((entry("2024-12-20"),), {}, Discipline.ON_TIME, id="on the submission day"),
        case((entry("2024-12-21"),), {}, Discipline.LATE, id="the day after"),
        case((entry("2024-12-18"), entry("2024-12-30")), {}, Discipline.ON_TIME, id="the first entry counts"),
        case((), {}, Discipline.NOT_REPORTED, id="nothing handed in"),
        case((), {"as_of": "2024-12-19"}, Discipline.NOT_YET_DUE, id="nothing before the submission day"),
        case((), {"as_of": "2024-12-20"}, Discipline.NOT_REPORTED, id="nothing on the submission day"),
        case((submission(),), {}, Discipline.NOT_REPORTED, id="a file without this task"),
        case((submission(faulty_rows=1),), {}, Discipline.AWAITING_CORRECTION, id="a row asked back"),
        case((submission(faulty_rows=1), entry()), {}, Discipline.ON_TIME, id="another row asked back"),
        case((submission(faulty_rows=1, quarter="2024Q3"),), {}, Discipline.NOT_REPORTED, id="asked back last quarter"),
        case(
            (submission(faulty_rows=1, unit="县医保局"),),
            {},
            Discipline.NOT_REPORTED,
            id="another unit's row asked back",
        ),
        case((closed("2024-12-20"),), {}, Discipline.EXEMPT, id="closed by the submission day"),
        case((closed("2024-12-21"),), {}, Discipline.NOT_REPORTED, id="closed after the submission day"),
        case((entry(), closed("2024-12-20")), {}, Discipline.ON_TIME, id="closed, yet handed in"),
        case((TERMINATED,), {"quarter": "2025Q1", "as_of": "2025-03-31"}, Discipline.EXEMPT, id="terminated"),
        case(
            (closed(), reopened("2025-02-28")),
            {"quarter": "2025Q1", "as_of": "2025-03-31"},
            Discipline.NOT_REPORTED,
            id="reopened owes again",
        ),
        case((), {"quarter": "2024Q3", "as_of": "2024-10-15"}, Discipline.FIRST_REPORT, id="a first report"),
        case(
            (entry("2024-11-01", quarter="2024Q3"),),
            {"quarter": "2024Q3", "as_of": "2024-11-05"},
            Discipline.FIRST_REPORT,
            id="a first report that came late",
        ),
        case((entry("2024-10-10", quarter="2024Q3"),), {}, Discipline.NOT_REPORTED, id="last quarter's entry"),
        case((entry("2025-01-10"),), {}, Discipline.NOT_REPORTED, id="received after the day it is judged"),
    ],
)
def test_discipline_counts_the_day_a_report_was_received(
    records: Records, where: dict[str, Any], discipline: Discipline
) -> None:
    """Lateness counts by received_at of the quarter's first accepted row."""
    assert judged(*records, **where).discipline is discipline


def test_discipline_counts_by_receipt_not_by_recording() -> None:
    """A file received on the submission day and recorded three days later is in time."""
    assert judged(entry("2024-12-20", recorded="2024-12-23")).discipline is Discipline.ON_TIME


@pytest.mark.parametrize(
    "other",
    [
        case(declared(role=Role.COOPERATE, unit="县医保局"), id="a cooperating unit's"),
        case(declared(role=Role.COUNTERSIGN, unit="县行政审批局"), id="a countersigning unit's"),
        case(declared(unit="县医保局"), id="another unit's"),
        case(declared(task_no=11), id="another task's"),
        case(declared("2025-03-18", quarter="2025Q1"), id="a later quarter's"),
        case(declared("2025-01-07"), id="a later day's"),
    ],
)
def test_only_the_filling_units_entries_of_the_task_and_time_count(other: Record) -> None:
    """Rows of others, of other tasks and of later days change nothing."""
    assert judged(entry(), other) == judged(entry())


def test_assessment_carries_every_axis_and_its_reason() -> None:
    """One whole answer: returned for lack of evidence, six days late."""
    said, sent_back = declared(evidence=(), completed_on="2024-12-18", percent=100.0, seq=1), returned(seq=2)
    assert judged(said, sent_back) == Assessment(
        task_no=10,
        task_class=TaskClass.FIXED,
        headline=Headline.OVERDUE,
        suffixes=(Suffix.RETURNED,),
        reported=Reported.DECLARED_COMPLETE,
        verified=Verified.RETURNED,
        time_state=TimeState.OVERDUE,
        pace=Pace.NOT_COMPARABLE,
        discipline=Discipline.ON_TIME,
        due=DUE,
        effective_due=DUE,
        percent_complete=100.0,
        days_overdue=6,
        completed_on=None,
        reason=Reason(
            rule="fixed.overdue",
            dates=(("as_of", AS_OF), ("effective_due", DUE)),
            entry=said,
            decision=sent_back,
            source_lines=(70, 72),
        ),
        entry=said,
    )


@pytest.mark.parametrize(
    ("records", "as_of", "rule", "policy", "decided"),
    [
        case((entry(),), "2024-12-20", "fixed.due_soon", (("days_due_soon", 30),), None, id="due soon: the threshold"),
        case((entry(), extended(seq=2)), "2025-01-06", "fixed.extended", (), extended(seq=2), id="extended: its grant"),
        case(
            (blocked(seq=1),), "2025-01-06", "fixed.blocked_past_due", (), blocked(seq=1), id="blocked: its recognition"
        ),
        case((closed(seq=1),), "2025-01-06", "all.closed", (), closed(seq=1), id="closed: its check"),
        case((reopened(seq=1),), "2025-01-06", "fixed.overdue", (), reopened(seq=1), id="overdue: the reopening"),
        case((entry(),), "2025-01-06", "fixed.overdue", (), None, id="overdue: no decision"),
    ],
)
def test_reason_names_the_rule_and_what_it_rests_on(
    records: Records, as_of: str, rule: str, policy: tuple[tuple[str, int], ...], decided: Record | None
) -> None:
    """The reason carries the rule's id, the threshold used and the decision, so that why has an answer."""
    reason = judged(*records, as_of=as_of).reason
    assert (reason.rule, reason.policy, reason.decision) == (rule, policy, decided)


@pytest.mark.parametrize(
    ("fields", "percent"),
    [
        case({"percent": 63.0}, 63.0, id="an estimate"),
        case({"measure": Measure(4, 5)}, 80.0, id="a measured share"),
        case({"measure": Measure(4, 5), "percent": 63.0}, 80.0, id="measured before estimated"),
        case({}, None, id="neither"),
    ],
)
def test_percent_is_the_measured_share_before_the_estimate(fields: dict[str, Any], percent: float | None) -> None:
    """What was counted is shown before what was estimated."""
    assert judged(entry(**fields)).percent_complete == percent


def test_threshold_of_the_policy_moves_the_boundary() -> None:
    """Ten days of 临期 instead of thirty: eleven days before is in progress."""
    policy = StatusPolicy(days_due_soon=10)
    found = [judged(entry(), as_of=as_of, policy=policy).headline for as_of in ("2024-12-20", "2024-12-21")]
    assert found == [Headline.IN_PROGRESS, Headline.DUE_SOON]


def test_next_quarter_judges_by_its_own_days() -> None:
    """The same records in the first quarter of 2025: a report is owed anew."""
    records = history(entry(), extended(new_due="2025-06-30"))
    found = assess(task(), records, period("2025Q1"), as_of=day("2025-03-31"), policy=StatusPolicy())
    assert (found.headline, found.discipline) == (Headline.NOT_REPORTED, Discipline.NOT_REPORTED)
