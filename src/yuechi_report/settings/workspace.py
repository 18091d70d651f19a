"""The workspace: where data, params, notebooks and reports live, and every path below it."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from yuechi_report.domain.quarter import Quarter
from yuechi_report.errors import ParameterError, Place

VARIABLE = "YUECHI_WORKSPACE"
_MARKER = Path("params") / "suite.yml"


@dataclass(frozen=True, slots=True)
class Workspace:
    """A folder with params/suite.yml. No path of the suite is made anywhere else."""

    root: Path

    @classmethod
    def find(cls, explicit: Path | None = None, environ: Mapping[str, str] | None = None) -> "Workspace":
        """The workspace named, else that of YUECHI_WORKSPACE, else the nearest one upwards from here."""
        named = explicit or (
            Path(value) if (value := (os.environ if environ is None else environ).get(VARIABLE)) else None
        )
        if named is not None:
            return cls._checked(named.resolve())
        here = Path.cwd()
        for folder in (here, *here.parents):
            if (folder / _MARKER).is_file():
                return cls(folder)
        raise ParameterError.at(
            Place(str(here)),
            "当前文件夹及其上级文件夹都不是工作区（没有params/suite.yml）",
            "请进入工作区，或用--workspace指定，或用“yuechi-report start 文件夹”新建",
        )

    @classmethod
    def _checked(cls, root: Path) -> "Workspace":
        if not (root / _MARKER).is_file():
            raise ParameterError.at(Place(str(root)), "不是工作区（没有params/suite.yml）", "请检查路径")
        return cls(root)

    @property
    def suite_file(self) -> Path:
        """Office, data nature, marking."""
        return self.root / _MARKER

    @property
    def policy_file(self) -> Path:
        """Thresholds and signs."""
        return self.root / "params" / "policy.yml"

    @property
    def calendar_file(self) -> Path:
        """Working-day tables that the shipped holiday package does not have yet."""
        return self.root / "params" / "calendar.yml"

    @property
    def units_file(self) -> Path:
        """The unit register."""
        return self.root / "data" / "units.yml"

    @property
    def notices_dir(self) -> Path:
        """One folder per notice."""
        return self.root / "data" / "notices"

    @property
    def receipts_dir(self) -> Path:
        """The received files and the book."""
        return self.root / "data" / "receipts"

    @property
    def book_file(self) -> Path:
        """receipts.csv, the book."""
        return self.receipts_dir / "receipts.csv"

    @property
    def ledger_file(self) -> Path:
        """The index of the book; may be deleted at any time."""
        return self.root / "data" / "ledger.db"

    @property
    def notebooks_dir(self) -> Path:
        """The parameterised notebooks."""
        return self.root / "notebooks"

    @property
    def reports_dir(self) -> Path:
        """What runs publish."""
        return self.root / "reports"

    @property
    def issued_dir(self) -> Path:
        """Frozen documents and their register."""
        return self.root / "issued"

    def notice_dir(self, notice: str) -> Path:
        """The folder of one notice: notice.txt, notice.yml, register.csv, corrections.yml."""
        return self.notices_dir / notice

    def request_file(self, notice: str, quarter: Quarter) -> Path:
        """The run request of one quarter."""
        return self.root / "params" / notice / f"{quarter}.yml"

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
