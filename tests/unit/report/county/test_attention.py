"""What needs a person after a run."""

from collections.abc import Callable

from builders import closed, declared, entry, submission, task

from yuechi_report.report.context import Report
from yuechi_report.report.county.attention import attention_lines

Make = Callable[..., Report]


def test_attention_lists_what_needs_a_person(make: Make) -> None:
    """One line a kind, in order of urgency, then the units that did not report."""
    tasks = (task(number=1), task(number=2), task(number=3), task(number=4, lead_units=("县公安局",)))
    report = make(tasks, submission(), entry(task_no=1), entry(task_no=2), declared(task_no=3), closed(task_no=4))
    assert attention_lines(report) == (
        "逾期未完成2项（任务1、2）",
        "待核验1项（任务3）",
        "未收到报送1家（县公安局）",
    )


def test_nothing_needs_a_person(make: Make) -> None:
    """No lines where there is nothing to do."""
    assert attention_lines(make((task(number=1),), closed("2024-12-20", task_no=1))) == ()
