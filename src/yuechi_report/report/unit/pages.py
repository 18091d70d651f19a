"""A unit's report: where it stands, last quarter's promises, its tasks, what it countersigns or helps with."""

from yuechi_report.domain.assessment import Assessment
from yuechi_report.domain.evidence import Proof
from yuechi_report.domain.progress import ProgressEntry, Role
from yuechi_report.domain.register import Task
from yuechi_report.domain.reporting import unit_reports
from yuechi_report.page.headlines import SETTLED
from yuechi_report.page.labels import date_label, label, unit_report_label
from yuechi_report.page.prose import Prose, escape_markdown
from yuechi_report.page.table import Cell, Column, Table
from yuechi_report.report.cells import legend, status_cell, text_cell
from yuechi_report.report.context import Report
from yuechi_report.report.provenance import from_report
from yuechi_report.report.rows import is_purged
from yuechi_report.report.unit.outline import HELPED, LED, PROMISES, heading, part
from yuechi_report.report.unit.part import helped_by, led_by, own_entry, role_of
from yuechi_report.report.unit.promises import promised, promises, wanted
from yuechi_report.report.words.sentences import clipped, counted_list, short_title, told_progress
from yuechi_report.report.words.statuses import FIXED_GROUPS, OTHER_GROUPS, counted

_CROWDED = 5

_ROLE_WORDS = _LEADS, _COUNTERSIGNS, _LEADS_TOO, _HELPS = ("牵头", "共同牵头（会签）", "共同牵头", "配合")


@from_report
def overview(report: Report) -> Prose:
    """One paragraph: how many tasks in which role, and where they stand."""
    led, helped = led_by(report), helped_by(report)
    roles = []
    if led:
        roles.append(f"牵头{len(led)}项")
    words = [_role_word(report, report.task(status.task_no)) for status in helped]
    roles += [f"{word}{words.count(word)}项" for word in _ROLE_WORDS if word in words]
    who = escape_markdown(f"{report.scope.unit}在本清单中{'，'.join(roles)}。")
    return Prose(markdown=f"{who}{_standing(led)}{_handed_in(report, led)}")


def _role_word(report: Report, task: Task) -> str:
    """A collective that leads alone leads, though its liaison fills in."""
    if role_of(report, task) is Role.COOPERATE:
        return _HELPS
    if report.unit.has_form:
        return _COUNTERSIGNS
    return _LEADS if task.lead_units[0] == report.scope.unit else _LEADS_TOO


def _standing(led: tuple[Assessment, ...]) -> str:
    fixed = [status for status in led if status.is_fixed]
    others = [status for status in led if not status.is_fixed]
    parts = []
    for word, found, groups in (("限时任务", fixed, FIXED_GROUPS), ("其他任务", others, OTHER_GROUPS)):
        if found:
            told = counted_list([(group.phrase, number) for group, number in counted(groups, found)])
            parts.append(f"{word}{len(found)}项：{told}")
    return f"**{'；'.join(parts)}。**" if parts else ""


def _handed_in(report: Report, led: tuple[Assessment, ...]) -> str:
    due = date_label(report.scope.period.submission_due)
    unit = report.scope.unit
    if not report.unit.has_form:
        liaison = report.unit.liaison
        who = f"进展由{escape_markdown(liaison)}汇总报送，" if liaison else ""
        return f"本页为转告：{who}{escape_markdown(unit)}不单独填报。"
    found = next((one for one in unit_reports(report.assessments) if one.unit == unit), None)
    if found is None:
        return "本季度无牵头填报任务。"
    asked = f"本季度填报应于{due}前报送"
    if found.handed_in_on is None:
        return f"{asked}，至今未收到。"
    state = unit_report_label(found).replace("（", "，").removesuffix("）")
    purged = "，内容已清除" if any(is_purged(status) and status.owing_unit == unit for status in led) else ""
    return f"{asked}，{date_label(found.handed_in_on)}收到（{state}{purged}）。"


@from_report
def kept_promises(report: Report) -> tuple[Prose | Table, ...]:
    """Last quarter's promises beside this quarter's facts; nothing in a first report."""
    return (heading(report, PROMISES), promises(report)) if wanted(report) else ()


@from_report
def led(report: Report) -> tuple[Prose | Table, ...]:
    """The unit's own tasks; nothing for a unit that fills in nothing."""
    return (heading(report, LED), led_tasks(report)) if led_by(report) else ()


