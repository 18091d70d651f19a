"""The notes at the foot of page one, and the signs by which its tables point to them."""

from dataclasses import dataclass

from yuechi_report.domain.assessment import Assessment
from yuechi_report.page.labels import label
from yuechi_report.page.prose import Prose, escape_markdown
from yuechi_report.report.context import Report
from yuechi_report.report.county.revised import revised_note
from yuechi_report.report.county.sections import METHOD, annex_number
from yuechi_report.report.provenance import from_report
from yuechi_report.report.rows import is_purged
from yuechi_report.report.words.sentences import listed_tasks
from yuechi_report.report.words.statuses import FIXED_GROUPS, OTHER_GROUPS, Group, counted
from yuechi_report.source.scope import gap_words

EARLIER, BEFORE_ISSUE, REVISED, PURGED, RULES = "earlier", "before_issue", "revised", "purged", "rules"
_SIGNS = "①②③④⑤"
_NAMED = 3


@dataclass(frozen=True, slots=True)
class Footnote:
    """What it is about, and its text as escaped Markdown."""

    key: str
    text: str


def needed(report: Report) -> tuple[Footnote, ...]:
    """The notes this report needs, in the order of their signs."""
    found = (
        Footnote(EARLIER, _earlier_note(report)),
        Footnote(REVISED, revised_note(report)),
        Footnote(BEFORE_ISSUE, _before_issue_note(report)),
        Footnote(PURGED, _purged_note(report)),
        Footnote(RULES, f"逾期自时限次日起算；判定规则见附件{annex_number(report, METHOD)}。"),
    )
    return tuple(note for note in found if note.text)


def sign(report: Report, *keys: str) -> str:
    """The signs of those notes, as far as the report has them."""
    return "".join(_SIGNS[number] for number, note in enumerate(needed(report)) if note.key in keys)


@from_report
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
    previous = report.before.period.quarter
    gap = "".join(f"{words}。" for words in gap_words([gap for gap in report.scope.gaps if gap.quarter == previous]))
    return f"{gap or '上季报告未印发，按台账比较。'}{rest}"


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


def _purged_note(report: Report) -> str:
    """县公安局本季填报内容已清除（任务4、5等6项）: whose, and what is still said of it."""
    tasks: dict[str, list[int]] = {}
    for status in report.assessments:
        if is_purged(status):
            tasks.setdefault(report.short_unit(status.owing_unit), []).append(status.task_no)
    if not tasks:
        return ""
    told = "、".join(f"{unit}（{listed_tasks(numbers, _NAMED)}）" for unit, numbers in tasks.items())
    return escape_markdown(f"本季填报内容已按规定清除：{told}；是否按时仍按收到日计，状态按此前填报判定。")
