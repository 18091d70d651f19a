"""The index pages of a workspace's reports: pure functions from small records to HTML; links are relative."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from urllib.parse import quote

from markupsafe import Markup

from yuechi_report.page.headlines import SIGN_WORDS
from yuechi_report.page.labels import date_label
from yuechi_report.render.web import filter_script, rendered, security_policy, style_sheet

_KILO = 1024


class ReportOutcome(StrEnum):
    """How a report ended; the codes are those of the manifests."""

    SUCCEEDED = "succeeded"
    FAILED = "failed"
    NOT_STARTED = "not_started"

    @property
    def word(self) -> str:
        """The reader's word."""
        return {"succeeded": "已生成", "failed": "生成失败", "not_started": "未生成"}[self.value]


@dataclass(frozen=True, slots=True)
class FileLink:
    """One published file next to the index; `label` is what is clicked (PDF, 网页)."""

    label: str
    file_name: str
    size_bytes: int
    sha256: str

    @property
    def address(self) -> str:
        """The relative link."""
        return quote(self.file_name)

    @property
    def size_label(self) -> str:
        """118 KB; a file that holds anything has at least 1 KB."""
        kilobytes = -(-self.size_bytes // _KILO)
        return f"{kilobytes} KB" if kilobytes < _KILO else f"{kilobytes / _KILO:.1f} MB"


@dataclass(frozen=True, slots=True)
class ReportEntry:
    """One report of a quarter; `reason` says why it is not there, `remark` what is old about its files.

    Reports of one `group` are listed together under its name; without a group they come first.
    """

    slug: str
    title: str
    edition: str
    outcome: ReportOutcome
    links: tuple[FileLink, ...] = ()
    reason: str = ""
    remark: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class QuarterIndex:
    """All reports of one run; `quarter_label` is 2024年第四季度.

    `statuses` are the county's tasks by kind, in the order of SIGN_WORDS; empty where they are not known.
    """

    notice_id: str
    notice_title: str
    quarter: str
    quarter_label: str
    as_of: date
    marks: tuple[str, ...]
    reports: tuple[ReportEntry, ...]
    statuses: tuple[int, ...] = ()

    @property
    def tasks(self) -> int:
        """How many tasks the statuses count."""
        return sum(self.statuses)

    @property
    def bar(self) -> tuple[tuple[str, float, float], ...]:
        """The statuses as parts of a bar 100 wide: kind, left edge and width; empty kinds left out."""
        edges = [100 * sum(self.statuses[:number]) / max(self.tasks, 1) for number in range(len(self.statuses) + 1)]
        parts = zip(SIGN_WORDS, edges, edges[1:], strict=False)
        return tuple((kind, round(left, 2), round(right - left, 2)) for kind, left, right in parts if right > left)

    @property
    def groups(self) -> tuple[tuple[str, tuple[ReportEntry, ...]], ...]:
        """The reports by group, those without one first, the groups in the order of their first report."""
        names = dict.fromkeys(["", *(report.group for report in self.reports)])
        return tuple((name, tuple(report for report in self.reports if report.group == name)) for name in names)

    def count(self, outcome: ReportOutcome) -> int:
        """How many reports ended so."""
        return sum(report.outcome is outcome for report in self.reports)

    @property
    def folder(self) -> str:
        """The quarter's folder as linked from the workspace's index."""
        return f"{quote(self.notice_id)}/{quote(self.quarter)}/"

    @property
    def address(self) -> str:
        """The quarter's page as linked from the workspace's index."""
        return f"{self.folder}index.html"

    @property
    def summary(self) -> str:
        """已生成23份，生成失败1份; outcomes that nothing had are left out."""
        counts = [(outcome.word, self.count(outcome)) for outcome in ReportOutcome]
        return "，".join(f"{word}{number}份" for word, number in counts if number) or "无报告"


@dataclass(frozen=True, slots=True)
class NoticeIndex:
    """The quarters of one notice, the latest first."""

    title: str
    quarters: tuple[QuarterIndex, ...]

    @property
    def trend(self) -> tuple[QuarterIndex, ...]:
        """The quarters whose statuses are known, in the order of time."""
        return tuple(index for index in reversed(self.quarters) if index.statuses)


def render_quarter_index(index: QuarterIndex) -> str:
    """The page of one quarter: every report with its files, and those that failed or were not started."""
    day, outcomes = date_label(index.as_of), tuple(ReportOutcome)
    return _page("quarter.html.j2", (index,), index=index, as_of=day, marks=index.marks, outcomes=outcomes)


def render_index(quarters: Iterable[QuarterIndex]) -> str:
    """The page of the workspace: quarters by notice, the latest first, all reports, every mark of any of them."""
    ordered = sorted(quarters, key=lambda index: index.quarter, reverse=True)
    names = sorted({(index.notice_id, index.notice_title) for index in ordered})
    notices = [
        NoticeIndex(title, tuple(index for index in ordered if index.notice_id == name)) for name, title in names
    ]
    marks = tuple(dict.fromkeys(mark for index in ordered for mark in index.marks))
    return _page(
        "index.html.j2",
        ordered,
        notices=notices,
        marks=marks,
        outcomes=tuple(ReportOutcome),
        kinds=tuple(SIGN_WORDS.items()),
        listed=[(index, f"{index.notice_id}/{index.quarter}/") for notice in notices for index in notice.quarters],
    )


def _page(template: str, quarters: Iterable[QuarterIndex], **content: object) -> str:
    """A page with its filter; the script is left out where there is nothing to filter."""
    titles = tuple(dict.fromkeys(report.title for index in quarters for report in index.reports))
    style, script = style_sheet(), filter_script() if titles else Markup()
    policy = security_policy(style, script)
    return rendered(template, style=style, script=script, policy=policy, titles=titles, **content)
