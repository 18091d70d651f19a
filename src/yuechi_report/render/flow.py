"""Blocks → sections of one page orientation each, in the order they are read."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from yuechi_report.render.content import Block, Heading, PageTurn, TableBlock


@dataclass(frozen=True, slots=True)
class Section:
    """Blocks on pages of one orientation; a section begins on a new page."""

    landscape: bool
    blocks: tuple[Block, ...]


def sections(blocks: Iterable[Block]) -> tuple[Section, ...]:
    """Sections by the page turns and by tables that ask for a turned page, with the headings above them."""
    turned = _turned(blocks)
    groups = groupby(turned, key=lambda item: item[0])
    return tuple(Section(landscape, tuple(block for _, block in items)) for landscape, items in groups)


def _turned(blocks: Iterable[Block]) -> list[tuple[bool, Block]]:
    result: list[tuple[bool, Block]] = []
    landscape = False
    for block in blocks:
        if isinstance(block, PageTurn):
            landscape = block.landscape
            continue
        own = isinstance(block, TableBlock) and block.table.landscape
        result.append((landscape or own, block))
        if own:
            _turn_headings_above(result)
    return result


def _turn_headings_above(result: list[tuple[bool, Block]]) -> None:
    """A heading goes to the page of the table that follows it."""
    for index in range(len(result) - 2, -1, -1):
        if not isinstance(result[index][1], Heading):
            return
        result[index] = (True, result[index][1])
