"""submit and ledger log: one file's fault is that file's alone, times are sane, and the log says who, how and when."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from yuechi_report.errors import Fault, Place
from yuechi_report.intake.book.chain import open_refusals, read_book
from yuechi_report.intake.check.submission import Outcome
from yuechi_report.intake.door import grid
from yuechi_report.intake.door.package import FileLimits
from yuechi_report.intake.door.sensitive import ContentStopped
from yuechi_report.intake.form.columns import FORM
from yuechi_report.intake.form.style import Extras
from yuechi_report.intake.form.write import write_form
from yuechi_report.settings.workspace import Workspace

Command = Callable[..., tuple[int, str, str]]


@pytest.fixture(autouse=True)
def _read_in_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read files as the bounded child does, without one."""

    def ask(path: Path, name: str, sheet: str, limits: FileLimits) -> object:
        return json.loads(grid.answer(path, name, sheet, limits))

    monkeypatch.setattr(grid, "_ask_child", ask)


@pytest.fixture
def form(tmp_path: Path) -> Callable[..., Path]:
    """A form of 县残联 for 2025Q1 in the example's workspace, named as asked."""

    def write(name: str = "form.xlsx", progress: str = "3月20日走访12户。") -> Path:
        labels = {"填报单位": "县残联", "填报季度": "2025Q1", "数据性质": "示例", "填报日期": "2025-03-31"}
        row = {"task_no": "26", "role": "配合", "progress": progress}
        write_form(tmp_path / name, FORM, labels, [row], extras=Extras(notice="yuechi-2024"))
        return tmp_path / name

    return write


@pytest.fixture
def submit(command: Command, workspace: Workspace) -> Callable[..., tuple[int, str, str]]:
    """Submit files for 2025Q1."""
    at = ("--quarter", "2025Q1", "--workspace", workspace.root)
    return lambda *words: command("submit", *words, *at)


def last(workspace: Workspace, number: int = 1) -> list[str]:
    """The units of the book's last rows."""
    return [receipt.unit for receipt in read_book(workspace.book_file).receipts[-number:]]


def test_pipe_and_sparse_file_are_refused_and_the_next_is_taken(
    submit: Callable[..., tuple[int, str, str]], workspace: Workspace, form: Callable[..., Path], tmp_path: Path
) -> None:
    """Neither is read, neither is booked; what came with them is."""
    before = len(read_book(workspace.book_file).receipts)
    pipe, sparse = tmp_path / "pipe.xlsx", tmp_path / "sparse.xlsx"
    os.mkfifo(pipe)
    with sparse.open("wb") as handle:
        handle.truncate(300 * 1024 * 1024)
    code, _, err = submit(pipe, sparse, form())
    assert (code, err.count("没有登记"), "Traceback" in err) == (3, 2, False)
    assert (len(read_book(workspace.book_file).receipts), last(workspace)) == (before + 1, ["disabled-federation"])


@pytest.mark.parametrize("kind", ["pipe", "device"])
def test_check_alone_does_not_wait_for_a_pipe(
    submit: Callable[..., tuple[int, str, str]], tmp_path: Path, kind: str
) -> None:
    """--check refuses what is no file as well."""
    path = tmp_path / "form.xlsx"
    if kind == "pipe":
        os.mkfifo(path)
    else:
        path.symlink_to("/dev/zero")
    code, out, _ = submit(path, "--check")
    assert (code, "不是普通文件" in out) == (3, True)


def test_long_name_does_not_keep_the_next_file_out(
    submit: Callable[..., tuple[int, str, str]], workspace: Workspace, form: Callable[..., Path]
) -> None:
    """A refused file whose name is as long as can be gets its message, and the next file its row."""
    bad = form("表" * 83 + ".xlsx")
    book = load_workbook(bad)
    book["填报"]["H6"] = "=1+1"
    book.save(bad)
    code, out, err = submit(bad, form())
    assert (code, err, last(workspace, 2)) == (3, "", ["disabled-federation"] * 2)
    assert "退回说明.txt" in out


def test_returned_copy_that_cannot_be_written_is_told(
    submit: Callable[..., tuple[int, str, str]], workspace: Workspace, form: Callable[..., Path], tmp_path: Path
) -> None:
    """The row stays, the next file is taken, and the answer is that of the environment."""
    blocked = tmp_path / "blocked"
    blocked.write_text("a file where a folder was meant")
    code, _, err = submit(form("a.xlsx"), form("b.xlsx", "另一份，3月21日走访9户。"), "--returns", blocked / "here")
    assert (code, last(workspace, 2), "Traceback" in err) == (0, ["disabled-federation"] * 2, False)
    bad = form("c.xlsx")
    book = load_workbook(bad)
    book["填报"]["C6"] = "不认识"
    book.save(bad)
    code, _, err = submit(bad, form("d.xlsx", "再一份，3月22日走访8户。"), "--returns", blocked / "here")
    assert (code, "退回件没有写出" in err, last(workspace, 2)) == (3, True, ["disabled-federation"] * 2)


