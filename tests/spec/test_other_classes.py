"""Tasks without a fixed deadline have their own words, never 逾期 (domain.md §2.3)."""

from typing import Any

import pytest
from builders import Record, blocked, closed, decision, declared, entry, judged, reopened, returned, task

from yuechi_report.domain.assessment import Headline, Suffix, TaskClass
from yuechi_report.domain.deadline import (
    Deadline,
    NoDeadline,
    Ongoing,
    OngoingMode,
    Recurring,
    Tracking,
    Unresolved,
)
from yuechi_report.domain.progress import Action, Reported

case = pytest.param
Records = tuple[Record, ...]
ADVANCE, MAINTAIN = Ongoing(OngoingMode.ADVANCE), Ongoing(OngoingMode.MAINTAIN)
TRACK, OPEN, UNREADABLE = Tracking(), NoDeadline(), Unresolved("写法无法识别")
HOLLOW = decision(Action.JUDGE_HOLLOW, "2024-12-23")
ASKS = entry(reported=Reported.ADJUSTMENT_REQUESTED)


@pytest.mark.parametrize(
    ("records", "headline"),
    [
        case((entry(),), Headline.ADVANCED, id="in progress with an action"),
        case((entry(reported=Reported.NORMAL),), Headline.ADVANCED, id="normal with an action"),
        case((entry(reported=Reported.DECLARED_COMPLETE),), Headline.ADVANCED, id="complete with an action"),
        case((entry(progress=""),), Headline.NO_ADVANCE, id="in progress without an action"),
        case((entry(progress="  \n "),), Headline.NO_ADVANCE, id="an action of blanks"),
        case((entry(reported=Reported.NOT_STARTED),), Headline.NO_ADVANCE, id="not started"),
        case((entry(reported=Reported.NO_CHANGE),), Headline.NO_ADVANCE, id="no change"),
        case((entry(), HOLLOW), Headline.NO_ADVANCE, id="the office found it empty"),
        case(
            (entry(), decision(Action.JUDGE_HOLLOW, "2024-10-20", quarter="2024Q3")),
            Headline.ADVANCED,
            id="found empty in an earlier quarter",
        ),
        case((ASKS,), Headline.ADJUSTMENT_REQUESTED, id="adjustment asked, undecided"),
        case((ASKS, blocked()), Headline.BLOCKED, id="blocked beats adjustment"),
        case((entry(), blocked()), Headline.BLOCKED, id="blocked beats an action"),
        case((blocked(),), Headline.BLOCKED, id="blocked holds without an entry"),
        case((entry(), blocked(review_on="2025-01-05")), Headline.ADVANCED, id="a lapsed block is none"),
        case(
            (entry("2024-10-10", Reported.ADJUSTMENT_REQUESTED, quarter="2024Q3"),),
            Headline.ADJUSTMENT_REQUESTED,
            id="an undecided adjustment stays without an entry",
        ),
        case((ASKS, decision(Action.TERMINATE, "2025-01-02")), Headline.TERMINATED, id="adjustment: terminated"),
        case((ASKS, decision(Action.ADJUST, "2025-01-02")), Headline.ADVANCED, id="adjustment: decided"),
        case((decision(Action.ADJUST, "2024-12-01"), ASKS), Headline.ADJUSTMENT_REQUESTED, id="adjustment: asked anew"),
        case(
            (ASKS, decision(Action.TERMINATE, "2025-01-02"), reopened("2025-01-03")),
            Headline.ADVANCED,
            id="adjustment: terminated, then reopened",
        ),
        case((), Headline.NOT_REPORTED, id="nothing handed in"),
        case((closed(),), Headline.CLOSED, id="closed"),
    ],
)
def test_advancing_task_needs_an_action(records: Records, headline: Headline) -> None:
    """推进类 is judged by whether the quarter brought something concrete."""
    assert judged(*records, of=task(ADVANCE)).headline is headline


@pytest.mark.parametrize(
    ("records", "headline"),
    [
        case((entry(reported=Reported.NO_CHANGE),), Headline.UNCHANGED, id="no change is a good answer"),
        case((entry(reported=Reported.NORMAL),), Headline.UNCHANGED, id="normal is no change"),
        case((entry(),), Headline.CHANGED, id="in progress is a change"),
        case((entry(reported=Reported.DECLARED_COMPLETE),), Headline.CHANGED, id="complete is a change"),
        case((), Headline.NOT_REPORTED, id="nothing handed in"),
        case((closed(),), Headline.CLOSED, id="closed"),
    ],
)
def test_tracked_task_only_tells_whether_something_changed(records: Records, headline: Headline) -> None:
    """跟踪类 reads 有变化 or 无变化."""
    assert judged(*records, of=task(TRACK)).headline is headline


