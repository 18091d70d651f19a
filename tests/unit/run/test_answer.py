"""The answer of a run is told again while nothing has changed, and never otherwise."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from quick_reports import fail, make_lines

from yuechi_report.cli import making
from yuechi_report.errors import ExitCode
from yuechi_report.page.manifest import JobRecord
from yuechi_report.run import answer, batch, digest
from yuechi_report.run.answer import Question, recall
from yuechi_report.run.limits import Crew
from yuechi_report.run.lock import quarter_lock
from yuechi_report.run.plan import Order
from yuechi_report.settings.workspace import Workspace

Command = Callable[..., tuple[int, str, str]]
ROOT = Path(__file__).resolve().parents[3]
QUESTION = Question("yuechi-2024", "2024Q4")
REPORTS = Path("reports/yuechi-2024/2024Q4")


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A workspace whose last run of 2024Q4 made everything; every test leaves it as it was."""
    folder = tmp_path_factory.mktemp("told")
    for name in ("data", "params", "notebooks"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("ledger.db*", ".ipynb_checkpoints"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(batch, "make_orders", make_lines)
        assert making.make(Workspace(folder), [QUESTION], making.Manner(Crew())) == ExitCode.OK
    return Workspace(folder)


@pytest.fixture
def looked(monkeypatch: pytest.MonkeyPatch) -> list[Sequence[Question]]:
    """What was asked of runs that looked, instead of telling again; their reports are lines of text."""
    found: list[Sequence[Question]] = []
    make = making.make

    def call(place: Workspace, questions: Sequence[Question], manner: making.Manner) -> ExitCode:
        found.append(questions)
        return make(place, questions, manner)

    monkeypatch.setattr(making, "make", call)
    monkeypatch.setattr(batch, "make_orders", make_lines)
    return found


@pytest.mark.parametrize(
    "file",
    [
        "params/policy.yml",
        "params/suite.yml",
        "params/calendar.yml",
        "params/yuechi-2024/2024Q3.yml",
        "params/yuechi-2024/2024Q4.yml",
        "data/units.yml",
        "data/notices/yuechi-2024/register.csv",
        "data/notices/yuechi-2024/notice.yml",
        "data/receipts/receipts.csv",
        "data/receipts/receipts.seal",
        "data/receipts/yuechi-2024/2024Q3/0001-development-reform.xlsx",
        "data/receipts/yuechi-2024/2024Q4/新来的.xlsx",
        "data/receipts/yuechi-2024/2024Q4/receipts.lock",
        "data/decisions/yuechi-2024/2024Q4/0048-office.xlsx",
        "data/text/yuechi-2024/2024Q4.md",
        "notebooks/unit_quarterly.ipynb",
        REPORTS / "county.html",
        REPORTS / "unit-transport.json",
        REPORTS / "run.json",
        REPORTS / "index.html",
        REPORTS / "另存的.pdf",
        "reports/index.html",
        "reports/yuechi-2024/2025Q1/run.json",
        "reports/yuechi-2024/2025Q1/county.csv",
    ],
)
def test_one_byte_more_anywhere_is_for_a_run_to_judge(told: Workspace, file: str | Path) -> None:
    """Any file a report, the lines or the index depend on: changed or new → no answer; undone → told again."""
    path = told.root / file
    before = path.read_bytes() if path.exists() else None
    path.parent.mkdir(exist_ok=True)
    path.write_bytes((before or b"") + b"\n")
    changed = recall(told, QUESTION)
    if before is None:
        path.unlink()
    else:
        path.write_bytes(before)
    again = recall(told, QUESTION)
    assert changed is None
    assert again is not None
    assert (again.number, again.as_of, again.code) == (22, "2025-01-06", ExitCode.OK)


@pytest.mark.parametrize("name", ["county.html", "unit-transport.json", "run.json", "index.html", "../../index.html"])
def test_a_missing_file_is_for_a_run_to_judge(told: Workspace, name: str) -> None:
    """What was published and is gone."""
    path = told.root / REPORTS / name
    before = path.read_bytes()
    path.unlink()
    changed = recall(told, QUESTION)
    path.write_bytes(before)
    assert changed is None
    assert recall(told, QUESTION) is not None


@pytest.mark.parametrize("part", ["code_digest", "fonts_digest", "installed"])
def test_another_program_is_for_a_run_to_judge(told: Workspace, monkeypatch: pytest.MonkeyPatch, part: str) -> None:
    """Code, fonts, the interpreter and its distributions."""
    monkeypatch.setattr(answer, part, lambda: "0")
    assert recall(told, QUESTION) is None


def test_installed_names_every_distribution_by_version() -> None:
    """What the keys of reports name is among it."""
    from importlib.metadata import distribution

    from yuechi_report.run.prepare import LIBRARIES

    folders = [distribution(name)._path.name for name in LIBRARIES]  # type: ignore[attr-defined]
    assert [folder for folder in folders if repr(folder) not in digest.installed()] == []


def test_code_digest_is_of_bytes_and_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A changed byte, a renamed file and a file in another folder change it; compiled files do not."""
    package = tmp_path / "package"
    (package / "a").mkdir(parents=True)
    monkeypatch.setattr(digest.yuechi_report, "__file__", str(package / "__init__.py"))

    def now() -> str:
        digest.code_digest.cache_clear()
        return digest.code_digest()

    found = []
    for name, content in (("m.py", b"1"), ("m.py", b"2"), ("n.py", b"2"), ("a/n.py", b"2")):
        path = package / name
        path.write_bytes(content)
        found.append(now())
        path.unlink()
    (package / "__pycache__").mkdir()
    before = now()
    (package / "__pycache__" / "m.pyc").write_bytes(b"1")
    after = now()
    digest.code_digest.cache_clear()
    assert (len(set(found)), before == after) == (4, True)


@pytest.mark.parametrize(
    "question",
    [
        replace(QUESTION, units=("县残联",)),
        replace(QUESTION, sheets=True),
        replace(QUESTION, label="核对"),
        replace(QUESTION, early_warning=True),
        replace(QUESTION, known_at=datetime.fromisoformat("2025-01-06T23:59:59+08:00")),
        replace(QUESTION, quarter="2025Q1"),
        replace(QUESTION, quarter="第四季度"),
        replace(QUESTION, notice="另一份"),
    ],
)
def test_another_question_has_no_answer_yet(told: Workspace, question: Question) -> None:
    """An answer is to one question; a malformed one is for a run to refuse."""
    assert recall(told, question) is None


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"{}", b'{"digest": "0", "answer": []}'])
def test_a_torn_answer_is_none(told: Workspace, content: bytes) -> None:
    """As is one that holds something else."""
    path = told.root / REPORTS / answer.NAME
    before = path.read_bytes()
    path.write_bytes(content)
    found = recall(told, QUESTION)
    path.write_bytes(before)
    assert found is None


def test_an_edited_answer_is_none(told: Workspace) -> None:
    """The digest is over the answer, too."""
    path = told.root / REPORTS / answer.NAME
    before = path.read_bytes()
    kept = json.loads(before)
    kept["answer"]["number"] = 23
    path.write_text(json.dumps(kept), encoding="utf-8")
    found = recall(told, QUESTION)
    path.write_bytes(before)
    assert found is None


def test_a_quarter_that_another_run_holds_has_no_answer(told: Workspace) -> None:
    """The run that comes second is told so by the run itself."""
    with quarter_lock(told.root / REPORTS):
        assert recall(told, QUESTION) is None


def test_telling_again_loads_nothing_that_reads_or_makes(told: Workspace) -> None:
    """No model, YAML, index, table or page library; the lines of the run all the same."""
    script = """
import sys
sys.argv = ["yuechi-report", "run", "--quarter", "2024Q4", "--workspace", sys.argv[1]]
from yuechi_report.cli import main
try:
    main()
except SystemExit as stop:
    heavy = {"pydantic", "ruamel.yaml", "sqlite3", "jinja2", "nbformat", "pandas", "rich", "yuechi_report.cli.making"}
    print(stop.code, sorted(heavy & set(sys.modules)))
"""
    done = subprocess.run(
        [sys.executable, "-c", script, str(told.root)], capture_output=True, check=True, encoding="utf-8"
    )
    lines = done.stdout.splitlines()
    assert (lines[1], lines[-1]) == ("2024Q4：生成报告22份，判定日2025-01-06。", "0 []")
    assert done.stderr.splitlines()[-1] == "[22/22] 未变化　县行政审批局"


def test_what_is_told_again_is_what_a_run_would_tell(
    command: Command, workspace: Workspace, looked: list[Sequence[Question]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Same lines, same exit code: an unknown file, an open refusal (3), every report unchanged."""
    from yuechi_report.cli import submit

    monkeypatch.setattr(submit, "now", lambda: datetime.fromisoformat("2025-03-31T18:00:00+08:00"))
    junk = workspace.root / "一张图.xlsx"
    junk.write_bytes(b"junk")
    command("submit", junk, "--quarter", "2025Q1", "--workspace", workspace.root)
    (workspace.root / "data/receipts/yuechi-2024/2025Q1/放错.xlsx").write_bytes(b"x")
    words = ("run", "--quarter", "2025Q1", "--workspace", workspace.root)
    code, _, _ = command(*words)
    index = workspace.reports_dir / "index.html"
    os.utime(index, (0, 0))
    again = command(*words)
    assert (code, len(looked), index.stat().st_mtime > 0) == (3, 1, True)
    (workspace.root / "reports/yuechi-2024/2025Q1" / answer.NAME).unlink()
    assert (command(*words), len(looked)) == (again, 2)
    assert "第77号收件未能全部接收，尚未补正" in again[1]
    assert again[2].splitlines()[0].startswith("没有登记：data/receipts/yuechi-2024/2025Q1/放错.xlsx")


@pytest.mark.parametrize("option", ["--force", "--dry-run", "--take-in"])
def test_options_that_do_something_are_not_answered(
    command: Command, told: Workspace, looked: list[Sequence[Question]], monkeypatch: pytest.MonkeyPatch, option: str
) -> None:
    """A run that is to redo, to explain or to take in looks."""
    explained: list[object] = []
    monkeypatch.setattr(making, "explain", lambda *words: explained.append(words))
    command("run", "--quarter", "2024Q4", option, "--workspace", told.root)
    assert (len(looked), len(explained)) == ((0, 1) if option == "--dry-run" else (1, 0))


def test_questions_and_quarters_have_answers_of_their_own(
    command: Command, workspace: Workspace, looked: list[Sequence[Question]]
) -> None:
    """A labelled run has its own; a run for a unit takes the quarter's; another quarter's first run changes the
    index over all, so that the first one looks once more.
    """

    def run(*words: str) -> int:
        before = len(looked)
        code, _, _ = command("run", *words, "--workspace", workspace.root)
        assert code == 0
        return len(looked) - before

    whole, unit = ("--quarter", "2025Q1"), ("--quarter", "2025Q1", "--unit", "县残联")
    label = ("--quarter", "2025Q1", "--unit", "县残联", "--as-of", "2025-03-20", "--label", "核对")
    assert [run(*whole), run(*whole)] == [1, 0]
    assert [run(*label), run(*label), run(*whole), run(*whole)] == [1, 0, 1, 0]
    assert [run(*unit), run(*unit), run(*whole), run(*whole)] == [1, 0, 1, 0]
    other = ("--quarter", "2024Q4", "--unit", "县残联")
    assert [run(*other), run(*whole), run(*whole)] == [1, 1, 0]
    assert [run(*whole, "--all-notices"), run("--quarter", "2025Q1", "--notice", "yuechi-2024")] == [0, 0]


def test_a_damaged_report_is_made_again(
    command: Command, workspace: Workspace, looked: list[Sequence[Question]]
) -> None:
    """Published bytes are held against the run that made them."""
    words = ("run", "--quarter", "2024Q4", "--unit", "县残联", "--workspace", workspace.root)
    command(*words)
    path = workspace.root / REPORTS / "unit-disabled-federation.html"
    good = path.read_bytes()
    path.write_bytes(good[:-1])
    assert "[1/1] 完成" in command(*words)[2]
    assert (path.read_bytes() == good, len(looked)) == (True, 2)


def _damaged(orders: Sequence[Order], crew: Crew, held: tuple[int, ...] = ()) -> Iterator[JobRecord]:
    for record in make_lines(orders, crew, held):
        (orders[0].target / record.outputs[0].name).write_bytes(b"")
        yield record


def _disturbed(orders: Sequence[Order], crew: Crew, held: tuple[int, ...] = ()) -> Iterator[JobRecord]:
    with (orders[0].workspace / "params/policy.yml").open("a") as file:
        file.write("\n")
    yield from make_lines(orders, crew, held)


@pytest.mark.parametrize(("makes", "code"), [(_damaged, 0), (_disturbed, 0), (fail, 4)])
def test_what_does_not_fit_is_not_kept(
    command: Command,
    workspace: Workspace,
    monkeypatch: pytest.MonkeyPatch,
    makes: Callable[..., Iterator[JobRecord]],
    code: int,
) -> None:
    """A file damaged before the end, settings changed during the run, a failed report."""
    monkeypatch.setattr(batch, "make_orders", makes)
    found = command("run", "--quarter", "2024Q4", "--unit", "县残联", "--workspace", workspace.root)
    assert found[0] == code
    assert recall(workspace, replace(QUESTION, units=("县残联",))) is None


def test_faces_of_the_machine_are_looked_at_by_every_run(
    command: Command, workspace: Workspace, looked: list[Sequence[Question]]
) -> None:
    """Their files are not among what the answer's digest covers."""
    suite = workspace.suite_file
    suite.write_text(suite.read_text(encoding="utf-8") + "\nfaces:\n  body: 没有的字体\n", encoding="utf-8")
    code, _, _ = command("run", "--quarter", "2024Q4", "--unit", "县残联", "--workspace", workspace.root)
    assert (code, len(looked)) == (0, 1)
    assert recall(workspace, replace(QUESTION, units=("县残联",))) is None
