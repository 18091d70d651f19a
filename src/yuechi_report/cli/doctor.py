"""doctor: what of machine and workspace is in order, and what to do about the rest."""

import base64
import hashlib
import importlib.metadata
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
from yuechi_report.cli.options import now, workspace_option
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
from yuechi_report.settings.policy import load_calendar, load_policy
from yuechi_report.settings.request import load_params
from yuechi_report.settings.suite import load_suite
from yuechi_report.settings.units import PREFIX, load_units, unreviewed
from yuechi_report.settings.workspace import Workspace
from yuechi_report.source.assemble import load_against
from yuechi_report.source.index import traces_of
from yuechi_report.source.unsettled import gaps_within, nobody_fills

_PYTHON_MIN = (3, 11)
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


Check = Callable[[Workspace, date], Iterator[CheckLine]]
"""One look at the workspace on this day."""


@click.command(help="自检：软件、字体、设置、笔记本、收件登记、日历和磁盘。")
@click.option("--json", "as_json", is_flag=True, help="以JSON输出。")
@workspace_option
def doctor(*, as_json: bool, place: Workspace) -> None:
    """Exit 0 when everything is good, else 5."""
    lines = list(all_lines(place, now().date()))
    if as_json:
        say_json(lines)
    else:
        for line in lines:
            say(f"✓ {line.what}" if line.good else f"✗ {line.what}。处理办法：{line.remedy}。")
    if not all(line.good for line in lines):
        raise SystemExit(ExitCode.ENVIRONMENT)


def all_lines(place: Workspace, today: date) -> Iterator[CheckLine]:
    """Every check in order; where a fault keeps one from being made, the fault."""
    for check in CHECKS:
        try:
            yield from check(place, today)
        except YuechiError as error:
            for fault in error.faults:
                where = f"{fault.place}：" if str(fault.place) else ""
                yield CheckLine(f"{where}{fault.problem}", fault.remedy)


def _python(_: Workspace, __: date) -> Iterator[CheckLine]:
    version = ".".join(map(str, sys.version_info[:3]))
    yield CheckLine(f"Python {version}", "" if sys.version_info >= _PYTHON_MIN else "请安装Python 3.11或更新版本")


def _packages(_: Workspace, __: date) -> Iterator[CheckLine]:
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
        yield CheckLine(f"缺少软件包：{'、'.join(missing)}", "请运行“python run.py setup”")
    if other:
        yield CheckLine(f"版本与requirements.lock不同：{'、'.join(sorted(other))}", "请运行“python run.py setup”")
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


def _fonts(_: Workspace, __: date) -> Iterator[CheckLine]:
    """The shipped fonts against the hashes that their package recorded when it was installed."""
    bad = [path.name for path in font_files() if not path.is_file() or not _as_installed(path)]
    what = "字体文件缺失或被改动：" + "、".join(bad) if bad else "字体文件完好（Noto Serif SC、Noto Sans SC）"
    yield CheckLine(what, "请重新安装pylopdf-fonts-zh-cn" if bad else "")


def _as_installed(path: Path) -> bool:
    for file in importlib.metadata.files("pylopdf-fonts-zh-cn") or []:
        if file.name == path.name and file.hash is not None:
            found = base64.urlsafe_b64encode(hashlib.sha256(path.read_bytes()).digest()).rstrip(b"=").decode()
            return found == file.hash.value
    return False


def _settings(place: Workspace, _: date) -> Iterator[CheckLine]:
    suite = load_suite(place)
    load_policy(place)
    load_calendar(place, range(2024, 2025))
    units = load_units(place.units_file)
    yield CheckLine(f"设置文件有效（{suite.data_nature}数据，{suite.office}，单位{len(tuple(units))}家）")
    for key in suite.unfilled:
        yield CheckLine(f"params/suite.yml里的{key}还没有填写", "请填写；填写以前报告只能是草稿")
    stubs = unreviewed(units)
    if stubs:
        yield CheckLine(
            f"单位名录有{len(stubs)}家还没有核对（slug以{PREFIX}开头）", "请在data/units.yml中改好slug、kind、document"
        )


