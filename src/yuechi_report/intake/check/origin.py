"""What a form says of itself, against what the book and the register say; what a person should know of its sheet."""

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
from yuechi_report.page.alike import odd_characters

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


def oddities(sheet: SheetData) -> tuple[Fault, ...]:
    """Warnings about what the sheet does not show, or shows otherwise than it is written."""
    found = (_hidden(sheet), _copied(sheet), _odd_characters(sheet))
    return tuple(fault for fault in found if fault is not None)


def _hidden(sheet: SheetData) -> Fault | None:
    asked = [column.key for column in sheet.spec.columns if not column.prefilled and column.key != "criterion"]
    filled = [row.number for row in sheet.rows if any(row.cells[key] not in (None, "") for key in asked)]
    numbers = [str(number) for number in filled if number in sheet.hidden_rows]
    if sheet.is_hidden:
        problem = f"工作表“{sheet.spec.name}”是隐藏的，其中填写的内容照常接收"
    elif numbers:
        problem = f"第{'、'.join(numbers)}行是隐藏行，其中填写的内容照常接收"
    else:
        return None
    return Fault(sheet.label_place(sheet.spec.labels[0]), problem, "请取消隐藏后核对；不应报的，请删除后重报")


def _copied(sheet: SheetData) -> Fault | None:
    if not sheet.copies:
        return None
    names = "、".join(f"“{name}”" for name in sheet.copies)
    problem = f"另有内容不同的工作表{names}，只读取“{sheet.spec.name}”"
    return Fault(sheet.label_place(sheet.spec.labels[0]), problem, "请核对填在了哪一张；填错的，请改好后只留一张重报")


def _odd_characters(sheet: SheetData) -> Fault | None:
    cells = [*sheet.labels.values(), *(cell for row in sheet.rows for cell in row.cells.values())]
    found = odd_characters("".join(cell.strip() for cell in cells if isinstance(cell, str)))
    if not found:
        return None
    problem = f"文字里有{found}，多为从PDF复制而来；核对单位、日期和选项时按通用字读取"
    return Fault(sheet.label_place(sheet.spec.labels[0]), problem, "下次请直接录入，或先粘贴到记事本里改好")