@pytest.mark.parametrize(
    ("records", "headline"),
    [
        case((entry(reported=Reported.NORMAL),), Headline.MAINTAINED, id="normal"),
        case((entry(reported=Reported.NO_CHANGE),), Headline.MAINTAINED, id="no change"),
        case((entry(reported=Reported.NOT_STARTED),), Headline.INTERRUPTED, id="not started is an interruption"),
        case((declared(),), Headline.REALISED_UNCHECKED, id="declared, undecided"),
        case((declared(evidence=()),), Headline.REALISED_UNCHECKED, id="declared without evidence is still a claim"),
        case((declared(), returned()), Headline.MAINTAINED, id="declared, then returned"),
        case((declared("2024-10-10", quarter="2024Q3"), entry()), Headline.MAINTAINED, id="declared last quarter only"),
        case((declared(), closed()), Headline.CLOSED, id="declared, then closed"),
        case((), Headline.NOT_REPORTED, id="nothing handed in"),
    ],
)
def test_maintained_task_is_normal_unless_interrupted(records: Records, headline: Headline) -> None:
    """保持类 reads 正常实施, 实施中断 or 已实现待核实."""
    assert judged(*records, of=task(MAINTAIN)).headline is headline


@pytest.mark.parametrize(
    ("records", "headline"),
    [
        case((entry(),), Headline.UNDEFINED, id="in progress"),
        case((entry(reported=Reported.NOT_STARTED),), Headline.UNDEFINED, id="not started"),
        case((declared(),), Headline.REALISED_UNCHECKED, id="declared, undecided"),
        case((declared(), returned()), Headline.UNDEFINED, id="declared, then returned"),
        case((closed(),), Headline.CLOSED, id="closed"),
        case((), Headline.NOT_REPORTED, id="nothing handed in"),
    ],
)
def test_task_without_a_deadline_waits_for_the_office(records: Records, headline: Headline) -> None:
    """待明确类 reads 待明确时限 until the office sets a class or a date."""
    assert judged(*records, of=task(OPEN)).headline is headline


SET_ADVANCE = decision(Action.SET_DEADLINE, "2024-10-15", new_class="advance", wording="持续配合")


@pytest.mark.parametrize(
    ("deadline", "decisions", "task_class", "headline"),
    [
        case(OPEN, (SET_ADVANCE,), TaskClass.ADVANCE, Headline.ADVANCED, id="set to advancing"),
        case(
            OPEN,
            (decision(Action.SET_DEADLINE, "2024-10-15", new_class="maintain"),),
            TaskClass.MAINTAIN,
            Headline.MAINTAINED,
            id="set to maintained",
        ),
        case(
            OPEN,
            (decision(Action.SET_DEADLINE, "2024-10-15", new_class="track"),),
            TaskClass.TRACK,
            Headline.CHANGED,
            id="set to tracked",
        ),
        case(
            OPEN,
            (decision(Action.SET_DEADLINE, "2024-10-15", new_due="2025-06-30"),),
            TaskClass.FIXED,
            Headline.EXTENDED,
            id="given a date",
        ),
        case(
            OPEN,
            (decision(Action.SET_DEADLINE, "2024-10-15", new_class="fixed", new_due="2025-06-30"),),
            TaskClass.FIXED,
            Headline.EXTENDED,
            id="given a class and a date in one decision",
        ),
        case(
            UNREADABLE,
            (decision(Action.SET_DEADLINE, "2024-10-15", new_due="2024-12-31"),),
            TaskClass.FIXED,
            Headline.OVERDUE,
            id="an unreadable deadline settled by a date",
        ),
        case(
            OPEN,
            (SET_ADVANCE, decision(Action.SET_DEADLINE, "2024-12-01", new_class="track")),
            TaskClass.TRACK,
            Headline.CHANGED,
            id="set twice: the last counts",
        ),
        case(
            OPEN,
            (decision(Action.SET_DEADLINE, "2025-01-07", new_class="advance"),),
            TaskClass.UNDEFINED,
            Headline.UNDEFINED,
            id="set after the day it is judged",
        ),
    ],
)
def test_class_set_by_the_office_is_the_class_as_judged(
    deadline: Deadline, decisions: Records, task_class: TaskClass, headline: Headline
) -> None:
    """核定时限 moves the task into the class set, from the day of the decision on."""
    one = judged(entry(), *decisions, of=task(deadline))
    assert (one.task_class, one.headline) == (task_class, headline)


