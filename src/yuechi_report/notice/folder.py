"""A notice's folder: text, sidecar, corrections and register read together."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from yuechi_report.domain.register import Register, Task
from yuechi_report.notice.checks import task_findings
from yuechi_report.notice.corrections import RegisterEdit, apply_corrections, read_corrections
from yuechi_report.notice.document import Document
from yuechi_report.notice.findings import Finding
from yuechi_report.notice.parse import Parsed, parse_notice
from yuechi_report.notice.register_file import read_register
from yuechi_report.notice.sidecar import read_sidecar
from yuechi_report.notice.sources.read import read_document

SIDECAR = "notice.yml"
CORRECTIONS = "corrections.yml"
REGISTER = "register.csv"

_UNITS = frozenset({"lead_units", "cooperating_units"})
_SETTLED_BY = {
    "text_unfinished": frozenset({"text"}),
    "deadline_missing": frozenset({"deadline_kind"}),
    "deadline_empty": frozenset({"deadline_kind"}),
    "unit_row_shape": _UNITS,
    "units_cut": _UNITS,
}


def parse_received(path: Path, *, issued_on: date | None = None) -> Parsed:
    """A received text parsed with what stands beside it, where it does: issue date and corrections.

    `issued_on` goes before the sidecar's. InputRefused when any of the files cannot be taken.
    """
    document = read_document(path)
    sidecar, corrections = path.with_name(SIDECAR), path.with_name(CORRECTIONS)
    if issued_on is None and sidecar.exists():
        issued_on = read_sidecar(sidecar).issued_on
    parsed = parse_notice(document, issued_on=issued_on)
    if not corrections.exists():
        return parsed
    return _corrected(parsed, read_corrections(corrections), document, issued_on=issued_on or parsed.notice_date)


def load_register(folder: Path) -> Register:
    """The reviewed register of a notice's folder; InputRefused when sidecar, text or table is at fault."""
    return Register(read_sidecar(folder / SIDECAR), read_register(folder / REGISTER))


def _corrected(
    parsed: Parsed, corrections: tuple[RegisterEdit, ...], document: Document, *, issued_on: date | None
) -> Parsed:
    """The parse with corrections in place; doubts that a correction settles are gone."""
    tasks = apply_corrections(parsed.tasks, corrections, issued_on=issued_on)
    findings = list(parsed.findings)
    for before, after in zip(parsed.tasks, tasks, strict=True):
        if before != after:
            gone = {*task_findings(document, before), *_settled(parsed, before, corrections)}
            findings = [finding for finding in findings if finding not in gone]
            findings += task_findings(document, after)
    return replace(parsed, tasks=tasks, findings=tuple(sorted(findings, key=lambda finding: finding.place.line)))


def _settled(parsed: Parsed, task: Task, corrections: tuple[RegisterEdit, ...]) -> Iterator[Finding]:
    """The layout's doubts about a task of which a person has corrected the cells in question."""
    fields = {correction.field for correction in corrections if correction.task_no == task.number}
    for finding in parsed.findings:
        at_task = finding.place.line == task.source_lines[0]
        if at_task and fields & _SETTLED_BY.get(finding.code, frozenset()):
            yield finding
