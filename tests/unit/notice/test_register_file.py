from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yuechi_report.domain.deadline import (
    Deadline,
    DueBy,
    NoDeadline,
    Ongoing,
    OngoingMode,
    Recurring,
    Tracking,
    Unresolved,
)
from yuechi_report.domain.register import Task
from yuechi_report.errors import InputRefused
from yuechi_report.notice.deadline_text import parse_deadline
from yuechi_report.notice.register_file import read_register, write_register

HEADER = (
    "key,list,printed_number,task_no,category_no,category,title,text,deadline_raw,deadline_kind,due_date,milestone,"
    "lead_units,cooperating_units,leader,goal,claims,upper_level,targets,source_lines,flags"
)
ROW = "5,,,5,1,甲,推进,推进。,2024年12月,fixed,2024-12-31,,县公安局,,,,,,,31-33,"
OLD_HEADER = (
    "task_no,category_no,category,title,text,deadline_raw,deadline_kind,due_date,milestone,"
    "lead_units,cooperating_units,claims,upper_level,targets,source_lines,flags"
)
OLD_ROW = "5,1,甲,推进,推进。,2024年12月,fixed,2024-12-31,,县公安局,,,,,31-33,"


def task(number: int = 5, deadline_raw: str = "——", deadline: Deadline | None = None, **fields: object) -> Task:
    """A task with that deadline and otherwise plain values."""
    plain: dict[str, object] = {"category": "甲", "title": "推进", "text": "推进。", "lead_units": ("县公安局",)}
    return Task(
        number=number,
        category_number=1,
        deadline_raw=deadline_raw,
        deadline=deadline or NoDeadline(),
        **{**plain, **fields},  # type: ignore[arg-type]
    )


def written(path: Path, *lines: str) -> Path:
    """A register file of these lines."""
    path.write_bytes("\n".join(lines).encode("utf-8-sig"))
    return path


def faults(path: Path) -> list[tuple[int, str, str]]:
    """Line, column and problem of every fault of a refused register."""
    with pytest.raises(InputRefused) as refused:
        read_register(path)
    assert all(fault.place.file == path.name and fault.remedy for fault in refused.value.faults)
    return [(fault.place.line, fault.place.cell, fault.problem) for fault in refused.value.faults]


def test_columns_and_encoding_are_those_of_the_contract(tmp_path: Path) -> None:
    """UTF-8 with BOM, the columns of the register contract in their order, one line a task."""
    path = tmp_path / "register.csv"
    write_register(path, [task(deadline_raw="2024年12月", deadline=DueBy(date(2024, 12, 31)), source_lines=(31, 33))])
    assert path.read_bytes() == f"\ufeff{HEADER}\n{ROW}\n".encode()


@pytest.mark.parametrize(
    ("raw", "base_year", "deadline"),
    [
        ("2024年12月", None, DueBy(date(2024, 12, 31))),
        ("6月底前动工", 2024, DueBy(date(2024, 6, 30), "动工")),
        ("常态化持续实施", None, Ongoing(OngoingMode.MAINTAIN)),
        ("持续推进", None, Ongoing(OngoingMode.ADVANCE)),
        ("每半年", None, Recurring(6)),
        ("持续跟踪", None, Tracking()),
        ("——", None, NoDeadline()),
        ("", None, NoDeadline()),
        ("2024年6月前", 2024, Unresolved("“2024年6月前”：“前”字前面没有“底”，可读作期初之前，也可读作期末之前")),
        ("2月29日前", 2023, Unresolved("“2月29日前”：不是日历上有的日子")),
        ("9月底前", None, Unresolved("“9月底前”：没有写年份，清单标题和印发日期也没有给出年份")),
    ],
)
def test_every_kind_of_deadline_comes_back(tmp_path: Path, raw: str, base_year: int | None, deadline: Deadline) -> None:
    """What was parsed, written and read is what was parsed, reasons included."""
    parsed, flags = parse_deadline(raw, base_year=base_year)
    assert parsed == deadline
    one = task(deadline_raw=raw, deadline=parsed, flags=flags)
    write_register(tmp_path / "register.csv", [one])
    assert read_register(tmp_path / "register.csv") == (one,)


def test_a_missing_deadline_cell_comes_back_unresolved(tmp_path: Path) -> None:
    """No text and still unresolved: the kind column decides, a person has to."""
    one = task(deadline_raw="", deadline=Unresolved("完成时限须人工确认"))
    write_register(tmp_path / "register.csv", [one])
    assert read_register(tmp_path / "register.csv") == (one,)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_cells_like_formulas_are_made_harmless_and_come_back(tmp_path: Path, start: str) -> None:
    """The file's cell begins with an apostrophe, the task's text does not."""
    one = task(title=f"{start}cmd", text=f"{start}1+1", category=f"'{start}x", lead_units=(f"{start}县公安局".strip(),))
    write_register(tmp_path / "register.csv", [one])
    assert f"'{start}cmd" in (tmp_path / "register.csv").read_bytes().decode()
    assert f"''{start}x" in (tmp_path / "register.csv").read_bytes().decode()
    assert read_register(tmp_path / "register.csv") == (one,)


WORDS = st.text(alphabet="'=+-@\"\t\r\n ,;，县。", max_size=12)


@given(category=WORDS, title=WORDS.filter(str.strip), text=WORDS.filter(str.strip))
def test_any_text_comes_back_unchanged(
    tmp_path_factory: pytest.TempPathFactory, category: str, title: str, text: str
) -> None:
    """Quotes, commas, line ends, apostrophes and formula signs survive a round trip."""
    path = tmp_path_factory.mktemp("register") / "register.csv"
    one = task(category=category, title=title, text=text)
    write_register(path, [one])
    assert read_register(path) == (one,)


