"""What a person must still settle: settings not filled in, tasks nobody fills in for, quarters left out."""

from collections.abc import Iterator
from datetime import date, datetime

from yuechi_report.domain.quarter import CHINA, Quarter
from yuechi_report.domain.register import Register
from yuechi_report.page.labels import date_label
from yuechi_report.settings.request import load_params
from yuechi_report.settings.suite import load_suite
from yuechi_report.settings.units import PREFIX, load_units, unreviewed
from yuechi_report.settings.workspace import Workspace
from yuechi_report.source.scope import Gap, Scope, gap_words


def to_fill_in(workspace: Workspace) -> tuple[str, ...]:
    """What `start` and `init` left to a person, one line a file and key; until then every report is a draft."""
    suite = load_suite(workspace)
    lines = [f"params/suite.yml：{key}还没有填写（现为“{getattr(suite, key)}”）" for key in suite.unfilled]
    names = unreviewed(load_units(workspace.units_file))
    if names:
        lines.append(f"data/units.yml：有{len(names)}家还没有核对（slug以{PREFIX}开头）：{'、'.join(names)}")
    return tuple(lines)


def nobody_fills(register: Register) -> tuple[str, ...]:
    """One line for each lead that has no form and no liaison: what its tasks are asked of nobody."""
    led: dict[str, list[int]] = {}
    for task in register:
        if task.nobody_fills:
            led.setdefault(task.lead_units[0], []).append(task.number)
    return tuple(
        f"{name}牵头的任务{'、'.join(map(str, numbers))}没有单位填报：{name}在单位名录中没有填写liaison（联络单位）"
        for name, numbers in led.items()
    )


def gaps_within(workspace: Workspace, notice: str) -> tuple[str, ...]:
    """One line for each quarter between the first opened and the newest that has no file, or no known_at."""
    opened = sorted(Quarter.parse(path.stem) for path in workspace.request_files(notice))
    return gap_words(tuple(_gaps(workspace, notice, opened)))


def _gaps(workspace: Workspace, notice: str, opened: list[Quarter]) -> Iterator[Gap]:
    quarter = opened[0] if opened else None
    while quarter is not None and quarter < opened[-1]:
        if quarter not in opened:
            yield Gap(quarter)
        elif load_params(workspace, notice, str(quarter)).known_at is None:
            yield Gap(quarter, has_params=True, is_compared=True)
        quarter = quarter.next


TOO_LATE = "晚于本期判定日或材料截止时刻：不改变本期报告的状态和报送情况，列入下一期报告的更正"
"""What is said of a form that came when the quarter's report had been judged."""


def came_too_late(received_at: datetime, recorded_at: datetime, as_of: date, known_at: datetime | None) -> bool:
    """Whether a form changes nothing of a report judged on that day with what was recorded by that moment."""
    return received_at.astimezone(CHINA).date() > as_of or (known_at is not None and recorded_at > known_at)


def scope_lines(scope: Scope) -> tuple[str, ...]:
    """What the end of a run says of its quarter before all else."""
    lines = []
    if scope.preview_of is not None:
        lines.append(
            f"预览：判定日{date_label(scope.preview_of)}未到，按{date_label(scope.as_of)}判定；"
            "报送截止日以前未交的为待报送，不计逾期"
        )
    return (*lines, *nobody_fills(scope.register), *gap_words(scope.gaps))
