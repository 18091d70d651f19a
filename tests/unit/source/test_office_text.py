"""The office's own text: its parts, and that no word meant for the leaders alone is taken for the units'."""

from pathlib import Path

import pytest

from yuechi_report.errors import ParameterError
from yuechi_report.source.office_text import Remark, read_office_text, stray_marks, written

case = pytest.param


def readers(text: str) -> tuple[str, str]:
    """What the units read, and what the leaders read besides; titles and paragraphs run together."""
    found: dict[bool, str] = {False: "", True: ""}
    for remark in written(text):
        found[remark.leaders_only] += f"{remark.title}|{''.join(remark.paragraphs)}|"
    return found[False], found[True]


@pytest.mark.parametrize(
    "heading",
    [
        case("# 领导要求（仅呈阅）", id="as documented"),
        case("# 领导要求(仅呈阅)", id="half-width brackets"),
        case("# 领导要求（仅呈阅)", id="mixed brackets"),
        case("# 领导要求【仅呈阅】", id="lenticular brackets"),
        case("# 领导要求〔仅呈阅〕", id="tortoise-shell brackets"),
        case("# 领导要求［仅呈阅］", id="full-width square brackets"),
        case("#领导要求（仅呈阅）", id="no blank after #"),
        case("＃领导要求（仅呈阅）", id="full-width #"),
        case("＃　领导要求（仅呈阅）", id="full-width # and blank"),
        case("#\u00a0领导要求（仅呈阅）", id="no-break space"),
        case("　　# 领导要求（仅呈阅）", id="indented"),
        case("\u200b# 领导要求（仅呈阅）", id="zero-width space before #"),
        case("# 领导要求（ 仅呈阅 ）", id="blanks inside"),
        case("# 领导要求（仅 呈\u3000阅）", id="blanks between"),
        case("# 领导要求（仅\u200b呈阅\u2060）", id="zero-width characters inside"),
        case("# 领导要求（仅呈阅） ", id="blank behind"),
        case("# 领导要求（仅呈阅）。", id="full stop behind"),
        case("# 领导要求（仅呈阅）：", id="colon behind"),
        case("# **领导要求（仅呈阅）**", id="all bold"),
        case("# 领导要求**（仅呈阅）**", id="mark bold"),
        case("# 领导要求（**仅呈阅**）", id="mark bold inside"),
        case("# 领导要求\\(仅呈阅\\)", id="escaped brackets"),
        case("# （仅呈阅）领导要求", id="mark in front"),
        case("# 领导要求（仅呈阅） #", id="closed by #"),
        case("领导要求（仅呈阅）\n====", id="underlined"),
        case("领导要求（仅呈阅）\n＝＝＝＝", id="underlined at full width"),
    ],
)
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
def test_marked_heading_is_the_leaders_however_it_is_written(heading: str, ending: str) -> None:
    """Its words and those below its sub-headings; the next heading of its level is the units' again."""
    after = "# 下一步" if heading.lstrip("\u200b\u3000").startswith(("#", "＃")) else "下一步\n==="
    text = f"\ufeff# 综合评价\n总体平稳。\n\n{heading}\n抓紧办理。\n\n## 分项要求\n逐项核对。\n\n{after}\n按时报送。\n"
    assert readers(text.replace("\n", ending)) == (
        "综合评价|总体平稳。|下一步|按时报送。|",
        "领导要求|抓紧办理。|分项要求|逐项核对。|",
    )
    assert stray_marks(text.replace("\n", ending)) == ()


def test_several_marked_headings_and_levels() -> None:
    """A part marked at a lower level ends with the next heading of that level or above."""
    text = "# 甲\n一。\n## 乙（仅呈阅）\n二。\n### 丙\n三。\n## 丁\n四。\n# 戊（仅呈阅）\n五。\n# 己\n六。\n"
    assert readers(text) == ("甲|一。|丁|四。|己|六。|", "乙|二。|丙|三。|戊|五。|")


