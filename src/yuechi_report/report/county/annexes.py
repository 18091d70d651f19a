"""What the annexes hold beside the register: documents to be sent, the method, the units' scores; and the closing."""

from collections.abc import Iterator

from yuechi_report.domain.assessment import Assessment, Headline
from yuechi_report.domain.policy import ScorePolicy
from yuechi_report.domain.score import Score, score_units
from yuechi_report.domain.unit import Ground, SheetMatter
from yuechi_report.page.closing import Closing
from yuechi_report.page.labels import date_label, label
from yuechi_report.page.prose import Prose, escape_markdown
from yuechi_report.page.table import Cell, Column, Table
from yuechi_report.report.cells import NUMBER, number_cell, task_cells, text_cell, title_column
from yuechi_report.report.context import LEADERS, Report
from yuechi_report.report.county.coordination import listed_wishes
from yuechi_report.report.county.leaders import asked_upward, is_crowded
from yuechi_report.report.county.sections import DOCUMENTS, SCORES, annex_heading, annexes, scores_are_shown
from yuechi_report.report.provenance import from_report
from yuechi_report.report.sheet.due import sheets_due
from yuechi_report.report.words.days import next_report_by, reply_by


def scores_method(report: Report) -> Prose:
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
        "上级和市级驻县机构、统称单位不参加评分。单位按通知中出现的先后排列，评分不用于排名。",
    )
    return Prose(markdown="\n\n".join(f"{number}\\. {line}" for number, line in enumerate(lines, start=1)))


def scores_table(report: Report) -> Table:
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
        rows=tuple(_score_row(report, score) for score in found),
        empty_text="本季没有参加评分的单位。",
        compact=True,
        header_column=True,
    )


def _score_row(report: Report, score: Score) -> tuple[Cell, ...]:
    return (
        text_cell(report.short_unit(score.unit)),
        number_cell(score.tasks),
        number_cell(score.overdue),
        number_cell(score.long_overdue),
        text_cell(label(score.discipline)),
        Cell(text=f"{score.value:g}", value=score.value),
    )


@from_report
def closing(report: Report) -> Closing:
    """What ends the body: the annexes by name; who signs and the day, once the report is signed.

    The draft of a crowded quarter leaves the names out: its body has no room, and each annex bears its name.
    """
    signed = report.scope.signed
    return Closing(
        attachments=() if not signed and is_crowded(report) else annexes(report),
        signatories=(report.scope.office.signatory,) if signed else (),
        signed_on=signed.on if signed else None,
    )


@from_report
def scores_annex(report: Report) -> tuple[Prose | Table, ...]:
    """The annex with the units' scores; nothing at all unless the policy turns them on, nor for the units."""
    if not scores_are_shown(report):
        return ()
    return annex_heading(report, SCORES), scores_method(report), scores_table(report)


@from_report
def documents_annex(report: Report) -> tuple[Prose | Table, ...]:
    """The annex's heading and table; nothing for the units, to whom nothing undecided goes."""
    if report.edition != LEADERS:
        return ()
    return annex_heading(report, DOCUMENTS), documents(report), *_upward(report)


def _upward(report: Report) -> Iterator[Prose]:
    """What units ask of a higher level: it takes a letter of the county's, which is not decided yet."""
    found = asked_upward(report)
    if found:
        yield Prose(
            markdown=f"单位请上级协调的事{len(found)}件，是否去函由本室提出意见：{listed_wishes(report, found)}"
        )


def documents(report: Report) -> Table:
    """Grain: one row a document that the rules call for, in the register's order (docs/assumptions.md §8)."""
    by_number = {status.task_no: status for status in report.assessments}
    found = sheets_due(report)
    passed_on = any(matter.ground is Ground.FORWARDED for matter in found)
    told = "转告单由联络单位转达，有关情况随下季度进展一并报送。" if passed_on else ""
    return Table(
        name="documents",
        columns=(
            NUMBER,
            title_column(11.3),
            Column(key="unit", title="发往单位", width=8.8),
            Column(key="kind", title="文书", align="center", width=3.8),
            Column(key="matter", title="事由", width=12.9),
            Column(key="reply", title="回复期限", align="center", width=6.9),
        ),
        rows=tuple(_document_row(report, by_number[matter.task_no], matter) for matter in found),
        notes=(f"文书尚未签发，没有编号。{told}",) if found else (),
        empty_text="本季没有需要发出的督办文书。",
        compact=True,
    )


def _document_row(report: Report, status: Assessment, matter: SheetMatter) -> tuple[Cell, ...]:
    forwarded = matter.ground is Ground.FORWARDED
    return (
        *task_cells(report, status)[:2],
        text_cell(report.short_unit(matter.unit)),
        text_cell(label(matter.document)),
        text_cell(_ground(status, matter)),
        text_cell(next_report_by(report) if forwarded else reply_by(report)),
    )


def _ground(status: Assessment, matter: SheetMatter) -> str:
    """逾期6天，退回补正."""
    word = label(matter.ground).removeprefix("逾期，")
    if status.headline is not Headline.OVERDUE or matter.ground in (Ground.OVERDUE, Ground.FORWARDED):
        return f"逾期{status.days_overdue}天" if matter.ground is Ground.OVERDUE else word
    return f"逾期{status.days_overdue}天，{word}"


@from_report
def method(report: Report) -> Prose:
    """Numbered paragraphs; every number in them is read from the policy."""
    return Prose(
        markdown="\n\n".join(f"{number}\\. {text}" for number, text in enumerate(_paragraphs(report), start=1))
    )


def _paragraphs(report: Report) -> list[str]:
    scope, policy = report.scope, report.scope.policy
    notice = scope.register.notice
    return [
        escape_markdown(
            f"依据：{notice.title}，{notice.issuer}{date_label(notice.issued_on)}印发。任务、时限和单位以通知原文为准，经批准调整的另行列明。"
        ),
        f"判定日：{date_label(scope.as_of)}。只使用{date_label(scope.known_at.date())}及以前登记的材料。",
        "状态：限时任务按时限判定，其他任务按类别判定，“逾期”只用于限时任务。",
        "时限：时限为月份的，以该月最后一日为准，次日起计逾期；通知时限早于印发日的，不计逾期。",
        "销号：单位自报完成并附佐证的列待核验，佐证应有文号或日期，完成日期由本室核验认定；自报完成未填佐证的，不改变逾期状态。",
        f"受上级制约：须有上级单位和环节、本县去函、复核日（不超过{policy.days_block_review}日），经本室认定；过复核日自动失效。",
        f"延期和临期：延期须在到期前提出并经批准，原时限保留在册。距时限{policy.days_due_soon}日以内的列临期。",
        f"版本：判定规则第{policy.version}版，规则校验码{scope.policy_digest[:8]}，数据校验码{scope.digest[:8]}。",
    ]
