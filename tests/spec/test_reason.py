"""The reason of an answer: rule, dates, policy values, records and notice lines (domain.md §2.1)."""

from datetime import date
from typing import Any

import pytest
from builders import (
    AS_OF,
    DUE,
    UNIT,
    Record,
    blocked,
    closed,
    day,
    decision,
    declared,
    entry,
    extended,
    judged,
    reopened,
    returned,
    submission,
    task,
)

from yuechi_report.domain.assessment import (
    Assessment,
    Cause,
    CauseKind,
    Discipline,
    DueResult,
    Headline,
    Pace,
    PaceGround,
    Reason,
    Suffix,
    TaskClass,
    TimeState,
    Verified,
)
from yuechi_report.domain.deadline import DueBy, NoDeadline, Ongoing, OngoingMode
from yuechi_report.domain.policy import StatusPolicy
from yuechi_report.domain.progress import Action, Measure, Reported, Role

case = pytest.param
Records = tuple[Record, ...]
DUES = (("as_of", AS_OF), ("due", DUE), ("effective_due", DUE))
ADVANCE = task(Ongoing(OngoingMode.ADVANCE))


def test_assessment_carries_every_axis_and_its_reason() -> None:
    """One whole answer: returned for lack of evidence, six days late, its result still missing."""
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
            dates=DUES,
            entry=said,
            decision=sent_back,
            source_lines=(70, 72),
            decisions=(sent_back,),
            causes=(Cause(kind=CauseKind.RETURNED, on=date(2024, 12, 26), decision=sent_back),),
        ),
        entry=said,
        due_result=DueResult.MISSING,
        filling_unit=UNIT,
        owing_unit=UNIT,
        handed_in_on=date(2024, 12, 18),
    )


ASKS = entry("2024-12-17", Reported.EXTENSION_REQUESTED)
HOLLOW = decision(Action.JUDGE_HOLLOW, "2024-12-23", seq=2)
REVIEW = (("days_block_review", 90),)


@pytest.mark.parametrize(
    ("records", "where", "rule", "dates", "policy"),
    [
        case((), {}, "fixed.overdue", {}, (), id="overdue"),
        case((blocked(review_on="2025-01-05"),), {}, "fixed.overdue", {"review_on": "2025-01-05"}, REVIEW, id="lapsed"),
        case((blocked(),), {}, "fixed.blocked_past_due", {"review_on": "2025-03-20"}, REVIEW, id="blocked past due"),
        case(
            (blocked("2024-12-19", "2025-03-10"),),
            {"as_of": "2024-12-20"},
            "fixed.blocked",
            {"review_on": "2025-03-10"},
            REVIEW,
            id="blocked",
        ),
        case(
            (closed(),),
            {},
            "all.closed",
            {"issued_on": "2024-09-23", "decided_on": "2024-12-26", "completed_on": "2024-12-16"},
            (),
            id="closed",
        ),
        case(
            (decision(Action.TERMINATE, "2025-01-02"),),
            {},
            "all.terminated",
            {"decided_on": "2025-01-02"},
            (),
            id="terminated",
        ),
        case(
            (decision(Action.TRANSFER, "2025-01-02"),),
            {},
            "all.transferred",
            {"decided_on": "2025-01-02"},
            (),
            id="transferred",
        ),
        case((declared(),), {}, "fixed.awaiting_check", {"declared_on": "2024-12-18"}, (), id="awaiting check"),
        case((ASKS,), {}, "fixed.extension_pending", {"requested_on": "2024-12-17"}, (), id="extension pending"),
        case(
            (entry(expected_on="2025-02-01"),),
            {"as_of": "2024-12-20"},
            "fixed.expected_late",
            {"expected_on": "2025-02-01"},
            (),
            id="expected late",
        ),
        case((entry(),), {"as_of": "2024-12-20"}, "fixed.due_soon", {}, (("days_due_soon", 30),), id="due soon"),
        case(
            (entry("2024-11-20"),),
            {"as_of": "2024-11-30"},
            "fixed.in_progress",
            {},
            (("days_due_soon", 30),),
            id="in progress",
        ),
        case(
            (),
            {"as_of": "2024-12-20"},
            "all.not_reported",
            {"submission_due": "2024-12-20"},
            (),
            id="not reported",
        ),
        case(
            (),
            {"as_of": "2024-12-19"},
            "all.awaiting_report",
            {"submission_due": "2024-12-20"},
            (),
            id="awaiting report",
        ),
        case(
            (),
            {"as_of": "2024-10-15", "quarter": "2024Q3"},
            "all.first_report_missing",
            {"submission_due": "2024-10-15"},
            (),
            id="first report missing",
        ),
        case(
            (submission("2024-12-20", faulty_tasks=(10,)), entry("2024-12-24")),
            {},
            "fixed.overdue",
            {},
            (("working_days_correction", 2),),
            id="a mended row",
        ),
        case(
            (submission("2024-12-18", faulty_tasks=(10,)), entry("2024-12-19")),
            {"as_of": "2024-12-20"},
            "fixed.due_soon",
            {},
            (("days_due_soon", 30), ("working_days_correction", 2)),
            id="a mended row, due soon",
        ),
        case(
            (entry("2024-11-20", measure=Measure(9, 10)),),
            {"as_of": "2024-11-30"},
            "fixed.in_progress",
            {"stands_for": "2024-11-20"},
            (("days_due_soon", 30), ("days_measured_window", 60)),
            id="in progress, measured",
        ),
    ],
)
def test_reason_names_the_dates_and_values_its_rule_looked_at(
    records: Records, where: dict[str, Any], rule: str, dates: dict[str, str], policy: tuple[tuple[str, int], ...]
) -> None:
    """Beside as_of and the two due dates stand those of the rule, and the thresholds it used."""
    reason = judged(*records, **where).reason
    found = {name: value for name, value in reason.dates if name not in {"as_of", "due", "effective_due"}}
    assert (reason.rule, found, reason.policy) == (rule, {name: day(one) for name, one in dates.items()}, policy)


