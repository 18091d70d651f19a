"""What a form says of itself, against what the book and the register say."""

from yuechi_report.domain.unit import Units
from yuechi_report.errors import Fault, InputRefused
from yuechi_report.intake.check.fields import to_text
from yuechi_report.intake.door.workbook import SheetData
from yuechi_report.intake.form import stamp as template
from yuechi_report.intake.form.stamp import (
    MARK_LABEL,
    NOTICE_LABEL,
    QUARTER_LABEL,
    TASKS_LABEL,
    UNIT_LABEL,
    VERSION_LABEL,
    Stamp,
    is_taken,
    task_numbers,
)

_USE = "请使用本期下发给本单位的表格"

Difference = tuple[str, str, str, str]


def notice_of(sheet: SheetData) -> str:
    """The notice a received form says it belongs to; empty where it does not say."""
    return sheet.stamp.get(NOTICE_LABEL, "")


def version_of(sheet: SheetData) -> str:
    """The template version of a received form; empty where it does not say, or says one that never went out."""
    found = sheet.stamp.get(VERSION_LABEL, "")
    return found if is_taken(found) else ""


def read_stamp(sheet: SheetData) -> Stamp | None:
    """The stamp of a received form; None where it has none; InputRefused where it is not whole."""
    found = sheet.stamp
    if not found:
        return None
    place = sheet.label_place("填报季度")
    if not is_taken(found.get(VERSION_LABEL, "")):
        problem = f"表样版本是“{found.get(VERSION_LABEL, '')}”，现行版本是“{template.VERSION}”"
        raise InputRefused.at(place, problem, _USE)
    numbers = task_numbers(found.get(TASKS_LABEL, "").split(","))
    stamp = Stamp(
        found.get(NOTICE_LABEL, ""),
        found.get(QUARTER_LABEL, ""),
        found.get(UNIT_LABEL, ""),
        numbers,
        found[VERSION_LABEL],
    )
    if found.get(MARK_LABEL) != stamp.fingerprint:
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


def _differences(stamp: Stamp, notice: str, quarter: str) -> list[Difference]:
    found: list[Difference] = []
    if stamp.notice and stamp.notice != notice:
        found.append(("填报季度", "这是另一份通知的表格", notice, stamp.notice))
    if stamp.quarter != quarter:
        found.append(("填报季度", "这是另一个季度下发的表格", quarter, stamp.quarter))
    return found


def _other_unit(stamp: Stamp, sheet: SheetData, units: Units) -> list[Difference]:
    """The unit was typed over with another one; a short name is the same unit, an unknown name is reported elsewhere."""
    label = sheet.spec.labels[0]
    named = to_text(sheet.labels.get(label))
    if named == stamp.unit:
        return []
    now, then = units.find(named), units.find(stamp.unit)
    if now is None or then is None or now == then:
        return []
    return [(label, f"{label}与下发时不同", stamp.unit, named)]
