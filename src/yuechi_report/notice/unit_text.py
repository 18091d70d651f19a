"""A units cell → the names in it; never split inside a bracket or inside a name.

Source: domain.md §1 (this notice) and §5 (other lists). Names are kept as written.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from yuechi_report.notice.deadline_text import resembles_deadline

OPEN_LIST = "open_list"  # …等有关部门: more units are meant than are named
BY_DUTY = "by_duty"  # 按职责分工负责 stood in the cell
BRACKET_OPEN = "bracket_open"  # a bracket without its partner: what follows stays one name

_SEPARATORS = "、，；,;|｜\n"

_UNIT_ROWS_UNCLEAR = "unit_rows_unclear"  # white space that may part two names or stand inside one
_NONE = re.compile("[-‐‑–—―─−/／\\\\]*|无")
_ENDING = re.compile(
    "(?:[局委办室厅署部院所队站司联府处科股组团馆校库厂场矿行]|(?<!社)会|[^会]社|中心|公司|部门|单位|街道|乡镇|企业|银行|集团|大队|支队|园区"
    "|开发区|新区|管委会|运营商|机构|医院|学校|中学|小学|社区|[县市区镇乡村州旗省]|各校|年级|班级|班子|办公室|专班)(?:[（(].*[）)])?等?$"
)
_STRONG_ENDING = re.compile("(?:[局委厅署办]|中心|公司|办公室|大队|支队|医院|学校|政府|部门|单位)(?:[（(].*[）)])?$")
_BEGINNING = re.compile("[各县市区省州镇乡全]|国家|中共|有关|相关")
_GENERIC = re.compile(
    "(?:政府|人民政府|管委会|办事处|街道|街道办事处|街道办|场镇|乡镇|园区|社区|功能区|开发区)(?:[（(].*[）)])?"
)
_GENERIC_AFTER = re.compile("(?:党委|党工委|党组|委|各.*(?:[镇乡街道县市区]|街道|乡镇|[）)]))$")
_PERSON = re.compile(
    "[赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯管卢莫房解应宗丁宣邓郁单杭洪包诸左石崔吉钮龚程邢裴陆荣翁荀甄家封芮储靳井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘厉戎祖武符刘景詹束龙叶幸司韶黎蓟薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍却璩桑桂濮牛寿通边扈燕冀浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾毋沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公肖岳覃涂]"
    "[\\u4e00-\\u9fff·]{1,3}"
)
_RUN_TOGETHER = re.compile(
    "(?:局|委员会|管委会|办公室|中心|公司|支队|大队|街道)(?:[县区省]|市(?![中场区辖级郊政])|各|镇)[\\u4e00-\\u9fff]{2,}[局委办会心司队处院]"
)
_NO_NAME_END = re.compile("[局委办室厅署部院所队站处科股]$")
_OFFICE_OF_PERSON = re.compile(
    ".*(?:[县市区镇乡省州]长|书记|主任|局长|院长|校长|秘书长|部长|主席|会长|经理|董事长|常委|科长|处长|同志|领导|园长|队长|调研员)(?:[（(].*[）)])?"
)
_OPENING = "（(〔[【"
_CLOSING = "）)〕]】"
_MASK = "×"  # stands for a bracket and what is in it while separators are looked for
_NAME_MAX = 30

# 和 and 及 part two units only where the word before is complete: 县人力资源和社会保障局 is one name. A word
# that also stands inside names (政府和社会资本合作中心) needs the first word of another unit after it.
_WHOLE_WORD = "(?:(?<=[局委办室厅署联])|(?<=中心|公司|部门|单位|街道|乡镇|企业|支队|大队|银行))"
_HALF_WORD = f"(?<=[府会部院所校区{_MASK}])"
_AND = "(?:以及|及|和)"
_PARTING = re.compile(
    f"[{_SEPARATORS}]+|(?<=[局委办室厅署院部科处])[/／]|{_WHOLE_WORD}{_AND}(?!其)|{_HALF_WORD}{_AND}(?=[各县市区省州镇乡])"
)
_LEVELS = "省市州盟县区旗乡镇村"
_LEVEL_ONLY = re.compile(f"[各全]?[{_LEVELS}]")
_LEVEL_NEXT = re.compile(f"[{_LEVELS}](?:$|人民政府|政府|[级直属（(]|有关|相关)")

_DUTY = re.compile("[（(]?(?:根据|按照|按)(?:各自)?职[责能](?:分工)?(?:分别)?(?:负责|落实)?[）)]?$")
_OPEN_END = re.compile(
    "(?<![高中初平同])等(?:(?:[0-9一二三四五六七八九十]+个)?(?:各?(?:有关|相关))?[\u4e00-\u9fff]{0,3}(?:部门|单位|科室|企业|机构))?$"
)
_BARE_END = re.compile("(?<![高中初平同])等$")
_NOT_UNITS = re.compile("。.|[：:！？!?]|^[一二三四五六七八九十]+、|^[（(][一二三四五六七八九十0-9]+[）)]")


@dataclass(frozen=True, slots=True)
class UnitNames:
    """The names of one cell in its order, each once, and what else the cell said."""

    names: tuple[str, ...]
    flags: tuple[str, ...] = ()


@lru_cache(maxsize=20_000)  # a table asks the same of a cell many times
def split_units(cell: str) -> UnitNames:
    """The units of a cell; an empty cell has none. Flags: open_list, by_duty, bracket_open.

    A half-width semicolon inside a name's bracket becomes a full-width one: in register.csv it parts names.
    """
    cell, spaced = _without_blanks(cell)
    mask, balanced = _masked(cell)
    pieces = [piece.removesuffix("。").strip() for piece in _levels_joined(_parted(cell, mask))]
    names = [_DUTY.sub("", piece).strip().replace(";", "；") for piece in pieces]
    found = {
        OPEN_LIST: any(_OPEN_END.search(name) for name in names),
        BY_DUTY: any(_DUTY.search(piece) for piece in pieces),
        BRACKET_OPEN: not balanced,
        _UNIT_ROWS_UNCLEAR: spaced or any(_RUN_TOGETHER.search(name) for name in names),
    }
    flags = tuple(flag for flag, present in found.items() if present)
    closed = [_BARE_END.sub("", name).strip() for name in names]
    return UnitNames(tuple(dict.fromkeys(name for name in closed if name and not _NONE.fullmatch(name))), flags)


@lru_cache(maxsize=20_000)  # a table asks the same of a cell many times
def resembles_units(line: str) -> bool:
    """Whether a line may be a units cell: no sentence, label, heading, day or over-long name."""
    if _NONE.fullmatch(line.strip()):
        return True
    if _NOT_UNITS.search(line.strip()) or resembles_deadline(line):
        return False
    names = split_units(line).names
    return all(len(name) <= _NAME_MAX and not resembles_person(name) for name in names)


@lru_cache(maxsize=20_000)  # a table asks the same of a cell many times
def is_unit(name: str) -> bool:
    """Whether one name ends as units do."""
    return _ENDING.search(name.strip()) is not None and len(name) <= _NAME_MAX


def begins_whole(line: str) -> bool:
    """Whether a line begins with a whole name of its own: 县公安局 does, 旅游局 may be the rest of one."""
    first = re.split(f"[{_SEPARATORS}]", line.strip())[0]
    return _BEGINNING.match(first) is not None and _ENDING.search(first) is not None


def resembles_person(cell: str) -> bool:
    """Whether a cell names persons: by surname, or by office as in 分管副县长."""
    names = [name for name in re.split(r"[、，,；;\s]+", cell.strip()) if name]
    return bool(names) and all(
        (_PERSON.fullmatch(name) and not _NO_NAME_END.search(name)) or _OFFICE_OF_PERSON.fullmatch(name)
        for name in names
    )


def goes_on(before: str, after: str) -> bool:
    """Whether two lines are one cell: a separator ends the first or begins the second."""
    return before.rstrip().endswith(tuple(_SEPARATORS)) or after.lstrip().startswith(tuple(_SEPARATORS))


def unfinished(cell: str) -> bool:
    """Whether a cell ends in a separator, as if a name were to follow."""
    return cell.rstrip().endswith(tuple(_SEPARATORS))


def _without_blanks(cell: str) -> tuple[str, bool]:
    """The cell with blanks between whole names made separators, those inside a name taken out; and any doubt.

    A line end next to no separator is a blank too: it parts two names where both are whole.
    """
    doubt = False
    parts = []
    for piece in re.split(f"([{_SEPARATORS.strip()}]+)", cell):
        words = piece.split()
        text = words[0] if words else ""
        for word in words[1:]:
            whole = _ENDING.search(text.split("、")[-1]) is not None
            level = _BEGINNING.match(text.split("、")[-1]) is not None and not _STRONG_ENDING.search(text)
            if whole and (_BEGINNING.match(word) or (_ENDING.search(word) and not level)):
                text = f"{text}、{word}"
            else:
                doubt = (
                    doubt
                    or (whole and not _DUTY.fullmatch(word))
                    or (not whole and (not _ENDING.search(word) or begins_whole(word)))
                )
                text += word
        parts.append(text)
    return "".join(parts), doubt


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
        levels = _LEVEL_ONLY.fullmatch(before) and _LEVEL_NEXT.match(piece)
        if levels or (_GENERIC.fullmatch(piece) and _GENERIC_AFTER.search(before) and separator.strip() == "、"):
            pieces[-1] += separator.strip() + piece
        else:
            pieces.append(piece)
        before = piece
    return [piece for piece in pieces if piece]
