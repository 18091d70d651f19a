"""The Scope: all that one report may see, as an object and as one JSON file."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from yuechi_report.domain.policy import StatusPolicy
from yuechi_report.domain.progress import History, Submission
from yuechi_report.domain.quarter import Period, Quarter
from yuechi_report.domain.register import Register
from yuechi_report.domain.standing import as_decided, filling_units
from yuechi_report.domain.unit import Unit, Units
from yuechi_report.errors import ParameterError, Place
from yuechi_report.intake.check.row import known_units
from yuechi_report.page.labels import quarter_label

VARIABLE = "YUECHI_SCOPE"


@dataclass(frozen=True, slots=True)
class Office:
    """Whose report it is and what its pages must say."""

    name: str
    county_leaders: str
    masthead: str
    classification: str
    is_example: bool
    signs: tuple[tuple[str, str], ...]
    secrecy: str = ""
    faces: tuple[tuple[str, str], ...] = ()
    addressee: str = ""
    signatory: str = ""


@dataclass(frozen=True, slots=True)
class Signed:
    """That a report is no draft any more: the day, and where the office has them its red head and number."""

    on: date
    red_head: str
    number: str


@dataclass(frozen=True, slots=True)
class Earlier:
    """A quarter before, as its own params have it: what this report is compared with."""

    period: Period
    as_of: date
    known_at: datetime


@dataclass(frozen=True, slots=True)
class Gap:
    """A quarter before that has no params, or was never cut off; then it may be compared by its last record."""

    quarter: Quarter
    has_params: bool = False
    is_compared: bool = False


def gap_words(gaps: Sequence[Gap]) -> tuple[str, ...]:
    """What is said of quarters left out, one clause for each kind: 2025年第一季度没有参数文件，不作比较."""
    words = {
        (False, False): "没有参数文件，不作比较",
        (True, False): "没有填写材料截止时刻，也没有登记材料，不作比较",
        (True, True): "没有填写材料截止时刻，按其最后登记的材料比较",
    }
    found = {kind: [gap.quarter for gap in gaps if (gap.has_params, gap.is_compared) == kind] for kind in words}
    return tuple(
        f"{'、'.join(map(quarter_label, quarters))}{words[kind]}" for kind, quarters in found.items() if quarters
    )


@dataclass(frozen=True, slots=True)
class Scope:
    """One notice, one quarter, one moment; `unit` (official name) where it is cut to one unit's tasks.

    `history` already ends at `known_at`. `earlier` are the quarters before that can be compared with, oldest
    first; `gaps` are those that cannot, or only by their last record. `preview_of` is the day on which the
    report will be judged where `as_of` lies before it (预览); `next_due` the next quarter's submission day
    where its params set another one than the rule. Equal scopes give equal reports; `digest` names them.
    """

    register: Register
    units: Units
    history: History
    period: Period
    as_of: date
    known_at: datetime
    label: str
    policy: StatusPolicy
    office: Office
    draft: int
    text: str
    unit: str = ""
    earlier: tuple[Earlier, ...] = ()
    signed: Signed | None = None
    preview_of: date | None = None
    gaps: tuple[Gap, ...] = ()
    next_due: date | None = None

    @property
    def is_preview(self) -> bool:
        """Whether it is judged before the day of the report."""
        return self.preview_of is not None

    @property
    def decided(self) -> Register:
        """The register with the units that lead on the day judged (承接, 调整); `register` keeps the notice's."""
        return as_decided(self.register, self.history, self.as_of)

    def unit_named(self, name: str) -> Unit:
        """The unit of a name that a person gave; ParameterError with names that look alike when there is none."""
        unit = self.units.find(name)
        if unit is None:
            raise ParameterError.at(Place(), f"没有单位“{name}”", known_units(self.units, name))
        return unit

    def for_unit(self, name: str) -> "Scope":
        """The scope cut to the tasks in which the unit leads or cooperates, with their records only."""
        numbers = {task.number for task in self.decided if name in task.units}
        tasks = tuple(task for task in self.register if task.number in numbers)
        history = self.history.of_tasks(numbers)
        involved = {name, *(unit for task in tasks for unit in filling_units(task, history.decisions))}
        submissions = tuple(submission for submission in history.submissions if submission.unit in involved)
        withdrawn = tuple(
            record for record in history.withdrawn if not isinstance(record, Submission) or record.unit in involved
        )
        return replace(
            self,
            register=replace(self.register, tasks=tasks),
            history=replace(history, submissions=submissions, withdrawn=withdrawn),
            text="",
            unit=name,
        )

    def for_task(self, number: int) -> "Scope":
        """The scope cut to one task with its records only; cut it with `for_unit` first."""
        task, history = self.register.task(number), self.history.of_task(number)
        involved = {self.unit, *filling_units(task, history.decisions)}
        submissions = tuple(submission for submission in history.submissions if submission.unit in involved)
        return replace(
            self, register=replace(self.register, tasks=(task,)), history=replace(history, submissions=submissions)
        )

    def to_json(self) -> bytes:
        """Canonical JSON: equal scopes give equal bytes."""
        return _ADAPTER.dump_json(self, exclude=self._unset())

    def _unset(self) -> dict[str, Any]:
        """What most scopes do not have is no part of them, so that it changes no check code where it is new."""
        rare = {name: True for name in ("preview_of", "gaps", "next_due") if not getattr(self, name)}
        if any(task.filled_by or task.nobody_fills for task in self.register):
            return rare
        return {**rare, "register": {"tasks": {"__all__": {"filled_by", "nobody_fills"}}}}

    @property
    def digest(self) -> str:
        """sha256 of the canonical JSON."""
        return hashlib.sha256(self.to_json()).hexdigest()

    @property
    def policy_digest(self) -> str:
        """sha256 of the thresholds and signs, and of the scores' points where they are on.

        Not of the working days: a year's table comes out while the rules stay, and is part of the data's digest.
        """
        thresholds = _POLICY.dump_json(self.policy, exclude_none=True, exclude={"calendar"})
        return hashlib.sha256(thresholds + repr(self.office.signs).encode()).hexdigest()


_ADAPTER = TypeAdapter(Scope)
_POLICY = TypeAdapter(StatusPolicy)


def read_scope(path: Path) -> Scope:
    """The scope of a file that run shipped; ParameterError when it is not one."""
    try:
        return _ADAPTER.validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        raise ParameterError.at(
            Place(str(path)), f"环境变量{VARIABLE}所指的文件不存在或内容不完整", "请取消该环境变量后重试"
        ) from error
