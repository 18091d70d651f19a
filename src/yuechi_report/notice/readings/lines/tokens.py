"""Lines of a flattened table → tokens, one a cell or a line of one; where its headers are.

A copy of a table keeps one cell a line: closed by bars, parted by blank lines, or just one below the other
with a blank line for an empty cell.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from yuechi_report.notice.document import Atom, Document
from yuechi_report.notice.numerals import compact
from yuechi_report.notice.readings.marks import mark_of, number_in
from yuechi_report.notice.vocabulary import UNIT_ROLES, ColumnRole, is_header, is_header_word, role_of

_BARS = re.compile(r"[|｜]")
_PAGE = re.compile(r"[-—–]+\s*\d{1,3}\s*[-—–]+|第\s*\d{1,3}\s*页.*")
_MATCHED = 200  # characters of a cell that matching looks at
_UNKNOWN_MAX = 8
_HEADER_MIN = 3
_HALF_MAX = 3
_HALVES = frozenset(
    {"责任", "任务", "工作", "牵头", "配合", "主办", "承办", "协办", "完成", "重点", "目标", "项目", "事项"}
)
_TEXTS = frozenset({ColumnRole.TEXT, ColumnRole.CATEGORY, ColumnRole.GOAL, ColumnRole.MEASURE})


@dataclass(frozen=True, slots=True)
class Token:
    """A cell or a line of one; `closed` where a bar says that the cell ends here."""

    text: str
    atoms: tuple[int, ...]
    closed: bool = False

    @property
    def blank(self) -> bool:
        """Whether it is an empty cell."""
        return not self.text.strip()

    @property
    def bare(self) -> str:
        """The text for matching."""
        return compact(self.text[:_MATCHED])


@dataclass(frozen=True, slots=True)
class HeaderRun:
    """A header: its first token, where it stops, and its words."""

    start: int
    stop: int
    words: tuple[str, ...]


def tokens_of(document: Document) -> list[Token]:
    """The tokens of a document's paragraphs."""
    atoms = [block for block in document.blocks if isinstance(block, Atom) and not _PAGE.fullmatch(block.text.strip())]
    if _is_barred(atoms):
        return _barred(atoms)
    if _is_spaced(atoms):
        atoms = [atom for atom in atoms if not atom.blank]
    return [Token(atom.text, (atom.id,)) for atom in atoms]


def _is_barred(atoms: Sequence[Atom]) -> bool:
    """Whether cells are closed by bars, at line ends or on lines of their own."""
    solid = [atom.text.strip() for atom in atoms if not atom.blank]
    closed = sum(text.endswith(("|", "｜")) for text in solid)
    return closed >= 4 and 3 * closed >= len(solid)


def _is_spaced(atoms: Sequence[Atom]) -> bool:
    """Whether the words of the first header have blank lines between them."""
    words = [index for index, atom in enumerate(atoms) if not atom.blank and is_header_word(atom.text)]
    for start in range(len(words) - 2):
        run = words[start : start + 3]
        if is_header([atoms[index].text for index in run]) and run[2] - run[0] <= 8:
            return all(
                after - before > 1 and all(atoms[index].blank for index in range(before + 1, after))
                for before, after in pairwise(run)
            )
    return False


def _barred(atoms: Sequence[Atom]) -> list[Token]:
    """Cells up to their bars; a line without a bar goes on in the next."""
    tokens: list[Token] = []
    text: list[str] = []
    ids: list[int] = []
    seen = False  # the header: lines before it are no cell
    for atom in atoms:
        pieces = _BARS.split(atom.text)
        for index, piece in enumerate(pieces):
            if text and not seen and is_header_word(piece) and not is_header_word(text[-1]):
                tokens.append(Token("\n".join(text), tuple(dict.fromkeys(ids))))
                text, ids = [], []
            if piece.strip():
                text.append(piece.strip())
                ids.append(atom.id)
            if index < len(pieces) - 1:
                tokens.append(Token("\n".join(text), tuple(dict.fromkeys(ids)) or (atom.id,), closed=True))
                seen = seen or (len(tokens) > 2 and is_header([token.text for token in tokens[-3:]]))
                text, ids = [], []
    if text:
        tokens.append(Token("\n".join(text), tuple(dict.fromkeys(ids))))
    return tokens


def with_whole_words(tokens: Sequence[Token]) -> list[Token]:
    """The tokens with header words of two lines (责任 / 单位) put together."""
    whole: list[Token] = []
    for token in tokens:
        before = whole[-1] if whole else None
        if before is not None and not before.closed and _is_split(before.bare, token.bare):
            whole[-1] = Token(before.bare + token.bare, (*before.atoms, *token.atoms), token.closed)
        else:
            whole.append(token)
    return whole


def _is_split(first: str, second: str) -> bool:
    short = 0 < len(first) <= _HALF_MAX and 0 < len(second) <= _HALF_MAX
    return short and is_header_word(first + second) and not (is_header_word(first) and first not in _HALVES)


def headers_in(tokens: Sequence[Token]) -> list[HeaderRun]:
    """Every run of header words, in order."""
    found: list[HeaderRun] = []
    position = 0
    while position < len(tokens):
        run = _run_at(tokens, position, known=found[0].words if found else ())
        if run is not None:
            found.append(run)
            position = run.stop
        else:
            position += 1
    return found


def _run_at(tokens: Sequence[Token], start: int, *, known: tuple[str, ...]) -> HeaderRun | None:
    if tokens[start].blank or not is_header_word(tokens[start].text) or _is_title(tokens[start]):
        return None
    solid = [index for index in range(start, min(start + 60, len(tokens))) if not tokens[index].blank]
    if known and tuple(tokens[index].bare for index in solid[: len(known)]) == known:
        return HeaderRun(start, solid[len(known) - 1] + 1, known)
    words: list[int] = []
    for order, index in enumerate(solid):
        after = tokens[solid[order + 1]] if order + 1 < len(solid) else None
        unknown = after is not None and is_header_word(after.text) and len(tokens[index].bare) <= _UNKNOWN_MAX
        if tokens[index].bare in [tokens[word].bare for word in words] or not (
            (is_header_word(tokens[index].text) or (unknown and words)) and not _is_numbered(tokens[index])
        ):
            break
        words.append(index)
    words = _without_first_row(tokens, words)
    if len(words) < _HEADER_MIN or not is_header([tokens[index].text for index in words]):
        return None
    return HeaderRun(start, words[-1] + 1, tuple(tokens[index].bare for index in words))


def _is_title(token: Token) -> bool:
    """A list's title may be made of a header's words: 继续实施事项清单."""
    return len(token.bare) > 5 and token.bare.endswith(("清单", "表", "台账", "目录", "方案"))


def _is_numbered(token: Token) -> bool:
    return number_in(token.text) is not None or (mark_of(token.text) is not None)


def _without_first_row(tokens: Sequence[Token], words: list[int]) -> list[int]:
    """A long word of text behind text and units is the first category, not one more column."""
    roles = [role_of(tokens[index].text) for index in words]
    while len(words) > 2 and roles[-1] in _TEXTS and len(tokens[words[-1]].bare) > 4:
        before = set(roles[:-1])
        if not (before & _TEXTS and before & UNIT_ROLES):
            break
        words, roles = words[:-1], roles[:-1]
    return words
