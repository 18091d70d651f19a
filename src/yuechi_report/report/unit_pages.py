"""A unit's report: what is asked of it first, then its tasks, then what it countersigns or helps with."""

from yuechi_report.domain.assessment import Assessment, Headline
from yuechi_report.domain.progress import ProgressEntry, Role
from yuechi_report.domain.register import Task
from yuechi_report.domain.unit import DocumentKind
from yuechi_report.page.figure import Figure
from yuechi_report.page.labels import date_label, label, suffix_label
from yuechi_report.page.prose import Prose, escape_markdown
from yuechi_report.page.table import Cell, Column, Table
from yuechi_report.report.cells import headline_cell, legend, text_cell
from yuechi_report.report.context import Report
from yuechi_report.report.days import next_submission_label, working_day_label
from yuechi_report.report.figures import deadline_timeline
from yuechi_report.report.groups import FIXED_GROUPS, OTHER_GROUPS, counted
from yuechi_report.report.wording import clipped, counted_list, quoted, short_title, told_progress

_CROWDED = 5


def _led(report: Report) -> tuple[Assessment, ...]:
    return tuple(one for one in report.assessments if report.task(one.task_no).filling_unit == report.scope.unit)


def _helped(report: Report) -> tuple[Assessment, ...]:
    return tuple(one for one in report.assessments if report.task(one.task_no).filling_unit != report.scope.unit)


def role_of(report: Report, task: Task) -> Role:
    """The unit's role in a task of its report."""
    if task.filling_unit == report.scope.unit:
        return Role.LEAD
    return Role.COUNTERSIGN if report.scope.unit in task.lead_units else Role.COOPERATE


def overview(report: Report) -> Prose:
    """One paragraph: how many tasks in which role, and where they stand."""
    led, helped = _led(report), _helped(report)
    roles = []
    if led:
        roles.append(f"牵头{len(led)}项")
    together = "共同牵头（会签）" if report.unit.has_form else "共同牵头"
    for role, word in ((Role.COUNTERSIGN, together), (Role.COOPERATE, "配合")):
        number = sum(role_of(report, report.task(one.task_no)) is role for one in helped)
        if number:
            roles.append(f"{word}{number}项")
    who = escape_markdown(f"{report.scope.unit}在本清单中{'，'.join(roles)}。")
    return Prose(markdown=f"{who}{_standing(led)}{_handed_in(report, led)}")


def _standing(led: tuple[Assessment, ...]) -> str:
    fixed = [one for one in led if one.is_fixed]
    others = [one for one in led if not one.is_fixed]
    parts = []
    for word, found, groups in (("限时任务", fixed, FIXED_GROUPS), ("其他任务", others, OTHER_GROUPS)):
        if found:
            told = counted_list([(group.phrase, number) for group, number in counted(groups, found)])
            parts.append(f"{word}{len(found)}项：{told}")
    return f"**{'；'.join(parts)}。**" if parts else ""


def _handed_in(report: Report, led: tuple[Assessment, ...]) -> str:
    due = date_label(report.scope.period.submission_due)
    unit = report.scope.unit
    received = report.scope.history.submissions_of(unit, report.scope.period.quarter)
    owed = [one for one in led if one.discipline.value != "exempt"]
    if not report.unit.has_form:
        liaison = escape_markdown(report.unit.liaison)
        return f"本页为转告：进展由{liaison}汇总报送，{escape_markdown(unit)}不单独填报。"
    if not owed:
        return "本季度无牵头填报任务。"
    if not received:
        return f"本季度填报应于{due}前报送，至今未收到。"
    day = received[0].source.received_at.date()
    return f"本季度填报应于{due}前报送，{date_label(day)}收到（{label(owed[0].discipline)}）。"


