"""The door to the terminal: whatever a command prints passes here, so that text from outside is seen and never acts."""

import codecs
import errno
import io
import json
import os
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any, TextIO

import click
from pydantic_core import to_jsonable_python

from yuechi_report.errors import Fault, Place
from yuechi_report.page.table import Value
from yuechi_report.page.text import ACTING, csv_bytes, printable

_IN_JSON = re.compile(f"[{re.escape(''.join(sorted(ACTING - {chr(10)})))}]")
_IN_CSV = ACTING - frozenset("\t\n\r")
_HANDLER = "yuechi-terminal"
_ALIKE = {"✓": "√", "✗": "×"}
"""Signs that GBK does not have, and those that are printed instead."""

_REFUSALS = {
    frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG}): ("磁盘空间不足，无法写入", "请清理磁盘后重试"),
    frozenset({errno.EROFS}): ("磁盘是只读的，无法写入", "请改用可以写入的位置，或请管理员以可写方式挂载"),
    frozenset({errno.EACCES, errno.EPERM}): (
        "没有读写权限，或文件被其他程序打开",
        "请关闭打开它的程序；共用工作区的，请所有者放开权限（chmod g+rwX），各人把umask设为002或007",
    ),
    frozenset({errno.ENAMETOOLONG}): ("文件名或路径过长", "请缩短文件名或换到较浅的文件夹后重试"),
    frozenset({errno.ENOENT, errno.ENOTDIR, errno.EISDIR}): ("文件或文件夹不存在，或者不是所要的一种", "请检查路径"),
}
"""The system's error numbers → what is wrong and what to do."""


def prepare_streams() -> None:
    """Let no character stop a command: what the terminal's encoding lacks is printed as a like sign or as its code.

    A terminal that calls itself ASCII gets UTF-8, as from click.
    """
    codecs.register_error(_HANDLER, _replaced)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            is_ascii = codecs.lookup(stream.encoding).name == "ascii"
            stream.reconfigure(encoding="utf-8" if is_ascii else None, errors=_HANDLER)


def say(line: object = "", *, err: bool = False) -> None:
    """Print one line; characters that would act on the terminal are printed as their code: 〔U+001B〕."""
    with _reader_may_leave(sys.stderr if err else sys.stdout):
        click.echo(printable(str(line), ACTING), err=err)  # noqa: TID251 - the one place


def say_json(value: Any) -> None:
    """Print a value, or records, as JSON; the same characters are escaped as JSON does it: the value stays as it is."""
    dumps = partial(json.dumps, value, default=to_jsonable_python, indent=1)
    text = _IN_JSON.sub(lambda found: f"\\u{ord(found[0]):04x}", dumps(ensure_ascii=False))
    if not _takes(text, getattr(sys.stdout, "encoding", None) or "utf-8"):
        text = dumps()
    with _reader_may_leave(sys.stdout):
        click.echo(text)  # noqa: TID251 - the one place


def say_csv(rows: Iterable[Iterable[Value]]) -> None:
    """Print rows as a CSV file, UTF-8 with BOM whatever the terminal's encoding."""
    shown = [[printable(cell, _IN_CSV) if isinstance(cell, str) else cell for cell in row] for row in rows]
    with _reader_may_leave(sys.stdout):
        click.echo(csv_bytes(shown), nl=False)  # noqa: TID251 - the one place


def say_table(titles: Iterable[str], rows: Iterable[Iterable[object]]) -> None:
    """Print a table as wide as the terminal; no cell is taken for markup."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(*titles)
    for row in rows:
        table.add_row(*(Text(printable(str(cell), ACTING)) for cell in row))
    console = Console()
    with console.capture() as drawn:
        console.print(table)
    with _reader_may_leave(sys.stdout):
        click.echo(drawn.get(), nl=False)  # noqa: TID251 - the one place


def end_streams() -> None:
    """Write what is left, so that nothing is left to fail after the command; OSError where it cannot be written."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            with _reader_may_leave(stream):
                stream.flush()


def give_up_streams() -> None:
    """After a refusal: what a stream cannot take is dropped, so that ending the program does not try it again."""
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except OSError:
            _silence(stream)


def fault_of(error: OSError) -> Fault:
    """What the machine refused, in words."""
    name = error.filename if isinstance(error.filename, str) else ""
    for numbers, words in _REFUSALS.items():
        if error.errno in numbers:
            return Fault(Place(name), *words)
    return Fault(Place(name), f"读写失败（{error.strerror or error}）", "请检查磁盘、路径和权限后重试")


def _silence(stream: TextIO | None) -> None:
    """From now on what is printed goes nowhere."""
    try:
        descriptor = stream.fileno() if stream is not None else None
    except (OSError, ValueError):  # a stream of a test or of another program, without a descriptor
        return
    if descriptor is not None:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, descriptor)
        os.close(nowhere)


@contextmanager
def _reader_may_leave(stream: TextIO | None) -> Iterator[None]:
    """The reader of a pipe may have read enough (`head -1`): the work goes on and ends with its own code."""
    try:
        yield
    except BrokenPipeError:
        _silence(stream)


def _takes(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _replaced(error: UnicodeError) -> tuple[str | bytes, int]:
    """What stands for characters that the encoding does not have; UTF-8 takes it as bytes alone."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    characters = error.object[error.start : error.end]
    shown = "".join(_stand_in(character, error.encoding) for character in characters)
    return shown.encode() if codecs.lookup(error.encoding).name == "utf-8" else shown, error.end


def _stand_in(character: str, encoding: str) -> str:
    for shown in (_ALIKE.get(character), f"〔U+{ord(character):04X}〕"):
        if shown is not None and _takes(shown, encoding):
            return shown
    return character.encode("ascii", "backslashreplace").decode()
