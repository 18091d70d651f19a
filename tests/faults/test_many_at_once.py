"""Several processes submit many files at once: every file is in exactly once and the chain is whole."""

import os
import shutil
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from books import history_of

from yuechi_report.intake.book.durable import digest_of
from yuechi_report.intake.book.ledger import checkpoint
from yuechi_report.intake.book.verify import verify_book
from yuechi_report.intake.form.columns import FORM
from yuechi_report.intake.form.write import write_form
from yuechi_report.settings.workspace import Workspace
from yuechi_report.source.assemble import load_against

COMMAND = "from yuechi_report.cli import main; main()"
ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="locks are tested on Linux")


@pytest.mark.parametrize(
    ("processes", "files_each"),
    [(3, 6), pytest.param(8, 50, marks=pytest.mark.proof)],
    ids=["three with six", "eight with fifty"],
)
def test_nothing_is_lost_doubled_or_disordered(tmp_path: Path, processes: int, files_each: int) -> None:
    """As many rows as files, each with its bytes; the index is what it would be made anew."""
    place = Workspace(tmp_path / "workspace")
    for name in ("data/notices", "params"):
        shutil.copytree(ROOT / name, place.root / name)
    shutil.copy(ROOT / "data/units.yml", place.units_file)
    forms = [_form(tmp_path / f"{number}.xlsx", number) for number in range(processes * files_each)]
    words = [sys.executable, "-c", COMMAND, "submit", "--quarter", "2025Q1", "--workspace", str(place.root)]
    running = [
        subprocess.Popen(
            [*words, *map(str, forms[first::processes])],
            env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
            stdout=subprocess.DEVNULL,
        )
        for first in range(processes)
    ]
    assert [process.wait() for process in running] == [0] * processes
    against = replace(load_against(place, "yuechi-2024"), root=place.root)
    book = verify_book(place.book_file, [against], place.root)
    assert Counter(receipt.sha256 for receipt in book.receipts) == Counter(
        digest_of(form.read_bytes()) for form in forms
    )
    assert checkpoint(place.ledger_file) == book.end
    history = history_of(against, place.ledger_file)
    assert Counter(entry.progress for entry in history.entries) == Counter(f"第{n}份" for n in range(len(forms)))
    assert history == history_of(against)


def _form(path: Path, number: int) -> Path:
    labels = {"填报单位": "县商务局", "填报季度": "2025Q1", "数据性质": "示例", "填报日期": "2025-03-31"}
    rows = [{"task_no": "13", "role": "牵头", "progress": f"第{number}份", "reported": "正常"}]
    write_form(path, FORM, labels, rows)
    return path
