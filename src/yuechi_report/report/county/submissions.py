"""报送: who handed in and when, due results handed in after, corrections, and what the office typed in itself."""

from collections.abc import Iterator

from yuechi_report.domain.assessment import DueResult, UnitDiscipline
from yuechi_report.domain.reporting import UnitReport, unit_reports
from yuechi_report.page.labels import label, unit_report_label
from yuechi_report.page.prose import Prose, escape_markdown
from yuechi_report.report.context import Report
from yuechi_report.report.provenance import from_report
from yuechi_report.report.rows import is_purged
from yuechi_report.report.words.days import day_word
from yuechi_report.report.words.sentences import few, listed_tasks, numbered

_ALL = 99
_TYPED_IN = "代录"
_LATE, _PARTIAL = UnitDiscipline.LATE, UnitDiscipline.PARTIAL
_ABSENT = (UnitDiscipline.NOT_REPORTED, UnitDiscipline.AWAITING_CORRECTION, UnitDiscipline.NOT_YET_DUE)
_BRIEF = {UnitDiscipline.NOT_REPORTED: "未报", UnitDiscipline.NOT_YET_DUE: "待报"}


def handed_in_sentence(report: Report, most: int = _ALL, *, names_late: bool = True) -> str:
    """应报16家，按时13家，迟报2家（县住建局、县税务局），未报1家（县市场监管局）。 Escaped.

    At most `most` names stand in a bracket; with 0, and for late units on demand, there is none.
    """
    number = len(unit_reports(report.assessments))
    if not number:
        return "本季度没有应报送的单位。"
    if report.scope.period.first_report:
        return escape_markdown(_first_report(report, most))
    parts = [f"应报{number}家", f"按时{len(units_in(report, UnitDiscipline.ON_TIME))}家"]
    named = {state: units_in(report, state) for state in (_LATE, _PARTIAL, *_ABSENT)}
    named[_PARTIAL] = [f"{unit}{missing}项未报" for unit, missing in partial_units(report)]
    for state, units in named.items():
        if units:
            names = _bracket(units, most if names_late or state is not _LATE else 0)
            parts.append(f"{_BRIEF.get(state, label(state))}{len(units)}家{names}")
    return escape_markdown("，".join(parts) + "。")


def _first_report(report: Report, most: int) -> str:
    owing, absent = unit_reports(report.assessments), _absent(report)
    tail = f"，待收{len(absent)}家{_bracket(absent, most)}" if absent else ""
    return f"首次报送应报{len(owing)}家，已报{len(owing) - len(absent)}家{tail}，首报不评价迟报。"


def _absent(report: Report) -> list[str]:
    return [report.short_unit(one.unit) for one in unit_reports(report.assessments) if one.handed_in_on is None]


def _bracket(units: list[str], most: int) -> str:
    return f"（{few(units, most)}）" if most else ""


def units_in(report: Report, *states: UnitDiscipline) -> list[str]:
    """The short names of the units whose report is in one of these states, in the notice's order."""
    return [report.short_unit(one.unit) for one in unit_reports(report.assessments) if one.state in states]


def partial_units(report: Report) -> list[tuple[str, int]]:
    """县公安局, 2: the units of which some rows are missing, and how many."""
    found = unit_reports(report.assessments)
    return [(report.short_unit(one.unit), one.missing) for one in found if one.state is _PARTIAL]


@from_report
def handed_in(report: Report) -> Prose:
    """What the table of dates does not tell: one paragraph a kind, named."""
    return Prose(markdown=numbered([escape_markdown(line) for line in _lines(report)]))


def _lines(report: Report) -> Iterator[str]:
    late = [one for one in unit_reports(report.assessments) if one.state is _LATE]
    if late:
        told = [f"{report.short_unit(one.unit)}（{one.late}项，{_day(report, one)}）" for one in late]
        due = day_word(report, report.scope.period.submission_due)
        yield f"迟报（{due}以后收到）：{'、'.join(told)}。"
    awaited = _absent(report) if report.scope.period.first_report else []
    named = [(label(_PARTIAL), [f"{unit}（{missing}项未报）" for unit, missing in partial_units(report)])]
    named += [(label(state), units_in(report, state)) for state in _ABSENT]
    for word, units in (*named, ("首报待收", awaited)):
        if units:
            yield f"{word}：{'、'.join(units)}。"
    for word, told in (
        ("到期结果补报", _due_results(report)),
        ("未会签", _silent(report)),
        (_TYPED_IN, _typed_in(report)),
        ("填报内容已清除", _purged(report)),
    ):
        if told:
            yield f"{word}：{'；'.join(told)}。"


def _purged(report: Report) -> list[str]:
    """县公安局（按时，内容已清除）."""
    units = dict.fromkeys(status.owing_unit for status in report.assessments if is_purged(status))
    states = {one.unit: unit_report_label(one) for one in unit_reports(report.assessments)}
    return [f"{report.short_unit(unit)}（{states[unit]}，内容已清除）" for unit in units if unit in states]


def _day(report: Report, one: UnitReport) -> str:
    return day_word(report, one.handed_in_on) if one.handed_in_on is not None else ""


def _due_results(report: Report) -> list[str]:
    """The one line owed on tasks due between the submission day and the quarter's end."""
    told = []
    for word, code in (("已补报", DueResult.RECEIVED), ("待补报", DueResult.AWAITED), ("未补报", DueResult.MISSING)):
        numbers = [status.task_no for status in report.assessments if status.due_result is code]
        if numbers:
            told.append(f"{word}{len(numbers)}项（{listed_tasks(numbers)}）")
    return told


def _silent(report: Report) -> list[str]:
    """Countersigning units that left their row empty: told, never judged (domain.md §3.1)."""
    told = []
    for status in report.assessments:
        task = report.task(status.task_no)
        if status.entry is None:
            continue
        entries = report.seen(task.number).entries
        filled = {entry.unit for entry in entries if entry.quarter == report.scope.period.quarter}
        names = [name for name in task.lead_units[1:] if name not in filled and report.unit_named(name).has_form]
        if names:
            told.append(f"任务{task.number}（{'、'.join(map(report.short_unit, names))}）")
    return told


def _typed_in(report: Report) -> list[str]:
    """The office typed it in from paper, a photo or a call; the channel says from which."""
    told: dict[str, None] = {}
    for submission in report.scope.history.submissions:
        if submission.quarter == report.scope.period.quarter and submission.source.channel.startswith(_TYPED_IN):
            source = submission.source.channel.removeprefix(_TYPED_IN).strip("（）()") or "纸质材料"
            day = day_word(report, submission.source.received_at.date())
            told[f"{report.short_unit(submission.unit)}（{source}，{day}收到）"] = None
    return list(told)
