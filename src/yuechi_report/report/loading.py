"""The context call: what a notebook asks for, every argument as papermill hands it over → a Report."""

import os
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from yuechi_report.errors import Fault, ParameterError, Place
from yuechi_report.report.context import EARLY_WARNING, EDITIONS, LEADERS, UNIT, Report
from yuechi_report.settings.request import load_params, resolve_ahead, resolve_moment
from yuechi_report.settings.workspace import Workspace
from yuechi_report.source.assemble import assemble
from yuechi_report.source.scope import VARIABLE, read_scope


def load_report(  # noqa: PLR0913 - these are the notebooks' parameters, one by one
    quarter: str,
    *,
    notice: str = "",
    unit: str = "",
    edition: str = "",
    as_of: str = "",
    known_at: str = "",
    label: str = "",
    today: str = "",
) -> Report:
    """The report a notebook writes; every argument is text, as papermill hands it over.

    Reads the scope that run shipped (YUECHI_SCOPE), else assembles it from the workspace. Empty
    arguments mean: the only notice, the county, the quarter's own as_of and known_at, and as today the day
    of the last record.
    """
    given = {
        "quarter": quarter,
        "notice": notice,
        "unit": unit,
        "edition": edition,
        "as_of": as_of,
        "known_at": known_at,
        "label": label,
        "today": today,
    }
    _check(given)
    return replace(_loaded(given), parameters=tuple(given.items()))


def _check(given: dict[str, str]) -> None:
    """ParameterError names every argument that is no text, and an edition that there is not or that lacks its unit."""
    faults = [
        Fault(
            Place(),
            f"参数{name}的值{value!r}不是文字",
            f"请在parameters单元格中加上引号；用papermill时请写-r {name} 值",
        )
        for name, value in given.items()
        if not isinstance(value, str)
    ]
    if not faults and given["edition"] not in ("", *EDITIONS):
        problem, remedy = f"没有edition“{given['edition']}”这种文本", f"请从{'、'.join(EDITIONS)}中选用"
        faults.append(Fault(Place(), problem, remedy))
    if not faults and given["edition"] == UNIT and not given["unit"]:
        faults.append(Fault(Place(), "单位报告没有写明unit（单位）", "请填写单位的规范名称或简称"))
    if faults:
        raise ParameterError(faults)


def _loaded(given: dict[str, str]) -> Report:
    unit, edition = given["unit"], given["edition"]
    shipped = os.environ.get(VARIABLE)
    if shipped:
        return Report(read_scope(Path(shipped)), edition or (UNIT if unit else LEADERS))
    workspace = Workspace.find()
    request = load_params(workspace, workspace.only_notice(given["notice"] or None), given["quarter"])
    resolve = resolve_ahead if edition == EARLY_WARNING else resolve_moment
    days = {name: _date(name, given[name]) for name in ("as_of", "today")}
    moment = resolve(request, known_at=_moment(given["known_at"]), label=given["label"], **days)
    report = Report(assemble(workspace, request, moment), edition or LEADERS)
    if not unit:
        return report
    return Report(report.scope.for_unit(report.scope.unit_named(unit).name), edition or UNIT)


def _date(name: str, text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise ParameterError.at(Place(), f"{name}“{text}”不是日期", "请写成2025-01-06的形式") from error


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text) if text else None
    except ValueError as error:
        raise ParameterError.at(
            Place(), f"known_at“{text}”不是时间", "请写成2025-01-06T23:59:59+08:00的形式"
        ) from error
    if moment is not None and moment.tzinfo is None:
        raise ParameterError.at(Place(), f"known_at“{text}”没有时区", "请在末尾加上+08:00")
    return moment
