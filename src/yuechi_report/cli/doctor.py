"""doctor: what of machine and workspace is in order, and what to do about the rest."""

import base64
import hashlib
import importlib.metadata
import json
import os
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import click

import yuechi_report
from yuechi_report.cli.options import now, setup_remedy, workspace_options
from yuechi_report.cli.strays import LOST_ROW
from yuechi_report.cli.terminal import say, say_json
from yuechi_report.domain.quarter import Quarter
from yuechi_report.errors import ExitCode, YuechiError
from yuechi_report.intake.book.chain import read_book
from yuechi_report.intake.book.ledger import checkpoint
from yuechi_report.intake.book.reception import is_kept, stray_files
from yuechi_report.notice.folder import load_register
from yuechi_report.page.fonts import font_files
from yuechi_report.run.execute import declared_parameters
from yuechi_report.run.plan import NOTEBOOKS
from yuechi_report.settings.opening import notebooks_folder
from yuechi_report.settings.policy import load_calendar, load_policy
from yuechi_report.settings.request import load_params
from yuechi_report.settings.suite import load_suite
from yuechi_report.settings.units import PREFIX, load_units, unreviewed
from yuechi_report.settings.workspace import Workspace
from yuechi_report.source.assemble import load_against
from yuechi_report.source.index import traces_of
from yuechi_report.source.unsettled import gaps_within, nobody_fills

