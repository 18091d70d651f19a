"""The stamp of a form: template version and fingerprint on a hidden sheet (docs/adr/0021).

The fingerprint covers notice, quarter, unit and task list, so that a stamp put together by hand or
taken from another form is noticed.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from yuechi_report.domain.unit import Units
from yuechi_report.errors import Fault, InputRefused
from yuechi_report.intake.fields import to_text
from yuechi_report.intake.workbook import SheetData

VERSION = "2"
_VERSION, _NOTICE, _QUARTER, _UNIT, _TASKS, _MARK = "表样版本", "通知", "填报季度", "单位", "任务", "校验值"
_USE = "请使用本期下发给本单位的表格"


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a form says of itself. `notice` is empty where the writer did not know it."""

    notice: str
    quarter: str
    unit: str
    tasks: tuple[int, ...]

    @property
    def fingerprint(self) -> str:
        """Sixteen hex digits over all of it and the template version."""
        parts = (VERSION, self.notice, self.quarter, self.unit, ",".join(map(str, self.tasks)))
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]

    @property
    def lines(self) -> tuple[tuple[str, str], ...]:
        """The rows of the hidden sheet."""
        return (
            (_VERSION, VERSION),
            (_NOTICE, self.notice),
            (_QUARTER, self.quarter),
            (_UNIT, self.unit),
            (_TASKS, ",".join(map(str, self.tasks))),
            (_MARK, self.fingerprint),
        )


def stamp_of(notice: str, labels: Mapping[str, str], rows: Sequence[Mapping[str, str]]) -> Stamp:
    """The stamp of a form about to be written."""
    numbers = tuple(int(row["task_no"]) for row in rows if row.get("task_no", "").isdecimal())
    return Stamp(notice, labels.get("填报季度", ""), labels.get("填报单位") or labels.get("作出单位", ""), numbers)


def notice_of(sheet: SheetData) -> str:
    """The notice a received form says it belongs to; empty where it does not say."""
    return sheet.stamp.get(_NOTICE, "")


def read_stamp(sheet: SheetData) -> Stamp | None:
    """The stamp of a received form; None where it has none; InputRefused where it is not whole."""
    found = sheet.stamp
    if not found:
        return None
    place = sheet.label_place("填报季度")
    if found.get(_VERSION) != VERSION:
        problem = f"表样版本是“{found.get(_VERSION, '')}”，现行版本是“{VERSION}”"
        raise InputRefused.at(place, problem, _USE)
    numbers = tuple(int(one) for one in found.get(_TASKS, "").split(",") if one.isdecimal())
    stamp = Stamp(found.get(_NOTICE, ""), found.get(_QUARTER, ""), found.get(_UNIT, ""), numbers)
    if found.get(_MARK) != stamp.fingerprint:
        raise InputRefused.at(place, "表内的版本信息被改动过", _USE)
    return stamp


def check_stamp(sheet: SheetData, notice: str, quarter: str, units: Units) -> tuple[Fault, ...]:
    """InputRefused for another notice's, quarter's or unit's form; a warning where there is no stamp."""
    stamp = read_stamp(sheet)
    if stamp is None:
        problem = "文件里没有版本信息（CSV文件，或内容被复制到了别的文件），只按表头核对"
        return (Fault(sheet.label_place("填报季度"), problem, "下次请直接在下发的表格里填写"),)
    found = _differences(stamp, notice, quarter) + _other_unit(stamp, sheet, units)
    faults = [
        Fault(sheet.label_place(label), f"{problem}（应为“{wanted}”，现为“{have}”）", _USE)
        for label, problem, wanted, have in found
    ]
    if faults:
        raise InputRefused(faults)
    return ()


Difference = tuple[str, str, str, str]


def _differences(stamp: Stamp, notice: str, quarter: str) -> list[Difference]:
    found: list[Difference] = []
    if stamp.notice and stamp.notice != notice:
        found.append(("填报季度", "这是另一份通知的表格", notice, stamp.notice))
    if stamp.quarter != quarter:
        found.append(("填报季度", "这是另一个季度下发的表格", quarter, stamp.quarter))
    return found


def _other_unit(stamp: Stamp, sheet: SheetData, units: Units) -> list[Difference]:
    """The unit was typed over with another one; a short name is the same unit, an unknown name is told elsewhere."""
    label = sheet.spec.labels[0]
    named = to_text(sheet.labels.get(label))
    if named == stamp.unit:
        return []
    try:
        same = units.named(named) == units.named(stamp.unit)
    except KeyError:
        return []
    return [] if same else [(label, f"{label}与下发时不同", stamp.unit, named)]
