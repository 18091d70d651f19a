"""Scores of units, where the office turns them on (docs/adr/0029): what costs points, and what never does."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from builders import (
    ISSUED,
    UNIT,
    Record,
    blocked,
    closed,
    day,
    decision,
    declared,
    entry,
    extended,
    judged,
    returned,
    submission,
    task,
)

from rulebook.table import AS_OF, Case, Chapter, Rule
from yuechi_report.domain.assessment import Assessment
from yuechi_report.domain.deadline import DueBy, Ongoing, OngoingMode
from yuechi_report.domain.policy import ScorePolicy
from yuechi_report.domain.progress import Action, Reported
from yuechi_report.domain.register import Task
from yuechi_report.domain.score import score_units
from yuechi_report.domain.unit import DocumentKind, Unit, UnitKind
from yuechi_report.page.labels import label

LED_BY = Unit(slug="human-resources", name=UNIT, kind=UnitKind.DEPARTMENT, document=DocumentKind.SUPERVISION)
LATER, DECEMBER_FIRST = task(DueBy(day("2025-06-30"))), task(DueBy(day("2024-12-01")))
EARLY, ON_ISSUE = task(DueBy(day("2024-06-30"))), task(DueBy(ISSUED))
ADVANCE = task(Ongoing(OngoingMode.ADVANCE))
POINTS = ScorePolicy()
HEAVY = ScorePolicy(points_overdue=100, points_long_overdue=100, points_not_reported=50)

Led = Callable[..., Assessment]


def led(*records: Record, of: Task | None = None) -> Led:
    """One task that the unit leads, judged once its day and quarter are known."""
    return partial(judged, *records, of=of)


def scored(
    situation: str,
    expected: str,
    *tasks: Led,
    unit: Unit = LED_BY,
    points: ScorePolicy = POINTS,
    as_of: str = AS_OF,
    quarter: str = "2024Q4",
) -> Case:
    """How the unit's reports stand, and its score."""

    def told() -> str:
        found = [one(as_of=as_of, quarter=quarter) for one in tasks]
        scores = score_units(found, (unit,), issued_on=ISSUED, policy=points)
        return "".join(f"{label(one.discipline)}；{one.value:g}分" for one in scores) or "不评分"

    return Case(situation, told, expected, as_of)


OPEN, DONE, OVERDUE = led(entry(), of=LATER), led(entry(), closed()), led(entry())
OVERDUE_36_DAYS = led(entry(), of=DECEMBER_FIRST)

DELAYS = Rule(
    "逾期扣分",
    "每个单位以100分为基数。判定日逾期30天及以内的任务每项扣20分，超过30天的每项扣40分，合计后按该单位计分的牵头任务数平均，牵头任务多的单位不因此吃亏。已经办结的任务不再扣分；扣完为止。",
    (
        scored("一项任务，逾期6天", "按时；80分", OVERDUE),
        scored("一项任务，逾期30天", "按时；80分", OVERDUE, as_of="2025-01-30"),
        scored("一项任务，逾期31天", "按时；60分", OVERDUE, as_of="2025-01-31"),
        scored("两项任务，一项逾期6天，一项按期销号", "按时；90分", OVERDUE, DONE),
        scored("三项任务，一项逾期6天，两项没有到期", "按时；93.3分", OVERDUE, OPEN, OPEN),
        scored("两项任务，一项逾期6天，一项逾期36天", "按时；70分", OVERDUE, OVERDUE_36_DAYS),
        scored("三项任务，一项逾期6天，两项逾期36天", "按时；66.7分", OVERDUE, *[OVERDUE_36_DAYS] * 2),
        scored("八项任务，都逾期6天", "按时；80分", *[OVERDUE] * 8),
        scored("一项任务，逾期2天销号", "按时；100分", led(entry(), closed("2025-01-05", "2025-01-02"))),
        scored("一项任务，自报完成待核验", "按时；100分", led(declared())),
        scored("一项任务，到期前申请延期待批", "按时；100分", led(entry(reported=Reported.EXTENSION_REQUESTED))),
        scored("一项任务，自报完成后退回，逾期6天", "按时；80分", led(declared(), returned())),
        scored(
            "一项任务，没有到期，本室认定滞后",
            "按时；100分",
            led(entry(), decision(Action.JUDGE_BEHIND, "2024-12-25"), of=LATER),
        ),
        scored("两项任务，一项逾期6天，一项推进类没有进展", "按时；90分", OVERDUE, led(entry(progress=""), of=ADVANCE)),
        scored("分值改为逾期每项扣100分、未报送扣50分，一项逾期，没有报送", "未报送；0分", led(), points=HEAVY),
    ),
    answer="报送；评分",
)

