"""The HTML: one file that asks for nothing, runs nothing, and says everything."""

import re
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser
from typing import Any
from urllib.parse import unquote

import pytest
from fontTools.pens.recordingPen import RecordingPen
from fontTools.ttLib import TTFont

from yuechi_report.page.fonts import font_files
from yuechi_report.render.blocks import read_blocks
from yuechi_report.render.exporters import YuechiHtmlExporter
from yuechi_report.render.html import render_html
from yuechi_report.render.web import FOLDER, SIGNS, css_string

Build = Any


class Page(HTMLParser):
    """Tags with their attributes, and the words outside the head."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.words = ""
        self.style = ""
        self._inside: list[str] = []
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember a tag."""
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag == "style":
            self._inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Leave the style sheet."""
        if tag == "style":
            self._inside.pop()

    def handle_data(self, data: str) -> None:
        """Words belong to the style sheet or to the reader."""
        if self._inside:
            self.style += data
        else:
            self.words += data

    def all(self, tag: str) -> list[dict[str, str]]:
        """The attributes of every such tag."""
        return [attributes for name, attributes in self.tags if name == tag]


@pytest.fixture(scope="session")
def page(html: str) -> Page:
    """The report's page, taken apart."""
    return Page(html)


def test_nothing_is_asked_for_and_nothing_runs(page: Page) -> None:
    """No script, frame, form or handler; the only addresses are anchors, data and the kept link."""
    names = {name for name, _ in page.tags}
    handlers = [name for _, attributes in page.tags for name in attributes if name.startswith("on") or name == "style"]
    addresses = {
        attributes[name] for _, attributes in page.tags for name in ("href", "src", "srcset") if name in attributes
    }
    outside = {address for address in addresses if not address.startswith(("#", "data:image/svg+xml,"))}
    assert names & {"script", "iframe", "object", "embed", "form", "link", "base"} == set()
    assert handlers == []
    assert outside == {"https://example.org/n"}
    assert re.findall(r"url\((?!data:font/woff;base64,)|@import", page.style) == []


def test_the_policy_allows_this_style_alone(page: Page) -> None:
    """The content security policy forbids all but the style sheet, by its hash, and data pictures."""
    digest = b64encode(sha256(page.style.encode()).digest()).decode()
    policies = [meta["content"] for meta in page.all("meta") if meta.get("http-equiv") == "Content-Security-Policy"]
    assert policies == [
        f"default-src 'none'; style-src 'sha256-{digest}'; font-src data:; img-src data:; base-uri 'none'; form-action 'none'"
    ]


def test_signs_are_drawn_by_the_shipped_font() -> None:
    """The page's own little font holds every sign, with an outline equal to Noto Serif SC's."""
    with TTFont(FOLDER / "signs.woff") as small, TTFont(font_files()[0]) as whole:
        drawn = [[_outline(font, sign) for sign in SIGNS] for font in (small, whole)]
    assert drawn[0] == drawn[1]
    assert all(drawn[0])


def _outline(font: TTFont, sign: str) -> list[object]:
    pen = RecordingPen()
    font.getGlyphSet()[font.getBestCmap()[ord(sign)]].draw(pen)
    return list(pen.value)


def test_hostile_strings_are_only_text(page: Page, html: str) -> None:
    """Markup is escaped, template braces stay, a turning character is printed as its code."""
    expected = "<script>alert(1)</script>　#set page(width: 1cm)　$x^2$　`code`　]]>　{{ head }}　〔U+202E〕　😀"
    assert expected in page.words
    assert "&lt;b&gt;甲&lt;/b&gt;" in html
    assert "\u202e" not in html


def test_no_page_holds_a_character_that_is_not_seen(build: Build) -> None:
    """A raw NUL and its like, wherever text reaches the page, are printed as their code; tab and line ends are laid out."""
    unseen = "甲\0\x0b\x1b\x7f\x85乙"
    table = build.table((unseen,), (unseen,), caption=unseen, notes=(unseen,))
    cells = (build.shown(build.head(title=(unseen,), marks=(unseen,), draft=unseen)), build.shown(table))
    html = render_html(read_blocks(build.notebook(*cells), name="county"))
    assert not {"\0", "\x0b", "\x1b", "\x7f", "\x85"} & set(html)
    assert "甲〔U+0000〕〔U+000B〕〔U+001B〕〔U+007F〕〔U+0085〕乙" in html


def test_neither_code_nor_analyst_prose_is_shown(page: Page) -> None:
    """What is not for readers is not in the file."""
    assert [word for word in ("secret_source", "分析人员") if word in page.words] == []


