import hashlib
import os
from pathlib import Path

import pytest

from yuechi_report.errors import InputRefused, Place
from yuechi_report.notice.document import Atom, Document, Line
from yuechi_report.notice.sources.read import document_of, read_document

TEXT = "附件\n（一）推进便民服务。\n\n县公安局\n"
ATOMS = (Atom(1, "附件", 1), Atom(2, "（一）推进便民服务。", 2), Atom(3, "", 3), Atom(4, "县公安局", 4))
LINES = (Line(1, "附件"), Line(2, "（一）推进便民服务。"), Line(3, ""), Line(4, "县公安局"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_text_is_read_in_three_encodings(encoding: str) -> None:
    """UTF-8 with and without BOM and GB18030 give the same lines; the hash is that of the bytes."""
    data = TEXT.encode(encoding)
    assert document_of("n.txt", data) == Document("n.txt", ATOMS, hashlib.sha256(data).hexdigest())


@pytest.mark.parametrize("line_end", ["\r\n", "\r", "\n"])
def test_line_ends_of_every_system_count_alike(line_end: str) -> None:
    """CRLF, CR and LF give the same lines with the same numbers."""
    assert document_of("n.txt", TEXT.replace("\n", line_end).encode()).lines == LINES


def test_only_line_ends_end_a_line() -> None:
    """A form feed or a Unicode line separator stays inside its line, so that numbers agree with an editor's."""
    assert document_of("n.txt", "一\f二\u2028三\n四".encode()).lines == (Line(1, "一\f二\u2028三"), Line(2, "四"))


@pytest.mark.parametrize("space", ["", " ", "\u00a0", "\u3000", "\t"])
def test_white_space_of_any_kind_is_a_blank_line(space: str) -> None:
    """Plain, no-break and full-width spaces alike make a blank line."""
    assert Line(1, space).blank


@pytest.mark.parametrize(
    ("data", "line", "problem"),
    [
        (b"", 0, "文件是空的"),
        (b"\xef\xbb\xbf", 0, "文件是空的"),
        (" \n\u3000\n".encode(), 0, "文件是空的"),
        ("附件\n".encode() + bytes(range(256)), 2, "含有空字节，不是纯文本（可能是Word、Excel、图片或UTF-16文件）"),
        (TEXT.encode("utf-16"), 2, "含有空字节，不是纯文本（可能是Word、Excel、图片或UTF-16文件）"),
        (b"\x89PNG\xff\xff\xff", 0, "是图片，没有文字层"),
        (b"a\xff\xff\xff", 1, "既不是UTF-8也不是GB18030编码"),
        ("一\n\x1b[2J".encode(), 2, "含有控制字符，不是纯文本"),
        (("一二三四五六七八九十\n" * 2).encode() + "县".encode()[:2] + b"\n", 3, "UTF-8文字在此处损坏"),
        (b"a" * 5_000_001, 0, "文件超过5 MB，不像一份通知"),
    ],
)
def test_what_is_no_text_is_refused_with_its_place(data: bytes, line: int, problem: str) -> None:
    """Empty, binary, damaged and oversized files are refused: one fault with the line and the problem."""
    with pytest.raises(InputRefused) as refused:
        document_of("n.txt", data)
    (fault,) = refused.value.faults
    assert (fault.place, fault.problem) == (Place("n.txt", line=line), problem)
    assert fault.remedy


def test_a_huge_line_is_one_line() -> None:
    """A line of a million characters is taken as it is."""
    assert document_of("n.txt", ("县" * 1_000_000).encode()).lines == (Line(1, "县" * 1_000_000),)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    """A file that is not there is an input refused, not a traceback."""
    with pytest.raises(InputRefused, match="文件不存在或无法打开"):
        read_document(tmp_path / "notice.txt")


def test_the_suffix_may_be_in_capitals(tmp_path: Path) -> None:
    """NOTICE.TXT is a text file too."""
    (tmp_path / "NOTICE.TXT").write_text(TEXT, encoding="utf-8")
    assert read_document(tmp_path / "NOTICE.TXT").lines == LINES


@pytest.mark.parametrize("kind", ["pipe", "device", "sparse", "folder"])
def test_what_is_no_file_is_refused_before_it_is_read(tmp_path: Path, kind: str) -> None:
    """A pipe never ends, a device is never empty, a sparse file is larger than memory."""
    path = tmp_path / "notice.txt"
    match kind:
        case "pipe":
            os.mkfifo(path)
        case "device":
            path.symlink_to("/dev/zero")
        case "folder":
            path.mkdir()
        case _:
            with path.open("wb") as handle:
                handle.truncate(300 * 1024 * 1024)
    with pytest.raises(InputRefused) as caught:
        read_document(path)
    assert caught.value.faults[0].problem in ("不是普通文件（管道、设备或文件夹）", "文件过大，超过60 MB")
