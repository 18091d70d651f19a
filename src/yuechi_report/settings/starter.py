"""start: an empty workspace for real data (正式), outside the repository."""

from pathlib import Path
from shutil import copyfile

import yuechi_report
from yuechi_report.errors import EnvironmentFault, ParameterError, Place
from yuechi_report.settings.workspace import Workspace

_FOLDERS = ("data/notices", "data/receipts", "data/decisions", "data/text", "params", "notebooks", "reports", "issued")

_SUITE = """\
# Whose reports these are. data_nature: 示例 (fictional) or 正式 (real); one workspace holds one kind.
office: （请填写）县政府督查室
county_leaders: 县政府领导
data_nature: 正式
masthead: 督查专报
classification: 内部资料　注意保存
"""
_POLICY = "# Thresholds; every key may be left out and then has its documented default.\nversion: 1\n"
_CALENDAR = "# Working-day tables for years that the holiday package does not know yet.\nyears: {}\n"
_UNITS = (
    "# The unit register: slug, name, short_names, kind, document; see the repository's data/units.yml.\nunits: []\n"
)
_IGNORED = (
    "# Real submissions are not for version control.\ndata/receipts/\ndata/decisions/\ndata/ledger.db*\n"
    "forms/\nreturns/\nexports/\nreports/\nissued/\n"
)


def start_workspace(folder: Path) -> Workspace:
    """Make the folders and settings; ParameterError when the folder holds anything already."""
    if folder.exists() and any(folder.iterdir()):
        raise ParameterError.at(Place(str(folder)), "文件夹已有内容", "请另选一个空文件夹，原有内容没有改动")
    source = notebooks_folder()
    for name in _FOLDERS:
        (folder / name).mkdir(parents=True, exist_ok=True)
    files = {
        "params/suite.yml": _SUITE,
        "params/policy.yml": _POLICY,
        "params/calendar.yml": _CALENDAR,
        "data/units.yml": _UNITS,
        ".gitignore": _IGNORED,
    }
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    for notebook in sorted(source.glob("*.ipynb")):
        copyfile(notebook, folder / "notebooks" / notebook.name)
    return Workspace(folder.resolve())


def notebooks_folder() -> Path:
    """The shipped notebooks: inside an installed package, or beside src/ in a checkout."""
    package = Path(yuechi_report.__file__).parent
    for folder in (package / "notebooks", package.parents[1] / "notebooks"):
        if folder.is_dir():
            return folder
    raise EnvironmentFault.at(Place(str(package)), "安装包里没有笔记本", "请重新安装")
