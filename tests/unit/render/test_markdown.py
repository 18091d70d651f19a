"""Markdown becomes blocks of styled text, and nothing else."""

import pytest

from yuechi_report.page.table import Cell, Column, Table
from yuechi_report.render.content import (
    Block,
    Heading,
    ListBlock,
    Note,
    Paragraph,
    Preformatted,
    Span,
    TableBlock,
)
from yuechi_report.render.markdown import markdown_blocks


def words(text: str) -> Paragraph:
    """A paragraph of plain text."""
    return Paragraph((Span(text),))


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("## 一、结论", Heading(2, (Span("一、结论"),))),
        (
            "**一是销号。**各单位*继续*推进",
            Paragraph((Span("一是销号。", strong=True), Span("各单位"), Span("继续", emphasis=True), Span("推进"))),
        ),
        ("①任务27不计逾期。", Note((Span("①任务27不计逾期。"),))),
        ("任务①见附件", words("任务①见附件")),
        ("按时\n报送", words("按时报送")),
        ("on\ntime", words("on time")),
        ("共  \n三项", words("共\n三项")),
        ("<script>alert(1)</script>", words("<script>alert(1)</script>")),
        ("`#x` $y$", words("#x $y$")),
        ("![示意](x.png)", words("〔图：示意〕")),
        ("[甲](https://a.b/c)", Paragraph((Span("甲", target="https://a.b/c"),))),
        ("[甲](#heading-1)", Paragraph((Span("甲", target="#heading-1"),))),
        ("[甲](mailto:a@b)乙", words("甲乙")),
        ("[甲](//host/x)", words("甲")),
        ("```\na  b\n c\n```", Preformatted("a  b\n c")),
        ("> 引文", words("引文")),
        ("3. 甲\n   - 乙", ListBlock(True, 3, ((words("甲"), ListBlock(False, 1, ((words("乙"),),))),))),
        (
            "| 单位 | 数 |\n|--|--:|\n| 甲 | 1 |",
            TableBlock(
                Table(
                    name="markdown",
                    columns=(Column(key="c1", title="单位"), Column(key="c2", title="数", align="right")),
                    rows=((Cell(text="甲"), Cell(text="1")),),
                )
            ),
        ),
    ],
)
def test_one_block(source: str, expected: Block) -> None:
    """Each kind of Markdown becomes its one block, raw HTML and formulas plain text."""
    assert markdown_blocks(source) == (expected,)


def test_javascript_links_are_no_links() -> None:
    """A script address never becomes a target."""
    (block,) = markdown_blocks("[甲](javascript:alert(1))")
    assert block == words("[甲](javascript:alert(1))")


def test_a_rule_is_left_out() -> None:
    """A thematic break holds no words and becomes no block."""
    assert markdown_blocks("甲\n\n---\n\n乙") == (words("甲"), words("乙"))
