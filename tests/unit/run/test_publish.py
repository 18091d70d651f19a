"""Files in place: what a report does not make any more is taken away, and nothing else."""

import os
import stat
import sys
from pathlib import Path

import pytest

from yuechi_report.page.manifest import JobRecord
from yuechi_report.run.publish import (
    describe,
    publish_files,
    publish_record,
    publish_text,
    published_names,
    remove_stale,
)


def record(*paths: Path) -> JobRecord:
    """The record of a report with these outputs."""
    return JobRecord(
        slug="unit-a",
        title="甲",
        notebook="n.ipynb",
        parameters={},
        cache_key="k",
        outcome="succeeded",
        outputs=tuple(describe(path) for path in paths),
    )


def test_a_file_made_no_more_is_removed(tmp_path: Path) -> None:
    """The calendar of the run before goes; a person's own file beside it stays."""
    pdf, ics, own = (tmp_path / f"unit-a{suffix}" for suffix in (".pdf", ".ics", ".docx"))
    for path in (pdf, ics, own):
        path.write_bytes(b"x")
    publish_record(record(pdf, ics), tmp_path)
    before = published_names("unit-a", tmp_path)
    remove_stale(before, record(pdf), tmp_path)
    assert before == {"unit-a.pdf", "unit-a.ics"}
    assert {path.name for path in tmp_path.iterdir()} == {"unit-a.pdf", "unit-a.docx", "unit-a.json"}


def test_without_a_whole_record_nothing_is_removed(tmp_path: Path) -> None:
    """No record, or a torn one, names no files."""
    assert published_names("unit-a", tmp_path) == frozenset()
    (tmp_path / "unit-a.json").write_text("{", encoding="utf-8")
    assert published_names("unit-a", tmp_path) == frozenset()


def test_a_record_cannot_point_outside_its_folder(tmp_path: Path) -> None:
    """A name with a path in it removes nothing outside the folder."""
    folder, outside = tmp_path / "2024Q4", tmp_path / "run.json"
    folder.mkdir()
    outside.write_text("kept", encoding="utf-8")
    remove_stale(frozenset({"../run.json"}), record(), folder)
    assert outside.read_text(encoding="utf-8") == "kept"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no modes")
def test_a_strict_umask_locks_nobody_out_of_the_reports(tmp_path: Path) -> None:
    """What is published is open to those to whom the folder above is (69)."""
    made, target = tmp_path / "made.pdf", tmp_path / "reports/n-2024/2024Q4"
    made.write_bytes(b"x")
    tmp_path.chmod(0o775)
    before = os.umask(0o077)
    try:
        publish_files([made], target)
        publish_text("{}", target / "run.json")
    finally:
        os.umask(before)
    names = (".", "made.pdf", "run.json")
    assert [stat.S_IMODE((target / name).stat().st_mode) for name in names] == [0o775, 0o664, 0o664]