def test_reason_of_a_task_due_before_issue_names_the_day_of_issue() -> None:
    """印发时已到期 rests on the day of issue."""
    reason = judged(of=task(DueBy(day("2024-06-30")))).reason
    assert (reason.rule, reason.dates[-1]) == ("fixed.due_before_issue", ("issued_on", day("2024-09-23")))


def test_reason_of_a_task_without_a_date_of_its_own_names_the_date_set() -> None:
    """核定时限 gives a task without a deadline an effective due date and no other."""
    dated = decision(Action.SET_DEADLINE, "2024-12-20", new_due="2025-06-30")
    assert judged(entry(), dated, of=task(NoDeadline())).reason.dates == (
        ("as_of", AS_OF),
        ("effective_due", day("2025-06-30")),
    )


def test_reason_of_a_request_to_adjust_names_its_day() -> None:
    """申请调整 rests on the day the request came in."""
    reason = judged(entry(reported=Reported.ADJUSTMENT_REQUESTED), of=ADVANCE).reason
    assert (reason.rule, reason.dates) == (
        "advance.adjustment",
        (("as_of", AS_OF), ("requested_on", day("2024-12-18"))),
    )


@pytest.mark.parametrize(
    ("records", "of", "decided"),
    [
        case((entry(), extended(seq=2)), None, extended(seq=2), id="extended: its grant"),
        case((blocked(seq=1),), None, blocked(seq=1), id="blocked: its recognition"),
        case((closed(seq=1),), None, closed(seq=1), id="closed: its check"),
        case((reopened(seq=1),), None, reopened(seq=1), id="overdue: the reopening"),
        case((declared(seq=1), returned(seq=2)), None, returned(seq=2), id="overdue: the return"),
        case((returned(seq=1), entry("2025-01-02", seq=2)), None, None, id="overdue: an answered return is none"),
        case(
            (ASKS, decision(Action.REFUSE_EXTENSION, "2024-12-20", seq=2)),
            None,
            decision(Action.REFUSE_EXTENSION, "2024-12-20", seq=2),
            id="overdue: the refusal",
        ),
        case((entry(),), None, None, id="overdue: no decision"),
        case((entry(progress="正在推进。", seq=1), HOLLOW), ADVANCE, HOLLOW, id="no action: found empty"),
        case((entry(progress="", seq=1),), ADVANCE, None, id="no action: an empty cell"),
        case((HOLLOW, entry("2024-12-24", progress="", seq=3)), ADVANCE, None, id="no action: an entry since"),
        case(
            (decision(Action.TERMINATE, "2025-01-02", seq=1),),
            None,
            decision(Action.TERMINATE, "2025-01-02", seq=1),
            id="terminated: its approval",
        ),
    ],
)
def test_reason_names_the_decision_it_rests_on(records: Records, of: Any, decided: Record | None) -> None:
    """The one decision a headline rests on, where there is one."""
    assert judged(*records, of=of).reason.decision == decided


