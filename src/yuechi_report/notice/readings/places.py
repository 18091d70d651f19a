"""What a paragraph is outside of tasks: a heading, an annex mark, the title of a list, a note, the end."""

import re
from dataclasses import dataclass, field, replace

from yuechi_report.notice.numerals import compact, printed_day
from yuechi_report.notice.readings.marks import DEPTH, MarkStyle, mark_of

_ANNEX = re.compile("附(?:件|表|录)[0-9一二三四五六七八九十]{0,3}[:、]?")
_LIST_TITLE = re.compile(
    ".*(?:清单|分解表|一览表|计划表|任务表|台账|目录|任务分解|责任分解|分工表|分工方案|实施方案|工作方案|行动方案|安排表|任务书|明细表|汇总表|推进表|项目表|工作要点|重点工作|重点任务|责任表|计划|安排|方案)(?:[(].*[)])?"
)
_NOTE = re.compile(
    "(?:注|备注|说明|填表说明|填报说明|制表|审核|填表人|填报人|联系人|联系电话|抄送|主送|报送|分送)[:].*|.*年.*月.*日印发|注[0-9]?[:、.].*"
)
_TAIL = re.compile(
    "(?:抄送|主送|分享到?|上一篇|下一篇|责任编辑|扫一扫|打印|关闭|主办单位|承办单位|版权所有|相关(?:链接|附件|稿件)|网站地图|来源)[:].*|[(]?(?:责任编辑|编辑|来源|此件).*[)]?|.*(?:ICP备|公网安备|网站标识码).*|.*年.*月.*日印发"
)
_SUMMARY = re.compile("(?:合计|总计|小计|累计)[:]?.*")
_HEADING_MAX = 45
_MATCHED = 400  # characters that matching looks at


@dataclass(frozen=True, slots=True)
class CategoryHeading:
    """A level above tasks: its mark's depth, its number and its name."""

    depth: int
    number: int
    name: str
    atom: int


@dataclass(slots=True)
class Headings:
    """The open headings, outermost first; `seen` counts every one of the list."""

    open: list[CategoryHeading] = field(default_factory=list)
    seen: list[CategoryHeading] = field(default_factory=list)
    _numbers: dict[tuple[str, ...], int] = field(default_factory=dict)

    def enter(self, heading: CategoryHeading) -> None:
        """Close what is as deep or deeper, open this one."""
        self.open = [above for above in self.open if above.depth < heading.depth]
        self.open.append(heading)
        self.seen.append(heading)
        self._numbers.setdefault(self.names, max(self._numbers.values(), default=0) + 1)

    def complete(self, depth: int, rest: str) -> bool:
        """Put the rest of a name behind the open heading of that depth; whether there is one."""
        for index, heading in enumerate(self.open):
            if heading.depth == depth:
                number = self.number
                whole = replace(heading, name=heading.name + rest)
                self.open[index] = whole
                self.seen = [whole if each is heading else each for each in self.seen]
                self._numbers[self.names] = number
                return True
        return False

    def clear(self) -> None:
        """A new list begins."""
        self.open = []

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the open headings."""
        return tuple(heading.name for heading in self.open)

    @property
    def number(self) -> int:
        """The running number of the innermost heading; the same names again are the same heading."""
        return self._numbers.get(self.names, 0)


def heading_of(text: str, atom: int, *, named: bool = False) -> CategoryHeading | None:
    """The heading a paragraph or a lone cell is: 一、…, （一）…; with `named` also a short text without a mark."""
    bare = compact(text[:_MATCHED])
    if not bare or len(bare) > _HEADING_MAX + 20 or is_tail(text):
        return None
    mark = mark_of(text)
    if mark is not None and mark.style in {MarkStyle.CHAPTER, MarkStyle.SECTION, MarkStyle.POINT, MarkStyle.NAMED}:
        name = heading_name(mark.rest)
        return CategoryHeading(DEPTH.get(mark.style, 0), mark.number, name, atom) if name else None
    if named and len(bare) <= _HEADING_MAX and not re.search("[。；：]", bare):
        return CategoryHeading(-1, 0, text.strip(), atom)
    return None


def heading_name(rest: str) -> str:
    """The name of a heading: up to its full stop, as printed."""
    return rest.strip().rstrip("。.：:；;").strip()


def is_annex(text: str) -> bool:
    """附件1 and the like, alone on a line."""
    return _ANNEX.fullmatch(compact(text[:_MATCHED])) is not None


def is_list_title(text: str) -> bool:
    """Whether a line may be the title of a list."""
    bare = compact(text[:_MATCHED])
    return (
        4 <= len(bare) <= 70
        and _LIST_TITLE.fullmatch(bare) is not None
        and mark_of(text) is None
        and not bare.endswith(("通知", "。"))
        and not is_tail(text)
    )


def is_note(text: str) -> bool:
    """注：…, 制表：…, 抄送：…: said about the list, not in it."""
    return _NOTE.fullmatch(compact(text[:_MATCHED])) is not None


def is_tail(text: str) -> bool:
    """What comes after the list on a page: 抄送, 分享到, the printing line."""
    return _TAIL.fullmatch(compact(text[:_MATCHED])) is not None


def is_summary(text: str) -> bool:
    """合计 and the like."""
    return _SUMMARY.fullmatch(compact(text[:_MATCHED])) is not None


def is_day(text: str) -> bool:
    """A line that is a day and nothing else."""
    return printed_day(text) is not None
