"""The notes at the foot of page one, and the signs by which its tables point to them."""

from collections.abc import Iterator
from dataclasses import dataclass

from yuechi_report.domain.assessment import Assessment
from yuechi_report.page.labels import label
from yuechi_report.page.prose import Prose, escape_markdown
from yuechi_report.report.context import Report
from yuechi_report.report.county.revised import revised_note
from yuechi_report.report.county.sections import METHOD, annex_number
from yuechi_report.report.words.statuses import FIXED_GROUPS, OTHER_GROUPS, Group, counted

EARLIER, BEFORE_ISSUE, REVISED, RULES = "earlier", "before_issue", "revised", "rules"
_SIGNS = "①②③④"


@dataclass(frozen=True, slots=True)
class Footnote:
    """What it is about, and its text as escaped Markdown."""

    key: str
    text: str


def needed(report: Report) -> tuple[Footnote, ...]:
    """The notes this report needs, in the order of their signs."""
    return tuple(_needed(report))


def _needed(report: Report) -> Iterator[Footnote]:
    for key, text in (
        (EARLIER, _earlier_note(report)),
        (REVISED, revised_note(report)),
        (BEFORE_ISSUE, _before_issue_note(report)),
        (RULES, f"逾期自时限次日起算；判定规则见附件{annex_number(report, METHOD)}。"),
    ):
        if text:
            yield Footnote(key, text)


def sign(report: Report, *keys: str) -> str:
    """The signs of those notes, as far as the report has them."""
    return "".join(_SIGNS[number] for number, note in enumerate(needed(report)) if note.key in keys)


def notes(report: Report) -> Prose:
    """One paragraph a note."""
    return Prose(markdown="\n\n".join(f"{_SIGNS[number]}{note.text}" for number, note in enumerate(needed(report))))


def _earlier_note(report: Report) -> str:
    """What last quarter's figures rest on, and those for which this quarter's tables have no column."""
    if report.before is None:
        return ""
    more = [
        f"{word}另有{told}"
        for word, told in (
            ("限时任务", _not_shown(FIXED_GROUPS, report.fixed, _of_class(report.earlier, fixed=True))),
            ("其他任务", _not_shown(OTHER_GROUPS, report.others, _of_class(report.earlier, fixed=False))),
        )
        if told
    ]
    rest = f"上季{'；'.join(more)}。" if more else ""
    return f"上季报告未印发，按台账比较。{rest}"


def _of_class(assessments: tuple[Assessment, ...], *, fixed: bool) -> tuple[Assessment, ...]:
    return tuple(status for status in assessments if status.is_fixed is fixed)


def _not_shown(groups: tuple[Group, ...], now: tuple[Assessment, ...], before: tuple[Assessment, ...]) -> str:
    shown = {group.column for group, _ in counted(groups, now)}
    return "、".join(
        f"{group.column}{number}项" for group, number in counted(groups, before) if group.column not in shown
    )


def _before_issue_note(report: Report) -> str:
    early = [status for status in report.fixed if status.due is not None and status.due < report.scope.period.issued_on]
    parts = []
    for status in early:
        due = status.due or report.as_of
        state = "、".join(label(suffix) for suffix in status.suffixes) or label(status.headline)
        parts.append(f"任务{status.task_no}时限（{due.year}年{due.month}月）早于通知印发日，按“{state}”管理，不计逾期")
    return escape_markdown(f"{'；'.join(parts)}。") if parts else ""
