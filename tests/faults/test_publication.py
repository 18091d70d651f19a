"""No room, no right, two runs at once: readers see whole files, and the last good report stays."""

import hashlib
import json
import os
import resource
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from misbehaving import MakeJob

from yuechi_report.errors import EnvironmentFault
from yuechi_report.page.manifest import FileRecord
from yuechi_report.run import publish
from yuechi_report.run.lock import quarter_lock
from yuechi_report.run.make import make_report
from yuechi_report.run.plan import Job
from yuechi_report.run.publish import PublicationBlocked, publish_files

BIG = "from IPython.display import Markdown\nMarkdown('大' * 60000)"


def make(job: Job, scratch: Path) -> str:
    """Make one report in this process; the outcome, and what was said of it."""
    scratch.mkdir()
    record = make_report(job, scratch, in_process=True)
    return record.outcome + (f"：{record.error.message}" if record.error is not None else "")


def files_of(job: Job) -> dict[str, bytes]:
    """What readers see."""
    return {path.name: path.read_bytes() for path in job.target.iterdir() if path.is_file()}


@pytest.fixture
def _small_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """No file may grow beyond 60 kB where reports are published, as on a disk that is full by then."""
    copy = publish.shutil.copyfile

    def copyfile(source: Path, target: Path) -> None:
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, hard))
        try:
            copy(source, target)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    monkeypatch.setattr(publish.shutil, "copyfile", copyfile)
    monkeypatch.setattr(publish.shutil, "_USE_CP_SENDFILE", False, raising=False)


@pytest.mark.usefixtures("_small_disk")
def test_full_disk_is_told_and_the_last_good_report_stays(job: MakeJob, tmp_path: Path) -> None:
    """The second edition does not fit: it fails with advice, and every file of the first is untouched."""
    first = job("a")
    assert make(first, tmp_path / "one") == "succeeded"
    good = files_of(first)
    told = make(job("a", BIG), tmp_path / "two")
    assert ("磁盘空间不足" in told, "原有文件没有改动" in told) == (True, True)
    assert files_of(first) == good


def test_file_held_open_keeps_both(job: MakeJob, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where another program holds the PDF, as WPS does on Windows, the old one stays in its place, the new
    one is in failed/, and the message says what to close.
    """
    first = job("a")
    make(first, tmp_path / "one")
    good = files_of(first)
    replace = Path.replace

    def held(self: Path, target: Path) -> Path:
        if target == first.target / "a.pdf":
            raise PermissionError(13, "Permission denied")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", held)
    told = make(job("a", BIG), tmp_path / "two")
    assert "请关闭打开它的程序" in told
    assert files_of(first)["a.pdf"] == good["a.pdf"]
    assert (first.target / "failed" / "a.pdf").read_bytes() not in (b"", good["a.pdf"])


def test_folder_that_cannot_be_written_ends_the_run_in_words(tmp_path: Path) -> None:
    """A reports folder that is a file, or on a disk mounted for reading, is named before anything is made."""
    (tmp_path / "reports").write_text("", encoding="utf-8")
    with pytest.raises(EnvironmentFault, match="无法写入"), quarter_lock(tmp_path / "reports" / "2024Q4"):
        pass
    with pytest.raises(PublicationBlocked, match="无法写入"):
        publish_files([], tmp_path / "reports" / "2024Q4")


_WRITER = """
import sys
from pathlib import Path
from yuechi_report.run.lock import quarter_lock
from yuechi_report.run.publish import publish_files
target, scratch, mark = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
scratch.mkdir()
for number in range(60):
    paths = []
    for name in ("a.html", "a.pdf"):
        path = scratch / name
        path.write_bytes(f"{mark}{number}".encode() * 40000)
        paths.append(path)
    with quarter_lock(target, wait=True):
        publish_files(paths, target)
"""


def test_two_runs_at_once_and_a_reader_that_never_sees_a_torn_file(tmp_path: Path) -> None:
    """Two writers take turns, sixty times each; whatever is read meanwhile is one whole version."""
    target = tmp_path / "reports"
    target.mkdir()
    torn: list[bytes] = []
    over = threading.Event()

    def read() -> None:
        while not over.is_set():
            for path in target.glob("a.*"):
                content = path.read_bytes()
                unit = content[: len(content) // 40000]
                if content != unit * 40000 or not unit:
                    torn.append(content[:20])

    reader = threading.Thread(target=read)
    reader.start()
    writers = [
        subprocess.Popen([sys.executable, "-c", _WRITER, str(target), str(tmp_path / mark), mark]) for mark in "xy"
    ]
    assert [writer.wait() for writer in writers] == [0, 0]
    over.set()
    reader.join()
    assert torn == []


def test_lock_tells_who_holds_it(tmp_path: Path) -> None:
    """A second run of a quarter is refused with the first one's process number, and may wait instead."""
    with (
        quarter_lock(tmp_path),
        pytest.raises(EnvironmentFault, match=f"进程号{os.getpid()}.*--wait"),
        quarter_lock(tmp_path),
    ):
        pass


def test_lock_leaves_faults_of_the_run_as_they_are(tmp_path: Path) -> None:
    """A file that may not be written while the lock is held is no other run."""
    with pytest.raises(PermissionError, match="county"), quarter_lock(tmp_path):
        raise PermissionError(13, "Permission denied", "county.pdf")


def test_record_describes_what_is_published(job: MakeJob, tmp_path: Path) -> None:
    """The record's hashes are those of the files in their places."""
    published = job("a")
    make(published, tmp_path / "one")
    record = json.loads((published.target / "a.json").read_bytes())
    found = [FileRecord.model_validate(output) for output in record["outputs"]]
    assert {file.name: file.sha256 for file in found} == {
        name: hashlib.sha256(content).hexdigest() for name, content in files_of(published).items() if name != "a.json"
    }
