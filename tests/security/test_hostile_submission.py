"""Submitted text is hostile until proven otherwise: from the workbook to the pages."""

import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pypdf
import pytest

from yuechi_report.domain.quarter import Quarter
from yuechi_report.intake.book.chain import Outcome, ReceiptKind
from yuechi_report.intake.book.reception import take_in
from yuechi_report.intake.check.submission import Arrival, check_file
from yuechi_report.intake.form.columns import FORM
from yuechi_report.intake.form.write import write_form
from yuechi_report.settings.workspace import Workspace
from yuechi_report.source.assemble import load_against

HOSTILE = "=1+1 <script>alert(1)</script> **粗** [链接](javascript:alert(1)) #set page(width:1cm) $x$ 😀 {{7*7}}"
RECEIVED = datetime.fromisoformat("2025-03-31T10:00:00+08:00")
ARRIVAL = Arrival(RECEIVED, RECEIVED, "政务内网", "=cmd()")
LABELS = {"填报单位": "县残联", "填报季度": "2025Q1", "数据性质": "示例", "填报日期": "2025-03-31"}


def write_hostile(path: Path) -> Path:
    """A well-formed form whose texts try to become markup, code or formulas."""
    row = {"task_no": "26", "role": "配合", "progress": HOSTILE, "issues": HOSTILE, "next_steps": HOSTILE}
    write_form(path, FORM, LABELS, [row])
    return path


def test_hostile_text_is_only_text_on_every_page(
    workspace: Workspace, tmp_path: Path, command: Callable[..., tuple[int, str, str]]
) -> None:
    """The text is taken in unchanged, printed literally in HTML and PDF, and never becomes markup."""
    against = load_against(workspace, "yuechi-2024")
    _, check = take_in(
        write_hostile(tmp_path / "form.xlsx"),
        against,
        Quarter(2025, 1),
        ARRIVAL,
        kind=ReceiptKind.SUBMISSION,
        book_file=workspace.book_file,
    )
    assert check.outcome is Outcome.ACCEPTED
    words = ("run", "--quarter", "2025Q1", "--unit", "县残联", "--known-at", "2025-04-01T00:00:00+08:00")
    code, _, err = command(*words, "--label", "测试", "--workspace", workspace.root)
    folder = workspace.root / "reports/yuechi-2024/2025Q1-测试"
    html = (folder / "unit-disabled-federation.html").read_text(encoding="utf-8")
    assert code == 0, err
    assert "<script" not in html
    assert 'javascript:alert(1)"' not in html
    assert "=1+1 &lt;script&gt;alert(1)&lt;/script&gt; **粗**" in html
    text = "".join(page.extract_text() for page in pypdf.PdfReader(folder / "unit-disabled-federation.pdf").pages)
    assert "<script>alert(1)</script>" in "".join(text.split())


def test_book_cells_are_harmless_in_a_spreadsheet(workspace: Workspace, tmp_path: Path) -> None:
    """A cell of the book that would be a formula begins with an apostrophe."""
    against = load_against(workspace, "yuechi-2024")
    path = write_hostile(tmp_path / "form.xlsx")
    kind = ReceiptKind.SUBMISSION
    take_in(path, against, Quarter(2025, 1), ARRIVAL, kind=kind, book_file=workspace.book_file)
    last = workspace.book_file.read_text(encoding="utf-8-sig").splitlines()[-1]
    assert ",'=cmd()," in last


def test_hostile_file_name_does_not_leave_the_archive(workspace: Workspace, tmp_path: Path) -> None:
    """The archived name is made from number and unit, whatever the file was called."""
    against = load_against(workspace, "yuechi-2024")
    path = write_hostile(tmp_path / "..％2f..=x{0}.xlsx")
    kind = ReceiptKind.SUBMISSION
    receipt, _ = take_in(path, against, Quarter(2025, 1), ARRIVAL, kind=kind, book_file=workspace.book_file)
    assert receipt.file == f"data/receipts/yuechi-2024/2025Q1/{receipt.seq:04d}-disabled-federation.xlsx"
    assert (workspace.root / receipt.file).read_bytes() == path.read_bytes()


@pytest.mark.parametrize(
    "xml",
    [
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><worksheet>&b;</worksheet>',
        b'<?xml version="1.0"?><!DOCTYPE x SYSTEM "file:///etc/passwd"><worksheet/>',
        b"<not xml",
    ],
    ids=["entities", "external", "broken"],
)
def test_hostile_xml_is_refused(workspace: Workspace, tmp_path: Path, xml: bytes) -> None:
    """Entities, external documents and broken XML inside a workbook are refused, not followed."""
    source, path = write_hostile(tmp_path / "form.xlsx"), tmp_path / "hostile.xlsx"
    with zipfile.ZipFile(source) as good, zipfile.ZipFile(path, "w") as bad:
        for info in good.infolist():
            bad.writestr(info, xml if info.filename.startswith("xl/worksheets/sheet") else good.read(info))
    against = load_against(workspace, "yuechi-2024")
    check = check_file(path, against, Quarter(2025, 1), ARRIVAL, ReceiptKind.SUBMISSION)
    assert (check.outcome, check.rows, len(check.faults)) == (Outcome.REFUSED, 0, 1)