def test_reason_carries_every_decision_made_by_then() -> None:
    """All of the task's decisions up to as_of, oldest first; later ones are not there."""
    first, second, later = returned(seq=1), extended("2025-01-02", seq=2), closed("2025-01-07", seq=3)
    assert judged(later, second, first).reason.decisions == (first, second)


@pytest.mark.parametrize(
    ("records", "ground", "policy", "promise"),
    [
        case(
            (entry(measure=Measure(1, 10)),),
            PaceGround.MEASURED,
            (("days_measured_window", 60),),
            None,
            id="measured",
        ),
        case(
            (entry("2024-10-10", quarter="2024Q3", expected_on="2024-11-30", seq=1), entry(seq=2)),
            PaceGround.PROMISE,
            (("days_short_window", 30),),
            entry("2024-10-10", quarter="2024Q3", expected_on="2024-11-30", seq=1),
            id="promised",
        ),
        case((entry(), decision(Action.JUDGE_BEHIND, "2024-12-23")), PaceGround.JUDGED, (), None, id="judged"),
    ],
)
def test_reason_says_on_what_the_pace_rests(
    records: Records, ground: PaceGround, policy: tuple[tuple[str, int], ...], promise: Record | None
) -> None:
    """滞后 is always told with its ground: the target, the promise or the office."""
    reason = judged(*records).reason
    assert (reason.pace_ground, reason.policy, reason.promise) == (ground, policy, promise)


@pytest.mark.parametrize(
    ("records", "stands_for"),
    [
        case((entry("2024-12-27", measure=Measure(1, 10)),), "2024-12-20", id="behind, reported late"),
        case((entry("2024-12-17", measure=Measure(10, 10)),), "2024-12-17", id="on pace"),
        case(
            (entry("2024-10-10", quarter="2024Q3", expected_on="2024-11-30"), entry("2024-12-19")),
            "2024-12-19",
            id="a promise not kept",
        ),
    ],
)
def test_reason_names_the_day_the_figure_stands_for(records: Records, stands_for: str) -> None:
    """The day of comparison is the form's, at most the submission day."""
    assert judged(*records).reason.dates[-1] == ("stands_for", day(stands_for))


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


def test_adjusted_text_is_told_beside_the_notices() -> None:
    """An approved 调整 words the task anew; the task keeps the notice's text."""
    one = judged(entry(), decision(Action.ADJUST, "2024-12-20", wording="推进社保卡通用"))
    assert (one.adjusted_text, task().text) == ("推进社保卡通用", "推进社保卡“一卡一码通”。")


@pytest.mark.parametrize(
    ("records", "where", "is_open"),
    [
        case((), {}, True, id="overdue"),
        case((blocked(),), {}, True, id="blocked past due"),
        case((ASKS,), {}, True, id="asked in time, past due"),
        case((ASKS,), {"as_of": "2024-12-20"}, False, id="asked in time, not due yet"),
        case((declared(),), {}, False, id="awaiting check"),
        case((closed(),), {}, False, id="closed"),
    ],
)
def test_open_past_due_adds_up_three_headlines(records: Records, where: dict[str, Any], is_open: bool) -> None:
    """到期未办结 = 到期受上级制约 + 逾期未完成 + 申请延期待批 past due."""
    assert judged(*records, **where).is_open_past_due is is_open


@pytest.mark.parametrize(
    "other",
    [
        case(declared(role=Role.COOPERATE, unit="县医保局"), id="a cooperating unit's"),
        case(declared(role=Role.COUNTERSIGN, unit="县行政审批局"), id="a countersigning unit's"),
        case(declared(unit="县医保局"), id="another unit's"),
        case(declared(task_no=11), id="another task's"),
        case(closed(task_no=11), id="another task's closing"),
        case(declared("2025-03-18", quarter="2025Q1"), id="a later quarter's"),
        case(declared("2025-01-05", quarter="2025Q1"), id="a later quarter's, received early"),
        case(declared("2025-01-07"), id="a later day's"),
    ],
)
def test_only_the_filling_units_entries_of_the_task_and_time_count(other: Record) -> None:
    """Rows of others, of other tasks, later quarters and later days change nothing."""
    assert judged(entry(), other) == judged(entry())
