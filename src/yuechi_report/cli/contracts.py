"""What the commands print with --json, as models: the JSON Schemas of docs/schemas are made from them."""

import json
import sys
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter
from pydantic.json_schema import GenerateJsonSchema

from yuechi_report.cli.doctor import CheckLine
from yuechi_report.domain.assessment import Discipline, Headline, Pace, TaskClass, TimeState, Verified
from yuechi_report.domain.progress import Reported
from yuechi_report.intake.book.receipt import Receipt
from yuechi_report.notice.findings import Severity
from yuechi_report.notice.register_row import KINDS
from yuechi_report.page.figure import Figure
from yuechi_report.page.head import Head
from yuechi_report.page.labels import words_of
from yuechi_report.page.manifest import JobRecord, RunRecord
from yuechi_report.page.model import Frozen
from yuechi_report.page.table import Table
from yuechi_report.report.why.records import Explanation
from yuechi_report.source.reminders import Reminder

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_NATURAL = Field(pattern=r"^[0-9]+$")
_DAY_OR_EMPTY = Field(pattern=r"^(\d{4}-\d{2}-\d{2})?$")


def _one_of(*words: str) -> Any:
    return Field(json_schema_extra={"enum": list(words)})


class StatusRow(Frozen):
    """One task's status. Words are the readers', days ISO text or empty, a missing number null."""

    notice: str
    quarter: str = Field(pattern=r"^\d{4}Q[1-4]$")
    task_no: int
    title: str
    task_class: str = Field(alias="class", json_schema_extra={"enum": list(words_of(TaskClass))})
    lead_units: str
    deadline_raw: str
    due_date: Annotated[str, _DAY_OR_EMPTY]
    effective_due_date: Annotated[str, _DAY_OR_EMPTY]
    headline: str = _one_of(*words_of(Headline))
    suffix: str
    reported: str = _one_of("", *words_of(Reported))
    verified: str = _one_of(*words_of(Verified))
    time_state: str = _one_of(*words_of(TimeState))
    pace: str = _one_of(*words_of(Pace))
    discipline: str = _one_of(*words_of(Discipline))
    percent_complete: float | None
    days_overdue: int | None
    days_past_limit: int | None
    completed_on: Annotated[str, _DAY_OR_EMPTY]
    reason: str


class RegisterRow(Frozen):
    """One task as a row of register.csv: every cell is text, lists are joined by a semicolon."""

    key: str = Field(pattern=r"^[0-9A-Za-z_]+$")
    list: str
    printed_number: str
    task_no: Annotated[str, _NATURAL]
    category_no: Annotated[str, _NATURAL]
    category: str
    title: str
    text: str
    deadline_raw: str
    deadline_kind: str = _one_of(*KINDS)
    due_date: Annotated[str, _DAY_OR_EMPTY]
    milestone: str
    lead_units: str
    cooperating_units: str
    leader: str
    goal: str
    claims: str
    upper_level: Literal["hard", "soft", ""]
    targets: str
    source_lines: str = Field(pattern=r"^[0-9]+-[0-9]+$")
    flags: str


class FindingRow(Frozen):
    """One doubt or remarkable fact of the notice."""

    severity: Severity
    code: str
    place: str
    text: str


class ColumnRow(Frozen):
    """A header word or label that was seen, and what it was taken for."""

    word: str
    role: str


class RegisterOutput(Frozen):
    """A notice's register with its findings."""

    notice_date: date | None
    base_year: int | None
    layout: str
    columns: tuple[ColumnRow, ...]
    confirmed: float
    account: dict[str, int]
    categories: tuple[str, ...]
    tasks: tuple[RegisterRow, ...]
    findings: tuple[FindingRow, ...]


CONTRACTS: dict[str, TypeAdapter[Any]] = {
    "register": TypeAdapter(RegisterOutput),
    "status": TypeAdapter(tuple[StatusRow, ...]),
    "why": TypeAdapter(Explanation),
    "ledger-log": TypeAdapter(tuple[Receipt, ...]),
    "remind": TypeAdapter(tuple[Reminder, ...]),
    "doctor": TypeAdapter(tuple[CheckLine, ...]),
    "job": TypeAdapter(JobRecord),
    "run": TypeAdapter(RunRecord),
    "head": TypeAdapter(Head),
    "table": TypeAdapter(Table),
    "figure": TypeAdapter(Figure),
}
"""What is printed with --json or left behind, by the schema's name."""


class _Plain(GenerateJsonSchema):
    """Without titles that only repeat the field's name."""

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ARG002 - pydantic's signature
        return False


def schema_of(name: str) -> dict[str, Any]:
    """One schema of what is written: every key is there and no other one may be."""
    made = CONTRACTS[name].json_schema(mode="serialization", by_alias=True, schema_generator=_Plain)
    _close(made)
    return {"$schema": DIALECT, "$id": f"{name}.schema.json"} | made


def _close(node: object) -> None:
    if isinstance(node, list):
        for item in node:
            _close(item)
    if isinstance(node, dict):
        for item in node.values():
            _close(item)
        if node.get("type") == "object" and isinstance(node.get("properties"), dict):
            node |= {"required": list(node["properties"]), "additionalProperties": False}


def schema_files() -> dict[str, str]:
    """The files of the folder by name."""
    return {
        f"{name}.schema.json": json.dumps(schema_of(name), ensure_ascii=False, indent=1) + "\n" for name in CONTRACTS
    }


def write_schemas(folder: Path) -> None:
    """Write every schema into the folder."""
    for name, text in schema_files().items():
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write_schemas(Path(sys.argv[1]))
