"""报送: who handed in and when, due results handed in after, corrections, and what the office typed in itself."""

from collections.abc import Iterator
from datetime import date

from yuechi_report.domain.assessment import DueResult
from yuechi_report.page.prose import Prose, escape_markdown
from yuechi_report.report.context import Report
from yuechi_report.report.provenance import from_report
from yuechi_report.report.rows import is_purged, submission_frame
from yuechi_report.report.words.days import day_word
from yuechi_report.report.words.sentences import few, listed_tasks, numbered

_ALL = 99
_TYPED_IN = "代录"
_KINDS = (("迟报", "迟报"), ("部分报送", "部分报送"), ("未报", "未报送"), ("待补正", "待补正"), ("待报", "待报送"))
"""What is said after 按时, and the kind of report it counts."""


def handed_in_sentence(report: Report, most: int = _ALL, *, names_late: bool = True) -> str:
    """应报16家，按时13家，迟报2家（县住建局、县税务局），未报1家（县市场监管局）。 Escaped.

    At most `most` names stand in a bracket; with 0, and for late units on demand, there is none.
    """
    frame = submission_frame(report)
    if frame.empty:
        return "本季度没有应报送的单位。"
    if report.scope.period.first_report:
        return escape_markdown(_first_report(report, most))
    parts = [f"应报{len(frame)}家", f"按时{int((frame['kind'] == '按时').sum())}家"]
    for word, kind in _KINDS:
        units = (
            units_in(report, kind)
            if kind != "部分报送"
            else [unit + count.strip("（）") for unit, count in _partial(report)]
        )
        if units:
            parts.append(f"{word}{len(units)}家{_bracket(units, most if names_late or word != '迟报' else 0)}")
    return escape_markdown("，".join(parts) + "。")


def _first_report(report: Report, most: int) -> str:
    frame = submission_frame(report)
    received = int((frame["received_on"] != "").sum())
    absent = _absent(report)
    tail = f"，待收{len(absent)}家{_bracket(absent, most)}" if absent else ""
    return f"首次报送应报{len(frame)}家，已报{received}家{tail}，首报不评价迟报。"


def _absent(report: Report) -> list[str]:
    return [report.short_unit(str(row.unit)) for row in submission_frame(report).itertuples() if not row.received_on]


def _bracket(units: list[str], most: int) -> str:
    return f"（{few(units, most)}）" if most else ""


def units_in(report: Report, kind: str) -> list[str]:
    """The short names of the units whose report is of that kind, in the notice's order."""
    return [report.short_unit(str(row.unit)) for row in submission_frame(report).itertuples() if row.kind == kind]


def _partial(report: Report) -> list[tuple[str, str]]:
    """县公安局, （2项未报）: the units of which some rows are missing."""
    found = [row for row in submission_frame(report).itertuples() if row.kind == "部分报送"]
    return [(report.short_unit(str(row.unit)), str(row.state).removeprefix("部分报送")) for row in found]


@from_report
def handed_in(report: Report) -> Prose:
    """What the table of dates does not tell: one paragraph a kind, named."""
    return Prose(markdown=numbered([escape_markdown(line) for line in _lines(report)]))


def _lines(report: Report) -> Iterator[str]:
    late = [row for row in submission_frame(report).itertuples() if row.kind == "迟报"]
    if late:
        told = [
            f"{report.short_unit(str(row.unit))}（{_late_rows(row.state)}，{_day(report, str(row.received_on))}）"
            for row in late
        ]
        due = day_word(report, report.scope.period.submission_due)
        yield f"迟报（{due}以后收到）：{'、'.join(told)}。"
    awaited = _absent(report) if report.scope.period.first_report else []
    named = [("部分报送", [f"{unit}{count}" for unit, count in _partial(report)])]
    named += [(kind, units_in(report, kind)) for kind in ("未报送", "待补正", "待报送")]
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


def _late_rows(state: object) -> str:
    """1项, of 迟报（1项）."""
    return str(state).removeprefix("迟报").strip("（）")


def _purged(report: Report) -> list[str]:
    """县公安局（按时，内容已清除）."""
    units = dict.fromkeys(status.owing_unit for status in report.assessments if is_purged(status))
    states = {str(row.unit): str(row.state) for row in submission_frame(report).itertuples()}
    return [f"{report.short_unit(unit)}（{states[unit]}，内容已清除）" for unit in units if unit in states]


def _day(report: Report, iso: str) -> str:
    return day_word(report, date.fromisoformat(iso)) if iso else ""


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
        seen = report.scope.history.of_task(task.number).up_to(report.scope.period.quarter, report.as_of)
        filled = {entry.unit for entry in seen.entries if entry.quarter == report.scope.period.quarter}
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
