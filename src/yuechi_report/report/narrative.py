"""The county report's sentences, computed; outside text is escaped on its way in (domain.md §7)."""

from datetime import date

from yuechi_report.domain.assessment import Assessment, Headline
from yuechi_report.domain.policy import CalendarNotPublished
from yuechi_report.domain.quarter import Quarter
from yuechi_report.page.labels import date_label, label, short_date_label
from yuechi_report.page.prose import Prose, escape_markdown
from yuechi_report.report.context import LEADERS, Report
from yuechi_report.report.frames import submission_frame
from yuechi_report.report.groups import (
    ATTENTION_GROUPS,
    FIXED_GROUPS,
    NORMAL,
    OTHER_GROUPS,
    SETTLED,
    counted,
)
from yuechi_report.report.matters import matters
from yuechi_report.report.wording import counted_list, listed_tasks

_QUARTERS = ("一", "二", "三", "四")


def conclusion(report: Report) -> Prose:
    """一、结论: fixed tasks, the others, and the comparison with last quarter where there is one."""
    sentences = [_fixed_sentence(report), _others_sentence(report), _comparison(report)]
    return Prose(markdown="".join(sentence for sentence in sentences if sentence))


def _fixed_sentence(report: Report) -> str:
    fixed = report.fixed
    if not fixed:
        return "本清单没有限时任务。"
    due = [one for one in fixed if one.due is not None and one.due <= report.as_of]
    reach = "均已到通知时限" if len(due) == len(fixed) else f"中{len(due)}项已到通知时限" if due else "均未到通知时限"
    groups = counted(FIXED_GROUPS, fixed)
    parts = "，".join(f"{group.phrase}{number}项" for group, number in groups)
    unfinished = [one for one in fixed if _is_unfinished(report, one)]
    overdue = [one for one in fixed if one.headline is Headline.OVERDUE]
    total = f"到期未办结合计{len(unfinished)}项。" if len(unfinished) > len(overdue) else ""
    none = "" if overdue else "本季无逾期任务。"
    return f"{len(fixed)}项限时任务{reach}：**{parts}**。{total}{none}"


def _is_unfinished(report: Report, one: Assessment) -> bool:
    """到期未办结: overdue, blocked past due, or an extension still undecided past due (domain.md §2.2)."""
    if one.headline is Headline.EXTENSION_PENDING:
        return one.effective_due is not None and report.as_of > one.effective_due
    return one.headline in (Headline.BLOCKED_PAST_DUE, Headline.OVERDUE)


def _others_sentence(report: Report) -> str:
    others = report.others
    if not others:
        return ""
    fine = [one for one in others if one.headline in (*NORMAL, *SETTLED)]
    attention = [(group.phrase, number) for group, number in counted(ATTENTION_GROUPS, others)]
    if not attention:
        return f"{len(others)}项其他任务均正常或已了结。"
    number = len(others) - len(fine)
    settled = f"{len(fine)}项正常或已了结，" if fine else ""
    what = attention[0][0] if len(attention) == 1 else counted_list(attention)
    return f"{len(others)}项其他任务：{settled}{number}项须关注（{what}）。"


def _comparison(report: Report) -> str:
    if report.before is None:
        return ""
    before = _QUARTERS[report.before.period.quarter.number - 1]
    closed_before, closed_now = _closed(report.earlier), _closed(report.assessments)
    new, reopened = len(closed_now - closed_before), len(closed_before - closed_now)
    news = f"新增销号{new}项" if new else "没有新增销号"
    again = f"，重新挂账{reopened}项" if reopened else ""
    was, now = _number(report.earlier, Headline.OVERDUE), _number(report.assessments, Headline.OVERDUE)
    return f"与{before}季度相比，{news}{again}；{_overdue_change(was, now)}{_same_due(report, now)}。"


def _closed(assessments: tuple[Assessment, ...]) -> set[int]:
    return {one.task_no for one in assessments if one.headline is Headline.CLOSED}


def _overdue_change(was: int, now: int) -> str:
    if now == was:
        return f"逾期仍为{now}项" if now else "两季均无逾期"
    return f"逾期由{was}项{'增' if now > was else '减'}至{now}项"


def _same_due(report: Report, number: int) -> str:
    dues = {one.effective_due for one in report.assessments if one.headline is Headline.OVERDUE}
    only = dues.pop() if len(dues) == 1 else None
    if only is None:
        return ""
    return f"，{'均' if number > 1 else ''}为{short_date_label(only, report.scope.period.quarter.last_day)}到期"


