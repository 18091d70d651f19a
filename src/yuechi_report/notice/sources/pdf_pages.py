"""The pages of a PDF as lines and ruled tables: what runs in the bounded child.

A PDF knows no paragraphs: a line's end is a break only where the line ends well before the edge of its
cell or column; otherwise the text was wrapped there and goes on.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfplumber.utils.exceptions import PdfminerException

_PAGES_MAX = 400
_GAP = 0.45  # of a character: Word leaves a quarter between digits and Chinese characters
_TOLERANCE = 0.15  # of a character
_PROSE = 0.5  # of the widest line
_NO_END = "“‘（《〈【〔(["
_NO_BEGINNING = "、，。；：！？）》”’〉】〕,.;:!?)%％"
_PAGE_NUMBER = re.compile(r"\s*[-—–]*\s*(?:第\s*)?\d{1,3}\s*(?:页)?(?:\s*[/／共]\s*\d{1,3}\s*页?)?\s*[-—–]*\s*")

Item = dict[str, Any]


def pages_of(path: str) -> dict[str, Any]:
    """Every page's paragraphs and tables in reading order, or why there is nothing to read."""
    try:
        with pdfplumber.open(path) as pdf:
            if len(pdf.pages) > _PAGES_MAX:
                return {"refused": "too_many"}
            items = []
            for page in pdf.pages:
                items += list(_page_items(page.dedupe_chars()))
                page.close()
    except PdfminerException as error:
        locked = any(isinstance(cause, PDFPasswordIncorrect) for cause in (error, error.__cause__, *error.args))
        return {"refused": "encrypted" if locked else "broken"}
    except (MemoryError, RecursionError):
        raise
    except Exception:  # noqa: BLE001 - pdfminer raises whatever a damaged file makes it trip over
        return {"refused": "broken"}
    return {"items": items} if items else {"refused": "scan"}


def _page_items(page: Any) -> Iterator[Item]:
    tables = [table for table in page.find_tables() if len(table.cells) > 1]
    found = [(table.bbox[1], {"page": page.page_number, "cells": list(_cells(page, table))}) for table in tables]
    found += [(top, {"page": page.page_number, "text": text}) for top, text in _paragraphs(page, tables)]
    for _, item in sorted(found, key=lambda each: each[0]):
        yield item


def _paragraphs(page: Any, tables: list[Any]) -> list[tuple[float, str]]:
    """Lines outside the tables, joined where the one above is full."""
    boxes = [table.bbox for table in tables]

    def outside(thing: dict[str, Any]) -> bool:
        middle_x, middle_y = (thing["x0"] + thing["x1"]) / 2, (thing["top"] + thing["bottom"]) / 2
        return not any(x0 <= middle_x <= x1 and top <= middle_y <= bottom for x0, top, x1, bottom in boxes)

    lines = page.filter(lambda thing: thing["object_type"] != "char" or outside(thing)).extract_text_lines(
        return_chars=True, x_tolerance_ratio=_GAP, strip=True
    )
    lines = [line for line in lines if not _PAGE_NUMBER.fullmatch(line["text"])]
    right = max((line["x1"] for line in lines), default=0.0)
    paragraphs: list[tuple[float, str]] = []
    before: dict[str, Any] | None = None
    for line in lines:
        wrapped = before is not None and len(before["text"]) > 15 and _goes_on(before, line["text"], right)
        if wrapped and not _begins_anew(line["text"]):
            paragraphs[-1] = (paragraphs[-1][0], paragraphs[-1][1] + line["text"])
        else:
            paragraphs.append((line["top"], line["text"]))
        before = line
    return paragraphs


def _goes_on(line: dict[str, Any], following: str, right: float) -> bool:
    """Whether a line was wrapped: the first unbreakable piece of the next one would not have fitted behind it."""
    size = _size(line)
    return right - float(line["x1"]) < (_first_width(following) + _TOLERANCE) * size


def _first_width(text: str) -> float:
    """The width, in characters, of what a line break may not tear: a word or number, or one character, and closing marks."""
    word = re.match(r"[A-Za-z0-9.,%]+", text)
    width = 0.55 * len(word[0]) if word else 1.0
    behind = text[word.end() if word else 1 :]
    while behind and behind[0] in _NO_BEGINNING + _NO_END:
        width, behind = width + 1.0, behind[1:]
    return width


def _begins_anew(text: str) -> bool:
    return re.match(r"[（(]?[一二三四五六七八九十]{1,3}[）)、]|附件|[（(]?\d{1,3}[）)．.、](?!\d)", text) is not None


def _size(line: dict[str, Any]) -> float:
    return max((char["size"] for char in line["chars"]), default=10.0)


def _cells(page: Any, table: Any) -> Iterator[tuple[str, int, int, int, int]]:
    """Each ruled cell once with its spans, by the edges of all cells."""
    xs = _edges([x for cell in table.cells for x in (cell[0], cell[2])])
    ys = _edges([y for cell in table.cells for y in (cell[1], cell[3])])
    for box in sorted(table.cells, key=lambda cell: (_index(ys, cell[1]), _index(xs, cell[0]))):
        row, column = _index(ys, box[1]), _index(xs, box[0])
        yield (
            _cell_text(page, box),
            row,
            column,
            max(_index(ys, box[3]) - row, 1),
            max(_index(xs, box[2]) - column, 1),
        )


def _edges(values: list[float]) -> list[float]:
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > 3:
            edges.append(value)
    return edges


def _index(edges: list[float], value: float) -> int:
    return min(range(len(edges)), key=lambda index: abs(edges[index] - value))


def _cell_text(page: Any, box: tuple[float, float, float, float]) -> str:
    """The lines of a cell; one that is full goes on in the next."""
    lines = page.within_bbox(_inside(page, box), relative=False, strict=False).extract_text_lines(
        return_chars=True, x_tolerance_ratio=_GAP, strip=True
    )
    if not lines:
        return ""
    padding = max(min(line["x0"] for line in lines) - box[0], 0.0)
    if _is_prose(lines):
        return "".join(line["text"] for line in lines)
    text = lines[0]["text"]
    for before, line in pairwise(lines):
        wrapped = _goes_on(before, line["text"], box[2] - min(padding, 12.0))
        text += line["text"] if wrapped else f"\n{line['text']}"
    return str(text)


def _is_prose(lines: list[dict[str, Any]]) -> bool:
    """Sentences over several lines of much the same length: every line end is a wrapped one.

    Which characters a program keeps together at a line's end differs; in a stack of names each line counts.
    """
    widest = max(line["x1"] - line["x0"] for line in lines)
    short = sum(line["x1"] - line["x0"] <= _PROSE * widest for line in lines[:-1])
    return (
        len(lines) > 2 and 5 * short < len(lines) and any(mark in line["text"] for line in lines for mark in "。；，")
    )


def _inside(page: Any, box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    x0, top, x1, bottom = page.bbox
    return max(box[0], x0), max(box[1], top), min(box[2], x1), min(box[3], bottom)
