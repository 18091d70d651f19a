"""A report being written: its scope, its assessments and its head."""

import hashlib
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import pandas as pd

from yuechi_report.domain.assessment import Assessment
from yuechi_report.domain.case import Docket
from yuechi_report.domain.progress import History
from yuechi_report.domain.quarter import Quarter
from yuechi_report.domain.register import Register, Task
from yuechi_report.domain.standing import Standing
from yuechi_report.domain.status import assess_all
from yuechi_report.domain.unit import Unit
from yuechi_report.errors import ParameterError, Place
from yuechi_report.page.head import CheckCode, Faces, Head
from yuechi_report.page.labels import EDITION_LABELS, date_label, page_marks, quarter_label
from yuechi_report.report.status_table import STATUS_COLUMNS, status_rows
from yuechi_report.source.scope import Earlier, Scope

_LONG_NAME = 12
"""A longer unit name takes a title line of its own."""

LEADERS, CIRCULAR, UNIT = "leaders", "circular", "unit"
EARLY_WARNING = "early_warning"
EDITIONS = (LEADERS, CIRCULAR, UNIT, EARLY_WARNING)


@dataclass(frozen=True, slots=True)
class Past:
    """A quarter before with every task's assessment as it was judged then."""

    earlier: Earlier
    assessments: tuple[Assessment, ...]

    @property
    def quarter(self) -> Quarter:
        """Which quarter it was."""
        return self.earlier.period.quarter


