"""Text files that people keep: read as their editors write them, written whole or not at all."""

import codecs
import os
import threading
from pathlib import Path

import pytest

from yuechi_report.errors import ParameterError
from yuechi_report.settings.text_file import read_text, write_whole

TEXT = "# 综合评价\n\n总体平稳，任务6已销号。\n"


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        TEXT.encode("gb18030"),
        codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        TEXT.replace("\n", "\r\n").encode("gb18030"),
        TEXT.replace("\n", "\r").encode(),
    ],
    ids=["UTF-8", "with BOM", "GB18030", "UTF-16", "UTF-16 BE", "CR LF", "CR"],
)
def test_every_way_of_saving_it_is_the_same_text(tmp_path: Path, data: bytes) -> None:
    """What an editor of Windows calls ANSI, Unicode and UTF-8; line ends are line feeds."""
    path = tmp_path / "2024Q4.md"
    path.write_bytes(data)
    assert read_text(path) == TEXT


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (TEXT.encode()[:-1] + b"\xe4\xbb", "第3行：文字在此处损坏"),
        (codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le")[:-1], "文字在此处损坏"),
        (codecs.BOM_UTF16_LE + b"\x00\xd8a\0", "文字在此处损坏"),
        (TEXT.encode("utf-16-le"), "空字节"),
        (b"\xff\xff\xff", "也不是GB18030编码"),
        (b"PK\x03\x04\0\0", "空字节"),
    ],
)
def test_what_is_no_text_is_refused_with_its_name(tmp_path: Path, data: bytes, said: str) -> None:
    """Damaged, half a character, without its mark, a workbook: the message names the file."""
    path = tmp_path / "2024Q4.md"
    path.write_bytes(data)
    with pytest.raises(ParameterError, match="文件“2024Q4") as stop:
        read_text(path)
    assert said in str(stop.value)


def test_without_room_the_file_stays_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that is full when it comes to it: the old content is there, and nothing beside it."""
    path = tmp_path / "units.yml"
    path.write_bytes(b"old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_whole(path, b"new")
    assert (path.read_bytes(), list(tmp_path.iterdir())) == (b"old", [path])


def test_a_link_stays_a_link_and_a_pipe_a_pipe(tmp_path: Path) -> None:
    """What is replaced is the file that is meant, and only a file."""
    target, link, pipe = tmp_path / "target", tmp_path / "link", tmp_path / "pipe"
    target.write_bytes(b"old")
    link.symlink_to(target)
    write_whole(link, b"new")
    assert (link.is_symlink(), target.read_bytes()) == (True, b"new")
    os.mkfifo(pipe)
    read: list[bytes] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_bytes()))
    reader.start()
    write_whole(pipe, b"new")
    reader.join(10)
    assert (read, pipe.is_fifo()) == ([b"new"], True)
