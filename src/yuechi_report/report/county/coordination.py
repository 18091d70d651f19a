"""需协调事项: what units ask of others this quarter, and of whom; nothing that was asked is left out.

What is asked of the county's leaders or of a higher level goes to the leaders, what is asked of another unit to this
office; of whom something is asked that nobody knows, this office finds out (docs/assumptions.md §6).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from yuechi_report.domain.assessment import Assessment
from yuechi_report.domain.progress import Action, ProgressEntry
from yuechi_report.domain.standing import decided_after
from yuechi_report.page.headlines import BLOCKED, SETTLED
from yuechi_report.page.prose import escape_markdown
from yuechi_report.report.context import Report
from yuechi_report.report.words.sentences import clipped, listed_tasks


class Addressee(StrEnum):
    """Of whom something is asked."""

    LEADERS = "leaders"
    UNIT = "unit"  # another unit of the register
    UPPER = "upper"  # a body of a higher level
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Wish:
    """What one entry asks of one addressee; `body` is the addressee as it is written."""

    task_no: int
    entry: ProgressEntry
    to: Addressee
    body: str
    words: str


_SAYS_NOTHING = re.compile(
    "(?:目前|本季度?|暂时?|尚)*(?:无|没有|没|不|未|否|略|同上)?(?:其他|另外)?(?:需要|需|须|涉及|有)?(?:其他|县级|上级)?"
    "(?:领导|部门)?(?:协调|提请|解决)?的?(?:困难|事项|问题|事宜|内容)?"
)
_DENIES = re.compile("无|没|不|未|否|略|同上")
_NOT_WORDS = re.compile(r"[\W_]+")
_PARTS = re.compile(r"[；;\n]|(?<=[。！？!?])")
_ASKING = (re.compile("(?<![申])请(?!示|假)"), re.compile("建议|由|需|希望|盼"))
"""Whom a unit asks is named after such a word; the first kind goes before the second."""

_LEADERS = "(?:分管|主要|有关)[\u4e00-\u9fff]{0,3}领导|常务会|办公会|党委会?|校务会|院务会|领导小组"
_HAN = "[\u4e00-\u9fff]"
_PLACE = "[^\\W\\da-zA-Z请由商需报向与和对提恳建议盼望须待等及、县区]"
_OFFICES = "(?:局|委|厅|办|院|中心|部|公司|联|会|处|支队|银行|政协)"
_UPPER = (
    f"上级(?:主管)?(?:机关|部门|单位)?|(?:国家|中央|全国|国务院){_HAN}{{0,10}}?{_OFFICES}"
    f"|(?:{_PLACE}{{2,3}})?LEVEL(?:级(?:有关|主管|牵头)*(?:部门|单位|机关)?|委|(?:人民)?政府|{_HAN}{{0,14}}?{_OFFICES})"
)
_ABOVE_A_COUNTY, _ABOVE_A_CITY = (
    "(?:市(?!场|民(?![政宗族委航])|容|区|值|中心|政(?![府协法务数]))|省|自治区)",
    "(?:省|自治区)",
)
_NEARBY = f"[县区](?!级|委|政府|人民政府){_HAN}{{1,12}}?{_OFFICES}"
"""A body of the county that the register does not name."""

_IN_WORDS, _LENGTH = 8, 48

_APPROVES = re.compile("批准|核定|同意|批复|延期|延至|调整")
_ANSWERS = (Action.GRANT_EXTENSION, Action.REFUSE_EXTENSION, Action.SET_DEADLINE, Action.ADJUST, Action.SUCCEED)


def wishes(report: Report) -> tuple[Wish, ...]:
    """Everything that is asked and not answered yet, in the register's order; nothing of a settled task, and what
    several units of a task ask in the same words once.
    """
    found: dict[tuple[int, str], Wish] = {}
    for status in report.assessments:
        for wish in _of_task(report, status) if status.headline not in SETTLED else ():
            found.setdefault((wish.task_no, wish.words), wish)
    return tuple(found.values())


def _of_task(report: Report, status: Assessment) -> Iterator[Wish]:
    for entry in _entries(report, status):
        for to, body, words in _asked(report, entry):
            if not (_is_answered(status, entry, words) or _is_recognised(status, to, words)):
                yield Wish(status.task_no, entry, to, body, words)


def _entries(report: Report, status: Assessment) -> Iterator[ProgressEntry]:
    """The entry judged by, then the newest of this quarter of each other unit of the task."""
    if status.entry is not None:
        yield status.entry
    seen, quarter = report.seen(status.task_no).entries, report.scope.period.quarter
    newest = {entry.unit: entry for entry in seen if entry.quarter == quarter}
    judged = status.entry.unit if status.entry is not None else ""
    yield from (entry for unit, entry in newest.items() if unit != judged)


def _asked(report: Report, entry: ProgressEntry) -> list[tuple[Addressee, str, str]]:
    """Addressee, its name and the words, part by part; a part that names nobody belongs to the one beside it."""
    if says_nothing(entry.coordination):
        return []
    found: list[tuple[Addressee, str, str]] = []
    loose = ""
    for part in filter(None, (part.strip() for part in _PARTS.split(entry.coordination))):
        to, body = addressee(report, part, entry.unit)
        if to is not Addressee.UNKNOWN or body:
            found.append((to, body, _sentence(loose) + part))
            loose = ""
        elif found:
            found[-1] = (*found[-1][:2], _sentence(found[-1][2]) + part)
        else:
            loose = _sentence(loose) + part
    return found or [(Addressee.UNKNOWN, "", loose)]


def _sentence(text: str) -> str:
    return text if not text or text[-1] in "。！？!?；;" else f"{text}；"


def says_nothing(text: str) -> bool:
    """Whether a cell is empty or says no more than that nothing is asked."""
    words = _NOT_WORDS.sub("", text)
    return not words or bool(_SAYS_NOTHING.fullmatch(words) and _DENIES.search(words))


def addressee(report: Report, text: str, own: str) -> tuple[Addressee, str]:
    """Who is named first after a word that asks, else first of all; the longest name at that place."""
    starts = [match.start() for asking in _ASKING if (match := asking.search(text))]
    for start in (*starts[:1], 0):
        found = list(_named(report, text[start:], own))
        if found:
            _, to, body = min(found, key=lambda one: one[0])
            return to, body
    return Addressee.UNKNOWN, ""


def _named(report: Report, text: str, own: str) -> Iterator[tuple[tuple[int, int, int], Addressee, str]]:
    """Everybody the text names: place, length and rank to choose by, the kind and the name."""
    kinds = (
        (Addressee.LEADERS, f"{'|'.join(map(re.escape, _leaders(report)))}|{_LEADERS}"),
        (Addressee.UNIT, "|".join(map(re.escape, _unit_names(report, own)))),
        (Addressee.UPPER, _UPPER.replace("LEVEL", _ABOVE_A_CITY if _is_municipal(report) else _ABOVE_A_COUNTY)),
        (Addressee.UNKNOWN, _NEARBY),
    )
    for rank, (to, pattern) in enumerate(kinds):
        match = re.search(pattern, text) if pattern else None
        if match:
            yield (match.start(), -len(match[0]), rank), to, match[0]


def _is_municipal(report: Report) -> bool:
    return "市" in report.scope.office.county_leaders


def _leaders(report: Report) -> list[str]:
    """县政府领导 → 县政府, 县人民政府, 县委, 县领导; 校领导 → 校领导, 校长; the longest first."""
    named = report.scope.office.county_leaders.removesuffix("领导")
    level = re.sub("(?:人民)?政府$", "", named)
    own = (f"{level}{word}" for word in ("政府", "人民政府", "委", "领导", "级领导", "长")) if level else ()
    county = ("县政府", "县人民政府", "县委", "县领导", "县级领导", "县长")
    return sorted({report.scope.office.county_leaders, *own, *county} - {""}, key=len, reverse=True)


def _unit_names(report: Report, own: str) -> list[str]:
    """Every name of every other unit, without the level before it too (财政局); the longest first."""
    mine = report.scope.units.find(own)
    names = {name for unit in report.scope.units if unit != mine for name in unit.names}
    bare = {name[1:] for name in names if name[0] in "县区市州" and len(name) > 3}
    return sorted(names | bare, key=len, reverse=True)


def _is_answered(status: Assessment, entry: ProgressEntry, words: str) -> bool:
    """An approval was asked for, and the office has decided since."""
    since = (decision for decision in status.reason.decisions if decided_after(decision, entry))
    return bool(_APPROVES.search(words)) and any(decision.action in _ANSWERS for decision in since)


def _is_recognised(status: Assessment, to: Addressee, words: str) -> bool:
    """A higher level is asked for what the office has recognised, and what page one puts to the leaders already."""
    decision = status.reason.decision
    if to is not Addressee.UPPER or status.headline not in BLOCKED or decision is None:
        return False
    return decision.upper_body in words


def listed_wishes(report: Report, found: Sequence[Wish]) -> str:
    """任务3（县人社局）请县交通局…；任务5（…）…。 Escaped; the words of the first ones, of the others the numbers."""
    shown = [
        f"任务{wish.task_no}（{report.short_unit(wish.entry.unit)}）{clipped(wish.words, _LENGTH).rstrip('。；')}"
        for wish in found[:_IN_WORDS]
    ]
    rest = list(dict.fromkeys(wish.task_no for wish in found[_IN_WORDS:]))
    if rest:
        shown.append(f"另有{listed_tasks(rest)}，见各单位填报")
    return escape_markdown(f"{'；'.join(shown)}。")