@dataclass(frozen=True)
class Report:
    """One report being written: its scope, its edition, and every task's assessment.

    `parameters` are the arguments of the context call, which the head carries.
    """

    scope: Scope
    edition: str
    parameters: tuple[tuple[str, str], ...] = ()

    @cached_property
    def key(self) -> str:
        """The key that every part of the report bears: equal for equal scopes in the same edition."""
        return hashlib.sha256(f"{self.scope.digest} {self.edition}".encode()).hexdigest()[:16]

    @cached_property
    def register(self) -> Register:
        """The register with the units that lead on the day judged."""
        return self.scope.decided

    @cached_property
    def assessments(self) -> tuple[Assessment, ...]:
        """One for each task of the scope, in the register's order."""
        scope = self.scope
        return assess_all(
            scope.register,
            scope.history,
            scope.period,
            as_of=scope.as_of,
            policy=scope.policy,
            is_preview=scope.is_preview,
        )

    @cached_property
    def docket(self) -> Docket:
        """The records that were judged, sorted by task and unit."""
        scope = self.scope
        return Docket.of(
            scope.history, scope.period, as_of=scope.as_of, policy=scope.policy, is_preview=scope.is_preview
        )

    @cached_property
    def past(self) -> tuple[Past, ...]:
        """Every quarter before that can be compared with, oldest first, each at its own as_of and known_at."""
        return tuple(Past(earlier, self._judged_then(earlier)) for earlier in self.scope.earlier)

    def _judged_then(self, before: Earlier) -> tuple[Assessment, ...]:
        known = self.scope.history.known_at(before.known_at)
        return assess_all(self.scope.register, known, before.period, as_of=before.as_of, policy=self.scope.policy)

    @property
    def earlier(self) -> tuple[Assessment, ...]:
        """The quarter before, as it was judged then; empty where there was none."""
        return self.past[-1].assessments if self.before is not None else ()

    @property
    def before(self) -> Earlier | None:
        """The days of the quarter just before; None where there was none, or where it is a gap."""
        last = self.last
        return last if last is not None and last.period.quarter.next == self.scope.period.quarter else None

    @property
    def last(self) -> Earlier | None:
        """The days of the last report before this one, whatever lies between; None in a first report."""
        return self.scope.earlier[-1] if self.scope.earlier else None

    @property
    def fixed(self) -> tuple[Assessment, ...]:
        """The tasks judged against a fixed deadline."""
        return tuple(status for status in self.assessments if status.is_fixed)

    @property
    def others(self) -> tuple[Assessment, ...]:
        """All other tasks."""
        return tuple(status for status in self.assessments if not status.is_fixed)

    @property
    def as_of(self) -> date:
        """The day the status is judged."""
        return self.scope.as_of

    @property
    def unit(self) -> Unit:
        """The unit of a unit's report; ParameterError where the report is the county's."""
        if not self.scope.unit:
            raise ParameterError.at(Place(), "没有写明unit（单位），这份报告是全县的", "请填写单位的规范名称或简称")
        return self.unit_named(self.scope.unit)

    def unit_named(self, name: str) -> Unit:
        """The unit of that official, short or former name."""
        return self.scope.units.named(name)

    def task(self, number: int) -> Task:
        """The task of that number."""
        return self.register.task(number)

    def standing(self, number: int) -> Standing:
        """What the office's decisions add up to for the task of that number on the report's day."""
        return Standing.of(self.seen(number).decisions)

    def seen(self, number: int) -> History:
        """What was known of the task of that number on the report's day, up to its quarter."""
        return self.scope.history.of_task(number).up_to(self.scope.period.quarter, self.as_of)

    def frame(self) -> pd.DataFrame:
        """The status table to explore. Grain: one row a task of the scope; columns STATUS_COLUMNS (status_table).

        Text columns hold readers' words, days ISO text or nothing; `days_overdue` is int64, `percent_complete`
        float64 with NaN where no figure was given. What this edition's readers may not see is left out.
        """
        rows = status_rows(self.scope, self.assessments, confirmed_only=self.edition != LEADERS)
        return pd.DataFrame(rows, columns=list(STATUS_COLUMNS)).astype({"percent_complete": "float64"})

    def short_unit(self, name: str) -> str:
        """The unit's short name."""
        return self.unit_named(name).short

    def lead_names(self, task: Task) -> str:
        """All lead units, short, joined by 、."""
        return "、".join(self.short_unit(name) for name in task.lead_units)

    @property
    def head(self) -> Head:
        """Title, byline, marks and check codes."""
        scope = self.scope
        signed = scope.signed
        is_county = self.edition != UNIT
        return Head(
            title=_title(self),
            masthead=scope.office.masthead,
            classification=scope.office.classification,
            byline=_byline(self),
            office=scope.office.name,
            notice_id=scope.register.notice.id,
            quarter=str(scope.period.quarter),
            edition=EDITION_LABELS[self.edition],
            document_date=scope.as_of,
            marks=page_marks(
                is_example=scope.office.is_example, is_retrospective=bool(scope.label), is_preview=scope.is_preview
            ),
            draft="" if signed else f"送审稿第{scope.draft}稿（未签发）",
            red_head=signed.red_head if signed and is_county else "",
            number=signed.number if signed and is_county else "",
            secrecy=scope.office.secrecy,
            addressee=_addressee(self),
            faces=Faces(**dict(scope.office.faces)),
            check_codes=(
                CheckCode(label="数据校验码", value=scope.digest[:8]),
                CheckCode(label="规则校验码", value=scope.policy_digest[:8]),
            ),
            parameters=dict(self.parameters),
            made_from=self.key,
        )


def _title(report: Report) -> tuple[str, ...]:
    scope = report.scope
    if report.edition == EARLY_WARNING:
        return (scope.register.notice.short_title, f"{quarter_label(scope.period.quarter)}到期预警")
    period = f"{quarter_label(scope.period.quarter)}落实情况"
    if report.edition == UNIT:
        subject = (f"{scope.unit}{period}",) if len(scope.unit) <= _LONG_NAME else (scope.unit, period)
        return (scope.register.notice.short_title, *subject)
    return (f"{len(scope.register)}项{scope.register.notice.short_title}", period)


def _addressee(report: Report) -> str:
    """主送机关: the edition that is issued has one where the office names it; the byline then says only when."""
    return report.scope.office.addressee if report.edition == CIRCULAR else ""


def _byline(report: Report) -> str:
    scope = report.scope
    known = scope.known_at.date()
    cut_off = f"状态截至{date_label(scope.as_of)}"
    if known != scope.as_of:
        cut_off += f"、材料截至{date_label(known)}"
    to = {
        LEADERS: f"呈：{scope.office.county_leaders}",
        CIRCULAR: "" if _addressee(report) else "发：各牵头、配合单位",
        EARLY_WARNING: "送：有关牵头单位",
    }
    parts = (to.get(report.edition, f"送：{scope.unit}"), cut_off, scope.office.name)
    return "　".join(part for part in parts if part)