def requests(report: Report) -> Prose:
    """What is asked of the unit, most pressing first; every item says until when."""
    by = working_day_label(report, report.as_of, report.scope.policy.working_days_check)
    lines = [line for one in _led(report) if (line := _request(report, one, by))]
    if report.unit.document is DocumentKind.FORWARDED:
        liaison = escape_markdown(report.unit.liaison)
        lines.append(f"请各企业按{liaison}的统一安排提供服务开通情况，由其汇总报送。")
    lines += [line for one in _helped(report) if (line := _help_request(report, one))]
    if any(one.headline is not Headline.CLOSED for one in _led(report)):
        lines.append(f"下季度进展情况于{next_submission_label(report)}前报送，已销号任务不再报送。")
    if not lines:
        return Prose(markdown="本季度没有需要办理的事项。")
    return Prose(markdown="\n\n".join(f"{number}\\. {line}" for number, line in enumerate(lines, start=1)))


_ASKED = {
    Headline.OVERDUE: "已逾期{days}天{suffix}。请于{by}前书面报告整改情况和完成日期。",
    Headline.AWAITING_CHECK: "已自报完成，本室正在核验。请备好佐证材料原件。",
    Headline.BLOCKED_PAST_DUE: "受上级制约已认定，复核日{review}。请在复核日前对接一次并书面报告结果。",
    Headline.BLOCKED: "受上级制约已认定，复核日{review}。请在复核日前对接一次并书面报告结果。",
    Headline.EXTENDED: "已批准延期至{due}，届时不再顺延。请按计划推进。",
    Headline.NOT_REPORTED: "本季度未报送进展。请于{by}前补报。",
    Headline.FIRST_REPORT_MISSING: "首次报送尚未收到。请于{by}前补报。",
    Headline.NO_ADVANCE: "本季无实质进展。请下季度至少报送一项具体行动：何时、做什么、结果如何。",
    Headline.ADJUSTMENT_REQUESTED: "调整申请尚未批复，批复前继续列管。",
    Headline.REALISED_UNCHECKED: "自报已实现，请于{by}前提供可核实的材料。",
    Headline.DUE_BEFORE_ISSUE: "通知时限早于印发日，不计逾期。请于{by}前报告实际进展。",
    Headline.EXPECTED_LATE: "预计完成日期晚于时限。如需延期，请在到期前书面申请。",
    Headline.DUE_SOON: "将于{due}到期。如需延期，请在到期前书面申请。",
    Headline.INTERRUPTED: "自报未启动，请于{by}前说明原因和恢复日期。",
    Headline.UNDEFINED: "通知没有规定时限，请提出建议时限和销号标准。",
}


def _request(report: Report, one: Assessment, by: str) -> str:
    template = _ASKED.get(one.headline)
    if template is None:
        return ""
    suffix = "、".join(suffix_label(code, one.days_overdue) for code in one.suffixes)
    decision = one.reason.decision
    review = date_label(decision.review_on) if decision is not None and decision.review_on else ""
    due = date_label(one.effective_due) if one.effective_due else ""
    text = template.format(
        days=one.days_overdue, suffix=f"（{suffix}）" if suffix else "", by=by, review=review, due=due
    )
    return f"{_reference(report, one)}{text}"


def _reference(report: Report, one: Assessment) -> str:
    return f"**任务{one.task_no}{escape_markdown(quoted(short_title(report.task(one.task_no).title)))}：**"


def _help_request(report: Report, one: Assessment) -> str:
    if one.headline in (Headline.CLOSED, Headline.TERMINATED) or not report.unit.has_form:
        return ""
    said = _own_entry(report, one)
    task = report.task(one.task_no)
    if role_of(report, task) is Role.COUNTERSIGN and said is None:
        lead = escape_markdown(report.short_unit(task.filling_unit))
        return f"{_reference(report, one)}本季度未反馈会签意见，请与{lead}对接后反馈。"
    return ""


def _own_entry(report: Report, one: Assessment) -> ProgressEntry | None:
    found = [
        entry
        for entry in report.scope.history.entries
        if entry.task_no == one.task_no
        and entry.unit == report.scope.unit
        and entry.quarter == report.scope.period.quarter
    ]
    return found[-1] if found else None