def _number(assessments: tuple[Assessment, ...], headline: Headline) -> int:
    return sum(one.headline is headline for one in assessments)


def matters_or_requirements(report: Report) -> Prose:
    """二: for the leaders the matters they must settle, for the units what is required of them."""
    if report.edition == LEADERS:
        found = matters(report)
        heading = f"## 二、需县领导研究的事（{len(found)}件）" if found else "## 二、需县领导研究的事"
        lines = [f"{number}\\. **{one.subject}。** {one.text}" for number, one in enumerate(found, start=1)]
        return Prose(markdown="\n\n".join([heading, *(lines or ["本季无须提请县领导研究的事项。"])]))
    return Prose(markdown="\n\n".join(["## 二、下一步要求", *_requirements(report)]))


def _requirements(report: Report) -> list[str]:
    reply = working_day_label(report, report.as_of, report.scope.policy.working_days_check)
    overdue = [one.task_no for one in report.assessments if one.headline is Headline.OVERDUE]
    missing = [row.unit for row in submission_frame(report).itertuples() if row.state == "未报送"]
    blocked = [one.task_no for one in report.fixed if one.headline is Headline.BLOCKED_PAST_DUE]
    lines = []
    if overdue:
        lines.append(f"**逾期任务限期整改。** {listed_tasks(overdue)}的牵头单位于{reply}前书面报告整改情况和完成日期。")
    if missing:
        units = escape_markdown("、".join(report.short_unit(str(unit)) for unit in missing))
        lines.append(f"**未报送单位补报。** {units}于{reply}前补报本季度进展情况。")
    if blocked:
        lines.append(
            f"**受上级制约任务继续对接。** {listed_tasks(blocked)}的牵头单位在复核日前至少对接一次，结果书面报告。"
        )
    lines.append(f"**按时报送下季度情况。** 各牵头单位于{next_submission_label(report)}前报送，已销号任务不再报送。")
    return [f"{number}\\. {line}" for number, line in enumerate(lines, start=1)]


def overdue_heading(report: Report) -> Prose:
    """三、逾期N项, or the sentence that there is none."""
    number = _number(report.assessments, Headline.OVERDUE)
    if number == 0:
        return Prose(markdown="## 三、逾期\n\n本季无逾期任务。")
    return Prose(markdown=f"## 三、逾期{number}项")


def reporting(report: Report) -> Prose:
    """四、报送与下季: who handed in, what is due next, what waits in this office."""
    return Prose(markdown=f"{_handed_in(report)}{_next_due(report)}{_office_items(report)}")


def _handed_in(report: Report) -> str:
    frame = submission_frame(report)
    if frame.empty:
        return "本季度没有应报送的单位。"
    late, missing = _units_in(report, "迟报"), _units_in(report, "未报送")
    first, waiting = _units_in(report, "首报不评"), _units_in(report, "待报送")
    received = int((frame["received_on"] != "").sum())
    if report.scope.period.first_report:
        absent = [report.short_unit(str(row.unit)) for row in frame.itertuples() if not row.received_on]
        tail = f"，待收{len(absent)}家（{'、'.join(absent)}）" if absent else ""
        return escape_markdown(f"首次报送应报{len(frame)}家，已报{received}家{tail}，首报不评价迟报。") if first else ""
    on_time = int((frame["state"] == "按时").sum())
    parts = [f"应报{len(frame)}家", f"按时{on_time}家"]
    parts += [
        f"{word}{len(units)}家（{'、'.join(units)}）"
        for word, units in (("迟报", late), ("未报", missing), ("待报", waiting))
        if units
    ]
    return escape_markdown("，".join(parts) + "。")


def _units_in(report: Report, state: str) -> list[str]:
    return [report.short_unit(str(row.unit)) for row in submission_frame(report).itertuples() if row.state == state]


def _next_due(report: Report) -> str:
    following = report.scope.period.quarter.next
    soon = [
        one
        for one in report.fixed
        if one.effective_due is not None
        and report.as_of < one.effective_due <= following.last_day
        and one.headline not in SETTLED
    ]
    due = f"下季到期{len(soon)}项（{_due_words(soon, following)}）" if soon else "下季没有到期的限时任务"
    return f"{due}；{next_submission_label(report)}前报送{following.year}年{_QUARTERS[following.number - 1]}季度情况。"