@pytest.mark.parametrize(
    ("text", "units", "stray"),
    [
        case("# 甲\n一。\n# 乙 仅呈阅\n二。\n# 丙\n三。", "甲|一。|丙|三。|", (3, "乙 仅呈阅"), id="no brackets"),
        case(
            "# 甲\n一。\n# 乙（仅呈阅，不印发）\n二。\n# 丙\n三。",
            "甲|一。|丙|三。|",
            (3, "乙（仅呈阅，不印发）"),
            id="more in the brackets",
        ),
        case(
            "# 甲\n一。\n# 乙\n以下仅呈阅。\n## 丙\n二。\n# 丁\n三。",
            "甲|一。|丁|三。|",
            (4, "以下仅呈阅。"),
            id="a sentence",
        ),
        case(
            "# 甲\n一。\n# 乙\n二。\n\n（仅呈阅）\n三。\n# 丁\n四。", "甲|一。|丁|四。|", (6, "（仅呈阅）"), id="alone"
        ),
        case("# 甲\n**乙（仅呈阅）**\n二。\n# 丙\n三。", "丙|三。|", (2, "**乙（仅呈阅）**"), id="a bold line"),
        case("# 甲\n> # 乙（仅呈阅）\n> 二。\n# 丙\n三。", "丙|三。|", (2, "> # 乙（仅呈阅）"), id="in a quotation"),
        case("# 甲\n- 乙（仅呈阅）：二。\n# 丙\n三。", "丙|三。|", (2, "- 乙（仅呈阅）：二。"), id="in a list"),
        case(
            "# 甲\n```\n# 乙（仅呈阅）\n二。\n```\n三。\n# 丙\n四。", "丙|四。|", (3, "# 乙（仅呈阅）"), id="in a block"
        ),
        case("# 甲\n~~~\n# 乙（仅呈阅）\n二。\n# 丙\n三。", "", (3, "# 乙（仅呈阅）"), id="in a block left open"),
        case("一。以下各部分仅呈阅。\n# 甲\n二。", "", (1, "一。以下各部分仅呈阅。"), id="before the first heading"),
    ],
)
def test_mark_that_is_no_heading_is_told_and_its_part_kept_out(text: str, units: str, stray: tuple[int, str]) -> None:
    """Line and words are told; nothing of the part it stands in, nor below it, is the units'."""
    assert readers(text)[0] == units
    assert stray_marks(text) == (stray,)


@pytest.mark.parametrize(
    "inside",
    [
        case("```\n# 丙\n```\n二。", id="a heading in a fenced block"),
        case("#1号楼抓紧。", id="a number sign"),
        case("抓紧办理\n---\n二。", id="words above a rule"),
        case("抓紧办理。\n\n---\n\n二。", id="a rule"),
    ],
)
def test_what_is_no_heading_does_not_end_the_leaders_words(inside: str) -> None:
    """Only a heading that is not below the marked one does."""
    assert readers(f"## 乙（仅呈阅）\n{inside}\n## 丁\n三。")[0] == "丁|三。|"


def test_underlined_headings_are_headings() -> None:
    """= is the first level, - the second; a sentence above a rule is none."""
    text = "甲\n===\n一。\n\n乙（仅呈阅）\n---\n二。\n\n丙\n---\n三。\n---\n四。\n"
    assert [(part.title, part.leaders_only) for part in written(text)] == [("甲", False), ("乙", True), ("丙", False)]
    assert written(text)[2].paragraphs == ("三。---四。",)


def test_title_is_printed_without_the_mark_alone() -> None:
    """What else stands in it stays, emphasis around other words too."""
    titles = [part.title for part in written("# 要求（仅呈阅）（示例）\n一。\n# **粗**和细（仅呈阅）\n二。")]
    assert titles == ["要求（示例）", "**粗**和细"]


def test_text_without_marks_is_read_as_before() -> None:
    """Paragraphs end at empty lines; a heading without words under it is left out."""
    assert written("开头。\n\n# 甲\n\n一。\n二。\n\n三。\n\n# 乙\n") == (
        Remark("", ("开头。",)),
        Remark("甲", ("一。二。", "三。")),
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_file_is_read_as_its_editor_wrote_it(tmp_path: Path, encoding: str) -> None:
    """A byte order mark is no word; there may be no file; what no editor writes is refused, never guessed."""
    path = tmp_path / "2024Q4.md"
    assert read_office_text(path) == ""
    path.write_text("# 甲（仅呈阅）\n", encoding=encoding)
    assert read_office_text(path) == "# 甲（仅呈阅）\n"
    path.write_bytes(b"\x81\xff\xff")
    with pytest.raises(ParameterError, match="不是UTF-8编码") as refused:
        read_office_text(path)
    assert refused.value.faults[0].place.file == path.name
