"""open and start: a new quarter's run request, its days computed by domain.md §3 or asked for; a new workspace."""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from shutil import copyfile, rmtree

import yuechi_report
from yuechi_report.domain.policy import Calendar, CalendarNotPublished
from yuechi_report.domain.quarter import Quarter
from yuechi_report.errors import EnvironmentFault, Fault, ParameterError, Place
from yuechi_report.settings.request import QuarterParams, before_issue
from yuechi_report.settings.text_file import write_whole
from yuechi_report.settings.workspace import Workspace

_DAYS_FIRST_REPORT = 30
_WORKING_DAYS_RESULTS = 3
_WORKING_DAYS_LATE = 3
"""How long units have to fill in where a quarter is opened after its usual submission day."""
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


@dataclass(frozen=True, slots=True)
class Days:
    """Days given by a person, which are never moved; None is computed."""

    submission_due: date | None = None
    results_due: date | None = None


@dataclass(frozen=True, slots=True)
class Rules:
    """What the days are computed from."""

    day_submission: int
    calendar: Calendar
    issued_on: date
    dues: tuple[date, ...]


def new_request(
    notice: str, quarter: Quarter, rules: Rules, given: Days, *, today: date | None = None
) -> QuarterParams:
    """The request of a quarter that has none; ParameterError names each day that a person must give.

    A computed submission day that lies before `today` is moved forward. No day lies before the one on which
    it rests: submission_due ≤ results_due ≤ as_of.
    """
    if quarter.last_day < rules.issued_on:
        raise before_issue(quarter, rules.issued_on)
    first = _is_first(quarter, rules)
    submission = given.submission_due or _still_ahead(
        _ask_first(rules) if first else _usual_day(quarter, rules), rules, today
    )
    results = given.results_due or max(submission, _results(quarter, rules, submission, first=first))
    if results < submission:
        problem = f"到期结果补报日{results}早于报送截止日{submission}"
        raise ParameterError.at(Place(), problem, "请核对--submission-due和--results-due")
    request = QuarterParams(
        notice=notice, quarter=str(quarter), submission_due=submission, results_due=results, first_report=first
    )
    return request.model_copy(update={"as_of": max(results, request.day_judged(rules.dues))})


def days_past(request: QuarterParams, rules: Rules, given: Days, today: date) -> tuple[str, ...]:
    """One sentence for each day that had passed when the quarter was opened: moved forward, or kept as given."""
    said = []
    if given.submission_due is None:
        usual = _usual_day(Quarter.parse(request.quarter), rules)
        if usual != request.submission_due:
            said.append(
                f"按规则推算的报送截止日{usual}已过，顺延为{request.submission_due}；"
                f"要照原日期补录，请删去参数文件后用--submission-due {usual}重新运行"
            )
    days = (("报送截止日", request.submission_due), ("到期结果补报日", request.results_due), ("判定日", request.as_of))
    said += [f"{word}{day}已过，照写" for word, day in days if day is not None and day < today]
    return tuple(said)


def write_request(workspace: Workspace, request: QuarterParams) -> None:
    """Write params/<notice>/<quarter>.yml; ParameterError when there is one."""
    path = workspace.request_file(request.notice, Quarter.parse(request.quarter))
    if path.exists():
        raise ParameterError.at(Place(str(path)), "这个填报期已有参数文件", "请直接修改该文件；原文件没有改动")
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, _text(request).encode())


def _text(request: QuarterParams) -> str:
    return f"""\
# {request.quarter}的运行参数。known_at（材料截止时刻）在数据截止时填写，
# 写法如{request.as_of}T23:59:59+08:00；填写以前，已登记的材料全部计入。
notice: {request.notice}
quarter: {request.quarter}
as_of: {request.as_of}
submission_due: {request.submission_due}
results_due: {request.results_due}
first_report: {str(request.first_report).lower()}
draft: 1
"""


def _is_first(quarter: Quarter, rules: Rules) -> bool:
    """Issued in this quarter, and later than 30 days before the 20th of its last month."""
    usual = quarter.last_day.replace(day=rules.day_submission)
    return quarter.first_day <= rules.issued_on and rules.issued_on > usual - timedelta(days=_DAYS_FIRST_REPORT)


def _usual_day(quarter: Quarter, rules: Rules) -> date:
    try:
        return rules.calendar.working_day_from(quarter.last_day.replace(day=rules.day_submission))
    except CalendarNotPublished as error:
        raise _unpublished(error.year, "报送截止日", "--submission-due") from error


def _still_ahead(day: date, rules: Rules, today: date | None) -> date:
    """That day, or some working days after today where it has passed."""
    if today is None or day >= today:
        return day
    try:
        return rules.calendar.add_working_days(today, _WORKING_DAYS_LATE)
    except CalendarNotPublished as error:
        raise _unpublished(error.year, "报送截止日", "--submission-due") from error


def _ask_first(rules: Rules) -> date:
    problem = f"通知{rules.issued_on}印发，本期为首报，报送截止日由通知或本室确定"
    raise ParameterError.at(Place(), problem, "请用--submission-due写明首报截止日")


def _results(quarter: Quarter, rules: Rules, submission: date, *, first: bool) -> date:
    """The third working day after the quarter where original due dates lie between, else its last day."""
    if first:
        return submission
    if not any(submission < due <= quarter.last_day for due in rules.dues):
        return quarter.last_day
    try:
        return rules.calendar.add_working_days(quarter.last_day, _WORKING_DAYS_RESULTS)
    except CalendarNotPublished as error:
        raise _unpublished(error.year, "到期结果补报日", "--results-due") from error


def _unpublished(year: int, what: str, option: str) -> ParameterError:
    problem = f"{year}年工作日历未发布，算不出{what}"
    return ParameterError([Fault(Place("calendar.yml"), problem, f"请在日历中补上该年，或用{option}写明日期")])


def start_workspace(folder: Path) -> Workspace:
    """Make the folders and settings; ParameterError when the folder holds anything already."""
    if folder.exists() and any(folder.iterdir()):
        raise ParameterError.at(Place(str(folder)), "文件夹已有内容", "请另选一个空文件夹，原有内容没有改动")
    try:
        _make_workspace(folder)
    except OSError:
        rmtree(folder, ignore_errors=True)  # so that a second try finds no more than the first
        raise
    return Workspace(folder.resolve())


def _make_workspace(folder: Path) -> None:
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
    for notebook in sorted(notebooks_folder().glob("*.ipynb")):
        copyfile(notebook, folder / "notebooks" / notebook.name)


def notebook_of(workspace: Workspace, name: str) -> Path:
    """The workspace's own notebook of that name, which an analyst may have changed; without one, the shipped one."""
    own = workspace.notebooks_dir / name
    return own if own.is_file() else notebooks_folder() / name


def notebooks_folder() -> Path:
    """The shipped notebooks: inside an installed package, or next to src/ in a checkout."""
    package = Path(yuechi_report.__file__).parent
    for folder in (package / "notebooks", package.parents[1] / "notebooks"):
        if folder.is_dir():
            return folder
    raise EnvironmentFault.at(Place(str(package)), "安装包里没有笔记本", "请重新安装")