def test_all_columns_of_many_tasks_come_back(tmp_path: Path) -> None:
    """Units, claims, level, targets, lines and flags of several tasks, in their order."""
    tasks = (
        task(
            7,
            lead_units=("县公安局", "各电信运营商"),
            cooperating_units=("县税务局",),
            claims=("part", "not_yet"),
            upper_level="hard",
            targets=("90%", "5个工作日"),
            source_lines=(58, 60),
            flags=("open_list",),
        ),
        task(3, "持续推进", Ongoing(OngoingMode.ADVANCE)),
    )
    write_register(tmp_path / "register.csv", tasks)
    assert read_register(tmp_path / "register.csv") == tasks


@pytest.mark.parametrize(
    ("column", "cell", "problem"),
    [
        ("task_no", "0", "“0”不符合要求"),
        ("task_no", "五", "“五”不符合要求"),
        ("category_no", "-1", "“-1”不符合要求"),
        ("title", "", "“”不符合要求"),
        ("text", " ", "“ ”不符合要求"),
        ("deadline_kind", "逾期", "“逾期”不符合要求"),
        ("due_date", "2024/12/31", "“2024/12/31”不符合要求"),
        ("due_date", "2024-12-32", "“2024-12-32”不符合要求"),
        ("due_date", "", "“”不符合要求"),
        ("key", "2-3", "“2-3”不符合要求"),
        ("lead_units", "县公安局;", "“县公安局;”不符合要求"),
        ("cooperating_units", ";县公安局", "“;县公安局”不符合要求"),
        ("claims", "done", "“done”不符合要求"),
        ("upper_level", "very", "“very”不符合要求"),
        ("targets", "a;;b", "“a;;b”不符合要求"),
        ("source_lines", "33-31", "“33-31”不符合要求"),
        ("flags", "X", "“X”不符合要求"),
    ],
)
def test_a_cell_that_breaks_its_rule_is_named(tmp_path: Path, column: str, cell: str, problem: str) -> None:
    """One wrong cell is one fault with file, line and column."""
    cells = dict(zip(HEADER.split(","), ROW.split(","), strict=True)) | {column: cell}
    path = written(tmp_path / "register.csv", HEADER, ",".join(cells.values()))
    assert faults(path) == [(2, column, problem)]


@pytest.mark.parametrize(
    ("raw", "kind", "due_date", "milestone", "column"),
    [
        ("——", "none", "2024-12-31", "", "due_date"),
        ("——", "none", "", "动工", "milestone"),
        ("2024年12月", "ongoing", "", "", "deadline_kind"),
        ("持续推进", "recurring", "", "", "deadline_kind"),
    ],
)
def test_deadline_cells_must_agree(
    tmp_path: Path, *, raw: str, kind: str, due_date: str, milestone: str, column: str
) -> None:
    """A day or milestone needs the kind fixed; a mode of ongoing or recurring must be in the text."""
    changed = {"deadline_raw": raw, "deadline_kind": kind, "due_date": due_date, "milestone": milestone}
    cells = dict(zip(HEADER.split(","), ROW.split(","), strict=True)) | changed
    path = written(tmp_path / "register.csv", HEADER, ",".join(cells.values()))
    assert faults(path) == [(2, column, f"“{changed[column]}”不符合要求")]


def test_all_faults_of_a_file_are_raised_together(tmp_path: Path) -> None:
    """Two bad cells, a repeated number and a good row between: four faults at once, in order."""
    bad = ROW.replace("fixed", "soon").replace("县公安局", "县公安局;").replace("5,,,5,", "6,,,6,")
    path = written(tmp_path / "register.csv", HEADER, ROW, bad, ROW)
    assert faults(path) == [
        (3, "deadline_kind", "“soon”不符合要求"),
        (3, "lead_units", "“县公安局;”不符合要求"),
        (4, "task_no", "任务编号“5”重复"),
        (4, "key", "任务键“5”重复"),
    ]


def test_a_file_that_is_no_register_is_refused(tmp_path: Path) -> None:
    """Missing, other columns, short rows, a torn quote, no task, another encoding: refused with the line."""
    path = tmp_path / "register.csv"
    assert faults(path) == [(0, "", "文件不存在或无法打开")]
    header_problem = f"表头应当依次是{'、'.join(HEADER.split(','))}"
    for content in ([], ["a,b"], [HEADER.replace("title,text", "text,title"), ROW]):
        assert faults(written(path, *content)) == [(1, "", header_problem)]
    assert faults(written(path, HEADER, ROW, "1,2")) == [(3, "", "这一行有2格，应当有21格")]
    assert faults(written(path, HEADER, '5,"甲')) == [(2, "", "这一行不是完整的CSV，或者有单元格过长")]
    assert faults(written(path, HEADER)) == [(0, "", "登记表里没有任务")]
    path.write_bytes(f"{HEADER}\n{ROW}".encode("gb18030"))
    assert faults(path) == [(0, "", "不是UTF-8编码")]


def test_a_register_made_before_keys_stays_readable(tmp_path: Path) -> None:
    """Its number is its key and its printed number; what it has no column for is empty."""
    (old,) = read_register(written(tmp_path / "register.csv", OLD_HEADER, OLD_ROW))
    assert (old.key, old.printed_number, old.number, old.list, old.leader, old.goal) == ("5", "5", 5, "", "", "")


def test_a_lead_may_be_empty(tmp_path: Path) -> None:
    """A task whose lead nobody could read keeps its row; the office fills it by corrections.yml."""
    (row,) = read_register(written(tmp_path / "register.csv", HEADER, ROW.replace("县公安局", "")))
    assert row.lead_units == ()
