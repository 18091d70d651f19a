"""params/<notice>/<quarter>.yml: the run request of one quarter, and the moment a report is made for."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

from pydantic import AwareDatetime, Field, model_validator

from yuechi_report.domain.quarter import Period, Quarter
from yuechi_report.errors import ParameterError, Place, YuechiError
from yuechi_report.settings.workspace import Workspace
from yuechi_report.settings.yaml_file import Setting, load_yaml, read_yaml


class QuarterParams(Setting):
    """The file's content. as_of and known_at may be missing until they are fixed: see `day_judged`."""

    notice: str
    quarter: Annotated[str, Field(pattern=r"\d{4}Q[1-4]")]
    as_of: date | None = None
    known_at: AwareDatetime | None = None
    submission_due: date
    results_due: date
    first_report: bool = False
    reporting_from: date | None = None
    draft: Annotated[int, Field(ge=1)] = 1
    signed_on: date | None = None
    number: str = ""

    @model_validator(mode="after")
    def _only_the_signed_has_a_number(self) -> "QuarterParams":
        if self.number and self.signed_on is None:
            raise ValueError("number（发文字号）须与signed_on（签发日期）同时填写")
        return self

    @model_validator(mode="after")
    def _reporting_begins_before_it_ends(self) -> "QuarterParams":
        if self.reporting_from is not None and self.reporting_from > self.submission_due:
            raise ValueError("reporting_from（开始报送日）不能晚于submission_due（报送截止日）")
        return self

    def day_judged(self, original_dues: Iterable[date]) -> date:
        """as_of, or its fallback: a first report's own due day, else the due-results day where original
        due dates lie between the submission day and the quarter's end, else the quarter's last day.
        """
        if self.as_of is not None:
            return self.as_of
        if self.first_report:
            return self.submission_due
        last_day = Quarter.parse(self.quarter).last_day
        due_late = any(self.submission_due < due <= last_day for due in original_dues)
        return self.results_due if due_late else last_day

    def period(self, issued_on: date, *, earlier: tuple[Period, ...] = ()) -> Period:
        """The report's days, with those of the quarters before, oldest first."""
        return Period(
            quarter=Quarter.parse(self.quarter),
            issued_on=issued_on,
            submission_due=self.submission_due,
            results_due=self.results_due,
            first_report=self.first_report,
            reporting_from=self.reporting_from,
            earlier=earlier,
        )


AHEAD_FOLDER = "到期预警"
_LABEL = re.compile(r"[\w-]{1,40}")
"""A label names a folder: word characters and hyphens only."""


@dataclass(frozen=True, slots=True)
class Moment:
    """On which day a status is judged and what had been recorded by then.

    `label` names a retrospective run; `as_of` None means the request's fallback, `known_at` None
    everything recorded so far. `ahead` is a working page made while the quarter's data still come in.
    Where `today` lies before as_of the page is a preview (预览), judged by today; a pinned known_at is none.
    """

    as_of: date | None
    known_at: datetime | None
    label: str = ""
    ahead: bool = False
    today: date | None = None

    @property
    def folder(self) -> str:
        """What follows the quarter in the name of the folder the run is published to; empty for its own."""
        return self.label or (AHEAD_FOLDER if self.ahead else "")

    def judged_on(self, as_of: date, recorded_on: date | None) -> date:
        """The day a report of `as_of` is judged: today where that lies before it, else the day something was
        last recorded; material that is cut off (known_at) is judged on the report's own day (domain.md §3).
        """
        today = self.today or recorded_on
        return as_of if self.known_at is not None or today is None else min(as_of, today)

    @property
    def is_retrospective(self) -> bool:
        """Whether pages say 追溯件，非印发件."""
        return bool(self.label)


def load_params(workspace: Workspace, notice: str, quarter: str) -> QuarterParams:
    """The quarter's request; ParameterError when the quarter is malformed or has none."""
    try:
        path = workspace.request_file(notice, Quarter.parse(quarter))
    except ValueError as error:
        raise ParameterError.at(Place(), f"填报期“{quarter}”写法不对", "请写成2024Q4的形式") from error
    if not path.is_file():
        raise _no_request(workspace, notice, Quarter.parse(quarter), path)
    request = load_yaml(path, QuarterParams)
    if (request.notice, request.quarter) != (notice, quarter):
        raise ParameterError.at(Place(str(path)), "文件里的notice、quarter与所在文件夹、文件名不一致", "请改为一致")
    return request


def _no_request(workspace: Workspace, notice: str, quarter: Quarter, path: Path) -> YuechiError:
    """Where `open` would refuse the quarter too, the remedy is another one."""
    issued_on = _issued_on(workspace, notice)
    if issued_on is not None and quarter.last_day < issued_on:
        return before_issue(quarter, issued_on)
    return ParameterError.at(
        Place(path.name), f"填报期{quarter}的参数文件不存在", f"新的填报期请先运行“open --quarter {quarter}”"
    )


def before_issue(quarter: Quarter, issued_on: date) -> YuechiError:
    """There was nothing to report in a quarter that ended before the notice was issued."""
    first = Quarter.of(issued_on)
    return ParameterError.at(
        Place(), f"{quarter}在通知印发（{issued_on}）之前，没有填报期", f"请核对填报期；最早的填报期是{first}"
    )


def _issued_on(workspace: Workspace, notice: str) -> date | None:
    """The day in the notice's sidecar, which a room above reads whole; None where it does not say."""
    try:
        found = read_yaml(workspace.notice_dir(notice) / "notice.yml").get("issued_on")
    except (ParameterError, AttributeError):
        return None
    return found if isinstance(found, date) else None


def resolve_moment(
    request: QuarterParams,
    as_of: date | None = None,
    known_at: datetime | None = None,
    *,
    label: str = "",
    today: date | None = None,
) -> Moment:
    """The moment asked for; a moment other than the request's needs a label (docs/architecture.md).

    `today` counts only while nothing pins what is known: a quarter that is cut off is never a preview.
    """
    differs = (as_of is not None and as_of != request.as_of) or (known_at is not None and known_at != request.known_at)
    if differs and not label:
        raise ParameterError.at(
            Place(), "--as-of或--known-at与本期参数不同", "请加--label说明用途；结果将印“追溯件，非印发件”"
        )
    if label and _LABEL.fullmatch(label) is None:
        raise ParameterError.at(
            Place(), f"--label（label）“{label}”不能用作文件夹名", "请只用汉字、字母、数字和连字符，不超过40个字"
        )
    known = known_at or request.known_at
    return Moment(as_of or request.as_of, known, label, today=today if known is None else None)


def resolve_ahead(
    request: QuarterParams,
    as_of: date | None = None,
    known_at: datetime | None = None,
    *,
    label: str = "",
    today: date | None = None,
) -> Moment:
    """The moment of an early warning: the submission day, unless a day is given (docs/adr/0015).

    While the quarter's data are not cut off (no known_at in its file), a day up to the one it will be
    judged on looks ahead and needs no label; afterwards it looks back, like any other moment.
    """
    day = as_of or request.submission_due
    is_open = request.known_at is None and known_at is None
    if is_open and not label and day <= (request.as_of or request.results_due):
        return Moment(day, None, ahead=True, today=today)
    return resolve_moment(request, day, known_at, label=label, today=today)