def _notices(place: Workspace, _: date) -> Iterator[CheckLine]:
    names = place.notices()
    if not names:
        yield CheckLine("还没有通知", "请用“yuechi-report init 通知.txt --id 编号”登记")
    for name in names:
        register = load_against(place, name).register
        quarters = [path.stem for path in place.request_files(name)]
        for quarter in quarters:
            load_params(place, name, quarter)
        yield CheckLine(f"通知{name}：任务{len(register)}项，填报期{'、'.join(quarters) or '（无）'}")
        for line in nobody_fills(register):
            yield CheckLine(line, f"请在data/units.yml中填写{line.partition('牵头的任务')[0]}的liaison")
        for line in gaps_within(place, name):
            yield CheckLine(
                f"通知{name}：{line}", "请补上该季参数文件，在其中填写known_at；确未开展的不必处理，报告会写明"
            )


def _notebooks(place: Workspace, _: date) -> Iterator[CheckLine]:
    for name, wanted in NOTEBOOKS.items():
        path = place.notebooks_dir / name
        declared = set(declared_parameters(path)) if path.is_file() else set()
        lacking = wanted - declared
        remedy = f"请恢复notebooks/{name}" if lacking else ""
        yield CheckLine(
            f"笔记本{name}" + (f"缺失或没有声明参数{'、'.join(sorted(lacking))}" if lacking else "完好"), remedy
        )


def _book(place: Workspace, _: date) -> Iterator[CheckLine]:
    book = read_book(place.book_file)
    yield CheckLine(f"收件登记{len(book.receipts)}行，校验链完好")
    if book.torn:
        yield CheckLine("收件登记末尾有一行没有写完（未曾确认）", "请重新登记那份文件，残行会自动清除")
    for row in book.after(now()):
        yield CheckLine(
            f"第{row.seq}号收件的登记时间{row.recorded_at:%Y-%m-%d %H:%M}晚于现在",
            f"请核对电脑时钟；时钟无误的，用“ledger withdraw {row.seq}”撤回，再重新登记那份文件",
        )
    for trace in traces_of(place, book):
        yield CheckLine(trace, "请从备份恢复收件登记和封存记录，或重新运行那一期")
    if place.ledger_file.exists() and checkpoint(place.ledger_file) != book.end:
        yield CheckLine("索引ledger.db不是最新", "请运行“yuechi-report ledger rebuild”")
    else:
        yield CheckLine("索引ledger.db" + ("是最新的" if place.ledger_file.exists() else "还没有（不影响使用）"))
    for folder in (place.receipts_dir, place.root / "data" / "decisions"):
        for path in stray_files(folder, book):
            if path.parent != place.receipts_dir:
                name = path.relative_to(place.root).as_posix()
                remedy = LOST_ROW if is_kept(path) else "请用submit登记，或运行run --take-in，或移走"
                yield CheckLine(f"{name}没有登记", remedy)


def _machine(place: Workspace, _: date) -> Iterator[CheckLine]:
    locked = [name for name in ("data", "params", "reports") if not _writable(place.root / name)]
    yield CheckLine(
        "工作区可以写入" if not locked else f"不能写入：{'、'.join(locked)}", "请检查文件夹权限" if locked else ""
    )
    free = shutil.disk_usage(place.root).free
    small = free < _BYTES_FREE_MIN
    yield CheckLine(f"磁盘剩余{free / 1e9:.1f} GB", "请清理磁盘，至少留1 GB" if small else "")


def _writable(folder: Path) -> bool:
    return os.access(folder if folder.is_dir() else folder.parent, os.W_OK)


def _calendar(place: Workspace, today: date) -> Iterator[CheckLine]:
    """The years that reports and reply days need: those of the open quarters, this year and the next."""
    years = {today.year}
    for name in place.notices():
        years.add(load_register(place.notice_dir(name)).notice.issued_on.year)
        years |= {Quarter.parse(path.stem).next.year for path in (place.root / "params" / name).glob("*.yml")}
    known = load_calendar(place, range(min(years), max(years) + 1)).years
    for year in sorted(years):
        remedy = "" if year in known else f"国务院办公厅发布{year}年放假安排后，请补入params/calendar.yml"
        yield CheckLine(f"{year}年工作日历" + ("已有" if year in known else "未发布或未补入"), remedy)


CHECKS: tuple[Check, ...] = (_python, _packages, _fonts, _settings, _notices, _notebooks, _book, _machine, _calendar)