@from_report
def helped(report: Report) -> tuple[Prose | Table, ...]:
    """The tasks others fill in; nothing where there are none."""
    return (heading(report, HELPED), helped_tasks(report)) if helped_by(report) else ()


def led_tasks(report: Report) -> Table:
    """The unit's own tasks. Grain: one row a task."""
    found = led_by(report)
    shown_above = {status.task_no for status, _ in promised(report)}
    length = 44 if len(found) > _CROWDED else 110
    return Table(
        name="led_tasks",
        columns=(
            Column(key="task_no", title="序号", align="center", width=2.8),
            Column(key="title", title="任务和时限", width=9.9),
            Column(key="headline", title="状态", width=10.0),
            Column(key="progress", title="本单位填报的进展和佐证", width=13.0),
            Column(key="issues", title="问题和下一步", width=10.8),
        ),
        rows=tuple(_led_row(report, status, length, told=status.task_no in shown_above) for status in found),
        notes=(legend(report),),
        empty_text="本单位没有牵头填报的任务。",
        compact=True,
    )


def _led_row(report: Report, status: Assessment, length: int, *, told: bool) -> tuple[Cell, ...]:
    task, entry = report.task(status.task_no), status.reason.entry
    issues = f"{entry.issues}{entry.next_steps}" if entry is not None else ""
    return (
        Cell(text=str(task.number), value=task.number),
        text_cell(f"{short_title(task.title)}\n{task.deadline_raw}"),
        status_cell(report, status),
        text_cell(_settled(status) or _progress(report, entry, length, told=told and status.entry is not None)),
        text_cell(clipped(issues, length) or "—"),
    )


def _settled(status: Assessment) -> str:
    """When and how a task that owes no report any more was settled; empty for every other task."""
    decision = status.reason.decision
    if status.entry is not None or decision is None or status.headline not in SETTLED:
        return ""
    return f"{date_label(decision.decided_on)}{label(decision.action)}。"


def _progress(report: Report, entry: ProgressEntry | None, length: int, *, told: bool) -> str:
    """The progress where it was not told beside the promise already, and the evidence."""
    text = f"见{part(report, PROMISES)}。" if told else told_progress(report, entry, length)
    return f"{text}{_evidence(entry)}"


def _evidence(entry: ProgressEntry | None) -> str:
    found = [piece.name for piece in entry.evidence] if entry is not None and entry.proof is not Proof.NONE else []
    if not found:
        return ""
    more = f"等{len(found)}件" if len(found) > 1 else ""
    return f"\n佐证：{clipped(found[0], 26)}{more}"


def helped_tasks(report: Report) -> Table:
    """Tasks that other units fill in. Grain: one row a task."""
    return Table(
        name="helped_tasks",
        columns=(
            Column(key="task_no", title="序号", align="center", width=2.8),
            Column(key="title", title="任务", width=8.0),
            Column(key="lead", title="牵头填报", width=6.0),
            Column(key="role", title="角色", align="center", width=2.8),
            Column(key="headline", title="状态", width=9.6),
            Column(key="lead_progress", title="牵头单位进展", width=9.5),
            Column(key="own", title="本单位反馈", width=7.8),
        ),
        rows=tuple(_helped_row(report, status) for status in helped_by(report)),
        empty_text="本单位没有会签或配合的任务。",
        compact=True,
    )


def _helped_row(report: Report, status: Assessment) -> tuple[Cell, ...]:
    task, own, lead = report.task(status.task_no), own_entry(report, status), status.reason.entry
    return (
        Cell(text=str(task.number), value=task.number),
        text_cell(short_title(task.title)),
        text_cell(report.short_unit(task.filling_unit)),
        text_cell("转告" if not report.unit.has_form else label(role_of(report, task))),
        status_cell(report, status),
        text_cell(told_progress(report, lead, 70)),
        text_cell(clipped(own.progress, 60) if own is not None else _no_answer(report, status)),
    )


def _no_answer(report: Report, status: Assessment) -> str:
    """Countersigning is asked for; cooperation may be told, need not."""
    countersigns = report.unit.has_form and role_of(report, report.task(status.task_no)) is Role.COUNTERSIGN
    return "未反馈" if countersigns else "—"
