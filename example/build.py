"""Writes the shipped example's book anew: fictional submissions and decisions as real workbooks.

Input: example/<notice>/<quarter>.yml (the texts). Output: data/receipts, data/decisions and
receipts.csv, made by the product's own form writer and book, so equal input gives equal bytes.
Append-only binds the product; this script alone may write the example's book from the start.

    python example/build.py
"""

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from yuechi_report.domain.case import class_of
from yuechi_report.domain.progress import Role
from yuechi_report.domain.quarter import Quarter
from yuechi_report.domain.standing import Standing
from yuechi_report.intake.book.reception import take_in
from yuechi_report.intake.check.against import Against
from yuechi_report.intake.check.submission import Arrival, Outcome, ReceiptKind
from yuechi_report.intake.form.columns import DECISIONS, FORM, asked_keys
from yuechi_report.intake.form.style import Extras
from yuechi_report.intake.form.write import write_form
from yuechi_report.page.labels import from_label
from yuechi_report.settings.workspace import Workspace
from yuechi_report.settings.yaml_file import read_yaml
from yuechi_report.source.assemble import load_against

HERE = Path(__file__).parent
NOTICE = "yuechi-2024"


@dataclass(frozen=True)
class Parcel:
    """One workbook to be received."""

    quarter: Quarter
    kind: ReceiptKind
    content: Mapping[str, Any]

    @property
    def arrival(self) -> Arrival:
        """When and how it came."""
        return Arrival(
            datetime.fromisoformat(self.content["received_at"]),
            datetime.fromisoformat(self.content["recorded_at"]),
            self.content.get("channel", "政务内网"),
            self.content.get("recorded_by", "督查室（示例）"),
        )


def main() -> None:
    """Write the whole example book."""
    workspace = Workspace.find(HERE.parent)
    against = load_against(workspace, NOTICE)
    for folder in (workspace.receipts_dir, workspace.root / "data" / "decisions"):
        shutil.rmtree(folder, ignore_errors=True)
    workspace.ledger_file.unlink(missing_ok=True)
    parcels = sorted(_parcels(), key=lambda parcel: parcel.arrival.recorded_at)
    with tempfile.TemporaryDirectory() as scratch:
        for number, parcel in enumerate(parcels, start=1):
            path = Path(scratch) / f"{number}.xlsx"
            _write(path, parcel, against)
            _, check = take_in(
                path, against, parcel.quarter, parcel.arrival, kind=parcel.kind, book_file=workspace.book_file
            )
            if check.outcome is not Outcome.ACCEPTED:
                raise SystemExit(f"{parcel.content['stem']}: {[str(fault) for fault in check.faults]}")
    workspace.book_file.with_suffix(".lock").unlink(missing_ok=True)
    print(f"{len(parcels)} files in {workspace.book_file}")


def _parcels() -> Iterator[Parcel]:
    for path in sorted((HERE / NOTICE).glob("*.yml")):
        content = read_yaml(path)
        quarter = Quarter.parse(content["quarter"])
        for submission in content.get("submissions", []):
            yield Parcel(quarter, ReceiptKind.SUBMISSION, submission)
        for decision in content.get("decisions", []):
            yield Parcel(quarter, ReceiptKind.DECISION, decision)


def _write(path: Path, parcel: Parcel, against: Against) -> None:
    labels = {"填报季度": str(parcel.quarter), "数据性质": against.nature}
    if parcel.kind is ReceiptKind.DECISION:
        rows = [
            {("task_no" if key == "task" else key): str(value) for key, value in row.items()}
            for row in parcel.content["rows"]
        ]
        extras = Extras(notice=NOTICE)
        write_form(path, DECISIONS, {**labels, "作出单位": "县政府督查室（示例）"}, rows, extras=extras)
        return
    labels |= {
        "填报单位": parcel.content["unit"],
        "填报人": parcel.content.get("filled_by", ""),
        "审核人": parcel.content.get("reviewed_by", ""),
        "填报日期": parcel.content["filled_on"],
    }
    rows = parcel.content["rows"]
    extras = Extras(notice=NOTICE, asked=tuple(_asked(row, against) for row in rows))
    write_form(path, FORM, labels, [_form_row(row, against) for row in rows], extras=extras)


def _form_row(row: Mapping[str, Any], against: Against) -> dict[str, str]:
    task = against.register.task(int(row["task"]))
    typed = {key: str(value) for key, value in row.items() if key != "task"}
    return {"task_no": str(task.number), "title": task.title, "deadline": task.deadline_raw, **typed}


def _asked(row: Mapping[str, Any], against: Against) -> frozenset[str]:
    task = against.register.task(int(row["task"]))
    return asked_keys(from_label(Role, row["role"]), class_of(task, Standing()))


if __name__ == "__main__":
    main()