_PYTHON_MIN = (3, 11)
_FONTS = "pylopdf-fonts-zh-cn"
_BYTES_FREE_MIN = 1_000_000_000
_PINNED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?==([^\s;\\]+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One thing looked at; `remedy` is empty where it is good."""

    what: str
    remedy: str = ""

    @property
    def good(self) -> bool:
        """Whether nothing is to be done."""
        return not self.remedy


@dataclass(frozen=True, slots=True)
class Visit:
    """The workspace, the day, and the notices that are looked at."""

    place: Workspace
    today: date
    notices: tuple[str, ...]


Check = Callable[[Visit], Iterator[CheckLine]]
"""One look at the workspace on this day."""


@click.command(help="自检：软件、字体、设置、笔记本、收件登记、日历和磁盘。")
@click.option("--json", "as_json", is_flag=True, help="以JSON输出。")
@workspace_options
def doctor(*, as_json: bool, place: Workspace, notice: str | None) -> None:
    """Exit 0 when everything is good, else 5."""
    notices = place.notices() if notice is None else (place.only_notice(notice),)
    lines = list(all_lines(Visit(place, now().date(), notices)))
    if as_json:
        say_json(lines)
    else:
        for line in lines:
            say(f"✓ {line.what}" if line.good else f"✗ {line.what}。处理办法：{line.remedy}。")
    if not all(line.good for line in lines):
        raise SystemExit(ExitCode.ENVIRONMENT)


def all_lines(visit: Visit) -> Iterator[CheckLine]:
    """Every check in order; where a fault keeps one from being made, the fault."""
    for check in CHECKS:
        try:
            yield from check(visit)
        except YuechiError as error:
            for fault in error.faults:
                where = f"{fault.place}：" if str(fault.place) else ""
                yield CheckLine(f"{where}{fault.problem}", fault.remedy)


def _python(_: Visit) -> Iterator[CheckLine]:
    version = ".".join(map(str, sys.version_info[:3]))
    yield CheckLine(f"Python {version}", "" if sys.version_info >= _PYTHON_MIN else "请安装Python 3.11或更新版本")


def _packages(_: Visit) -> Iterator[CheckLine]:
    """Installed versions against the lock of the checkout, where there is one."""
    lock = Path(yuechi_report.__file__).parents[2] / "requirements.lock"
    if not lock.is_file():
        yield CheckLine("没有requirements.lock（按安装包安装），不核对版本")
        return
    pinned: dict[str, set[str]] = {}
    for name, version in _PINNED.findall(lock.read_text(encoding="utf-8")):
        pinned.setdefault(_normal(name), set()).add(version)  # several where the lock tells platforms apart
    installed = {
        _normal(package.name): package.version for package in importlib.metadata.distributions() if package.name
    }
    other = [
        f"{name}（应为{'或'.join(sorted(versions))}，现为{installed[name]}）"
        for name, versions in pinned.items()
        if name in installed and installed[name] not in versions
    ]
    missing = [name for name in _required() if name not in installed]
    if missing:
        yield CheckLine(f"缺少软件包：{'、'.join(missing)}", setup_remedy())
    if other:
        yield CheckLine(f"版本与requirements.lock不同：{'、'.join(sorted(other))}", setup_remedy())
    if not missing and not other:
        yield CheckLine(f"软件包版本与requirements.lock一致（核对{len(set(pinned) & set(installed))}个）")


def _required() -> list[str]:
    try:
        lines = importlib.metadata.requires("yuechi-report") or []
    except importlib.metadata.PackageNotFoundError:
        return []
    names = (re.match(r"[A-Za-z0-9._-]+", line) for line in lines if "extra ==" not in line)
    return [_normal(name[0]) for name in names if name]


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _fonts(_: Visit) -> Iterator[CheckLine]:
    """The shipped fonts against the hashes that their package recorded when it was installed."""
    bad = [path.name for path in font_files() if not path.is_file() or not _as_installed(path)]
    what = "字体文件缺失或被改动：" + "、".join(bad) if bad else "字体文件完好（Noto Serif SC、Noto Sans SC）"
    again = (
        f"{sys.executable} -m pip install --force-reinstall --no-deps {_FONTS}=={importlib.metadata.version(_FONTS)}"
    )
    yield CheckLine(what, f"请运行“{again}”" if bad else "")


def _as_installed(path: Path) -> bool:
    for file in importlib.metadata.files(_FONTS) or []:
        if file.name == path.name and file.hash is not None:
            found = base64.urlsafe_b64encode(hashlib.sha256(path.read_bytes()).digest()).rstrip(b"=").decode()
            return found == file.hash.value
    return False


def _settings(visit: Visit) -> Iterator[CheckLine]:
    suite = load_suite(visit.place)
    load_policy(visit.place)
    load_calendar(visit.place, range(2024, 2025))
    units = load_units(visit.place.units_file)
    yield CheckLine(f"设置文件有效（{suite.data_nature}数据，{suite.office}，单位{len(tuple(units))}家）")
    for key in suite.unfilled:
        yield CheckLine(f"params/suite.yml里的{key}还没有填写", "请填写；填写以前报告只能是草稿")
    stubs = unreviewed(units)
    if stubs:
        yield CheckLine(
            f"单位名录有{len(stubs)}家还没有核对（slug以{PREFIX}开头）", "请在data/units.yml中改好slug、kind、document"
        )


def _notices(visit: Visit) -> Iterator[CheckLine]:
    names = visit.notices
    if not names:
        yield CheckLine("还没有通知", "请用“yuechi-report init 通知.txt --id 编号”登记")
    for name in names:
        register = load_against(visit.place, name).register
        quarters = [path.stem for path in visit.place.request_files(name)]
        for quarter in quarters:
            load_params(visit.place, name, quarter)
        yield CheckLine(f"通知{name}：任务{len(register)}项，填报期{'、'.join(quarters) or '（无）'}")
        for path in sorted(set((visit.place.root / "params" / name).iterdir()) - set(visit.place.request_files(name))):
            yield CheckLine(
                f"{path.relative_to(visit.place.root).as_posix()}不是填报期参数文件（如2025Q2.yml），不读取"
            )
        for line in nobody_fills(register):
            yield CheckLine(line, f"请在data/units.yml中填写{line.partition('牵头的任务')[0]}的liaison")
        for line in gaps_within(visit.place, name):
            yield CheckLine(
                f"通知{name}：{line}", "请补上该季参数文件，在其中填写known_at；确未开展的不必处理，报告会写明"
            )


def _notebooks(visit: Visit) -> Iterator[CheckLine]:
    """The workspace's own against the shipped ones: an upgrade of the program leaves them as they were."""
    for name, wanted in NOTEBOOKS.items():
        own = visit.place.notebooks_dir / name
        if not own.is_file():
            yield CheckLine(f"工作区没有笔记本{name}，用随程序的")
            continue
        cells = _cells(own)
        lacking = wanted - set(declared_parameters(own)) if cells else wanted
        if lacking:
            what = f"笔记本{name}" + (f"没有声明参数{'、'.join(sorted(lacking))}" if cells else "无法读取")
            yield CheckLine(what, f"请把notebooks/{name}移出notebooks文件夹（改用随程序的），本室改动过的再照着改")
        elif cells != _cells(notebooks_folder() / name):
            yield CheckLine(
                f"笔记本{name}可用，与随程序的不同（本室改过，或是升级以前的；没有改过的，移出即用随程序的）"
            )
        else:
            yield CheckLine(f"笔记本{name}完好")


def _cells(notebook: Path) -> list[tuple[str, str]]:
    """What its cells say, outputs apart; none where it cannot be read."""
    try:
        cells = json.loads(notebook.read_bytes())["cells"]
        return [(cell["cell_type"], "".join(cell["source"])) for cell in cells]
    except (ValueError, KeyError, TypeError, RecursionError):
        return []


def _book(visit: Visit) -> Iterator[CheckLine]:
    book = read_book(visit.place.book_file)
    yield CheckLine(f"收件登记{len(book.receipts)}行，校验链完好")
    if book.torn:
        yield CheckLine("收件登记末尾有一行没有写完（未曾确认）", "请重新登记那份文件，残行会自动清除")
    for row in book.after(now()):
        yield CheckLine(
            f"第{row.seq}号收件的登记时间{row.recorded_at:%Y-%m-%d %H:%M}晚于现在",
            f"请核对电脑时钟；时钟无误的，用“ledger withdraw {row.seq}”撤回，再重新登记那份文件",
        )
    for trace in traces_of(visit.place, book):
        yield CheckLine(trace, "请从备份恢复收件登记和封存记录，或重新运行那一期")
    if visit.place.ledger_file.exists() and checkpoint(visit.place.ledger_file) != book.end:
        yield CheckLine("索引ledger.db不是最新", "请运行“yuechi-report ledger rebuild”")
    else:
        yield CheckLine("索引ledger.db" + ("是最新的" if visit.place.ledger_file.exists() else "还没有（不影响使用）"))
    for folder in (visit.place.receipts_dir, visit.place.root / "data" / "decisions"):
        for path in stray_files(folder, book):
            if path.parent != visit.place.receipts_dir:
                name = path.relative_to(visit.place.root).as_posix()
                remedy = LOST_ROW if is_kept(path) else "请用submit登记，或运行run --take-in，或移走"
                yield CheckLine(f"{name}没有登记", remedy)


def _machine(visit: Visit) -> Iterator[CheckLine]:
    locked = [name for name in ("data", "params", "reports") if not _writable(visit.place.root / name)]
    yield CheckLine(
        "工作区可以写入" if not locked else f"不能写入：{'、'.join(locked)}", "请检查文件夹权限" if locked else ""
    )
    free = shutil.disk_usage(visit.place.root).free
    small = free < _BYTES_FREE_MIN
    yield CheckLine(f"磁盘剩余{free / 1e9:.1f} GB", "请清理磁盘，至少留1 GB" if small else "")


def _writable(folder: Path) -> bool:
    return os.access(folder if folder.is_dir() else folder.parent, os.W_OK)


def _calendar(visit: Visit) -> Iterator[CheckLine]:
    """The years that reports and reply days need: those of the open quarters, this year and the next."""
    years = {visit.today.year}
    for name in visit.notices:
        years.add(load_register(visit.place.notice_dir(name)).notice.issued_on.year)
        years |= {Quarter.parse(path.stem).next.year for path in visit.place.request_files(name)}
    known = load_calendar(visit.place, range(min(years), max(years) + 1)).years
    for year in sorted(years):
        remedy = "" if year in known else f"国务院办公厅发布{year}年放假安排后，请补入params/calendar.yml"
        yield CheckLine(f"{year}年工作日历" + ("已有" if year in known else "未发布或未补入"), remedy)


CHECKS: tuple[Check, ...] = (_python, _packages, _fonts, _settings, _notices, _notebooks, _book, _machine, _calendar)