def led_tasks(report: Report) -> Table:
    """The unit's own tasks. Grain: one row a task."""
    led = _led(report)
    length = 42 if len(led) > _CROWDED else 110
    return Table(
        name="led_tasks",
        columns=(
            Column(key="task_no", title="序号", align="center", width=0.6),
            Column(key="title", title="任务", width=2.3),
            Column(key="deadline", title="完成时限", align="center", width=1.2),
            Column(key="headline", title="状态", width=1.7),
            Column(key="progress", title="本单位填报的进展", width=4.2),
            Column(key="issues", title="问题和下一步", width=3.2),
        ),
        rows=tuple(_led_row(report, one, length) for one in led),
        notes=(legend(report),) if led else (),
        empty_text="本单位没有牵头填报的任务。",
        compact=True,
    )


def _led_row(report: Report, one: Assessment, length: int) -> tuple[Cell, ...]:
    task, entry = report.task(one.task_no), one.reason.entry
    issues = f"{entry.issues}{entry.next_steps}" if entry is not None else ""
    return (
        Cell(text=str(task.number), value=task.number),
        text_cell(short_title(task.title)),
        text_cell(task.deadline_raw),
        headline_cell(report, one),
        text_cell(told_progress(report, entry, length)),
        text_cell(clipped(issues, length) or "—"),
    )


def helped_tasks(report: Report) -> Table:
    """Tasks that other units fill in. Grain: one row a task."""
    return Table(
        name="helped_tasks",
        columns=(
            Column(key="task_no", title="序号", align="center", width=0.6),
            Column(key="title", title="任务", width=2.3),
            Column(key="lead", title="牵头填报单位", width=1.6),
            Column(key="role", title="角色", align="center", width=0.8),
            Column(key="headline", title="状态", width=1.6),
            Column(key="lead_progress", title="牵头单位进展", width=3.2),
            Column(key="own", title="本单位意见或配合情况", width=2.6),
        ),
        rows=tuple(_helped_row(report, one) for one in _helped(report)),
        empty_text="本单位没有会签或配合的任务。",
        compact=True,
    )


def _helped_row(report: Report, one: Assessment) -> tuple[Cell, ...]:
    task, own, lead = report.task(one.task_no), _own_entry(report, one), one.reason.entry
    return (
        Cell(text=str(task.number), value=task.number),
        text_cell(short_title(task.title)),
        text_cell(report.short_unit(task.filling_unit)),
        text_cell("转告" if not report.unit.has_form else label(role_of(report, task))),
        headline_cell(report, one),
        text_cell(told_progress(report, lead, 70)),
        text_cell(clipped(own.progress, 60) if own is not None else _no_answer(report, task)),
    )


def _no_answer(report: Report, task: Task) -> str:
    """Countersigning is asked for; cooperation may be told, need not."""
    countersigns = report.unit.has_form and role_of(report, task) is Role.COUNTERSIGN
    return "未反馈" if countersigns else "—"


def led(report: Report) -> tuple[Prose | Table | Figure, ...]:
    """三: the unit's own tasks with a timeline where one helps; nothing for a unit that fills in nothing."""
    mine = _led(report)
    if not mine:
        return ()
    dated = [one for one in mine if one.is_fixed and one.effective_due is not None]
    figure = (deadline_timeline(report, dated),) if len(dated) > 1 else ()
    return (Prose(markdown="## 三、牵头任务"), led_tasks(report), *figure)


def helped(report: Report) -> tuple[Prose | Table, ...]:
    """The tasks others fill in; nothing where there are none. Numbered after what stands before it."""
    if not _helped(report):
        return ()
    word = "转告事项" if not report.unit.has_form else "会签和配合任务"
    return (Prose(markdown=f"## {'四' if _led(report) else '三'}、{word}"), helped_tasks(report))
