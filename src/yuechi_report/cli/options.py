"""Options that several commands share, and the one clock."""

import math
import sys
from collections.abc import Callable
from datetime import date, datetime
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

import click

import yuechi_report
from yuechi_report.domain.quarter import CHINA
from yuechi_report.settings.request import load_params
from yuechi_report.settings.workspace import Workspace

F = TypeVar("F", bound=Callable[..., Any])


def now() -> datetime:
    """The present moment in China, whatever TZ says, to the second."""
    return datetime.now(CHINA).replace(microsecond=0)  # noqa: TID251 - the command line is where the clock is read


def setup_remedy() -> str:
    """What brings packages back: the bootstrap of the checkout, or pip where the program was installed by it."""
    checkout = Path(yuechi_report.__file__).parents[2]
    if (checkout / "run.py").is_file():
        return f"请在{checkout}中运行“python run.py setup”"
    return f"请运行“{sys.executable} -m pip install --force-reinstall yuechi-report”"


class MomentType(click.ParamType[datetime]):
    """An ISO time with offset; without one it is China's."""

    name = "TIME"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """Text → aware datetime."""
        if isinstance(value, datetime):
            return value
        try:
            moment = datetime.fromisoformat(str(value))
        except ValueError:
            self.fail(f"“{value}”不是时间，请写成2025-01-06T23:59:59+08:00的形式", param, ctx)
        return moment if moment.tzinfo is not None else moment.replace(tzinfo=CHINA)


class SecondsType(click.FloatRange):
    """A number of seconds: nan and inf are none, and a day is as long as a computer's clock need count."""

    name = "SECONDS"

    def __init__(self) -> None:
        super().__init__(min=1, max=86_400)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Text → seconds."""
        seconds = float(super().convert(value, param, ctx))
        if math.isnan(seconds):
            self.fail(f"“{value}”不是秒数", param, ctx)
        return seconds


class DayType(click.ParamType[date]):
    """An ISO date."""

    name = "DATE"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Text → date."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"“{value}”不是日期，请写成2025-01-06的形式", param, ctx)


def workspace_option(command: F) -> F:
    """--workspace as the argument `place`: the workspace named, else the one found."""
    kind = click.Path(path_type=Path, file_okay=False)
    return click.option("--workspace", "place", type=kind, callback=_found, help="工作区文件夹。")(command)


def _found(_: click.Context, __: click.Parameter, named: Path | None) -> Workspace:
    return Workspace.find(named)


def workspace_options(command: F) -> F:
    """--workspace and --notice."""
    return workspace_option(click.option("--notice", help="通知编号；只有一份通知时可省略。")(command))


def params_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """--workspace, --notice and --quarter as `place` and `params`, those of that quarter."""

    @wraps(command)
    def call(*, place: Workspace, notice: str | None, quarter: str, **rest: Any) -> Any:
        return command(place=place, params=load_params(place, place.only_notice(notice), quarter), **rest)

    return quarter_option(workspace_options(call))


def quarter_option(command: F) -> F:
    """--quarter."""
    return click.option("--quarter", required=True, help="填报期，如2024Q4。")(command)


def moment_options(command: F) -> F:
    """--as-of, --known-at, --label."""
    command = click.option("--label", default="", help="追溯件的用途；与本期参数不同的时点必须填写。")(command)
    command = click.option("--known-at", type=MomentType(), default=None, help="只看此刻以前登记的材料。")(command)
    return click.option("--as-of", type=DayType(), default=None, help="判定日。")(command)
