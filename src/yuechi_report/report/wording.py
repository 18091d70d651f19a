"""Small grammar of official sentences: lists, task references, zero, one and many."""

from collections.abc import Sequence

from yuechi_report.domain.progress import ProgressEntry
from yuechi_report.domain.register import Task
from yuechi_report.page.labels import quarter_label
from yuechi_report.page.prose import escape_markdown
from yuechi_report.report.context import Report


def short_title(title: str) -> str:
    """The title without its opening 推进, for narrow cells; short titles stay whole."""
    stripped = title.removeprefix("推进")
    return stripped if len(stripped) >= 4 else title


def quoted(text: str) -> str:
    """In “ ”, with inner quotes as ‘ ’ (GB/T 15834)."""
    return f"“{text.replace('“', '‘').replace('”', '’')}”"


def task_reference(report: Report, task: Task) -> str:
    """社保卡“一卡一码通”（任务10，县人社局）, escaped."""
    lead = report.short_unit(task.filling_unit)
    return escape_markdown(f"{short_title(task.title)}（任务{task.number}，{lead}）")


def listed_tasks(numbers: Sequence[int]) -> str:
    """任务7、25."""
    return f"任务{'、'.join(str(number) for number in numbers)}"


def counted_list(parts: Sequence[tuple[str, int]]) -> str:
    """无实质进展、未报送各1项 / 无实质进展2项、未报送1项."""
    numbers = {number for _, number in parts}
    if len(parts) > 1 and len(numbers) == 1:
        return f"{'、'.join(word for word, _ in parts)}各{numbers.pop()}项"
    return "、".join(f"{word}{number}项" for word, number in parts)


def told_progress(report: Report, entry: ProgressEntry | None, length: int) -> str:
    """What the unit said, with the quarter where it said so earlier; a dash where it said nothing."""
    if entry is None or not entry.progress:
        return "—"
    earlier = entry.quarter != report.scope.period.quarter
    return (f"（{quarter_label(entry.quarter)}填报）" if earlier else "") + clipped(entry.progress, length)


def clipped(text: str, length: int) -> str:
    """The text up to the last clause that fits in `length` characters, else cut with an ellipsis."""
    flat = " ".join(text.split())
    if len(flat) <= length:
        return flat
    cut = max(flat.rfind(mark, 0, length) for mark in "。；，")
    return f"{flat[:cut]}。" if cut >= length // 2 else f"{flat[: length - 1]}…"
