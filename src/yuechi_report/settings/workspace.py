"""The workspace: where data, params, notebooks and reports live, and every path below it."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from yuechi_report.domain.quarter import Quarter
from yuechi_report.errors import ParameterError, Place

VARIABLE = "YUECHI_WORKSPACE"
_MARKER = Path("params/suite.yml")


class _Below:
    """A path below the workspace's root."""

    def __init__(self, path: str) -> None:
        self._path = path

    def __get__(self, workspace: "Workspace", _: type) -> Path:
        return workspace.root / self._path


@dataclass(frozen=True, slots=True)
class Workspace:
    """A folder with params/suite.yml. No path of the suite is made anywhere else."""

    root: Path

    suite_file = _Below("params/suite.yml")
    """Office, data nature, marking."""
    policy_file = _Below("params/policy.yml")
    """Thresholds and signs."""
    calendar_file = _Below("params/calendar.yml")
    """Working-day tables that the shipped holiday package does not have yet."""
    units_file = _Below("data/units.yml")
    """The unit register."""
    notices_dir = _Below("data/notices")
    """One folder per notice."""
    receipts_dir = _Below("data/receipts")
    """The received files and the book."""
    book_file = _Below("data/receipts/receipts.csv")
    """The book."""
    ledger_file = _Below("data/ledger.db")
    """The index of the book; may be deleted at any time."""
    notebooks_dir = _Below("notebooks")
    """The parameterised notebooks."""
    reports_dir = _Below("reports")
    """What runs publish."""
    issued_dir = _Below("issued")
    """Frozen documents and their register."""

    @classmethod
    def find(cls, explicit: Path | None = None, environ: Mapping[str, str] | None = None) -> "Workspace":
        """The workspace named, else that of YUECHI_WORKSPACE, else the nearest one upwards from here."""
        named = explicit or (os.environ if environ is None else environ).get(VARIABLE)
        if named:
            root = Path(named).resolve()
            if not (root / _MARKER).is_file():
                raise ParameterError.at(Place(str(root)), "不是工作区（没有params/suite.yml）", "请检查路径")
            return cls(root)
        here = Path.cwd()
        for folder in (here, *here.parents):
            if (folder / _MARKER).is_file():
                return cls(folder)
        raise ParameterError.at(
            Place(str(here)),
            "当前文件夹及其上级文件夹都不是工作区（没有params/suite.yml）",
            "请进入工作区，或用--workspace指定，或用“yuechi-report start 文件夹”新建",
        )

    def notice_dir(self, notice: str) -> Path:
        """The folder of one notice: notice.txt, notice.yml, register.csv, corrections.yml."""
        return self.notices_dir / notice

    def request_file(self, notice: str, quarter: Quarter) -> Path:
        """The run request of one quarter."""
        return self.root / "params" / notice / f"{quarter}.yml"

    def request_files(self, notice: str) -> tuple[Path, ...]:
        """The run requests of every quarter that was opened, oldest first; other files there are nobody's request."""
        found = (self.root / "params" / notice).glob("*.yml")
        return tuple(sorted(path for path in found if Quarter.is_written(path.stem)))

    def text_file(self, notice: str, quarter: Quarter) -> Path:
        """The human words of one quarter's report."""
        return self.root / "data" / "text" / notice / f"{quarter}.md"

    def inbox(self, kind_folder: str, notice: str, quarter: Quarter) -> Path:
        """Where received files of a kind (receipts, decisions) are archived."""
        base = self.receipts_dir if kind_folder == "receipts" else self.root / "data" / kind_folder
        return base / notice / str(quarter)

    def report_dir(self, notice: str, quarter: Quarter, label: str = "") -> Path:
        """Where a quarter's reports are published; labelled runs go to a folder of their own."""
        name = f"{quarter}-{label}" if label else str(quarter)
        return self.reports_dir / notice / name

    def notices(self) -> tuple[str, ...]:
        """Ids of the notices that have a folder with a sidecar."""
        return tuple(sorted(path.parent.name for path in self.notices_dir.glob("*/notice.yml")))

    def only_notice(self, named: str | None) -> str:
        """The notice named, else the only one; ParameterError when that does not decide."""
        known = self.notices()
        if named in known and named is not None:
            return named
        if named is None and len(known) == 1:
            return known[0]
        listed = "、".join(known) or "（无）"
        problem = f"没有通知“{named}”" if named else "工作区里的通知不止一份，或还没有通知"
        raise ParameterError.at(Place(str(self.notices_dir)), problem, f"请用--notice指定；现有：{listed}")
