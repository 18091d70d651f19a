"""A text as an outline: numbered paragraphs with what stands under them, until the next of the same level."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from yuechi_report.notice.document import Atom
from yuechi_report.notice.readings.marks import DEPTH, Mark, MarkStyle, mark_of
from yuechi_report.notice.readings.places import is_annex, is_day, is_list_title, is_tail

_SPLIT = re.compile(
    r"(?<=[。；;：:）)\s])\s*(?=(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|[0-9]{1,3}[.．、](?![0-9])))"
)
_ONE_LINE_AT = 80


@dataclass(slots=True)
class Piece:
    """A paragraph or a piece of one: its atom and text, and the mark it begins with."""

    atom: Atom
    text: str
    mark: Mark | None = None


@dataclass(slots=True)
class Node:
    """A numbered paragraph, its own paragraphs and its children; `title` is a line that opens a list."""

    mark: Mark | None
    depth: int
    paragraphs: list[Piece] = field(default_factory=list)
    children: list["Node"] = field(default_factory=list)
    parent: "Node | None" = None
    list_number: int = 1
    list_title: str = ""

    def walk(self) -> Iterator["Node"]:
        """The node and all below it, in order."""
        yield self
        for child in self.children:
            yield from child.walk()

    def above(self) -> list["Node"]:
        """The numbered nodes above, outermost first."""
        path, node = [], self.parent
        while node is not None and node.mark is not None:
            path.append(node)
            node = node.parent
        return path[::-1]


def pieces(atom: Atom) -> list[Piece]:
    """A paragraph's numbered pieces: a whole list may stand in one line."""
    text = atom.text.strip()
    if len(text) < _ONE_LINE_AT or len(_SPLIT.findall(text)) < 2:
        return [Piece(atom, text, mark_of(text))]
    parts = [part.strip() for part in _SPLIT.split(text)]
    marked = [Piece(atom, part, mark_of(part)) for part in parts if part]
    return marked if sum(part.mark is not None for part in marked) >= 3 else [Piece(atom, text, mark_of(text))]


def named_depth(paragraphs: list[Piece]) -> int:
    """Where 任务1： stands in this text: under what is printed above the first one."""
    open_depth = -1
    for paragraph in paragraphs:
        if paragraph.mark is None:
            continue
        if paragraph.mark.style is MarkStyle.NAMED:
            return open_depth + 1
        open_depth = DEPTH[paragraph.mark.style] * 10
    return 0


@dataclass(slots=True)
class Outliner:
    """Builds the tree; a mark goes under the nearest open one of another, higher style."""

    root: Node = field(default_factory=lambda: Node(None, -1))
    measures: bool = False  # a label such as 整改措施： is open: numbers are measures, not items
    closed: bool = False  # the list has ended: paragraphs without a number belong to nothing
    _open: Node | None = None
    _named: int = 0
    _list: int = 1
    _title: str = ""

    def add(self, paragraph: Piece) -> Node:
        """Put a paragraph where it belongs; the node that holds it now."""
        mark = paragraph.mark
        if self.closed and mark is None:
            return Node(None, -1, [paragraph])
        self.closed = False
        if mark is None or (self.measures and mark.style in {MarkStyle.POINT, MarkStyle.SUB, MarkStyle.CIRCLE}):
            node = self._open or self.root
            node.paragraphs.append(paragraph)
            return node
        depth = self._named if mark.style is MarkStyle.NAMED else DEPTH[mark.style] * 10
        parent = self._open or self.root
        while parent.depth >= depth and parent.parent is not None:
            parent = parent.parent
        node = Node(mark, depth, [paragraph], parent=parent, list_number=self._list, list_title=self._title)
        parent.children.append(node)
        self._open, self.measures = node, False
        return node

    def named_at(self, depth: int) -> None:
        """Where 任务1： belongs."""
        self._named = depth

    def new_list(self, title: str) -> None:
        """A title or annex mark: what follows belongs to no open item."""
        if self.root.children:
            self._list += 1
        self._title = title or self._title
        self._open, self.measures = None, False

    def close(self) -> None:
        """The end of the list: what follows belongs to nothing."""
        self._open, self.measures, self.closed = None, False, True

    @property
    def node(self) -> Node | None:
        """The numbered paragraph that is open."""
        return self._open


def opens_list(text: str) -> bool:
    """Whether a paragraph begins another list."""
    return is_annex(text) or is_list_title(text)


def closes_list(text: str) -> bool:
    """Whether a paragraph ends the list: a signature's day, 抄送, page furniture."""
    return is_day(text) or is_tail(text)
