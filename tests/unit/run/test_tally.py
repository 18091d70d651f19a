"""The index counts a quarter's tasks from the county's own data file."""

from pathlib import Path

from yuechi_report.page.manifest import JobRecord
from yuechi_report.run.entrance import status_counts
from yuechi_report.run.publish import describe


def county(*paths: Path) -> dict[str, JobRecord]:
    """A published county report with these files."""
    record = JobRecord(
        slug="county", title="全县报告", notebook="county_quarterly.ipynb", parameters={}, cache_key="k",
        outcome="succeeded", outputs=tuple(describe(path) for path in paths),
    )  # fmt: skip
    return {"county": record}


def test_headlines_are_counted_by_kind(tmp_path: Path) -> None:
    """Settled, to be checked, in progress, to be watched, overdue; a task due today is still in progress."""
    words = ("已销号", "已终止", "待核验", "正常实施", "到期未完成（逾期自次日起算）", "受上级制约", "逾期未完成")
    path = tmp_path / "county.csv"
    path.write_text("task_no,headline\n" + "".join(f"1,{word}\n" for word in words), encoding="utf-8-sig")
    assert status_counts(tmp_path, county(path)) == (2, 1, 2, 1, 1)


def test_without_the_countys_data_nothing_is_counted(tmp_path: Path) -> None:
    """No county report, one without data, and one whose file is gone have no counts."""
    path = tmp_path / "county.csv"
    path.write_text("task_no,headline\n", encoding="utf-8-sig")
    gone = county(path)
    path.unlink()
    assert [status_counts(tmp_path, records) for records in ({}, county(), gone)] == [(), (), ()]