LATE, UNREPORTED, SETTLED = led(entry("2024-12-23"), of=LATER), led(of=LATER), led(closed("2024-12-20"))
RETURNED_ROW = led(submission(faulty_tasks=(10,)), of=LATER)
REPORTS = Rule(
    "报送扣分",
    "本季迟报的扣5分，未报送的扣10分，一个单位只扣一次。应报的任务都没有报送的，才算未报送；其中有迟报的，算迟报。首次报送、待补正和免报不扣分。下列各项任务除另有说明外都没有到期。",
    (
        scored("两项任务，都按时报送", "按时；100分", OPEN, OPEN),
        scored("两项任务，都在12月23日报送", "迟报；95分", LATE, LATE),
        scored("一项按时报送，一项12月23日报送", "迟报；95分", OPEN, LATE),
        scored("一项12月23日报送，一项没有报送", "迟报；95分", LATE, UNREPORTED),
        scored("一项按时报送，一项没有报送", "按时；100分", UNREPORTED, OPEN),
        scored("两项任务，都没有报送", "未报送；90分", UNREPORTED, UNREPORTED),
        scored("一项没有报送，一项报送日以前已经销号", "未报送；90分", SETTLED, UNREPORTED),
        scored("一项12月23日报送，一项报送日以前已经销号", "迟报；95分", SETTLED, LATE),
        scored("一项任务，报送日以前已经销号", "免报；100分", SETTLED),
        scored("一项任务，有错的一行尚未补正", "待补正；100分", RETURNED_ROW),
        scored("一项按时报送，一项有错的一行尚未补正", "按时；100分", RETURNED_ROW, OPEN),
        scored("一项没有报送，一项有错的一行尚未补正", "待补正；100分", UNREPORTED, RETURNED_ROW),
        scored("一项任务，12月23日报送，又逾期6天", "迟报；75分", led(entry("2024-12-23"))),
        scored("一项任务，没有报送，又逾期6天", "未报送；70分", led()),
        scored("两项任务，都没有报送，又都逾期6天", "未报送；70分", led(), led()),
        scored("报送日前一天，没有报送", "待报送；100分", UNREPORTED, as_of="2024-12-19"),
        scored("首次报送，没有报送", "首报不评；100分", UNREPORTED, as_of="2024-10-15", quarter="2024Q3"),
    ),
    answer="报送；评分",
)

NEVER_COUNTED = Rule(
    "不计分的任务",
    "印发时已到期的任务（后来核定新时限的也一样）和认定受上级制约的任务，既不扣分，也不计入任务数；只有这类任务的单位不评分。",
    (
        scored("只有一项任务，印发时已到期", "不评分", led(entry(), of=EARLY)),
        scored(
            "同上，后来延至2024年12月25日，又没有完成",
            "不评分",
            led(entry(), extended("2024-10-20", "2024-12-25"), of=EARLY),
        ),
        scored("只有一项任务，时限就是印发当天，没有完成", "按时；60分", led(entry(), of=ON_ISSUE)),
        scored("只有一项任务，到期以后认定受上级制约", "不评分", led(entry(), blocked())),
        scored("只有一项任务，没有到期，认定受上级制约", "不评分", led(entry(), blocked(), of=LATER)),
        scored(
            "只有一项任务，自报待上级，没有认定，逾期6天", "按时；80分", led(entry(reported=Reported.AWAITING_UPPER))
        ),
        scored("两项任务，一项逾期6天，一项认定受上级制约", "按时；80分", OVERDUE, led(entry(), blocked())),
        scored("两项任务，一项逾期6天，一项印发时已到期", "按时；80分", OVERDUE, led(entry(), of=EARLY)),
        scored(
            "两项任务，一项按时报送，一项认定受上级制约而迟报", "迟报；95分", OPEN, led(entry("2024-12-23"), blocked())
        ),
    ),
    answer="报送；评分",
)


def of_kind(kind: UnitKind, expected: str) -> Case:
    """The same overdue task, led by a unit of that kind."""
    return scored(label(kind), expected, OVERDUE, unit=replace(LED_BY, kind=kind))


UNITS = Rule(
    "参加评分的单位",
    "县级部门、群团组织、事业单位参加评分；驻县机构、市属机构和企业不参加，单位名录注明不评分的也不参加。下列单位都有一项任务逾期6天。",
    (
        of_kind(UnitKind.DEPARTMENT, "按时；80分"),
        of_kind(UnitKind.MASS_ORGANISATION, "按时；80分"),
        of_kind(UnitKind.INSTITUTION, "按时；80分"),
        of_kind(UnitKind.UPPER_BRANCH, "不评分"),
        of_kind(UnitKind.MUNICIPAL_BRANCH, "不评分"),
        of_kind(UnitKind.COLLECTIVE, "不评分"),
        scored("县级部门，单位名录注明不评分", "不评分", OVERDUE, unit=replace(LED_BY, scored=False)),
        scored("名录中的另一个县级部门，没有牵头任务", "不评分", OVERDUE, unit=replace(LED_BY, name="县医保局")),
    ),
    answer="报送；评分",
)

CHAPTER = Chapter(
    "单位评分",
    "单位评分平时不启用，不启用的，报告中没有评分一项；本室在判定规则文件中启用的，只列入呈阅版附件。评分不排名次，也不改变任务的状态。"
    "下列各例除另有说明外，按判定规则文件原定的分值计算。",
    (DELAYS, REPORTS, NEVER_COUNTED, UNITS),
)
