"""The matters a county leader must settle: each with where it is stuck and who should do what by when."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from yuechi_report.domain.assessment import Assessment, Headline
from yuechi_report.page.headlines import BLOCKED
from yuechi_report.page.labels import short_date_label
from yuechi_report.page.prose import Prose, escape_markdown
from yuechi_report.report.context import LEADERS, Report
from yuechi_report.report.county.sections import MATTERS, UNFINISHED, heading, part
from yuechi_report.report.rows import submission_frame
from yuechi_report.report.words.days import next_report_by, reply_by
from yuechi_report.report.words.fit import fits
from yuechi_report.report.words.sentences import brief_title, clipped, few, listed_tasks, numbered, whole_clauses
from yuechi_report.report.words.statuses import overdue_tasks

MOST = 3
"""So many matters are listed on page one."""

OVERDUE_ROWS = 6
"""So many overdue tasks are."""

_NAMED = 4

_LINES = 2

_ADDRESSED = ("县政府", "县人民政府", "县领导")

_LENGTHS = (75, 48, 36, 30, 24, 18, 12)
"""Lengths to which a unit's own words are cut, clause by clause, until the matter takes two lines."""

_NEAR = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Matter:
    """Subject and text, both escaped Markdown."""

    subject: str
    text: str

    @property
    def markdown(self) -> str:
        """**subject**。text, as it follows its number."""
        return f"**{self.subject}**。{self.text}"


def matters(report: Report) -> tuple[Matter, ...]:
    """What units ask of the county's leaders about overdue tasks, then extensions to be decided, then
    tasks stuck above, then requests to change the list. Page one shows the first `MOST`.
    """
    return tuple(_found(report))


def _found(report: Report) -> Iterator[Matter]:
    for status in report.assessments:
        if status.headline is Headline.OVERDUE and _asks_county(status):
            yield _asked(report, status, "")
    for status in report.assessments:
        if status.headline is Headline.EXTENSION_PENDING:
            yield _asked(report, status, _extension(report, status))
    yield from _blocked(report)
    for status in report.assessments:
        if status.headline is Headline.ADJUSTMENT_REQUESTED:
            yield _asked(report, status, "建议先请示市级牵头部门，未批准前继续列管。")


def _asks_county(status: Assessment) -> bool:
    return status.entry is not None and any(word in status.entry.coordination for word in _ADDRESSED)


def _extension(report: Report, status: Assessment) -> str:
    until = status.entry.expected_on if status.entry is not None else None
    new = f"延至{short_date_label(until, report.as_of)}" if until else "延期"
    return f"申请{new}，请于{reply_by(report)}批复。"


def _asked(report: Report, status: Assessment, proposal: str) -> Matter:
    """Where it is stuck gives way before who should do what; the unit's name before both."""
    task = report.task(status.task_no)
    title = f"{brief_title(task.title)}（任务{task.number}"
    subjects = (f"{title}，{report.short_unit(task.filling_unit)}）", f"{title}）")
    last = status.entry or status.reason.entry
    where = _sentence(last.issues) if last is not None else ""
    who = _sentence(last.coordination) if last is not None and _asks_county(status) else proposal
    wheres = list(dict.fromkeys(whole_clauses(where, length) for length in _LENGTHS))
    forms = [Matter(*map(escape_markdown, (subject, said + who))) for said in wheres if said for subject in subjects]
    forms += [Matter(*map(escape_markdown, (subjects[1], clipped(who, length)))) for length in _LENGTHS]
    return _fitting(forms)


def _sentence(text: str) -> str:
    flat = " ".join(text.split())
    return flat if not flat or flat[-1] in "。？！" else f"{flat}。"


def _fitting(forms: list[Matter]) -> Matter:
    return next((form for form in forms if fits(f"1.{form.subject}。{form.text}", _LINES)), forms[-1])


