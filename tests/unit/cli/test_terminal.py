"""The door to the terminal: nothing from outside acts on it, no encoding stops a command, what cannot be written is said."""

import errno
import io
import json
import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from quick_reports import kept_step

from yuechi_report.cli import terminal
from yuechi_report.cli.bar import Progress
from yuechi_report.cli.terminal import fault_of, prepare_streams, say, say_csv, say_json, say_table
from yuechi_report.page.text import ACTING
from yuechi_report.settings.workspace import Workspace

Command = Callable[..., tuple[int, str, str]]
PROGRAM = Path(sys.executable).with_name("yuechi-report")
HOSTILE = "甲\x1b]0;题\x07\x9b31m\u202e乙\x08\r\u2028\x7f"
SEEN = "甲〔U+001B〕]0;题〔U+0007〕〔U+009B〕31m〔U+202E〕乙〔U+0008〕〔U+000D〕〔U+2028〕〔U+007F〕"
CLI = Path(terminal.__file__).parent


def stream_in(encoding: str, monkeypatch: pytest.MonkeyPatch) -> io.TextIOWrapper:
    """Standard output in that encoding, as the program finds it when it starts."""
    found = io.TextIOWrapper(io.BytesIO(), encoding=encoding, errors="strict")
    monkeypatch.setattr(sys, "stdout", found)
    prepare_streams()
    return found


def printed(stream: io.TextIOWrapper) -> str:
    """What has been written to it."""
    stream.flush()
    return stream.buffer.getvalue().decode(stream.encoding)  # type: ignore[attr-defined]


def test_no_character_of_a_line_acts(capsys: pytest.CaptureFixture[str]) -> None:
    """Escape sequences, turning characters and line ends inside a line are seen as their code, on both streams."""
    say(HOSTILE)
    say(f"{HOSTILE}\n✓ 全部通过", err=True)
    captured = capsys.readouterr()
    assert captured.out == f"{SEEN}\n"
    assert captured.err == f"{SEEN}〔U+000A〕✓ 全部通过\n"