@pytest.mark.parametrize(
    ("records", "headline"),
    [
        case((), Headline.UNRESOLVED, id="comes before not reported"),
        case((declared(),), Headline.UNRESOLVED, id="comes before a declaration"),
        case((blocked(),), Headline.UNRESOLVED, id="comes before a block"),
        case((closed(),), Headline.CLOSED, id="closed comes first"),
        case((decision(Action.TERMINATE, "2025-01-02"),), Headline.TERMINATED, id="terminated comes first"),
    ],
)
def test_unreadable_deadline_waits_for_a_person(records: Records, headline: Headline) -> None:
    """A deadline that the grammar could not read is 待人工确认; nothing is guessed."""
    assert judged(*records, of=task(UNREADABLE)).headline is headline


@pytest.mark.parametrize(
    ("deadline", "task_class"),
    [
        case(ADVANCE, TaskClass.ADVANCE, id="持续推进"),
        case(MAINTAIN, TaskClass.MAINTAIN, id="常态化"),
        case(TRACK, TaskClass.TRACK, id="持续跟踪"),
        case(OPEN, TaskClass.UNDEFINED, id="none"),
        case(UNREADABLE, TaskClass.UNRESOLVED, id="unreadable"),
        case(Recurring(3), TaskClass.MAINTAIN, id="recurring is judged by period"),
        case(None, TaskClass.FIXED, id="a date"),
    ],
)
def test_deadline_of_the_notice_gives_the_class(deadline: Deadline | None, task_class: TaskClass) -> None:
    """Without a decision the kind of deadline decides by which rules a task is judged."""
    assert judged(entry(), of=task(deadline)).task_class is task_class


@pytest.mark.parametrize(
    "deadline", [ADVANCE, MAINTAIN, TRACK, OPEN], ids=["advance", "maintain", "track", "undefined"]
)
@pytest.mark.parametrize(
    ("where", "headline"),
    [
        case({"as_of": "2024-12-19"}, Headline.AWAITING_REPORT, id="before the submission day"),
        case({"as_of": "2024-12-20"}, Headline.NOT_REPORTED, id="on the submission day"),
        case({"as_of": "2024-10-14", "quarter": "2024Q3"}, Headline.AWAITING_REPORT, id="before a first report's day"),
        case({"as_of": "2024-10-15", "quarter": "2024Q3"}, Headline.FIRST_REPORT_MISSING, id="on a first report's day"),
    ],
)
def test_absence_reads_alike_in_every_class(deadline: Deadline, where: dict[str, Any], headline: Headline) -> None:
    """待报送, 未报送 and 首报待收 have the same days in every class."""
    assert judged(of=task(deadline), **where).headline is headline


@pytest.mark.parametrize(
    ("completed_on", "suffixes"),
    [
        case("2024-09-01", (Suffix.DONE_BEFORE_ISSUE,), id="before the issue"),
        case("2024-09-22", (Suffix.DONE_BEFORE_ISSUE,), id="the day before the issue"),
        case("2024-11-15", (), id="after the issue: neither in time nor late"),
    ],
)
def test_closed_task_without_a_date_is_neither_in_time_nor_late(
    completed_on: str, suffixes: tuple[Suffix, ...]
) -> None:
    """Outside the fixed tasks 已销号 says only whether it was done before the notice."""
    one = judged(closed(completed_on=completed_on), of=task(OPEN))
    assert (one.headline, one.suffixes, one.days_overdue) == (Headline.CLOSED, suffixes, 0)


def test_task_that_left_the_fixed_class_counts_no_days_late() -> None:
    """Set to 推进类 before it was closed, a task has no days late, whatever its first date."""
    set_advance = decision(Action.SET_DEADLINE, "2024-12-01", new_class="advance")
    one = judged(set_advance, closed("2025-01-05", "2025-01-03"))
    assert (one.task_class, one.headline, one.days_overdue) == (TaskClass.ADVANCE, Headline.CLOSED, 0)
