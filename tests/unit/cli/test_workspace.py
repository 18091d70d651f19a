"""From nothing to a first quarter by the command line: start, init, open, submit, remind, take-back, doctor."""

import json
import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from builders import moment

from yuechi_report.domain.quarter import CHINA, Quarter
from yuechi_report.intake.book.chain import read_book
from yuechi_report.intake.check.submission import Outcome
from yuechi_report.intake.form.columns import FORM
from yuechi_report.intake.form.write import write_form
from yuechi_report.settings.request import load_params
from yuechi_report.settings.workspace import Workspace

Command = Callable[..., tuple[int, str, str]]
ROOT = Path(__file__).parents[3]
NOTICE = ROOT / "data/notices/yuechi-2024/notice.txt"
PERSONS = ("填报人甲乙丙", "审核人丁戊己")


@pytest.fixture
def place(command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """A real workspace with the example's notice and units, and its fourth quarter opened without forms."""
    monkeypatch.setattr("yuechi_report.cli.workspace.now", lambda: moment("2024-12-01"))
    root = tmp_path / "county"
    command("start", root)
    fill_in(root)
    command("init", NOTICE, "--id", "yuechi-2024", "--workspace", root)
    shutil.copy(ROOT / "data/units.yml", root / "data/units.yml")
    assert command("open", "--quarter", "2024Q4", "--no-forms", "--workspace", root)[0] == 0
    return Workspace(root)


@pytest.fixture
def form(tmp_path: Path) -> Callable[..., Path]:
    """A form of 县商务局 for task 13, named as asked, with persons in its labels."""

    def write(name: str = "form.xlsx", progress: str = "11月5日完成商务协作台账。", **cells: str) -> Path:
        labels = {"填报单位": "县商务局", "填报季度": "2024Q4", "数据性质": "正式", "填报日期": "2024-12-17"}
        labels |= {"填报人": PERSONS[0], "审核人": PERSONS[1]}
        row = {"task_no": "13", "role": "牵头", "progress": progress, "reported": "正常"} | cells
        write_form(tmp_path / name, FORM, labels, [row])
        return tmp_path / name

    return write


def fill_in(root: Path) -> None:
    """The office's name in suite.yml."""
    suite = root / "params/suite.yml"
    suite.write_text(suite.read_text(encoding="utf-8").replace("（请填写）", ""), encoding="utf-8")


def test_received_files_are_not_for_version_control(place: Workspace) -> None:
    """Everything that holds what units sent is git-ignored from the start."""
    ignored = (place.root / ".gitignore").read_text(encoding="utf-8").split()
    assert {"data/receipts/", "data/decisions/", "data/ledger.db*", "forms/", "returns/", "exports/"} <= set(ignored)


def test_init_makes_the_folder_and_asks_for_what_it_cannot_read(command: Command, tmp_path: Path) -> None:
    """The example's text gives everything; a bare list gives neither issuer nor day, and nothing is written."""
    root = tmp_path / "county"
    command("start", root)
    code, out, _ = command("init", NOTICE, "--id", "yuechi-2024", "--workspace", root)
    folder = root / "data/notices/yuechi-2024"
    assert (code, "任务37项，类别10个" in out, "新补20家" in out) == (0, True, True)
    assert sorted(path.name for path in folder.iterdir()) == [
        "corrections.yml",
        "notice.txt",
        "notice.yml",
        "register.csv",
    ]
    assert (folder / "register.csv").read_bytes() == (NOTICE.parent / "register.csv").read_bytes()
    lines = NOTICE.read_text(encoding="utf-8").splitlines()
    bare = tmp_path / "bare.txt"
    first = next(n for n, line in enumerate(lines) if line.startswith("附件"))
    bare.write_text("\n".join(line for line in lines[first:] if "办公室" not in line and "年9月23日" not in line))
    code, _, err = command("init", bare, "--id", "bare", "--workspace", root)
    assert (code, "--issuer" in err, "--issued-on" in err) == (2, True, True)
    assert not (root / "data/notices/bare").exists()
    assert command("init", NOTICE, "--id", "yuechi-2024", "--workspace", root)[0] == 2


def test_open_writes_params_and_forms_and_overwrites_nothing(
    command: Command, place: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nineteen forms for the next quarter; a second time is refused."""
    code, out, _ = command("open", "--quarter", "2025Q1", "--workspace", place.root)
    request = load_params(place, "yuechi-2024", "2025Q1")
    assert (code, out.count(".xlsx"), str(request.submission_due)) == (0, 19, "2025-03-20")
    assert command("open", "--quarter", "2025Q1", "--workspace", place.root)[0] == 2


def test_remind_names_who_owes_what(command: Command, place: Workspace, form: Callable[..., Path]) -> None:
    """县商务局 has sent its only row; 县公安局 owes eight, with the text to send."""
    command("submit", form(), "--quarter", "2024Q4", "--workspace", place.root)
    code, out, _ = command("remind", "--quarter", "2024Q4", "--json", "--workspace", place.root)
    found = {reminder["unit"]: reminder for reminder in json.loads(out)}
    police = found["县公安局"]
    assert (code, len(found), "县商务局" in found) == (0, 15, False)
    assert (police["rows_owed"], police["state"], police["due"]) == (8, "未报", "2024-12-20")
    assert police["text"].startswith("县公安局：")
    _, out, _ = command("remind", "--quarter", "2024Q4", "--unit", "县公安局", "--workspace", place.root)
    assert police["text"] in out


def test_remind_tells_what_was_sent_back_whole(command: Command, place: Workspace, form: Callable[..., Path]) -> None:
    """A refused file is no submission, and the unit is not told that nothing came."""
    assert command("submit", form(task_no="99"), "--quarter", "2024Q4", "--workspace", place.root)[0] == 3
    _, out, _ = command("remind", "--quarter", "2024Q4", "--unit", "县商务局", "--workspace", place.root)
    assert "县商务局（已退回）" in out


def test_receipt_of_tomorrow_is_refused(command: Command, place: Workspace, form: Callable[..., Path]) -> None:
    """A time of receipt still to come would make this file the one that counts for good."""
    words = ("submit", form(), "--quarter", "2024Q4", "--workspace", place.root)
    code, _, err = command(*words, "--received-at", "2999-01-01T10:00")
    assert (code, "收到时间2999-01-01 10:00晚于现在" in err, read_book(place.book_file).receipts) == (2, True, ())


def test_what_a_person_names_is_written_down(command: Command, place: Workspace, form: Callable[..., Path]) -> None:
    """--answers and --unit fill their columns, a short name its slug; an unknown unit and a decision's are refused (57)."""
    words = ("submit", form(), "--quarter", "2024Q4", "--workspace", place.root)
    assert command(*words, "--answers", "岳府督〔2024〕7号", "--unit", "县商务局")[0] == 0
    row = read_book(place.book_file).receipts[0]
    assert (row.answers, row.unit_told) == ("岳府督〔2024〕7号", "commerce")
    for more, said in (
        (("--unit", "县商务"), "没有单位“县商务”"),
        (("--unit", "县公安局"), "登记时写的是县公安局"),
        (("--unit", "县商务局", "--office"), "不写来件单位"),
    ):
        code, _, err = command(*words, *more)
        assert (code, said in err) == (2, True)
    assert len(read_book(place.book_file).receipts) == 1


def test_check_alone_claims_no_row_for_a_stopped_file(
    command: Command, place: Workspace, form: Callable[..., Path]
) -> None:
    """--check enters nothing and says what entering would do."""
    words = ("submit", form(progress="电话13800138000"), "--check", "--quarter", "2024Q4", "--workspace", place.root)
    code, out, _ = command(*words)
    assert (code, "登记时文件不存档" in out, "文件没有存档" in out) == (3, True, False)


def test_refusal_is_closed_by_the_next_good_file(
    command: Command, place: Workspace, form: Callable[..., Path], tmp_path: Path
) -> None:
    """A file nobody could open, told by its name, closes with the unit's next file."""
    broken = tmp_path / "县商务局.xlsx"
    broken.write_bytes(b"broken")
    assert command("submit", broken, "--quarter", "2024Q4", "--workspace", place.root)[0] == 3
    assert command("submit", form(), "--quarter", "2024Q4", "--workspace", place.root)[0] == 0
    assert [receipt.unit for receipt in read_book(place.book_file).receipts] == ["commerce", "commerce"]


def test_typing_in_needs_original_and_confirmation(
    command: Command, place: Workspace, form: Callable[..., Path], tmp_path: Path
) -> None:
    """--attach and --confirmed-by go together, one form at a time."""
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(b"photo")
    words = ("submit", form(), "--quarter", "2024Q4", "--workspace", place.root)
    assert command(*words, "--attach", photo)[0] == 2
    assert command(*words, "--confirmed-by", "县商务局办公室")[0] == 2
    assert command(*words, form("b.xlsx"), "--attach", photo, "--confirmed-by", "县商务局办公室")[0] == 2
    assert command(*words, "--attach", photo, "--confirmed-by", "县商务局办公室", "--channel", "照片代录")[0] == 0
    [receipt] = read_book(place.book_file).receipts
    assert (receipt.confirmed_by, receipt.channel, len(receipt.attachments)) == ("县商务局办公室", "照片代录", 1)


def test_withdraw_and_purge_by_number(command: Command, place: Workspace, form: Callable[..., Path]) -> None:
    """Both are rows, the book stays whole, and what was purged is named as what else must be redone."""
    command("submit", form(), form("b.xlsx", "另一份。"), "--quarter", "2024Q4", "--workspace", place.root)
    at = ("--workspace", place.root)
    (place.reports_dir / "yuechi-2024/2024Q4").mkdir(parents=True)
    assert command("ledger", "withdraw", "1", "--reason", "登错单位", *at)[0] == 0
    code, out, _ = command("ledger", "purge", "2", "--reason", "不宜保存", "--approver", "县政府办公室", *at)
    assert (code, "报告reports/yuechi-2024/2024Q4：删除后重新运行" in out) == (0, True)
    _, log, _ = command("ledger", "log", *at)
    assert ("已由第3号撤回" in log, "清除第2号：不宜保存" in log) == (True, True)
    assert command("ledger", "verify", *at)[0] == 0
    status = json.loads(command("status", "--quarter", "2024Q4", "--json", *at)[1])
    assert next(row for row in status if row["task_no"] == 13)["reported"] == ""


def test_stopped_file_is_nowhere(command: Command, place: Workspace, form: Callable[..., Path]) -> None:
    """An ID number stops the file: a row with its hash, no file, no number anywhere."""
    number = "11010519491231002X"
    code, out, _ = command("submit", form(progress=f"经办人{number}"), "--quarter", "2024Q4", "--workspace", place.root)
    [receipt] = read_book(place.book_file).receipts
    assert (code, receipt.outcome, receipt.file, number in out) == (3, Outcome.STOPPED, "", False)
    assert not [
        path for path in (place.root / "data").rglob("*") if path.is_file() and number.encode() in path.read_bytes()
    ]
    assert not list(place.receipts_dir.rglob("*.xlsx"))


def test_persons_are_printed_nowhere(
    command: Command, place: Workspace, form: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who filled in and checked the form is in the archived file alone: no output, no index, no export."""
    at = ("--workspace", place.root)
    told = [
        command("submit", form(), "--quarter", "2024Q4", *at),
        command("submit", form("bad.xlsx", reported="不认识"), "--quarter", "2024Q4", *at),
        command("ledger", "log", *at),
        command("ledger", "log", "--json", *at),
        command("ledger", "export", *at),
        command("status", "--quarter", "2024Q4", "--json", *at),
        command("remind", "--quarter", "2024Q4", *at),
    ]
    files = [place.ledger_file, place.book_file, *(place.root / "exports").rglob("*.*")]
    assert len(files) == 5
    everything = "".join(out + err for _, out, err in told).encode() + b"".join(path.read_bytes() for path in files)
    assert [person for person in PERSONS if person.encode() in everything] == []


def test_run_names_unknown_files_and_takes_them_in(
    place: Workspace, form: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    """A file put into the folder by hand is named; with --take-in it is entered and moved into the archive."""
    from yuechi_report.cli.strays import list_strays, take_strays_in

    period = Quarter(2024, 4)
    folder = place.inbox("receipts", "yuechi-2024", period)
    folder.mkdir(parents=True)
    stray = shutil.copy(form(), folder / "补报.xlsx")
    list_strays(place, "yuechi-2024", period)
    assert capsys.readouterr().err.startswith("没有登记：data/receipts/yuechi-2024/2024Q4/补报.xlsx")
    assert (read_book(place.book_file).receipts, stray.is_file()) == ((), True)
    take_strays_in(place, "yuechi-2024", period)
    [receipt] = read_book(place.book_file).receipts
    assert (receipt.outcome, receipt.channel, stray.is_file()) == (Outcome.ACCEPTED, "收件文件夹", False)
    assert (place.root / receipt.file).is_file()


@pytest.fixture
def short(command: Command, place: Workspace, form: Callable[..., Path]) -> dict[str, bytes]:
    """Three files were received; then a book of one row was restored. What lay in the archive, by path."""
    texts = ("一月办结台账。", "二月办结台账。", "三月办结台账。")
    for number, text in enumerate(texts):
        command("submit", form(f"{number}.xlsx", text), "--quarter", "2024Q4", "--workspace", place.root)
        if number == 0:
            old = {path: path.read_bytes() for path in (place.book_file, place.book_file.with_suffix(".seal"))}
    for path, data in old.items():
        path.with_name(f"old{path.suffix}").write_bytes(data)
    place.book_file.write_bytes(old[place.book_file])
    place.ledger_file.unlink()
    return {path.as_posix(): path.read_bytes() for path in place.receipts_dir.rglob("000*.xlsx")}


def left(place: Workspace) -> dict[str, bytes]:
    """What lies in the archive now."""
    return {path.as_posix(): path.read_bytes() for path in place.receipts_dir.rglob("*.xlsx")}


def test_run_takes_archived_files_in_where_they_lie(place: Workspace, short: dict[str, bytes]) -> None:
    """Book and seal of an older backup: the archived files get their rows back, and every byte stays (67)."""
    from yuechi_report.cli.strays import take_strays_in

    place.book_file.with_suffix(".seal").write_bytes((place.receipts_dir / "old.seal").read_bytes())
    take_strays_in(place, "yuechi-2024", Quarter(2024, 4))
    rows = read_book(place.book_file).receipts
    assert (len(short), left(place)) == (3, short)
    assert [(place.root / row.file).as_posix() for row in rows] == sorted(short)
    assert rows[2].note == "存档文件就地补登"


def test_same_form_sent_again_is_adopted_too(
    command: Command, place: Workspace, form: Callable[..., Path], short: dict[str, bytes]
) -> None:
    """Its bytes have a row, its own row is lost; which file counts depends on it. Originals are not to be moved (67)."""
    at = ("--workspace", place.root)
    again, photo = place.receipts_dir / "yuechi-2024/2024Q4/0004-commerce.xlsx", "originals/0004-commerce-1.jpg"
    again.write_bytes(short[again.with_name("0001-commerce.xlsx").as_posix()])
    (again.parent / "originals").mkdir()
    (again.parent / photo).write_bytes(b"photo")
    place.book_file.with_suffix(".seal").write_bytes((place.receipts_dir / "old.seal").read_bytes())
    told = [line for line in command("doctor", *at)[1].splitlines() if "没有登记" in line]
    assert (len(told), ["不要移走" in line for line in told]) == (4, [True] * 4)
    assert command("ledger", "adopt", "--reason", "磁盘损坏", *at)[0] == 0
    rows = read_book(place.book_file).receipts
    assert [(row.seq, Path(row.file).name) for row in rows] == [
        (number, f"000{number}-commerce.xlsx") for number in range(1, 5)
    ]
    assert [Path(original.file).name for original in rows[3].attachments] == [Path(photo).name]


def test_rows_lost_with_their_seal_are_missed(command: Command, place: Workspace, short: dict[str, bytes]) -> None:
    """Book and seal of an older backup fit each other; archived files with later numbers say what is missing (36)."""
    place.book_file.with_suffix(".seal").write_bytes((place.receipts_dir / "old.seal").read_bytes())
    last = place.receipts_dir / "yuechi-2024/2024Q4/0003-commerce.xlsx"
    code, _, err = command("ledger", "verify", "--workspace", place.root)
    assert (len(short), code, err.count("ledger adopt")) == (3, 4, 2)
    last.unlink()
    code, _, err = command("ledger", "verify", "--workspace", place.root)
    assert (code, err.count("ledger adopt")) == (0, 1)


def test_adopt_goes_on_with_a_short_book(command: Command, place: Workspace, short: dict[str, bytes]) -> None:
    """An older book beside the newer seal: refused, then adopted with the reason in the note (67)."""
    at = ("--workspace", place.root)
    assert command("ledger", "verify", *at)[0] == 3
    words = ("ledger", "adopt", "--reason", "磁盘损坏", "--received-at", "2024-12-18T10:00", *at)
    code, out, _ = command(*words)
    rows = read_book(place.book_file).receipts
    assert (code, "就地补登存档文件2份，现有3行" in out, left(place)) == (0, True, short)
    assert [row.note for row in rows] == ["", *["接续登记：磁盘损坏（收件登记有1行，封存时有3行）"] * 2]
    assert {row.received_at.isoformat() for row in rows[1:]} == {"2024-12-18T10:00:00+08:00"}
    assert command("ledger", "verify", *at)[0] == 0
    code, _, err = command(*words)
    assert (code, "不必接续" in err) == (2, True)


def test_doctor_never_advises_to_move_an_archived_file(
    command: Command, place: Workspace, short: dict[str, bytes]
) -> None:
    """What was archived and has no row is to be adopted (67)."""
    place.book_file.with_suffix(".seal").write_bytes((place.receipts_dir / "old.seal").read_bytes())
    lines = command("doctor", "--workspace", place.root)[1].splitlines()
    told = [line for line in lines if "没有登记" in line]
    assert (len(short), len(told)) == (3, 2)
    assert all("ledger adopt" in line and "不要移走" in line for line in told)


def test_lost_or_old_seal_ends_with_4(command: Command, place: Workspace, short: dict[str, bytes]) -> None:
    """Ledger verify no longer calls a book whole whose seal is missing or older than its rows (36)."""
    assert command("ledger", "adopt", "--reason", "试", "--workspace", place.root)[0] == 0
    seal = place.book_file.with_suffix(".seal")
    seal.write_bytes((place.receipts_dir / "old.seal").read_bytes())
    code, out, err = command("ledger", "verify", "--workspace", place.root)
    assert (code, "完好" in out, "封存记录只到第1号，收件登记却有3行" in err) == (4, False, True)
    seal.unlink()
    code, out, err = command("ledger", "verify", "--workspace", place.root)
    assert (len(short), code, "完好" in out, "封存记录不见了" in err) == (3, 4, False, True)


def test_head_that_a_report_knew_ends_with_4(command: Command, place: Workspace, form: Callable[..., Path]) -> None:
    """A run.json names a row that the book does not have: printed, and exit 4 (37)."""
    command("submit", form(), "--quarter", "2024Q4", "--workspace", place.root)
    folder = place.reports_dir / "yuechi-2024/2024Q4"
    folder.mkdir(parents=True)
    (folder / "run.json").write_text(json.dumps({"chain_head": "ab" * 32}), encoding="utf-8")
    code, _, err = command("ledger", "verify", "--workspace", place.root)
    assert (code, "run.json记载的校验值abababababababab不在收件登记中" in err) == (4, True)


def test_purge_names_every_copy(command: Command, place: Workspace, form: Callable[..., Path]) -> None:
    """The same file sent twice, and a copy that somebody keeps in the workspace (38)."""
    at = ("--workspace", place.root)
    path = form()
    command("submit", path, path, "--quarter", "2024Q4", *at)
    (place.root / "暂存").mkdir()
    shutil.copy(path, place.root / "暂存/商务局.xlsx")
    _, out, _ = command("ledger", "purge", "1", "--reason", "不宜保存", "--approver", "县政府办公室", *at)
    assert "data/receipts/yuechi-2024/2024Q4/0002-commerce.xlsx：第2号收件，内容相同，再执行“ledger purge 2”" in out
    assert "暂存/商务局.xlsx：内容相同，删除" in out


def test_forms_leave_a_workbook_that_is_being_filled(command: Command, place: Workspace) -> None:
    """What was typed stays; the new form goes next to it, and says so; written again, it is not doubled (39)."""
    at = ("--workspace", place.root)
    folder = place.root / "forms/yuechi-2024/2024Q4"
    for more, name in ((("--unit", "县商务局"), "commerce"), (("--office",), "office")):
        words = ("forms", "--quarter", "2024Q4", *more, *at)
        command(*words)
        (folder / f"2024Q4-{name}.xlsx").write_bytes(b"being filled")
        for _ in range(2):
            code, out, _ = command(*words)
            assert (code, f"2024Q4-{name}-2.xlsx（原有同名的表内容不同" in out) == (0, True)
        assert (folder / f"2024Q4-{name}.xlsx").read_bytes() == b"being filled"
    assert len(list(folder.iterdir())) == 4


def test_clock_set_forward_is_told_and_lifted(
    command: Command, place: Workspace, form: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Later files are refused instead of being recorded in 2045, until that row is withdrawn (68)."""
    at = ("--quarter", "2024Q4", "--workspace", place.root)
    with monkeypatch.context() as forward:
        forward.setattr("yuechi_report.cli.submit.now", lambda: datetime(2045, 1, 1, 9, tzinfo=CHINA))
        command("submit", form(), *at)
    code, _, err = command("submit", form("b.xlsx", "另一份。"), *at)
    assert (code, "ledger withdraw 1" in err, len(read_book(place.book_file).receipts)) == (2, True, 1)
    told = [command(*words, "--workspace", place.root)[1] for words in (("doctor",), ("ledger", "verify"))]
    assert ["2045-01-01 09:00晚于现在" in out for out in told] == [True, True]
    words = ("ledger", "withdraw", "1", "--reason", "登记时时钟有误", "--workspace", place.root)
    assert (command(*words)[0], command("submit", form("b.xlsx", "另一份。"), *at)[0]) == (0, 0)
    assert [row.recorded_at.year == 2045 for row in read_book(place.book_file).receipts] == [True, False, False]
    assert command("ledger", "verify", "--workspace", place.root)[0] == 0


def test_channel_nobody_named_is_not_invented(command: Command, place: Workspace, form: Callable[..., Path]) -> None:
    """Empty in the book, 未注明 where it is listed (57)."""
    command("submit", form(), "--quarter", "2024Q4", "--workspace", place.root)
    [row] = read_book(place.book_file).receipts
    log = command("ledger", "log", "--workspace", place.root)[1]
    assert (row.channel, row.original_name, "渠道：未注明" in log) == ("", "form.xlsx", True)


def test_init_that_fails_over_the_units_can_be_called_again(command: Command, tmp_path: Path) -> None:
    """A unit register with a fault: no folder; mended, with the former name of a unit known, init goes through (70)."""
    root = tmp_path / "county"
    command("start", root)
    units = (ROOT / "data/units.yml").read_text(encoding="utf-8")
    renamed = units.replace("name: 县残联,", "name: 县残疾人联合会, former_names: [{name: 县残联, until: 2025-03-01}],")
    (root / "data/units.yml").write_text(renamed.replace("slug: commerce", "slug: Commerce"), encoding="utf-8")
    words = ("init", NOTICE, "--id", "yuechi-2024", "--workspace", root)
    before = sorted(path.as_posix() for path in (root / "data").rglob("*"))
    assert command(*words)[0] == 2
    assert sorted(path.as_posix() for path in (root / "data").rglob("*")) == before
    (root / "data/units.yml").write_text(renamed, encoding="utf-8")
    code, out, _ = command(*words)
    assert (code, "新补" in out, (root / "data/units.yml").read_text(encoding="utf-8") == renamed) == (0, False, True)


def test_doctor_tells_good_and_bad_with_remedies(command: Command, place: Workspace) -> None:
    """A stray file, an unfinished row and an office not filled in are each named; exit 5."""
    folder = place.inbox("receipts", "yuechi-2024", Quarter(2024, 4))
    folder.mkdir(parents=True)
    (folder / "stray.xlsx").write_bytes(b"x")
    suite = place.suite_file.read_text(encoding="utf-8")
    place.suite_file.write_text(suite.replace("office: ", "office: （请填写）"), encoding="utf-8")
    code, out, _ = command("doctor", "--workspace", place.root)
    lines = out.splitlines()
    assert code == 5
    assert any(line.startswith("✓ 字体文件完好") for line in lines)
    assert any(line.startswith("✗ data/receipts/yuechi-2024/2024Q4/stray.xlsx没有登记") for line in lines)
    assert any(line.startswith("✗ params/suite.yml里的office还没有填写") and "处理办法" in line for line in lines)
    records = json.loads(command("doctor", "--json", "--workspace", place.root)[1])
    assert [f"{'✗' if record['remedy'] else '✓'} {record['what']}" for record in records] == [
        line.partition("。处理办法")[0] for line in lines
    ]
