"""Layouts of lists: one small recogniser each, tried in turn; lines that none of it used are reported.

A new layout is one module with `recognise(document) -> Reading | None` and one more name in `LAYOUTS`.
Source: domain.md §5.
"""

from collections.abc import Callable
from dataclasses import replace

from yuechi_report.errors import InputRefused
from yuechi_report.notice.document import Document
from yuechi_report.notice.findings import Finding, Severity, excerpt
from yuechi_report.notice.layout import flat_table
from yuechi_report.notice.layout.reading import Reading

Recogniser = Callable[[Document], Reading | None]

LAYOUTS: tuple[Recogniser, ...] = (flat_table.recognise,)


def recognise(document: Document) -> Reading:
    """The reading of the first layout that fits, unread lines reported; InputRefused when none does."""
    for layout in LAYOUTS:
        reading = layout(document)
        if reading is not None:
            return replace(reading, findings=reading.findings + _unread(document, reading))
    raise InputRefused.at(
        document.place(),
        "没有认出任务清单：现在能读的版式是“一格一行，表头为序号、事项、重点任务、完成时限、牵头单位、配合单位，任务以（一）（二）编号”",
        "请核对文件是否完整、表头是否在内，或按该版式整理后重试",
    )


def _unread(document: Document, reading: Reading) -> tuple[Finding, ...]:
    known = reading.used | {finding.place.line for finding in reading.findings}
    return tuple(
        Finding(
            Severity.ERROR,
            "unread_line",
            document.place(line.number),
            f"这一行没有归入任何任务：“{excerpt(line.text)}”",
        )
        for line in document.lines
        if line.number >= reading.first_line and line.number not in known and not line.blank
    )
