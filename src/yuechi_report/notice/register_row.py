"""One task as cells of register.csv and back: the columns, their rules, and the deadline rebuilt.

Source of the columns: docs/architecture.md, `register.csv`.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import partial

from yuechi_report.domain.deadline import Deadline, DueBy, NoDeadline, Ongoing, Recurring, Tracking, Unresolved
from yuechi_report.domain.register import Task
from yuechi_report.errors import Fault, Place
from yuechi_report.notice.deadline_text import CORRUPT, WHY_BY_HAND, parse_deadline

KINDS = ("fixed", "ongoing", "tracking", "recurring", "none", "unresolved")

_COMMON_YEAR = 2001  # any year without a 29 February: a phrase that was no day stays no day


def _like(pattern: str, cell: str) -> bool:
    return re.fullmatch(pattern, cell) is not None


def _filled(cell: str) -> bool:
    return bool(cell.strip())


def _names(cell: str) -> bool:
    return all(name.strip() for name in cell.split(";"))


def _names_or_none(cell: str) -> bool:
    return not cell or _names(cell)


def _span(cell: str) -> bool:
    return _like("[0-9]{1,7}-[0-9]{1,7}", cell) and int(cell.partition("-")[0]) <= int(cell.partition("-")[2])


def _anything(_cell: str) -> bool:
    return True


# column → (what the cell must be, what the reader is told otherwise)
_RULES: dict[str, tuple[Callable[[str], bool], str]] = {
    "key": (partial(_like, "[0-9A-Za-z_]{1,20}"), "写任务键，如27、4a、2_3"),
    "list": (_anything, ""),
    "printed_number": (_anything, ""),
    "task_no": (partial(_like, "[1-9][0-9]{0,4}"), "写任务编号，如27"),
    "category_no": (partial(_like, "0|[1-9][0-9]{0,2}"), "写事项编号，没有事项的写0"),
    "category": (_anything, ""),
    "title": (_filled, "不能为空，写任务名称"),
    "text": (_filled, "不能为空，写任务内容"),
    "deadline_raw": (_anything, ""),
    "deadline_kind": (partial(_like, "|".join(KINDS)), f"只能写{'、'.join(KINDS)}之一"),
    "due_date": (partial(_like, "([0-9]{4}-[0-9]{2}-[0-9]{2})?"), "写成2024-12-31的样子，或者留空"),
    "milestone": (_anything, ""),
    "lead_units": (_names_or_none, "多个单位用半角分号隔开，分号之间不能空着"),
    "cooperating_units": (_names_or_none, "多个单位用半角分号隔开，分号之间不能空着"),
    "leader": (_anything, ""),
    "goal": (_anything, ""),
    "claims": (
        partial(_like, "((whole|part|not_yet)(;(whole|part|not_yet))*)?"),
        "只能写whole、part、not_yet，多个用半角分号隔开",
    ),
    "upper_level": (partial(_like, "(hard|soft)?"), "只能写hard、soft，或者留空"),
    "targets": (_names_or_none, "多个目标用半角分号隔开，分号之间不能空着"),
    "source_lines": (_span, "写成31-33的样子，先小后大"),
    "flags": (partial(_like, "([a-z_]+(;[a-z_]+)*)?"), "只能写小写英文标记，多个用半角分号隔开"),
}
COLUMNS = tuple(_RULES)
_LATER = ("key", "list", "printed_number", "leader", "goal")
OLD_COLUMNS = tuple(column for column in COLUMNS if column not in _LATER)  # registers made before keys


def row_of(task: Task) -> dict[str, str]:
    """The cells of a task by column, nothing escaped."""
    fixed = task.deadline if isinstance(task.deadline, DueBy) else None
    return {
        "key": task.key,
        "list": task.list,
        "printed_number": task.printed_number,
        "task_no": str(task.number),
        "category_no": str(task.category_number),
        "category": task.category,
        "title": task.title,
        "text": task.text,
        "deadline_raw": task.deadline_raw,
        "deadline_kind": task.deadline.kind,
        "due_date": fixed.due.isoformat() if fixed else "",
        "milestone": fixed.milestone if fixed else "",
        "lead_units": ";".join(task.lead_units),
        "cooperating_units": ";".join(task.cooperating_units),
        "leader": task.leader,
        "goal": task.goal,
        "claims": ";".join(task.claims),
        "upper_level": task.upper_level,
        "targets": ";".join(task.targets),
        "source_lines": "-".join(map(str, task.source_lines)),
        "flags": ";".join(task.flags),
    }


def completed(row: Mapping[str, str]) -> dict[str, str]:
    """A row of an old register with the later columns: its number was its key."""
    return dict.fromkeys(_LATER, "") | {"key": row["task_no"], "printed_number": row["task_no"]} | dict(row)


def row_faults(row: Mapping[str, str], *, file: str, line: int = 0) -> tuple[Fault, ...]:
    """Every fault of a row, each with its column as the cell; none means that `task_of` will succeed."""
    faults = [
        Fault(Place(file, cell=column, line=line), f"“{_short(row[column])}”不符合要求", remedy)
        for column, (valid, remedy) in _RULES.items()
        if not valid(row[column])
    ]
    return tuple(faults) or _deadline_faults(row, file=file, line=line)


def task_of(row: Mapping[str, str]) -> Task:
    """The task of a row that has no faults; ValueError for others."""
    first, _, last = row["source_lines"].partition("-")
    return Task(
        number=int(row["task_no"]),
        category_number=int(row["category_no"]),
        category=row["category"],
        title=row["title"],
        text=row["text"],
        deadline_raw=row["deadline_raw"],
        deadline=_deadline(row),
        lead_units=_listed(row["lead_units"]),
        cooperating_units=_listed(row["cooperating_units"]),
        claims=_listed(row["claims"]),
        upper_level=row["upper_level"],
        targets=_listed(row["targets"]),
        source_lines=(int(first), int(last)),
        flags=_listed(row["flags"]),
        key=row["key"],
        list=row["list"],
        printed_number=row["printed_number"],
        leader=row["leader"],
        goal=row["goal"],
    )


def _deadline_faults(row: Mapping[str, str], *, file: str, line: int) -> tuple[Fault, ...]:
    """What the deadline's cells say against one another."""
    fixed = row["deadline_kind"] == "fixed"
    checks = [
        ("due_date", bool(row["due_date"]) != fixed, "只有deadline_kind为fixed的任务才写日期，并且必须写"),
        ("milestone", bool(row["milestone"]) and not fixed, "只有deadline_kind为fixed的任务才写节点"),
    ]
    faults = [(column, remedy) for column, wrong, remedy in checks if wrong]
    if not faults:
        try:
            _deadline(row)
        except ValueError as error:
            faults = [("due_date" if fixed else "deadline_kind", str(error))]
    return tuple(
        Fault(Place(file, cell=column, line=line), f"“{_short(row[column])}”不符合要求", remedy)
        for column, remedy in faults
    )


def _deadline(row: Mapping[str, str]) -> Deadline:
    """The deadline of the cells; ValueError, with the remedy in Chinese, where they do not make one."""
    kind, raw = row["deadline_kind"], row["deadline_raw"]
    base_year = _COMMON_YEAR if CORRUPT in _listed(row["flags"]) else None
    printed, _ = parse_deadline(raw, base_year=base_year)
    if kind == "fixed":
        return DueBy(_day(row["due_date"]), row["milestone"])
    if kind == "unresolved":
        return printed if isinstance(printed, Unresolved) else Unresolved(WHY_BY_HAND)
    if isinstance(printed, Ongoing | Recurring) and printed.kind == kind:
        return printed
    if kind in {"ongoing", "recurring"}:
        raise ValueError("从deadline_raw看不出是哪一类持续性或周期性任务，请一并更正deadline_raw")
    return Tracking() if kind == "tracking" else NoDeadline()


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ValueError("日历上没有这一天，请核对") from error


def _listed(cell: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in cell.split(";")) if cell else ()


def _short(cell: str) -> str:
    return cell if len(cell) <= 20 else f"{cell[:20]}…"
