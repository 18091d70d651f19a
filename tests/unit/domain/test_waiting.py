"""What waits for the office: each item names its task."""

from builders import AS_OF, NEW_YEAR, day, declared, entry, judged, task

from yuechi_report.domain.assessment import OfficeItem
from yuechi_report.domain.policy import StatusPolicy
from yuechi_report.domain.waiting import Waiting, office_waits


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
