"""Random rows, decisions and workbooks of one unit in one quarter; equal seeds give equal ones."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, timezone
from typing import Any

from plain_records import LEAD, QuarterDays, Row, Ruling, TaskQuarter

CHINA = timezone(timedelta(hours=8))
UNIT, OTHERS = "县人力资源和社会保障局", ("县医保局", "县公安局")
ISSUED = date(2024, 9, 23)
DAYS = {
    "2024Q3": QuarterDays(date(2024, 10, 15), date(2024, 10, 15), date(2024, 9, 1), first=True),
    "2024Q4": QuarterDays(date(2024, 12, 20), date(2025, 1, 6), date(2024, 12, 1)),
    "2025Q1": QuarterDays(date(2025, 3, 20), date(2025, 3, 31), date(2025, 3, 1)),
    "2025Q2": QuarterDays(date(2025, 6, 20), date(2025, 7, 3), date(2025, 6, 1)),
}
QUARTERS = tuple(DAYS)
KINDS = ("限时类", "推进类", "保持类", "跟踪类", "待明确类", "待人工确认")
DUES = (
    date(2024, 6, 30),
    date(2024, 9, 30),
    date(2024, 10, 31),
    date(2024, 12, 20),
    *[date(2024, 12, 31)] * 5,
    date(2025, 1, 31),
    date(2025, 3, 31),
    date(2025, 6, 30),
)
SAID = ("未启动", "推进中", "正常", "无变化", "已完成", "待上级", "申请延期", "申请调整")
SAID_WEIGHTS = (1, 4, 1, 1, 6, 2, 4, 2)
ACTIONS = (
    "核验通过销号",
    "销号并转常态",
    "退回补正",
    "认定待上级",
    "不予认定",
    "解除",
    "准予延期",
    "不予延期",
    "核定时限",
    "调整",
    "承接",
    "终止",
    "转入新清单",
    "重新挂账",
    "认定内容空泛",
    "认定滞后",
)
ACTION_WEIGHTS = (6, 2, 5, 4, 1, 1, 3, 2, 2, 1, 2, 1, 1, 3, 2, 1)
APPROVED = ("准予延期", "核定时限", "调整", "承接", "终止", "转入新清单")
PROOFS = (
    "《关于调整政策的通知》（岳公积金〔2025〕7号）",
    "验收报告，2024年9月10日",
    "协议〔2024〕5号",
    "网站截图 2024/9/12",
    "会议纪要第5期",
    "会议纪要第五期",
    "测试报告\n2024年9月11日",
    "《办理规程（示例）》/示例〔2024〕1号",
    "《报告》/2024-09-16",
    "验收单 2024.9.18",
    "截图20240919",
    "网站截图9月12日",
    "示例〔２０２４〕３号",
    "合格证编号：A-102",
    "二〇二四年九月二十日验收报告",
    "2024年9月20日",
    "示例〔2024〕8号",
    "报告甲；报告乙，2024年9月21日",
    "验收报告、示例[2024]9号",
    "预计2030年1月10日补报总结；协议〔2024〕6号",
)
UNCLEAR = (
    "验收报告",
    "预计1月10日补报",
    "《甲》；《乙》",
    "预计2024年9月10日补报",
    "拟于2024年9月20日出具报告",
    "截图2030-01-10",
    "材料待补2024年9月12日",
)
EMPTY = ("", "  ", "无", "—", "——", "有", "略", "见附件", "无。")
CLASSES = KINDS[:4]


@dataclass(frozen=True)
class Workbook:
    """A workbook with rows sent back: `tasks` are the numbers that could be read, `unread` the rows without one."""

    quarter: str
    unit: str
    received: datetime
    seq: int
    recorded: datetime
    withdrawn: datetime | None
    tasks: tuple[int, ...]
    unread: int


@dataclass(frozen=True)
class UnitQuarter:
    """The tasks of one unit judged on one day; task number 1 is the first."""

    tasks: tuple[TaskQuarter, ...]
    workbooks: tuple[Workbook, ...]


class Dealer:
    """Deals the records of one case from one seed."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311 - equal seeds give equal cases, nothing is secret
        self.quarter = self.random.choices(QUARTERS[:3], (1, 5, 5))[0]
        self.days = {key: self._moved(day) for key, day in DAYS.items() if key <= self.quarter}
        self.due = self.random.choice(DUES)
        self.as_of = self._as_of()
        self.known = datetime.combine(
            self.as_of + timedelta(days=self.random.choice((0, 0, 0, 3, 30))), time(23), CHINA
        )
        self.taken: list[int] = []

    def _moved(self, days: QuarterDays) -> QuarterDays:
        """Sometimes the office lets rows count only from a later day, or moves the submission day."""
        if days.results == date(2025, 1, 6) and self.random.random() < 0.1:
            days = replace(days, submission=date(2024, 12, 30))
        return replace(days, opens=days.opens + timedelta(days=9)) if self.random.random() < 0.1 else days

    def _as_of(self) -> date:
        days = self.days[self.quarter]
        near = [days.submission, days.results, self.due, days.results + timedelta(days=20), days.submission]
        near += [days_before(self.due, 30)] if self.random.random() < 0.3 else []
        day = self.random.choice(near) + timedelta(days=self.random.choice((-1, 0, 0, 0, 1)))
        return max(day, days.opens + timedelta(days=9), ISSUED + timedelta(days=1))

    def day(self, first: date = ISSUED) -> date:
        """A day near one that decides something, now and then any other."""
        anchors = [days.submission for days in self.days.values()] + [days.results for days in self.days.values()]
        anchors += [self.due, self.as_of, days_before(self.as_of, 7), days_before(self.as_of, 25), date(2024, 12, 4)]
        day = self.random.choice(anchors) + timedelta(days=self.random.choice((-5, -2, -1, 0, 0, 0, 1, 2, 3, 4)))
        if self.random.random() < 0.2:
            day = ISSUED + timedelta(days=self.random.randint(1, 220))
        return max(day, first)

    def received(self, day: date) -> datetime:
        """A moment of that day."""
        return datetime.combine(day, time(self.random.randint(8, 18), self.random.choice((0, 30))), CHINA)

    def recorded(self, received: datetime) -> datetime:
        """Mostly at once, sometimes days later."""
        return received + timedelta(minutes=10, days=self.random.choices((0, 1, 4), (12, 2, 1))[0])

    def withdrawn(self, recorded: datetime) -> datetime | None:
        """Rarely taken back."""
        if self.random.random() < 0.96:
            return None
        return recorded + timedelta(days=self.random.choice((1, 3, 40)))

    def seq(self) -> int:
        """A number of the book not used yet; `case` puts them in the order of recording."""
        self.taken.append(len(self.taken) + 1)
        return self.taken[-1]

    def quarter_of(self, day: date) -> str:
        """The form's quarter: the first whose results are not in yet; a late row for an older one, an early form."""
        at = next((n for n, key in enumerate(QUARTERS) if day <= DAYS[key].results), len(QUARTERS) - 1)
        return QUARTERS[min(max(at + self.random.choices((0, -1, 1), (16, 3, 1))[0], 0), len(QUARTERS) - 1)]

    def evidence(self, said: str) -> str:
        """What stands in the cell."""
        if said != "已完成" and self.random.random() < 0.8:
            return ""
        return self.random.choice(self.random.choices((PROOFS, UNCLEAR, EMPTY), (5, 2, 3))[0])

    def row(self, day: date | None = None, said: str = "", **given: Any) -> Row:
        """One row of a form; what is not given is drawn."""
        received = self.received(day or self.day())
        recorded = self.recorded(received)
        said = said or self.random.choices(SAID, SAID_WEIGHTS)[0]
        day = received.date()
        drawn = {
            "quarter": self.quarter_of(day),
            "unit": self.random.choices((UNIT, *OTHERS), (16, 3, 1))[0],
            "role": self.random.choices((LEAD, "会签", "配合"), (20, 1, 1))[0],
            "progress": self.random.choice(("12条公交线路已开通8条。", "12条公交线路已开通8条。", "", " ")),
            "evidence": self.evidence(said),
            "expected": self._expected(said),
            "completed": self._completed(said, day),
            "withdrawn": self.withdrawn(recorded),
        }
        return Row(said=said, received=received, seq=self.seq(), recorded=recorded, **(drawn | given))

    def _expected(self, said: str) -> date | None:
        if said == "申请延期":
            far, close = self.due + timedelta(days=60), days_before(self.as_of, 1)
            return self.random.choice((None, far, self.as_of, close))
        return self.random.choice((None, None, self.due, self.due + timedelta(days=1), days_before(self.as_of, -60)))

    def _completed(self, said: str, day: date) -> date | None:
        if said != "已完成" or self.random.random() < 0.4:
            return None
        return min(day, self.random.choice((self.due, day, days_before(day, 3))))

    def ruling(self, day: date | None = None, action: str = "", **given: Any) -> Ruling:
        """One decision, complete in what its kind asks for; a recognition sometimes lacks one of its things."""
        action = action or self.random.choices(ACTIONS, ACTION_WEIGHTS)[0]
        day = max(day or self.day(), ISSUED + timedelta(days=1))
        received = self.received(day + timedelta(days=self.random.choice((0, 0, 0, 1, 5))))
        recorded = self.recorded(received)
        drawn = {"quarter": self.quarter_of(day), "withdrawn": self.withdrawn(recorded), **self._said_by(action, day)}
        return Ruling(action=action, day=day, received=received, seq=self.seq(), recorded=recorded, **(drawn | given))

    def _said_by(self, action: str, day: date) -> dict[str, Any]:
        if action in ("核验通过销号", "销号并转常态"):
            near = (
                self.due,
                self.due + timedelta(days=1),
                days_before(day, 2),
                date(2024, 9, 20),
                days_before(day, 20),
            )
            return {"completed": min(day, self.random.choice(near))}
        if action == "准予延期":
            return {"new_due": self.random.choice(NEW_DUES)}
        if action == "核定时限":
            new_class = self.random.choice(("", *CLASSES))
            has_date = new_class in ("", "限时类") or self.random.random() < 0.2
            return {"new_class": new_class, "new_due": self.random.choice(NEW_DUES) if has_date else None}
        if action == "承接" or (action == "调整" and self.random.random() < 0.5):
            return {"new_unit": self.random.choice(OTHERS)}
        return self._recognised(day) if action == "认定待上级" else {}

    def _recognised(self, day: date) -> dict[str, Any]:
        review = day + timedelta(days=self.random.choice((3, 20, 60, 89, 90, 91)))
        said = {"body": "市局", "step": "审批", "letter": "示例〔2024〕30号", "letter_day": day, "review": review}
        if self.random.random() < 0.1:
            said[self.random.choice(("body", "step", "letter"))] = ""
        return said

    def workbook(self, numbers: Sequence[int], day: date | None = None, **given: Any) -> Workbook:
        """A workbook with a row sent back."""
        received = self.received(day or self.day())
        recorded = self.recorded(received)
        drawn = {
            "quarter": self.quarter_of(received.date()),
            "unit": self.random.choices((UNIT, *OTHERS), (16, 2, 1))[0],
            "withdrawn": self.withdrawn(recorded),
            "tasks": tuple(number for number in (*numbers, 99) if self.random.random() < 0.5),
            "unread": self.random.choice((0, 0, 0, 1)),
        }
        return Workbook(received=received, seq=self.seq(), recorded=recorded, **(drawn | given))


NEW_DUES = (date(2024, 12, 25), date(2025, 1, 31), date(2025, 3, 20), date(2025, 3, 31), date(2025, 6, 30))


def days_before(day: date, count: int) -> date:
    """So many days earlier."""
    return day - timedelta(days=count)
