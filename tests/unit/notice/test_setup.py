"""init: a notice's folder is whole or not there; what cannot be read is asked for, all at once."""

from datetime import date
from pathlib import Path

import pytest

from yuechi_report.errors import ParameterError
from yuechi_report.notice import setup
from yuechi_report.notice.folder import load_register
from yuechi_report.notice.setup import NoticeDetails, init_notice
from yuechi_report.notice.sidecar import read_sidecar

BARE = "\n".join(
    (
        "某县重点任务清单",
        "序号",
        "事项",
        "重点任务",
        "完成时限",
        "牵头单位",
        "配合单位",
        "一",
        "便民事项",
        "（一）推进公交化。",
        "2024年12月",
        "县交通运输局",
        " ",
    )
)


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """Where the notice's folder will be."""
    return tmp_path / "data/notices/n-2024"


def test_folder_is_what_later_commands_read(folder: Path, target: Path) -> None:
    """The text byte for byte, its own facts in the sidecar, and a register of all 37 tasks."""
    init_notice(target, folder / "notice.txt", NoticeDetails("n-2024", short_title="重点任务"))
    sidecar = read_sidecar(target / "notice.yml")
    assert (target / "notice.txt").read_bytes() == (folder / "notice.txt").read_bytes()
    assert (sidecar.issuer, sidecar.issued_on) == ("岳池县人民政府办公室", date(2024, 9, 23))
    assert len(load_register(target)) == 37


def test_what_a_person_says_goes_before_the_text(folder: Path, target: Path) -> None:
    """Quotes and colons in a title are only text for the sidecar."""
    facts = NoticeDetails(
        "n-2024", title='“引号”: "x" #1', issuer="某办", issued_on=date(2024, 9, 24), source="传真: 1页"
    )
    init_notice(target, folder / "notice.txt", facts)
    sidecar = read_sidecar(target / "notice.yml")
    assert (sidecar.title, sidecar.issuer, sidecar.issued_on) == ('“引号”: "x" #1', "某办", date(2024, 9, 24))
    assert sidecar.source == "传真: 1页"


def test_everything_missing_is_asked_for_at_once(tmp_path: Path, target: Path) -> None:
    """A list without issuer and day, and an id in the wrong shape: three faults, no folder."""
    text = tmp_path / "list.txt"
    text.write_text(BARE, encoding="utf-8")
    with pytest.raises(ParameterError) as caught:
        init_notice(target, text, NoticeDetails("N 2024"))
    told = "；".join(fault.problem for fault in caught.value.faults)
    assert "读不出印发机关" in told
    assert "读不出印发日期" in told
    assert "编号“N 2024”写法不对" in told
    assert not target.exists()


def test_folder_that_is_there_is_left_alone(folder: Path, target: Path) -> None:
    """A second init under the same id changes nothing."""
    init_notice(target, folder / "notice.txt", NoticeDetails("n-2024"))
    before = {path.name: path.read_bytes() for path in target.iterdir()}
    with pytest.raises(ParameterError, match="这份通知已有文件夹"):
        init_notice(target, folder / "notice.txt", NoticeDetails("n-2024"))
    assert {path.name: path.read_bytes() for path in target.iterdir()} == before


def test_init_that_fails_leaves_no_folder(folder: Path, target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk in the middle: the half folder goes, so that init can be called again."""

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(setup, "write_register", full)
    with pytest.raises(OSError, match="No space"):
        init_notice(target, folder / "notice.txt", NoticeDetails("n-2024"))
    assert not target.exists()
