"""单位评分 in the leaders' edition, where the policy turns it on: one table and its method, no order by score."""

from yuechi_report.domain.policy import ScorePolicy
from yuechi_report.domain.score import Score, score_units
from yuechi_report.page.labels import label
from yuechi_report.page.prose import Prose
from yuechi_report.page.table import Cell, Column, Table
from yuechi_report.report.cells import number_cell, text_cell
from yuechi_report.report.context import LEADERS, Report


def are_shown(report: Report) -> bool:
    """Only for the leaders, and only where the policy has them."""
    return report.edition == LEADERS and report.scope.policy.scores is not None


def method(report: Report) -> Prose:
    """What is taken off and what never is; every number is read from the policy."""
    points = report.scope.policy.scores or ScorePolicy()
    days = points.days_long_overdue
    base = (
        f"每个单位以100分为基数，逾期{days}日及以内的任务每项扣{points.points_overdue}分，"
        f"超过{days}日的每项扣{points.points_long_overdue}分，合计后按该单位计分的牵头任务数平均；"
    )
    once = f"本季迟报扣{points.points_late}分，未报送扣{points.points_not_reported}分，每个单位只扣一次，扣完为止。"
    lines = (
        base + once,
        "印发时已到期和认定受上级制约的任务不计；首次报送不扣报送分；已办结的任务不再扣分。",
        "上级和市级驻县机构、企业不参加评分。单位按通知中出现的先后排列，评分不用于排名。",
    )
    return Prose(markdown="\n\n".join(f"{number}\\. {line}" for number, line in enumerate(lines, start=1)))


def table(report: Report) -> Table:
    """Grain: one row a scored unit that leads a task that counts, in the notice's order."""
    points = report.scope.policy.scores or ScorePolicy()
    issued_on = report.scope.period.issued_on
    found = score_units(report.assessments, report.scope.units, issued_on=issued_on, policy=points)
    return Table(
        name="scores",
        columns=(
            Column(key="unit", title="单位", width=10.0),
            Column(key="tasks", title="计分任务", align="center", width=6.0),
            Column(key="overdue", title=f"逾期{points.days_long_overdue}日及以内", align="center", width=8.0),
            Column(key="long_overdue", title=f"逾期超过{points.days_long_overdue}日", align="center", width=8.0),
            Column(key="discipline", title="报送", align="center", width=6.0),
            Column(key="score", title="评分", align="center", width=6.0),
        ),
        rows=tuple(_row(report, one) for one in found),
        empty_text="本季没有参加评分的单位。",
        compact=True,
        header_column=True,
    )


def _row(report: Report, one: Score) -> tuple[Cell, ...]:
    return (
        text_cell(report.short_unit(one.unit)),
        number_cell(one.tasks),
        number_cell(one.overdue),
        number_cell(one.long_overdue),
        text_cell(label(one.discipline)),
        Cell(text=f"{one.value:g}", value=one.value),
    )