def test_file_that_exhausts_the_child_is_not_kept(
    submit: Callable[..., tuple[int, str, str]],
    workspace: Workspace,
    form: Callable[..., Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Nobody saw whether it holds a number: its row stays, its bytes do not."""

    def exhausted(path: Path, name: str, sheet: str, limits: FileLimits) -> object:
        raise ContentStopped([Fault(Place(name), "读取时超出内存或时间限额", "请核对文件来源")])

    monkeypatch.setattr(grid, "_ask_child", exhausted)
    code, out, _ = submit(form())
    [*_, receipt] = read_book(workspace.book_file).receipts
    assert (code, receipt.outcome, receipt.file, "文件没有存档" in out) == (3, Outcome.STOPPED, "", True)


def test_refusal_is_closed_by_the_good_file_of_the_stamp_s_unit(
    submit: Callable[..., tuple[int, str, str]], command: Command, workspace: Workspace, form: Callable[..., Path]
) -> None:
    """A refused file named by its stamp alone is that unit's, and its next good file settles it."""
    bad = form("填报表.xlsx")
    book = load_workbook(bad)
    book["填报"]["C2"], book["填报"]["H6"] = None, "=1+1"
    book.save(bad)
    assert submit(bad)[0] == 3
    assert last(workspace) == ["disabled-federation"]
    submit(form())
    book_now = read_book(workspace.book_file)
    moment = book_now.receipts[-1].recorded_at
    waiting = open_refusals(book_now, "yuechi-2024", "2025Q1", moment)
    assert "disabled-federation" not in [receipt.unit for receipt in waiting]
    assert "" not in [receipt.unit for receipt in waiting]


@pytest.mark.parametrize(
    ("received_at", "code", "words"),
    [
        ("2024-09-22T23:59:59", 2, "收到时间2024-09-22早于通知印发日2024-09-23"),
        ("2024-09-22T17:00:00+00:00", 0, "早于填报期2025Q1的第一天2025-01-01"),
        ("2024-12-31T10:00", 0, "早于填报期2025Q1的第一天2025-01-01"),
        ("2025-01-01T00:00", 0, ""),
    ],
)
def test_time_of_receipt_is_held_against_notice_and_quarter(
    submit: Callable[..., tuple[int, str, str]], form: Callable[..., Path], received_at: str, code: int, words: str
) -> None:
    """Before the notice was issued nothing can have come; before the quarter it is worth a word. China's day counts."""
    found, out, err = submit(form(), "--check", "--received-at", received_at)
    assert (found, words in out + err, "注意：收到时间" in out) == (code, True, bool(words) and code == 0)


def test_log_says_whose_how_by_whom_and_when_in_beijing(
    submit: Callable[..., tuple[int, str, str]], command: Command, workspace: Workspace, form: Callable[..., Path]
) -> None:
    """A time of another offset is printed as Beijing's; what was not said is 未注明, never invented."""
    submit(form("a.xlsx"), "--received-at", "2025-03-31T20:30:00+00:00")
    submit(form("b.xlsx", "另一份，3月21日走访9户。"), "--channel", "电子邮件", "--recorded-by", "督查室甲岗")
    [*_, first, second] = command("ledger", "log", "--workspace", workspace.root)[1].splitlines()
    assert "2025-04-01 04:30  2025Q1  县残联  接收  " in first
    assert first.endswith("渠道：未注明  登记：未注明")
    assert second.endswith("渠道：电子邮件  登记：督查室甲岗")


def test_log_names_a_sender_nobody_knows(
    submit: Callable[..., tuple[int, str, str]], command: Command, workspace: Workspace, tmp_path: Path
) -> None:
    """A file that says nothing of its sender is 单位不明."""
    path = tmp_path / "x.xlsx"
    path.write_bytes(b"broken")
    submit(path)
    assert "  单位不明  退回  " in command("ledger", "log", "--workspace", workspace.root)[1].splitlines()[-1]


def test_the_log_names_a_file_as_it_came(command: Command, workspace: Workspace, tmp_path: Path) -> None:
    """Whoever telephones about 县残联（盖章）.xlsx finds it; what is no file has its name, too."""
    path = tmp_path / "县残联（盖章）.xlsx"
    path.write_bytes(b"x")
    command("submit", "--quarter", "2025Q1", "--workspace", workspace.root, path)
    assert "  原名：县残联（盖章）.xlsx  渠道：未注明" in command("ledger", "log", "--workspace", workspace.root)[1]