def _due_words(soon: list[Assessment], following: Quarter) -> str:
    """任务2，延至3月31日；任务6、7、9等12项，时限12月31日."""
    groups: dict[str, list[int]] = {}
    for one in soon:
        word = "延至" if one.due != one.effective_due else "时限"
        day = short_date_label(one.effective_due or following.last_day, following.last_day)
        groups.setdefault(f"{word}{day}", []).append(one.task_no)
    return "；".join(f"{_some_tasks(numbers)}，{when}" for when, numbers in groups.items())


def _some_tasks(numbers: list[int]) -> str:
    return listed_tasks(numbers) if len(numbers) <= 4 else f"{listed_tasks(numbers[:3])}等{len(numbers)}项"


def _office_items(report: Report) -> str:
    items = [
        (label(headline), _number(report.assessments, headline))
        for headline in (
            Headline.AWAITING_CHECK,
            Headline.REALISED_UNCHECKED,
            Headline.EXTENSION_PENDING,
            Headline.ADJUSTMENT_REQUESTED,
            Headline.DUE_BEFORE_ISSUE,
            Headline.UNDEFINED,
            Headline.UNRESOLVED,
        )
    ]
    waiting = [(word, number) for word, number in items if number]
    if not waiting:
        return "**本室待办：**无。"
    by = working_day_label(report, report.as_of, report.scope.policy.working_days_check)
    return f"**本室待办：**{counted_list(waiting)}，{by}前办结。{_late_checks(report)}"


def _late_checks(report: Report) -> str:
    policy = report.scope.policy
    late = []
    for one in report.assessments:
        if one.headline is Headline.AWAITING_CHECK and one.reason.entry is not None:
            received = one.reason.entry.source.received_at.date()
            try:
                if policy.calendar.add_working_days(received, policy.working_days_check) < report.as_of:
                    late.append(one.task_no)
            except CalendarNotPublished:
                continue
    return f"其中{listed_tasks(late)}已超过{policy.working_days_check}个工作日。" if late else ""


def next_submission_label(report: Report) -> str:
    """The day by which the next quarter's submissions are due, or that the calendar is not published."""
    following = report.scope.period.quarter.next
    day = date(following.last_day.year, following.last_day.month, report.scope.policy.day_submission)
    return working_day_label(report, day, 0)


def working_day_label(report: Report, day: date, days: int) -> str:
    """The n-th working day after `day` (0: that day or the next working day), or that the table is missing."""
    calendar = report.scope.policy.calendar
    try:
        found = calendar.add_working_days(day, days) if days else calendar.working_day_from(day)
    except CalendarNotPublished as error:
        return f"{date_label(day)}后（{error.year}年工作日历未发布）"
    return short_date_label(found, report.as_of)


def footnotes(report: Report) -> Prose:
    """The notes of page one: last quarter's other headlines, tasks due before issue, how days count."""
    notes = [note for note in (_earlier_note(report), _before_issue_note(report)) if note]
    notes.append("逾期自时限次日起算；判定规则见附件2。")
    return Prose(markdown="\n\n".join(f"{'①②③④'[number]}{note}" for number, note in enumerate(notes)))


def _earlier_note(report: Report) -> str:
    if not report.earlier:
        return ""
    fixed = [one for one in report.earlier if one.is_fixed]
    others = [one for one in report.earlier if not one.is_fixed]
    told = "、".join(f"{group.column}{number}" for group, number in counted(FIXED_GROUPS, fixed))
    rest = "、".join(f"{group.column}{number}" for group, number in counted(OTHER_GROUPS, others))
    return f"上季未印发，按台账比较：限时任务{len(fixed)}项为{told}；其他任务{len(others)}项为{rest}。"


def _before_issue_note(report: Report) -> str:
    early = [one for one in report.fixed if one.due is not None and one.due < report.scope.period.issued_on]
    parts = []
    for one in early:
        due = one.due or report.as_of
        state = "、".join(label(suffix) for suffix in one.suffixes) or label(one.headline)
        parts.append(f"任务{one.task_no}时限（{due.year}年{due.month}月）早于通知印发日，按“{state}”管理，不计逾期")
    return f"{'；'.join(parts)}。" if parts else ""


def office_words(report: Report) -> Prose:
    """十: what the office wrote itself (data/text/…), paragraph by paragraph as written; nothing where it wrote nothing."""
    paragraphs = [escape_markdown(part.strip()) for part in report.scope.text.split("\n\n") if part.strip()]
    if not paragraphs:
        return Prose(markdown="")
    return Prose(markdown="\n\n".join(["## 十、综合评价", *paragraphs]))