def test_half_a_character_is_shown_as_its_code(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file's name that is no text stops no command, in UTF-8 neither."""
    stream = stream_in("utf-8", monkeypatch)
    say("坏\udcff名.xlsx")
    assert printed(stream) == "坏〔U+DCFF〕名.xlsx\n"


def test_json_keeps_the_value_and_holds_no_such_character(capsys: pytest.CaptureFixture[str]) -> None:
    """They are escaped as JSON does it; half a character, too."""
    say_json({"a": HOSTILE, "b": "\ud83d"})
    out = capsys.readouterr().out
    assert not (ACTING - {"\n"}) & set(out)
    assert json.loads(out) == {"a": HOSTILE, "b": "\ud83d"}


def test_csv_and_table_show_them_as_well(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    """A cell keeps its line ends in the CSV; in the table nothing is taken for markup."""
    say_csv([["甲\x1b[2J\n乙", 1, None]])
    assert capsysbinary.readouterr().out.decode("utf-8-sig") == '"甲〔U+001B〕[2J\n乙",1,\n'
    say_table(["单位"], [["[red]甲[/red]"], ["[/]"], ["乙\x1b[2J"]])
    out = capsysbinary.readouterr().out.decode()
    assert [part in out for part in ("[red]甲[/red]", "[/]", "乙〔U+001B〕[2J", "\x1b[2J")] == [True, True, True, False]


def test_brackets_in_a_report_s_name_do_not_stop_the_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    """What looks like markup is a part of the name, and what would act is not drawn."""
    screen = io.StringIO()
    monkeypatch.setattr(screen, "isatty", lambda: True)
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "120")
    with Progress() as progress:
        progress.step(kept_step(1, 2, "[/red]甲[bold]\x1b[9999A"))
    assert "[/red]甲[bold]〔U+001B〕[9999A" in re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", screen.getvalue())


@pytest.mark.parametrize("encoding", ["gbk", "latin-1", "ascii", "utf-16-le"])
def test_no_encoding_stops_a_line(monkeypatch: pytest.MonkeyPatch, encoding: str) -> None:
    """What the encoding lacks is a like sign or its code; ASCII is written as UTF-8."""
    stream = stream_in(encoding, monkeypatch)
    say("✓ 县残联 𠮷 é")
    expected = {
        "gbk": "√ 县残联 〔U+20BB7〕 é\n",
        "latin-1": "\\u2713 \\u53bf\\u6b8b\\u8054 \\U00020bb7 é\n",
    }
    assert printed(stream) == expected.get(encoding, "✓ 县残联 𠮷 é\n")


@pytest.mark.parametrize("encoding", ["gbk", "latin-1", "ascii"])
def test_json_is_the_same_value_in_every_encoding(monkeypatch: pytest.MonkeyPatch, encoding: str) -> None:
    """Where the encoding cannot hold the text, JSON's own escapes do."""
    stream = stream_in(encoding, monkeypatch)
    say_json(["✓ 县残联 𠮷"])
    assert json.loads(printed(stream)) == ["✓ 县残联 𠮷"]


@pytest.mark.parametrize("encoding", ["gbk", "latin-1", "ascii"])
def test_commands_run_on_such_terminals(
    command: Command, repository: Workspace, monkeypatch: pytest.MonkeyPatch, encoding: str
) -> None:
    """doctor, whose signs GBK does not have, the table with its lines, help and a refusal: no traceback."""
    for words, codes in (
        (("doctor", "--workspace", repository.root), (0, 5)),
        (("status", "--quarter", "2024Q4", "--workspace", repository.root), (0,)),
        (("--help",), (0,)),
        (("status", "--quarter", "2024Q4", "--unit", "➀", "--workspace", repository.root), (2,)),
    ):
        stream = stream_in(encoding, monkeypatch)
        monkeypatch.setattr(sys, "stderr", stream)
        assert command(*words)[0] in codes
        assert len(printed(stream)) > 20


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no /dev/full")
@pytest.mark.parametrize("words", [("ledger", "log"), ("--help",)])
def test_what_cannot_be_written_is_said_and_ends_with_5(repository: Workspace, words: tuple[str, ...]) -> None:
    """A full disk behind the output: one line, no traceback, none of Python's own remarks at the end."""
    env = {**os.environ, "YUECHI_WORKSPACE": str(repository.root)}
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run([PROGRAM, *words], stdout=full, stderr=subprocess.PIPE, env=env, check=False, timeout=60)
        mute = subprocess.run([PROGRAM, *words], stdout=full, stderr=full, env=env, check=False, timeout=60)
    assert (done.returncode, mute.returncode) == (5, 5)
    assert done.stderr.decode() == "磁盘空间不足，无法写入。处理办法：请清理磁盘后重试。\n"


@pytest.mark.parametrize(
    "words",
    [
        ("ledger", "log"),
        ("status", "--quarter", "2024Q4"),
        ("status", "--quarter", "2024Q4", "--format", "csv"),
    ],
    ids=" ".join,
)
def test_a_reader_that_leaves_changes_nothing(repository: Workspace, words: tuple[str, ...]) -> None:
    """`| head -1`: the command ends with its own code and says nothing."""
    env = {**os.environ, "YUECHI_WORKSPACE": str(repository.root)}
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as pipe:
        done = subprocess.run([PROGRAM, *words], stdout=pipe, stderr=subprocess.PIPE, env=env, check=False, timeout=60)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, "磁盘空间不足"),
        (errno.EDQUOT, "磁盘空间不足"),
        (errno.EROFS, "只读"),
        (errno.EACCES, "没有读写权限"),
        (errno.ENAMETOOLONG, "过长"),
        (errno.ENOTDIR, "不存在"),
        (errno.EIO, "读写失败"),
    ],
)
def test_what_the_machine_refuses_is_said_in_chinese(
    command: Command, workspace: Workspace, monkeypatch: pytest.MonkeyPatch, number: int, said: str
) -> None:
    """Any file that cannot be written ends the command with 5 and names the file."""
    out = workspace.root / "out"

    def refuse(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number), str(out))

    monkeypatch.setattr(Path, "mkdir", refuse)
    code, _, err = command("forms", "--quarter", "2024Q4", "--out", out, "--workspace", workspace.root)
    assert (code, said in err, str(out) in err, "Traceback" in err) == (5, True, True, False)
    assert said in fault_of(OSError(number, os.strerror(number))).problem


