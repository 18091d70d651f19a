"""What a run leaves besides its reports: its record, and the index pages made from records, one a quarter, one over all."""

import csv
import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from yuechi_report.domain.assessment import Headline
from yuechi_report.domain.quarter import Quarter
from yuechi_report.notice.sidecar import read_sidecar
from yuechi_report.page.headlines import SIGN_WORDS, sign_kind
from yuechi_report.page.labels import from_label, page_marks, quarter_label
from yuechi_report.page.manifest import FileRecord, JobRecord, RunRecord
from yuechi_report.render import site
from yuechi_report.run.plan import EARLY_WARNING_NOTEBOOK, SHEET_NOTEBOOK
from yuechi_report.run.publish import publish_text, read_record
from yuechi_report.settings.suite import load_suite
from yuechi_report.settings.workspace import Workspace

COUNTY = "county"


def status_counts(folder: Path, records: dict[str, JobRecord]) -> tuple[int, ...]:
    """One number a kind, in the order of SIGN_WORDS; empty where the quarter has no county report with data."""
    county = records.get(COUNTY)
    name = next((output.name for output in county.outputs if output.name.endswith(".csv")), "") if county else ""
    if not (folder / name).is_file():
        return ()
    with (folder / name).open(encoding="utf-8-sig", newline="") as file:
        kinds = [_kind(row["headline"]) for row in csv.DictReader(file)]
    return tuple(kinds.count(kind) for kind in SIGN_WORDS)


def _kind(word: str) -> str:
    """The kind of a headline's word; a word of its own (到期未完成) is that of a task still in progress."""
    try:
        return sign_kind(from_label(Headline, word))
    except KeyError:
        return sign_kind(Headline.IN_PROGRESS)


_KINDS = {
    ".pdf": "PDF",
    ".html": "网页",
    ".docx": "Word",
    ".xlsx": "Excel",
    ".csv": "CSV",
    ".ics": "日历",
    ".ipynb": "笔记本",
}

_EDITIONS = {"leaders": "呈阅", "circular": "印发"}
_OTHER_PAGES = {SHEET_NOTEBOOK: "督办", EARLY_WARNING_NOTEBOOK: "预警"}


def publish_run(workspace: Workspace, run: RunRecord) -> RunRecord:
    """Write run.json, the quarter's index.html and the workspace's reports/index.html; the record as it was written,
    with the hashes of both pages.
    """
    folder = workspace.report_dir(run.notice, Quarter.parse(run.quarter), run.label)
    runs = published_runs(workspace.reports_dir) | {folder: run}
    indexes = {place: _index(workspace, record) for place, record in sorted(runs.items())}
    pages = {
        folder / "index.html": site.render_quarter_index(indexes[folder]),
        workspace.reports_dir / "index.html": site.render_index(list(indexes.values())),
    }
    index, overview = map(_described, pages.values())
    run = run.model_copy(update={"index": index, "overview": overview})
    for path, text in {folder / "run.json": run.model_dump_json(indent=1) + "\n", **pages}.items():
        publish_text(text, path)
    return run


def _described(page: str) -> FileRecord:
    content = page.encode()
    return FileRecord(name="index.html", sha256=hashlib.sha256(content).hexdigest(), size=len(content))


def published_runs(reports: Path) -> dict[Path, RunRecord]:
    """The last run of every quarter by its folder."""
    found = {}
    for path in reports.glob("*/*/run.json"):
        record = read_record(path, RunRecord)
        if record is not None:  # of another version or torn: its next run lists the quarter again
            found[path.parent] = record
    return found


def _index(workspace: Workspace, run: RunRecord) -> site.QuarterIndex:
    notice = read_sidecar(workspace.notice_dir(run.notice) / "notice.yml")
    quarter = Quarter.parse(run.quarter)
    folder = workspace.report_dir(run.notice, quarter, run.label)
    records = (read_record(path, JobRecord) for path in sorted(folder.glob("*.json")))
    published = {record.slug: record for record in records if record is not None}
    return site.QuarterIndex(
        notice_id=run.notice,
        notice_title=notice.title,
        quarter=folder.name,
        quarter_label=quarter_label(quarter) + (f"（{run.label}）" if run.label else ""),
        as_of=run.as_of,
        marks=page_marks(
            is_example=load_suite(workspace).is_example,
            is_retrospective=bool(run.label) and not run.ahead,
            is_preview=run.preview_of is not None,
        ),
        reports=tuple(_entries(run, published)),
        statuses=() if run.label else status_counts(folder, published),
    )


def _entries(run: RunRecord, published: dict[str, JobRecord]) -> Iterator[site.ReportEntry]:
    """The run's jobs, each with the files of its last success, then reports that this run did not make."""
    left = dict(published)
    for job in run.jobs:
        last = left.pop(job.slug, None)
        if run.made and job.slug not in run.made and job.outcome == "succeeded":
            yield replace(_entry(job), remark="最近一次运行没有重新生成")
        elif job.outcome == "succeeded" or last is None:
            yield _entry(job)
        else:
            yield replace(_entry(job), links=_entry(last).links, remark="所列文件为上次生成")
    for record in left.values():
        yield replace(_entry(record), remark="不在最近一次运行之列")


def _entry(job: JobRecord) -> site.ReportEntry:
    files = sorted(job.outputs, key=lambda output: list(_KINDS).index(Path(output.name).suffix))
    return site.ReportEntry(
        slug=job.slug,
        title=job.title,
        edition=_edition(job),
        outcome=site.ReportOutcome(job.outcome),
        links=tuple(site.FileLink(_KINDS[Path(file.name).suffix], file.name, file.size, file.sha256) for file in files),
        reason=job.error.message if job.error is not None else "",
        group="督办文书" if job.notebook == SHEET_NOTEBOOK else "",
    )


def _edition(job: JobRecord) -> str:
    page = _OTHER_PAGES.get(job.notebook, "单位")
    return _EDITIONS.get(job.parameters.get("edition", ""), page)
