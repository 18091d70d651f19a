"""Page one: the conclusion in at most four lines, the two small tables, what is overdue, who reported (domain.md §7)."""

from collections.abc import Iterator

from yuechi_report.domain.assessment import Assessment, Headline
from yuechi_report.page.headlines import NORMAL, SETTLED
from yuechi_report.page.labels import label, short_date_label
from yuechi_report.page.prose import Prose
from yuechi_report.page.table import Cell, Column, Table
from yuechi_report.report.cells import task_cells, text_cell
from yuechi_report.report.context import LEADERS, Report
from yuechi_report.report.county.footnotes import BEFORE_ISSUE, EARLIER, PURGED, REVISED, RULES, sign
from yuechi_report.report.county.leaders import OVERDUE_ROWS, longest_overdue
from yuechi_report.report.county.office import office_sentence
from yuechi_report.report.county.sections import OVERDUE, UNFINISHED, heading, part
from yuechi_report.report.county.submissions import handed_in_sentence
from yuechi_report.report.provenance import from_report
from yuechi_report.report.rows import is_purged
from yuechi_report.report.words import statuses
from yuechi_report.report.words.causes import brief_reason, overdue_reason, overdue_request
from yuechi_report.report.words.days import due_next_sentence, next_report_by, quarter_word, reply_by
from yuechi_report.report.words.fit import first_fitting
from yuechi_report.report.words.sentences import brief_title, counted_list, rate
from yuechi_report.source.scope import gap_words

_ROOMY = 4
"""With more overdue tasks than these each reason takes one line; the part on unfinished tasks has them in full."""

_LINES, _REPORTING_LINES = 4, 3


@from_report
def conclusion(report: Report) -> Prose:
    """The fullest form that takes at most four lines; what is left out stands in the tables."""
    return Prose(markdown=first_fitting(list(_forms(report)), _LINES))


def _forms(report: Report) -> Iterator[str]:
    for kinds, dues in ((True, True), (True, False), (False, False)):
        yield _fixed_sentence(report) + _others_sentence(report, kinds=kinds) + _comparison(report, dues=dues)


def _fixed_sentence(report: Report) -> str:
    fixed = report.fixed
    if not fixed:
        return "本清单没有限时任务。"
    due = [status for status in fixed if status.due is not None and status.due <= report.as_of]
    reach = "均已到通知时限" if len(due) == len(fixed) else f"（{len(due)}项已到通知时限）" if due else "均未到通知时限"
    parts = "，".join(f"{group.phrase}{number}项" for group, number in statuses.counted(statuses.FIXED_GROUPS, fixed))
    return f"{len(fixed)}项限时任务{reach}：**{parts}**。{_rates(report, due=bool(due))}"


def _rates(report: Report, *, due: bool) -> str:
    """销号率6/15（40%），到期未办结共5项。 The fixed tasks alone are the denominator (domain.md §2.3)."""
    closed = statuses.closed_tasks(report.fixed)
    told = f"销号率{rate(len(closed), len(report.fixed))}" if closed else "尚无任务销号"
    unfinished = [status for status in report.fixed if status.is_open_past_due]
    if not due and not unfinished:
        return f"{told}，本季无逾期任务。"
    overdue = len(statuses.overdue_tasks(report.assessments))
    if unfinished and overdue == len(unfinished):
        return f"{told}。"
    if unfinished:
        return f"{told}，到期未办结共{len(unfinished)}项{'' if overdue else '，本季无逾期任务'}。"
    return f"{told}，本季无逾期和到期未办结任务。"


def _newly(report: Report, headline: Headline) -> int:
    """How many tasks have got the headline since the quarter before."""
    before = {status.task_no for status in report.earlier if status.headline is headline}
    return len({status.task_no for status in report.assessments if status.headline is headline} - before)


def _others_sentence(report: Report, *, kinds: bool) -> str:
    others = report.others
    if not others:
        return ""
    fine = [status for status in others if status.headline in (*NORMAL, *SETTLED)]
    attention = [(group.phrase, number) for group, number in statuses.counted(statuses.ATTENTION_GROUPS, others)]
    if not attention:
        return f"{len(others)}项其他任务均正常或已了结。"
    number = len(others) - len(fine)
    if not fine:
        return f"{len(others)}项其他任务：{counted_list(attention) if kinds else '状态见下表'}。"
    what = attention[0][0] if len(attention) == 1 else counted_list(attention)
    watched = f"{number}项须关注{f'（{what}）' if kinds else ''}"
    return f"{len(others)}项其他任务：{len(fine)}项正常或已了结，{watched}。"


def _comparison(report: Report, *, dues: bool) -> str:
    if report.before is None:
        previous = report.scope.period.quarter.previous
        told = gap_words([gap for gap in report.scope.gaps if gap.quarter == previous])
        return "".join(f"{clause}。" for clause in told)
    before, now = statuses.closed_tasks(report.earlier), statuses.closed_tasks(report.assessments)
    new, reopened = len(now - before), len(before - now)
    ended, moved = _newly(report, Headline.TERMINATED), _newly(report, Headline.TRANSFERRED)
    news = f"新增销号{new}项" if new else "没有新增销号"
    others = (("终止", ended), ("转出", moved), ("重新挂账", reopened))
    again = "".join(f"，{word}{number}项" for word, number in others if number)
    was, left = len(statuses.overdue_tasks(report.earlier)), len(statuses.overdue_tasks(report.assessments))
    same = _same_due(report, left) if dues else ""
    when = quarter_word(report.before.period.quarter)
    return f"与{when}相比，{news}{again}；{_overdue_change(was, left)}{same}。"


def _overdue_change(was: int, now: int) -> str:
    if now == was:
        return f"逾期仍为{now}项" if now else "两季均无逾期"
    return f"逾期由{was}项{'增' if now > was else '减'}至{now}项"


