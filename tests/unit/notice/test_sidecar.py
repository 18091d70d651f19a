import hashlib
from datetime import date
from pathlib import Path

import pytest

from yuechi_report.domain.register import Notice
from yuechi_report.errors import InputRefused, Place
from yuechi_report.notice.sidecar import read_sidecar

TEXT = "通知正文".encode()
SHA256 = hashlib.sha256(TEXT).hexdigest()
LINES = {
    "id": "some-notice",
    "title": "某县清单",
    "short_title": "清单",
    "issuer": "某县人民政府办公室",
    "issued_on": "2024-09-23",
    "sha256": f'"{SHA256}"',
    "source": "as received",
}


def written(folder: Path, **changes: str) -> Path:
    """A sidecar with these keys changed, or dropped where empty, beside its text."""
    (folder / "notice.txt").write_bytes(TEXT)
    lines = [f"{key}: {value}" for key, value in (LINES | changes).items() if value]
    (folder / "notice.yml").write_text("\n".join(lines), encoding="utf-8")
    return folder / "notice.yml"


def test_the_shipped_sidecar_names_the_shipped_text(folder: Path) -> None:
    """Identity, issuer, day and the hash of the notice in this repository."""
    assert read_sidecar(folder / "notice.yml") == Notice(
        id="yuechi-2024",
        title="岳池县贯彻落实《推进川渝公共服务一体化深化便捷生活行动事项（2024年版）》重点任务清单",
        short_title="川渝便捷生活重点任务",
        issuer="岳池县人民政府办公室",
        issued_on=date(2024, 9, 23),
        sha256="c6183030ca809865b80affb0ef2b16790f28e23edaa32052efeea88aec9ed416",
        source="as received, one plain-text file, flattened from a six-column table",
    )


def test_a_text_changed_after_receipt_is_refused(tmp_path: Path) -> None:
    """Another hash than the sidecar's: refused at the text, with the hash that was found."""
    path = written(tmp_path)
    (tmp_path / "notice.txt").write_bytes(TEXT + b"\n")
    found = hashlib.sha256(TEXT + b"\n").hexdigest()
    with pytest.raises(InputRefused) as refused:
        read_sidecar(path)
    (fault,) = refused.value.faults
    assert (fault.place, fault.problem) == (
        Place("notice.txt"),
        f"与notice.yml登记的sha256不符，文件已被改动（现为{found}）",
    )


def test_a_missing_text_is_refused(tmp_path: Path) -> None:
    """A sidecar without its text is no notice."""
    path = written(tmp_path)
    (tmp_path / "notice.txt").unlink()
    with pytest.raises(InputRefused, match="文件不存在或无法打开"):
        read_sidecar(path)


def test_all_wrong_keys_are_told_together(tmp_path: Path) -> None:
    """Missing, unknown and malformed keys are collected, each by its name."""
    path = written(tmp_path, title="", url="x", issued_on="昨天", sha256="abc", id="Some Notice", issuer='" "')
    with pytest.raises(InputRefused) as refused:
        read_sidecar(path)
    assert [fault.problem for fault in refused.value.faults] == [
        "“id”取值不符合要求（写法不对）",
        "“title”缺少必填项",
        "“issuer”取值不符合要求（不能为空）",
        "“issued_on”取值不符合要求（应为2024-12-31形式的日期，不加引号）",
        "“sha256”取值不符合要求（写法不对）",
        "“url”是不认识的项",
    ]


@pytest.mark.parametrize("day", ["20240923", '"2024-09-23"', "2024-09-23T10:00:00", "2024-09-31"])
def test_only_a_plain_day_is_a_day(tmp_path: Path, day: str) -> None:
    """A number is no time stamp, a quoted or impossible day no date."""
    with pytest.raises(InputRefused):
        read_sidecar(written(tmp_path, issued_on=day))


@pytest.mark.parametrize(
    ("content", "place", "problem"),
    [
        (b"id: [", Place("notice.yml", line=1), "YAML格式有误"),
        (b"id: a\nid: b\n", Place("notice.yml", line=2), "YAML格式有误"),
        (b"a: !!python/object:os.system x", Place("notice.yml", line=1), "YAML格式有误"),
        (b"\xff\xfe", Place("notice.yml"), "不是UTF-8编码"),
        (b"", Place("notice.yml"), "整个文件取值不符合要求（应为“名称: 值”的形式）"),
    ],
)
def test_what_is_no_yaml_mapping_is_refused(tmp_path: Path, content: bytes, place: Place, problem: str) -> None:
    """Broken YAML, a key twice, a tag that would build an object, another encoding, an empty file."""
    (tmp_path / "notice.yml").write_bytes(content)
    with pytest.raises(InputRefused) as refused:
        read_sidecar(tmp_path / "notice.yml")
    assert [(fault.place, fault.problem) for fault in refused.value.faults] == [(place, problem)]


def test_a_missing_sidecar_is_refused(tmp_path: Path) -> None:
    """No file: an input refused."""
    with pytest.raises(InputRefused, match="文件不存在或无法打开"):
        read_sidecar(tmp_path / "notice.yml")
