"""A text file that a person keeps: read in the encodings of their editors, written whole or not at all."""

import os
from contextlib import suppress
from pathlib import Path

from yuechi_report.errors import ParameterError, Place

_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_OF_A_NAME = 40
"""How much of a long name a scratch file bears: it must not be longer than the file it becomes."""
_DAMAGED_UTF8 = 10  # so many Chinese characters read as UTF-8 before the fault: GB18030 does not do that
_SAVE_AS = "请用记事本等软件打开，另存为UTF-8编码后重试"


def read_text(path: Path) -> str:
    """The text of a file in UTF-8, UTF-16 with its mark, or GB18030 (记事本's three); ParameterError names the file."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ParameterError.at(Place(path.name), "文件不存在或无法打开", "请补上这个文件") from error
    encoding = next((name for mark, name in _BOMS if data.startswith(mark)), "utf-8")
    if encoding != "utf-16" and b"\0" in data:
        raise ParameterError.at(Place(path.name), "含有空字节，不是纯文本", _SAVE_AS)
    try:
        return _with_line_feeds(data.decode(encoding))
    except UnicodeDecodeError as error:
        before = data[: error.start].decode(encoding, errors="ignore")
        if encoding != "utf-8" or sum(not character.isascii() for character in before) >= _DAMAGED_UTF8:
            place = Place(path.name, line=before.count("\n") + 1)
            raise ParameterError.at(place, "文字在此处损坏，不能读取", "请从备份恢复，或重新录入") from error
    try:
        return _with_line_feeds(data.decode("gb18030"))
    except UnicodeDecodeError as error:
        raise ParameterError.at(Place(path.name), "不是UTF-8编码，也不是GB18030编码", _SAVE_AS) from error


def _with_line_feeds(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def write_whole(path: Path, content: bytes) -> None:
    """Put the content in place in one step: where there is no room for it, the file stays as it was.

    What is no file of its own (/dev/stdout, a pipe) is written to as it is.
    """
    target = path.resolve()
    if target.exists() and not target.is_file():
        target.write_bytes(content)
        return
    scratch = target.with_name(f".{target.name[:_OF_A_NAME]}.{os.getpid()}.part")
    try:
        with scratch.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        scratch.replace(target)
    except OSError as error:
        error.filename = str(target)  # what the caller wanted; the scratch file means nothing to a reader
        raise
    finally:
        with suppress(OSError):
            scratch.unlink(missing_ok=True)