def _same_due(report: Report, number: int) -> str:
    dues = {status.effective_due for status in statuses.overdue_tasks(report.assessments)}
    only = dues.pop() if len(dues) == 1 else None
    if only is None:
        return ""
    return f"，{'均' if number > 1 else ''}为{short_date_label(only, report.scope.period.quarter.last_day)}到期"


@from_report
def overdue_heading(report: Report) -> Prose:
    """逾期N项, or the sentence that there is none."""
    number = len(statuses.overdue_tasks(report.assessments))
    if number == 0:
        return Prose(markdown=f"{heading(report, OVERDUE).markdown}\n\n本季无逾期任务。")
    limit = "拟限" if report.edition == LEADERS else "限"
    shown = f"先列{OVERDUE_ROWS}项，其余见{part(UNFINISHED)}；" if number > OVERDUE_ROWS else ""
    return heading(report, OVERDUE, more=f"{number}项（{shown}{limit}{reply_by(report)}回复）")


@from_report
def reporting(report: Report) -> Prose:
    """Who handed in, what is due next, what waits in this office; in at most three lines."""
    following = report.scope.period.quarter.next
    year = f"{following.year}年" if following.year != report.as_of.year else ""
    submit = f"{next_report_by(report)}报送{year}{quarter_word(following)}情况。"
    rests = [f"{due_next_sentence(report)}；{submit}{office_sentence(report, brief=brief)}" for brief in (False, True)]
    named = [handed_in_sentence(report, most, names_late=late) for late in (True, False) for most in (6, 4, 2)]
    forms = [handed_in + rest for handed_in in (*named, handed_in_sentence(report, 0)) for rest in rests]
    return Prose(markdown=first_fitting(forms, _REPORTING_LINES))


@from_report
def fixed_summary(report: Report) -> Table | Prose:
    """Fixed tasks by headline, this quarter and last; nothing where there are none. Grain: one row, this（last）."""
    return _summary(report, fixed=True, note=sign(report, EARLIER, REVISED, BEFORE_ISSUE, *_purged(report.fixed)))


@from_report
def other_summary(report: Report) -> Table | Prose:
    """The other tasks likewise."""
    return _summary(report, fixed=False, note=sign(report, EARLIER, *_purged(report.others)))


def _purged(assessments: tuple[Assessment, ...]) -> tuple[str, ...]:
    return (PURGED,) if any(map(is_purged, assessments)) else ()


def _summary(report: Report, *, fixed: bool, note: str) -> Table | Prose:
    """`note` are the signs of the footnotes at the total."""
    name, stub = ("fixed_summary", "限时任务") if fixed else ("other_summary", "其他任务")
    groups, now = (statuses.FIXED_GROUPS, report.fixed) if fixed else (statuses.OTHER_GROUPS, report.others)
    before = [status for status in report.earlier if status.is_fixed is fixed]
    if not now and not before:
        return Prose(markdown="")
    columns = [Column(key="stub", title=stub, align="center", width=6.5)]
    cells = [text_cell("本季（上季）" if report.before else "本季")]
    for group, number in statuses.counted(groups, now):
        columns.append(Column(key=group.column, title=group.column, align="center", width=max(4.5, len(group.column))))
        was = f"（{len(group.members(before))}）" if report.before else ""
        late = Headline.OVERDUE in group.headlines
        cells.append(Cell(text=f"{number}{was}", value=number, strong=late, note=sign(report, RULES) if late else ""))
    columns.append(Column(key="total", title="合计", align="center", width=4.5))
    was = f"（{len(before)}）" if report.before and len(before) != len(now) else ""
    cells.append(Cell(text=f"{len(now)}{was}", value=len(now), note=note))
    return Table(name=name, columns=tuple(columns), rows=(tuple(cells),), compact=True, header_column=True)


_REASON = 36
"""Characters of a cause on page one: three lines of its column."""


@from_report
def overdue(report: Report) -> Table:
    """At most six overdue tasks, two lines each; of more, the longest overdue. Grain: one row a task."""
    found = longest_overdue(report)
    wanted = "拟办" if report.edition == LEADERS else "要求"
    crowded = len(found) > _ROOMY
    title, reason, proposal = (9.8, 9.9, 10.8) if crowded else (9.6, 12.3, 8.6)
    return Table(
        name="overdue",
        columns=(
            Column(key="task_no", title="序号", align="center", width=2.8),
            Column(key="title", title="任务", width=title),
            Column(key="lead", title="牵头单位", width=8.8),
            Column(key="days", title="逾期", align="center", width=4.4),
            Column(key="reason", title="原因", width=reason),
            Column(key="proposal", title=wanted, width=proposal),
        ),
        rows=tuple(_overdue_row(report, status, crowded=crowded) for status in found[:OVERDUE_ROWS]),
        empty_text="",
        compact=True,
    )


def _overdue_row(report: Report, status: Assessment, *, crowded: bool) -> tuple[Cell, ...]:
    reason = (
        brief_reason(report, status) or f"详见{part(UNFINISHED)}"
        if crowded
        else overdue_reason(report, status, _REASON)
    )
    number, title, lead = task_cells(report, status, title=brief_title(report.task(status.task_no).title, 18))
    return (
        number,
        title,
        lead,
        Cell(text=f"{status.days_overdue}天", value=status.days_overdue, strong=True),
        text_cell(reason),
        text_cell(_proposal(report, status)),
    )


def _proposal(report: Report, status: Assessment) -> str:
    """For the leaders with the document to be sent; for the units only what is required."""
    wanted = overdue_request(report, status)
    if report.edition != LEADERS:
        return wanted
    return f"发{label(report.unit_named(report.task(status.task_no).filling_unit).document)}，{wanted}"
