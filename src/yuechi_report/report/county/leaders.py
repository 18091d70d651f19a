"""The matters a county leader must settle: each with where it is stuck and who should do what by when."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from yuechi_report.domain.assessment import Assessment, Headline, UnitDiscipline
from yuechi_report.domain.progress import ProgressEntry
from yuechi_report.page.headlines import BLOCKED
from yuechi_report.page.labels import short_date_label
from yuechi_report.page.prose import Prose, escape_markdown
from yuechi_report.report.context import LEADERS, Report
from yuechi_report.report.county.coordination import Addressee, Wish, wishes
from yuechi_report.report.county.office import coordinated
from yuechi_report.report.county.sections import (
    DOCUMENTS,
    MATTERS,
    OFFICE,
    OVERDUE,
    UNFINISHED,
    annex_number,
    heading,
    part,
)
from yuechi_report.report.county.submissions import partial_units, units_in
from yuechi_report.report.provenance import from_report
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
    """What units ask of the leaders or of a higher level about overdue tasks, or all of these where nobody asks and
    they are many; then extensions to be decided, tasks stuck above, requests to change the list, and what else is
    asked of the leaders. Page one shows the first `MOST`.
    """
    return tuple(_found(report))


def _found(report: Report) -> Iterator[Matter]:
    asked: dict[int, list[Wish]] = {}
    for wish in wishes(report):
        if wish.to in (Addressee.LEADERS, Addressee.UPPER):
            asked.setdefault(wish.task_no, []).append(wish)
    overdue = {status.task_no for status in _of(report, Headline.OVERDUE)}
    if not overdue & asked.keys():
        yield from _many_overdue(report)
    for status in _of(report, Headline.OVERDUE):
        for found in _by_entry(asked.pop(status.task_no, [])):
            yield _asked(report, status, _words(report, found), found[0].entry)
    for status in _of(report, Headline.EXTENSION_PENDING):
        words = _words(report, _of_leaders(asked.pop(status.task_no, [])))
        yield _asked(report, status, words or _extension(report, status))
    yield from _blocked(report)
    for status in _of(report, Headline.ADJUSTMENT_REQUESTED):
        words = _words(report, _of_leaders(asked.pop(status.task_no, [])))
        yield _asked(report, status, words or "建议先请示市级牵头部门，未批准前继续列管。")
    for status in report.assessments:
        for found in _by_entry(_of_leaders(asked.get(status.task_no, []))):
            yield _asked(report, status, _words(report, found), found[0].entry)


def _of(report: Report, headline: Headline) -> Iterator[Assessment]:
    return (status for status in report.assessments if status.headline is headline)


def _of_leaders(found: list[Wish]) -> list[Wish]:
    return [wish for wish in found if wish.to is Addressee.LEADERS]


def _by_entry(found: list[Wish]) -> list[list[Wish]]:
    """Each unit's own matter."""
    units = dict.fromkeys(wish.entry.unit for wish in found)
    return [[wish for wish in found if wish.entry.unit == unit] for unit in units]


def _words(report: Report, found: list[Wish]) -> str:
    """What is asked, and where only a higher level is asked, in whose name it may be."""
    words = "".join(_sentence(wish.words) for wish in found)
    if not found or _of_leaders(found):
        return words
    bodies = few(list(dict.fromkeys(wish.body for wish in found)), 3)
    return f"{words}建议{_in_whose_name(report)}{bodies}。"


def _in_whose_name(report: Report) -> str:
    """以县政府名义函商; where the leaders are no government's, they themselves."""
    leaders = report.scope.office.county_leaders
    body = leaders.removesuffix("领导")
    return f"以{body}名义函商" if body.endswith("政府") else f"由{leaders}出面商请"


def _many_overdue(report: Report) -> Iterator[Matter]:
    """One matter for all of them, so that page one is not silent of what it cannot list."""
    found = longest_overdue(report)
    if len(found) <= OVERDUE_ROWS:
        return
    units = dict.fromkeys(report.task(status.task_no).filling_unit for status in found)
    first = found[0]
    leaders = report.scope.office.county_leaders
    yield Matter(
        f"逾期任务{len(found)}项，涉及{len(units)}家牵头单位",
        escape_markdown(
            f"最长的逾期{first.days_overdue}天（任务{first.task_no}，"
            f"{report.short_unit(report.task(first.task_no).filling_unit)}）。"
            f"建议由{leaders}集中调度，{reply_by(report)}逐项明确完成日期。"
        ),
    )


def longest_overdue(report: Report) -> tuple[Assessment, ...]:
    """The overdue tasks; the longest first where page one has no room for all."""
    found = overdue_tasks(report.assessments)
    if len(found) <= OVERDUE_ROWS:
        return found
    return tuple(sorted(found, key=lambda status: (-status.days_overdue, status.task_no)))


def _extension(report: Report, status: Assessment) -> str:
    until = status.entry.expected_on if status.entry is not None else None
    new = f"延至{short_date_label(until, report.as_of)}" if until else "延期"
    return f"申请{new}，请于{reply_by(report)}批复。"


