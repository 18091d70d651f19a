"""Escaping: text from outside stays text, whatever it holds."""

import re
from html import unescape

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from mdit_py_cjk_friendly import cjk_friendly

from yuechi_report.page.prose import Prose, escape_markdown

MARKDOWN = MarkdownIt("commonmark").use(cjk_friendly)
CONTROL = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]+")
MARKUP = "\\`*_{}[]<>()#+-.!|~&^$:=\"'/@%1 \n\t中。：，（）“”a"


def shown(markdown: str) -> str:
    """What a reader sees of one paragraph; fails when there is any element but that paragraph."""
    html = MARKDOWN.render(markdown)
    match = re.fullmatch(r"<p>([^<>]*)</p>\n", html)
    assert match is not None, html
    return unescape(match[1])


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.text(max_size=40) | st.text(MARKUP, max_size=25))
@example("1. 一")
@example("1) 一")
@example("- 一")
@example("# 一")
@example("> 一")
@example("***")
@example("===")
@example("```")
@example("~~~")
@example("<b>一</b>")
@example("<https://example.org>")
@example("[一](https://example.org)")
@example("![一](x.png)")
@example("[一]: https://example.org")
@example("&lt;&#65;&amp;")
@example("|a|b|\n|-|-|")
@example("一  \n二")
@example("**一是……。**各单位")
@example("$x^2$ \\(x\\)")
@example("😀𠮷")
def test_escaped_text_is_shown_as_it_is(text: str) -> None:
    """Any text between two words is one run of text again, without a single markup element."""
    inside = CONTROL.sub(" ", text)
    assert shown(f"始{escape_markdown(text)}终") == f"始{inside}终"


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.text(max_size=40) | st.text(MARKUP, max_size=25))
def test_escaped_text_may_begin_a_paragraph(text: str) -> None:
    """At the beginning of a line, too, only blanks at its ends are lost."""
    inside = CONTROL.sub(" ", text).strip()
    assert shown(f"{escape_markdown(inside)}。") == f"{inside}。"


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.text(MARKUP, max_size=20))
def test_escaped_text_keeps_the_strong_marks_around_it(text: str) -> None:
    """Our own ** around outside text makes exactly one strong element, next to Chinese punctuation as well."""
    inside = CONTROL.sub(" ", text)
    html = MARKDOWN.render(f"一**始{escape_markdown(text)}。**二")
    assert (
        unescape(html.replace("<strong>", "\x01").replace("</strong>", "\x02")) == f"<p>一\x01始{inside}。\x02二</p>\n"
    )


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("正常实施。", "正常实施。"),
        ("12月31日", "12月31日"),
        ("a*b", r"a\*b"),
        ("a\\b", "a\\\\b"),
        ("一\r\n\t二", "一 二"),
        ("一\x00\u2028二", "一 二"),
        ("", ""),
    ],
)
def test_only_ascii_punctuation_and_controls_are_touched(text: str, escaped: str) -> None:
    """Chinese text stays readable in the source; control characters become one space."""
    assert escape_markdown(text) == escaped


def test_prose_is_shown_as_markdown_alone() -> None:
    """A sentence's output has one medium."""
    assert Prose(markdown="**一**")._repr_mimebundle_() == {"text/markdown": "**一**"}
