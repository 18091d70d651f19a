"""A units cell → the names in it; never split inside a bracket or inside a name.

Source: domain.md §1 (this notice) and §5 (other lists). Names are kept as written.
"""

import re
from dataclasses import dataclass

from yuechi_report.notice.deadline_text import resembles_deadline

OPEN_LIST = "open_list"  # …等有关部门: more units are meant than are named
BY_DUTY = "by_duty"  # 按职责分工负责 stood in the cell
BRACKET_OPEN = "bracket_open"  # a bracket without its partner: what follows stays one name

_SEPARATORS = "、，；,;\n"
_OPENING = "（(〔[【"
_CLOSING = "）)〕]】"
_MASK = "×"  # stands for a bracket and what is in it while separators are looked for
_NAME_MAX = 30

# 和 and 及 part two units only where the word before is complete: 县人力资源和社会保障局 is one name. A word
# that also stands inside names (政府和社会资本合作中心) needs the first word of another unit after it.
_WHOLE_WORD = "(?:(?<=[局委办室厅署联])|(?<=中心|公司|部门|单位|街道|乡镇|企业|支队|大队|银行))"
_HALF_WORD = f"(?<=[府会部院所校区{_MASK}])"
_AND = "(?:以及|及|和)"
_PARTING = re.compile(f"[{_SEPARATORS}]+|{_WHOLE_WORD}{_AND}(?!其)|{_HALF_WORD}{_AND}(?=[各县市区省州镇乡])")
_LEVELS = "省市州盟县区旗乡镇村"
_LEVEL_ONLY = re.compile(f"[各全]?[{_LEVELS}]")
_LEVEL_NEXT = re.compile(f"[{_LEVELS}](?:$|人民政府|政府|[级直属（(]|有关|相关)")

_DUTY = re.compile("[（(]?(?:根据|按照|按)(?:各自)?职[责能](?:分工)?(?:分别)?(?:负责|落实)?[）)]?$")
_OPEN_END = re.compile(
    "(?<![高中初平同])等(?:[0-9一二三四五六七八九十]+个)?(?:各?(?:有关|相关))?(?:部门|单位|科室|企业|机构)?$"
)
_NOT_UNITS = re.compile("。.|[：:！？!?]|^[一二三四五六七八九十]+、|^[（(][一二三四五六七八九十0-9]+[）)]")


@dataclass(frozen=True, slots=True)
class UnitNames:
    """The names of one cell in its order, each once, and what else the cell said."""

    names: tuple[str, ...]
    flags: tuple[str, ...] = ()


def split_units(cell: str) -> UnitNames:
    """The units of a cell; an empty cell has none. Flags: open_list, by_duty, bracket_open.

    A half-width semicolon inside a name's bracket becomes a full-width one: in register.csv it parts names.
    """
    mask, balanced = _masked(cell)
    pieces = [piece.removesuffix("。").strip() for piece in _levels_joined(_parted(cell, mask))]
    names = [_DUTY.sub("", piece).strip().replace(";", "；") for piece in pieces]
    found = {
        OPEN_LIST: any(_OPEN_END.search(name) for name in names),
        BY_DUTY: any(_DUTY.search(piece) for piece in pieces),
        BRACKET_OPEN: not balanced,
    }
    flags = tuple(flag for flag, present in found.items() if present)
    return UnitNames(tuple(dict.fromkeys(name for name in names if name)), flags)


def resembles_units(line: str) -> bool:
    """Whether a line may be a units cell: no sentence, label, heading, day or over-long name."""
    if _NOT_UNITS.search(line.strip()) or resembles_deadline(line):
        return False
    return all(len(name) <= _NAME_MAX for name in split_units(line).names)


def goes_on(before: str, after: str) -> bool:
    """Whether two lines are one cell: a separator ends the first or begins the second."""
    return before.rstrip().endswith(tuple(_SEPARATORS)) or after.lstrip().startswith(tuple(_SEPARATORS))


def unfinished(cell: str) -> bool:
    """Whether a cell ends in a separator, as if a name were to follow."""
    return cell.rstrip().endswith(tuple(_SEPARATORS))


def _masked(cell: str) -> tuple[str, bool]:
    """The cell, as long as before, with brackets and their content masked; and whether they are balanced."""
    masked, depth, balanced = [], 0, True
    for character in cell:
        depth += character in _OPENING
        masked.append(_MASK if depth or character in _CLOSING else character)
        if character in _CLOSING:
            balanced = balanced and depth > 0
            depth = max(depth - 1, 0)
    return "".join(masked), balanced and depth == 0


def _parted(cell: str, mask: str) -> list[str]:
    """Pieces and the separators between them in turn: piece, separator, piece, …"""
    parts, start = [], 0
    for match in _PARTING.finditer(mask):
        parts += [cell[start : match.start()], cell[match.start() : match.end()]]
        start = match.end()
    return [*parts, cell[start:]]


def _levels_joined(parts: list[str]) -> list[str]:
    """The pieces; 各县、市、区政府 is put together again."""
    pieces = [before := parts[0].strip()]
    for separator, piece in zip(parts[1::2], map(str.strip, parts[2::2]), strict=True):
        if _LEVEL_ONLY.fullmatch(before) and _LEVEL_NEXT.match(piece):
            pieces[-1] += separator.strip() + piece
        else:
            pieces.append(piece)
        before = piece
    return [piece for piece in pieces if piece]