def _asked(report: Report, status: Assessment, who: str, said: ProgressEntry | None = None) -> Matter:
    """Where it is stuck gives way before who should do what; the unit's name before both."""
    task = report.task(status.task_no)
    title = f"{brief_title(task.title)}（任务{task.number}"
    last = said or status.entry or status.reason.entry
    unit = task.filling_unit if said is None else said.unit
    subjects = (f"{title}，{report.short_unit(unit)}）", f"{title}）")
    where = _sentence(last.issues) if last is not None else ""
    wheres = list(dict.fromkeys(whole_clauses(where, length) for length in _LENGTHS))
    forms = [Matter(*map(escape_markdown, (subject, stuck + who))) for stuck in wheres if stuck for subject in subjects]
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
    proposal = f"建议{when}{_in_whose_name(report)}{bodies}。"
    text = f"已认定受上级制约，复核日{until}。{proposal}"
    short = f"已认定受上级制约。{proposal}"
    yield _fitting([Matter(escape_markdown(subject), escape_markdown(form)) for form in (text, short)])


def is_crowded(report: Report) -> bool:
    """Whether more is overdue, or more is asked of the leaders, than page one lists."""
    return len(overdue_tasks(report.assessments)) > OVERDUE_ROWS or len(matters(report)) > 2 * MOST


@from_report
def matters_or_requirements(report: Report) -> Prose:
    """At most three matters for the leaders; for the units one requirement a kind."""
    if report.edition == LEADERS:
        return Prose(markdown=_for_leaders(report))
    return Prose(markdown=f"{heading(report, MATTERS).markdown}\n\n{numbered(list(_requirements(report)))}")


def _for_leaders(report: Report) -> str:
    found = matters(report)
    if not found:
        return f"{heading(report, MATTERS).markdown}\n\n{_no_matter(report)}"
    more = f"，先列{MOST}件，其余见{part(UNFINISHED)}" if len(found) > MOST else ""
    title = heading(report, MATTERS, more=f"（{len(found)}件{more}）")
    return f"{title.markdown}\n\n{numbered([matter.markdown for matter in found[:MOST]])}"


def _no_matter(report: Report) -> str:
    """That there is none; what is asked of others, or is overdue, is said beside it."""
    upward, nearby = len(asked_upward(report)), sum(len(found) for _, found in coordinated(report))
    told = []
    if overdue := overdue_tasks(report.assessments):
        told.append(f"逾期{len(overdue)}项见{part(OVERDUE)}")
    if upward:
        told.append(f"请上级协调{upward}件见附件{annex_number(report, DOCUMENTS)}")
    if nearby:
        told.append(f"其他需协调的事{nearby}件见{part(OFFICE)}")
    if not told:
        return "本季无须提请县领导研究的事项。"
    return f"本季各单位没有提请县领导研究的事项；{'，'.join(told)}。"


@from_report
def more_matters(report: Report) -> Prose:
    """The matters page one has no room for; for the leaders only."""
    rest = matters(report)[MOST:] if report.edition == LEADERS else ()
    if not rest:
        return Prose(markdown="")
    lines = [f"{number}\\.{matter.markdown}" for number, matter in enumerate(rest, start=MOST + 1)]
    return Prose(markdown="\n\n".join([f"其余需县领导研究的事{len(rest)}件：", *lines]))


def asked_upward(report: Report) -> list[Wish]:
    """What is asked of a higher level about tasks that are not overdue; about those that are it is a matter."""
    overdue = {status.task_no for status in overdue_tasks(report.assessments)}
    return [wish for wish in wishes(report) if wish.to is Addressee.UPPER and wish.task_no not in overdue]


def _requirements(report: Report) -> Iterator[str]:
    reply = reply_by(report)
    overdue = [status.task_no for status in report.assessments if status.headline is Headline.OVERDUE]
    missing = units_in(report, UnitDiscipline.NOT_REPORTED, UnitDiscipline.AWAITING_CORRECTION)
    partial = [f"{unit}（{number}项未报）" for unit, number in partial_units(report)]
    waiting = [status.task_no for status in report.assessments if status.headline is Headline.FIRST_REPORT_MISSING]
    blocked = any(status.headline in BLOCKED for status in report.assessments)
    idle = [status.task_no for status in report.assessments if status.headline is Headline.NO_ADVANCE]
    if overdue:
        yield f"**逾期任务限期整改**。牵头单位{reply}书面报告整改情况和完成日期。"
    if missing:
        yield f"**未报送单位补报**。{escape_markdown(few(missing))}于{reply}补报本季度情况。"
    if partial:
        yield f"**补齐未报的任务**。{escape_markdown(few(partial))}于{reply}补报。"
    if waiting:
        yield f"**尽快补齐首报**。{listed_tasks(waiting, _NAMED)}的牵头单位{reply}补报。"
    if blocked:
        yield f"**受上级制约的继续对接**。{'；'.join(_meetings(report))}。"
    if idle:
        yield f"**无实质进展的抓紧推动**。{listed_tasks(idle, _NAMED)}下季度至少报送一项具体行动及结果。"
    yield f"**按时报送下季度情况**。各牵头单位于{next_report_by(report)}报送，已销号任务不再报送。"


def _meetings(report: Report) -> Iterator[str]:
    """任务2在复核日前至少对接一次; a task whose review day is the report's own is met about at once."""
    blocked = [status for status in report.assessments if status.headline in BLOCKED]
    today = [status.task_no for status in blocked if _reviewed_on(status) == report.as_of]
    later = [status.task_no for status in blocked if status.task_no not in today]
    if later:
        yield f"{listed_tasks(later, _NAMED)}在复核日前至少对接一次并书面报告"
    if today:
        yield f"{listed_tasks(today, _NAMED)}今日复核，即日对接并书面报告"


def _reviewed_on(status: Assessment) -> date | None:
    return status.reason.decision.review_on if status.reason.decision is not None else None