def _blocked(report: Report) -> Iterator[Matter]:
    blocked = [status for status in report.assessments if status.headline in BLOCKED]
    decisions = [status.reason.decision for status in blocked if status.reason.decision is not None]
    if not decisions:
        return
    names = [f"{brief_title(report.task(status.task_no).title, 10)}（任务{status.task_no}）" for status in blocked]
    numbers = "、".join(str(status.task_no) for status in blocked)
    bodies = few(list(dict.fromkeys(decision.upper_body for decision in decisions)), 3)
    days = sorted({decision.review_on for decision in decisions if decision.review_on is not None})
    until = "、".join(short_date_label(day, report.as_of) for day in days[:3])
    when = f"{short_date_label(days[0], report.as_of)}前" if days[0] - report.as_of > _NEAR else "即日"
    subject = "、".join(names) if len(names) <= 2 else f"受上级制约任务{len(names)}项（任务{numbers}）"
    text = f"已认定受上级制约，复核日{until}。建议{when}以县政府名义函商{bodies}。"
    short = f"已认定受上级制约。建议{when}以县政府名义函商{bodies}。"
    yield _fitting([Matter(escape_markdown(subject), escape_markdown(form)) for form in (text, short)])


def is_crowded(report: Report) -> bool:
    """Whether more is overdue, or more is asked of the leaders, than page one lists."""
    return len(overdue_tasks(report.assessments)) > OVERDUE_ROWS or len(matters(report)) > 2 * MOST


def matters_or_requirements(report: Report) -> Prose:
    """At most three matters for the leaders; for the units one requirement a kind."""
    if report.edition == LEADERS:
        return Prose(markdown=_for_leaders(report))
    return Prose(markdown=f"{heading(report, MATTERS).markdown}\n\n{numbered(list(_requirements(report)))}")


def _for_leaders(report: Report) -> str:
    found = matters(report)
    if not found:
        return f"{heading(report, MATTERS).markdown}\n\n本季无须提请县领导研究的事项。"
    more = f"，先列{MOST}件，其余见{part(UNFINISHED)}" if len(found) > MOST else ""
    title = heading(report, MATTERS, more=f"（{len(found)}件{more}）")
    return f"{title.markdown}\n\n{numbered([matter.markdown for matter in found[:MOST]])}"


def more_matters(report: Report) -> Prose:
    """The matters page one has no room for; for the leaders only."""
    rest = matters(report)[MOST:] if report.edition == LEADERS else ()
    if not rest:
        return Prose(markdown="")
    lines = [f"{number}\\.{matter.markdown}" for number, matter in enumerate(rest, start=MOST + 1)]
    return Prose(markdown="\n\n".join([f"其余需县领导研究的事{len(rest)}件：", *lines]))


def _requirements(report: Report) -> Iterator[str]:
    reply = reply_by(report)
    overdue = [status.task_no for status in report.assessments if status.headline is Headline.OVERDUE]
    missing = [
        report.short_unit(str(row.unit))
        for row in submission_frame(report).itertuples()
        if row.state in ("未报送", "待补正")
    ]
    waiting = [status.task_no for status in report.assessments if status.headline is Headline.FIRST_REPORT_MISSING]
    blocked = [status.task_no for status in report.assessments if status.headline in BLOCKED]
    idle = [status.task_no for status in report.assessments if status.headline is Headline.NO_ADVANCE]
    if overdue:
        yield f"**逾期任务限期整改**。牵头单位{reply}书面报告整改情况和完成日期。"
    if missing:
        yield f"**未报送单位补报**。{escape_markdown(few(missing))}于{reply}补报本季度情况。"
    if waiting:
        yield f"**尽快补齐首报**。{_some(waiting)}的牵头单位{reply}补报。"
    if blocked:
        yield f"**受上级制约的继续对接**。{_some(blocked)}在复核日前至少对接一次并书面报告。"
    if idle:
        yield f"**无实质进展的抓紧推动**。{_some(idle)}下季度至少报送一项具体行动及结果。"
    yield f"**按时报送下季度情况**。各牵头单位于{next_report_by(report)}报送，已销号任务不再报送。"


def _some(numbers: list[int]) -> str:
    return listed_tasks(numbers) if len(numbers) <= _NAMED else f"{listed_tasks(numbers[:_NAMED])}等{len(numbers)}项"
