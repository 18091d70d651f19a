"""Errors a user can act on: each carries places, a wording in Chinese and an exit code.

Exit codes are those of the command line: 2 usage or parameters, 3 input that could not be taken
as it is, 4 reports that failed, 5 locked or environment.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from pathlib import PurePath


class ExitCode(IntEnum):
    """What the command line answers; see the README's table."""

    OK = 0
    USAGE = 2
    INPUT = 3
    REPORTS = 4
    ENVIRONMENT = 5


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: a file, in it a sheet and cell, or a line (1-based)."""

    file: str = ""
    sheet: str = ""
    cell: str = ""
    line: int = 0

    def __str__(self) -> str:
        parts = [
            f"文件“{self.file}”" if self.file else "",
            f"工作表“{self.sheet}”" if self.sheet else "",
            f"单元格{self.cell}" if self.cell else "",
            f"第{self.line}行" if self.line else "",
        ]
        return " ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong at one place, and what to do about it; both in Chinese."""

    place: Place
    problem: str
    remedy: str

    def __str__(self) -> str:
        place = str(self.place)
        return f"{place + '：' if place else ''}{self.problem}。处理办法：{self.remedy}。"


class YuechiError(Exception):
    """Base of every error that is shown to a user without a traceback."""

    exit_code: ExitCode = ExitCode.ENVIRONMENT

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))

    def _render_traceback_(self) -> list[str]:
        """What IPython shows in a notebook."""
        return [str(self)]

    @classmethod
    def at(cls, place: Place, problem: str, remedy: str) -> "YuechiError":
        """The error of a single fault."""
        return cls([Fault(place, problem, remedy)])


class ParameterError(YuechiError):
    """Usage, parameters, settings: exit code 2."""

    exit_code = ExitCode.USAGE


class InputRefused(YuechiError):
    """A notice, workbook, book or register that cannot be taken as it is: exit code 3."""

    exit_code = ExitCode.INPUT


class ReportFailed(YuechiError):
    """A notebook, a rendering or a publication that failed: exit code 4."""

    exit_code = ExitCode.REPORTS


class EnvironmentFault(YuechiError):
    """The machine or a lock is in the way: exit code 5."""

    exit_code = ExitCode.ENVIRONMENT


def no_right(error: PermissionError, path: str = "") -> YuechiError:
    """Words for a missing right: one person's umask may have locked the others out."""
    name = PurePath(error.filename or path).name
    return EnvironmentFault.at(
        Place(name),
        "没有读写这个文件或文件夹的权限，可能是另一位用户以较严的权限（umask 077）写出的",
        f"请所有者或管理员执行“chmod g+rwX {name}”，共用工作区的各人把umask设为002或007",
    )