def test_the_contents_lead_to_the_headings(page: Page) -> None:
    """Every heading has an anchor in the order of reading, and the contents link to each."""
    headings = [(name, attributes["id"]) for name, attributes in page.tags if name in ("h2", "h3")]
    links = [link["href"] for link in page.all("a") if link["href"].startswith("#heading")]
    assert headings == [
        ("h2", "heading-1"),
        ("h3", "heading-2"),
        ("h2", "heading-3"),
        ("h2", "heading-4"),
        ("h2", "heading-5"),
    ]
    assert links == [f"#{anchor}" for _, anchor in headings]


def test_the_page_is_chinese_and_titled(page: Page) -> None:
    """Language, title and one first heading of two lines."""
    assert page.all("html") == [{"lang": "zh-CN"}]
    assert len(page.all("h1")) == 1
    assert "37项川渝便捷生活重点任务2024年第四季度落实情况" in page.words


def test_table_headings_have_their_scope(build: Build) -> None:
    """Column titles head their column; the first cell heads its row where the table says so."""
    table = build.table(("单位", "任务"), ("县公安局", "8"), header_column=True)
    page = Page(render_html(read_blocks(build.notebook(build.shown(build.head()), build.shown(table)))))
    assert [cell.get("scope") for cell in page.all("th")] == ["col", "col", "row"]


def test_wide_tables_can_be_scrolled_by_keyboard(page: Page) -> None:
    """Every table and every figure is in a focusable region with a name."""
    regions = [(tag["tabindex"], bool(tag["aria-label"])) for tag in page.all("div") if tag.get("role") == "region"]
    assert regions == [("0", True)] * len(page.all("table") + page.all("figure"))


def test_a_figure_is_a_picture_with_words(page: Page, build: Build) -> None:
    """The SVG is an image with alt text, unchanged but for line ends, never part of the document."""
    (image,) = page.all("img")
    assert image["alt"] == "已销号6项，逾期3项"
    assert unquote(image["src"]) == "data:image/svg+xml," + build.figure().svg.replace("\n", " ")
    assert page.all("svg") == []


def test_marks_draft_and_codes_are_there(page: Page, build: Build) -> None:
    """The marks come before all else and on printed pages; draft and check code in the footer."""
    words = "".join(page.words.split())
    assert words.index(build.mark) < words.index("督查专报（示例）")
    assert f'@top-center{{content:"{build.mark}"}}' in page.style
    assert words.endswith("送审稿第2稿（未签发）县政府督查室（示例）台账校验码3f9a1c02")


def test_an_empty_table_says_so(page: Page) -> None:
    """A table without rows prints its sentence."""
    assert "本季无逾期任务。" in page.words
    assert len(page.all("table")) == 2


def test_links_inside_the_page_need_their_target(build: Build) -> None:
    """A link to a heading is kept, one to nowhere is its words alone."""
    source = "## 甲\n\n[往甲](#heading-1)[无处](#heading-9)"
    page = Page(render_html(read_blocks(build.notebook(build.shown(build.head()), build.markdown(source)))))
    assert [link["href"] for link in page.all("a")] == ["#main", "#heading-1"]
    assert "往甲无处" in page.words


def test_a_mark_cannot_leave_the_style_sheet(build: Build) -> None:
    """A hostile mark neither closes the style nor ends its CSS string."""
    mark = '"}</style><script>alert(1)</script>\\'
    page = Page(render_html(read_blocks(build.notebook(build.shown(build.head(marks=(mark,)))))))
    assert page.all("script") == []
    assert "alert" in page.style
    assert css_string('"<\\') == '"\\000022\\00003c\\00005c"'


def test_the_same_input_gives_the_same_page(notebook: Any, html: str) -> None:
    """The exporter's text is that of the function, and names .html."""
    output, resources = YuechiHtmlExporter().from_notebook_node(notebook, {"metadata": {"name": "county"}})
    assert (output, resources["output_extension"]) == (html, ".html")


def test_the_file_is_small(html: str) -> None:
    """A report of six pages stays well under 300 KB."""
    assert len(html.encode()) < 100_000


def test_lists_nest_and_keep_their_numbers(build: Build) -> None:
    """A list that begins at 3 says so, and a list in a list is in its item."""
    cell = build.markdown("3. 甲\n   - 乙\n4. 丙")
    html = render_html(read_blocks(build.notebook(build.shown(build.head()), cell)))
    found = re.search(r"<ol.*</ol>", html.partition("<main")[2], re.DOTALL)
    assert found is not None
    assert re.sub(r"\s+", "", found[0]) == (
        '<olstart="3"><li><p>甲</p><ul><li><p>乙</p></li></ul></li><li><p>丙</p></li></ol>'
    )
