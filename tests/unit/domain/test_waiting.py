"""Waiting: what waits for the office names its task, and idle tasks are counted over consecutive quarters."""

from dataclasses import replace

from builders import AS_OF, NEW_YEAR, day, declared, entry, judged, period, task

from yuechi_report.domain.assessment import Assessment, OfficeItem
from yuechi_report.domain.deadline import Ongoing, OngoingMode
from yuechi_report.domain.policy import StatusPolicy
from yuechi_report.domain.progress import Reported
from yuechi_report.domain.waiting import Idle, Waiting, idle_tasks, office_waits

ADVANCE = task(Ongoing(OngoingMode.ADVANCE))
IDLE = judged(entry(reported=Reported.NO_CHANGE), of=ADVANCE)
BUSY = judged(entry(), of=ADVANCE)


def test_item_names_its_task_and_its_day() -> None:
    """Only tasks that wait are listed, in the order in which they were judged."""
    policy = StatusPolicy(calendar=NEW_YEAR)
    found = [
        judged(declared("2024-12-18", task_no=12), of=task(number=12)),
        judged(entry()),
        judged(declared("2025-01-02", task_no=11), of=task(number=11)),
    ]
    assert office_waits(found, as_of=AS_OF, policy=policy) == (
        Waiting(task_no=12, item=OfficeItem.CHECK, since=day("2024-12-18"), is_long=True),
        Waiting(task_no=11, item=OfficeItem.CHECK, since=day("2025-01-02"), is_long=False),
    )


def tasks(**found: Assessment) -> tuple[Assessment, ...]:
    """Assessments of tasks 10 and 11."""
    return tuple(replace(answer, task_no=int(name[1:])) for name, answer in found.items())


def test_no_quarter_has_no_list() -> None:
    """Before the first report nothing is listed."""
    assert idle_tasks([]) == ()


def test_each_task_is_counted_by_itself() -> None:
    """One task idle for three quarters, another for two, a third only now."""
    quarters = [
        (replace(period("2024Q4"), quarter=period("2024Q3").quarter), tasks(t10=IDLE, t11=BUSY, t12=IDLE)),
        (period("2024Q4"), tasks(t10=IDLE, t11=IDLE, t12=BUSY)),
        (period("2025Q1"), tasks(t10=IDLE, t11=IDLE, t12=IDLE)),
    ]
    assert idle_tasks(quarters) == (Idle(10, 3), Idle(11, 2))


def test_gap_between_quarters_ends_the_row() -> None:
    """Quarters that do not follow each other are not in a row."""
    earlier = replace(period("2024Q4"), quarter=period("2024Q3").quarter)
    assert idle_tasks([(earlier, tasks(t10=IDLE)), (period("2025Q1"), tasks(t10=IDLE))]) == ()