def full(*_: object, **__: object) -> None:
    """What every file answers on a full disk."""
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_a_full_disk_leaves_no_half_of_anything(
    command: Command, workspace: Workspace, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """forms, open, register and start end with 5, and can be given again as if nothing had been."""
    notice = workspace.notice_dir("yuechi-2024") / "notice.txt"
    register = workspace.notice_dir("yuechi-2024") / "register.csv"
    before = register.read_bytes()
    place = ("--workspace", workspace.root)
    with monkeypatch.context() as disk:
        disk.setattr(os, "fsync", full)
        disk.setattr("yuechi_report.settings.opening.copyfile", full)
        for words in (
            ("forms", "--quarter", "2025Q1", "--unit", "县残联", "--out", tmp_path / "forms", *place),
            ("open", "--quarter", "2025Q2", "--submission-due", "2025-06-20", *place),
            ("register", notice, "--out", register),
            ("start", tmp_path / "county"),
        ):
            code, _, err = command(*words)
            assert (code, "磁盘空间不足" in err) == (5, True), words
    assert (register.read_bytes(), list((tmp_path / "forms").iterdir())) == (before, [])
    assert command("open", "--quarter", "2025Q2", "--submission-due", "2025-06-20", "--no-forms", *place)[0] == 0
    assert command("start", tmp_path / "county")[0] == 0


def test_scratch_files_of_a_form_may_be_refused_too(
    command: Command, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """XlsxWriter's own error is said like any other of the disk."""
    monkeypatch.setattr("xlsxwriter.workbook.Workbook._store_workbook", full)
    code, _, err = command("forms", "--quarter", "2025Q1", "--unit", "县残联", "--workspace", workspace.root)
    assert (code, err) == (5, "磁盘空间不足，无法写入。处理办法：请清理磁盘后重试。\n")


def test_an_index_that_cannot_be_written_stops_no_entry(
    command: Command, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The book has the row and the command ends well; asked for by itself, the index is a message and 5."""

    def locked(*_: object, **__: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr("yuechi_report.source.index.refresh", locked)
    monkeypatch.setattr("yuechi_report.source.index.rebuild", locked)
    assert command("ledger", "withdraw", "2", "--reason", "登错", "--workspace", workspace.root)[0] == 0
    code, _, err = command("ledger", "rebuild", "--workspace", workspace.root)
    assert (code, "索引无法写入" in err, "Traceback" in err) == (5, True, False)


def test_a_name_that_is_no_text_is_refused_in_words(command: Command, workspace: Workspace) -> None:
    """Bytes that are no UTF-8 reach a command as half characters."""
    words = ("ledger", "withdraw", "2", "--reason", "\udcff", "--workspace", workspace.root)
    code, _, err = command(*words)
    assert ("Traceback" in err, code in (0, 2)) == (False, True)
    assert all(line.isprintable() for line in err.splitlines())


def test_rows_of_the_book_do_not_act(command: Command, workspace: Workspace) -> None:
    """`ledger log` and `status --format csv` show what a stranger's words hold as codes."""
    words = ("ledger", "withdraw", "2", "--reason", HOSTILE, "--workspace", workspace.root)
    assert command(*words)[0] == 0
    _, out, _ = command("ledger", "log", "--workspace", workspace.root)
    assert "〔U+001B〕]0;题" in out
    assert not (ACTING - {"\n"}) & set(out)


def test_only_the_door_prints() -> None:
    """No other module of the command line writes to a stream by itself."""
    own = re.compile(r"click\.(?:echo|secho)|(?<![\w.])print\(|sys\.std(?:out|err)\.(?:write|buffer)|\.show\(")
    found = {path.name for path in CLI.glob("*.py") if own.search(path.read_text(encoding="utf-8"))}
    assert found == {"terminal.py"}
