"""The context call of a supervision sheet: one task and one unit → a Sheet with its head."""

from dataclasses import dataclass

from yuechi_report.domain.assessment import Assessment
from yuechi_report.domain.register import Task
from yuechi_report.domain.unit import Ground, SheetMatter, Unit
from yuechi_report.errors import ParameterError, Place
from yuechi_report.page import labels
from yuechi_report.page.head import Head
from yuechi_report.page.headlines import SETTLED
from yuechi_report.report.context import UNIT, Report
from yuechi_report.report.loading import load_report
from yuechi_report.report.sheet.due import matter_of

UNNUMBERED = "（编号待签发）"
"""Numbers are given when a document is issued, never before (domain.md §8)."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One matter of one unit, in a report whose scope holds that task alone."""

    report: Report
    matter: SheetMatter

    @property
    def assessment(self) -> Assessment:
        """Where the task stands."""
        return self.report.assessments[0]

    @property
    def task(self) -> Task:
        """The task."""
        return self.report.task(self.matter.task_no)

    @property
    def unit(self) -> Unit:
        """Whose matter it is."""
        return self.report.unit_named(self.matter.unit)

    @property
    def addressee(self) -> Unit:
        """Who is written to: the unit, or the liaison of a collective (domain.md §3.1)."""
        return self.report.unit_named(self.unit.liaison) if self.is_forwarded else self.unit

    @property
    def is_forwarded(self) -> bool:
        """Whether another unit is asked to pass it on."""
        return self.matter.ground is Ground.FORWARDED

    @property
    def key(self) -> str:
        """The key that every part of the letter bears."""
        return self.report.key

    @property
    def head(self) -> Head:
        """The letter's head: kind, office, day and the place of the number; no masthead."""
        word = labels.label(self.matter.document)
        office, day = self.report.scope.office.name, labels.date_label(self.report.as_of)
        return self.report.head.model_copy(
            update={
                "title": (word,),
                "masthead": "",
                "byline": f"{office}　{day}　{UNNUMBERED}",
                "edition": word,
                "layout": "letter",
            }
        )


def load_sheet(  # noqa: PLR0913 - these are the notebook's parameters, one by one
    quarter: str,
    *,
    task_no: int | str,
    unit: str,
    notice: str = "",
    as_of: str = "",
    known_at: str = "",
    label: str = "",
    today: str = "",
) -> Sheet:
    """The sheet a notebook writes; ParameterError for a task that is not the unit's, or that is settled."""
    days = {"as_of": as_of, "known_at": known_at, "today": today}
    report = load_report(quarter, notice=notice, unit=unit, edition=UNIT, label=label, **days)
    task = _task(report, str(task_no))
    parameters = tuple((name, value) for name, value in report.parameters if name != "edition")
    report = Report(report.scope.for_task(task.number), UNIT, (*parameters, ("task_no", str(task_no))))
    status = report.assessments[0]
    if status.headline in SETTLED:
        raise ParameterError.at(Place(), f"任务{task.number}{labels.label(status.headline)}", "已了结的任务不再督办")
    return Sheet(report, matter_of(report, task, report.scope.unit))


def _task(report: Report, text: str) -> Task:
    numbers = {str(task.number): task for task in report.register}
    if text not in numbers:
        known = "、".join(numbers)
        raise ParameterError.at(Place(), f"{report.scope.unit}没有任务{text}", f"请使用该单位的任务序号：{known}")
    return numbers[text]
