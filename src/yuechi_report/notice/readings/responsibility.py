"""Who does what by when, in one phrase: 牵头单位：…；责任单位：… or A牵头，B、C配合，6月底前完成."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from yuechi_report.notice.deadline_text import is_phrase, resembles_deadline
from yuechi_report.notice.numerals import compact
from yuechi_report.notice.unit_text import is_unit, resembles_person, resembles_units, split_units
from yuechi_report.notice.vocabulary import UNIT_ROLES, ColumnRole, is_header_word, role_of

Parts = tuple[tuple[ColumnRole, str], ...]

_LABEL = re.compile(
    r"(?:^|(?<=[\s　；;。，,、：:—\-（(〔\[【!！）)]))\**([一-鿿](?: ?[一-鿿]){0,11}(?:[（(][一-鿿]{1,8}[）)])?[一-鿿]{0,4})\**\s*[：:]"
)
_BOXED = re.compile(r"[【［\[]([一-鿿]{2,12})[】］\]]\s*[：:]?")  # 【责任单位】县教育局
_SPACED = re.compile(r"\s*([一-鿿]{4,8})[ \u3000\t]+(\S.*)")  # 责任单位  县教育局
_TRIM = " \u3000\u00a0\t；;，,、。.—-*"
_VERBS: tuple[tuple[re.Pattern[str], ColumnRole], ...] = (
    (
        re.compile("(?:由)?(.+?)(?:共同|联合|分别|总)?(?:牵头|主办|承办)(?:负责|落实|组织实施|实施|推进|办理)?"),
        ColumnRole.LEAD,
    ),
    (
        re.compile(
            "(?:会同|联合)?(.+?)(?:等)?(?:积极|分别|共同|按职责(?:分工)?|按照职责分工)?(?:配合|协助|协同|参与|参加|协办|会办)(?:实施|落实|做好)?"
        ),
        ColumnRole.COOPERATE,
    ),
    (re.compile("(.+?)(?:督导|督办|督查|考核|监督|验收|指导)"), ColumnRole.OVERSIGHT),
    (
        re.compile(
            "(?:由)?(.+?)(?:根据|按照?)?(?:各自)?(?:职[责能])?(?:分工)?(?:分别|共同|具体|联合|牵头)?(?:负责|落实|承担)(?:落实|实施)?"
        ),
        ColumnRole.RESPONSIBLE,
    ),
)
_DUTY_END = re.compile("(?:根据|按照?)(?:各自)?职[责能](?:分工)?$")
_NO_LABEL = frozenset({ColumnRole.OTHER, ColumnRole.NUMBER, ColumnRole.CATEGORY})
_SPACED_ROLES = UNIT_ROLES | {ColumnRole.DEADLINE, ColumnRole.LEADER}
_DASHED = re.compile("(?:——|--|—|－)([^—－]+)$")
_TIME_MAX = 16
_CLAUSE = re.compile("[，,；;]")
_TIME_START = re.compile(
    "(?:20[0-9]{2}年|[0-9]{1,2}月|[0-9]{1,2}日|年[底内末]|每[年月季半]|全年|今年|持续|长期|常态|立[行即]|第?[一二三四1-4]季度|[上下]半年|[近远]期|[0-9]{4}[.．-])"
)


@dataclass(frozen=True, slots=True)
class Label:
    """A label in a line: its word, its role, and where word and value begin and end."""

    word: str
    role: ColumnRole
    start: int
    value_start: int


def labels_in(text: str, *, sentences: bool = False) -> tuple[Label, ...]:
    """The labels with a role in a text, in order; words of other meaning are part of the text.

    With `sentences` only where a sentence or a wide blank comes before: in prose a comma begins no label, except
    behind a label of units.
    """
    found: list[Label] = []
    depths = _depths(text) if sentences else []
    units = False
    for match in _LABEL.finditer(text):
        word = match[1].strip()
        last = word.rpartition(" ")[2]
        if " " in word and len(last) > 1 and role_of(last) is not ColumnRole.OTHER:
            word = last  # 张甲 牵头单位: only the last of blank-parted words is the label; 责 任 单 位 is one
        role, start = role_of(word), match.end(1) - len(word)
        after_comma = text[max(0, start - 4) : start].rstrip("*")[-1:] in set("，,、：:")
        if sentences and ((after_comma and not (units and role in _SPACED_ROLES)) or depths[start] > 0):
            continue
        units = units or role in UNIT_ROLES
        if role not in _NO_LABEL:
            found.append(Label(word, role, start, match.end()))
    spaced = _SPACED.match(text)
    if not found and spaced and role_of(spaced[1]) in _SPACED_ROLES and not is_header_word(spaced[2]):
        found.append(Label(spaced[1], role_of(spaced[1]), spaced.start(1), spaced.start(2)))
    found += [
        Label(match[1], role, match.start(), match.end())
        for match in _BOXED.finditer(text)
        if (role := role_of(match[1])) not in _NO_LABEL
    ]
    return tuple(sorted(found, key=lambda label: label.start))


def _depths(text: str) -> list[int]:
    """How many brackets are open at each place."""
    depths, depth = [], 0
    for character in text:
        depths.append(depth)
        depth += (character in "（(〔[【［") - (character in "）)〕]】］")
    return [*depths, depth]


def responsibility(text: str) -> Parts | None:
    """What a phrase (a bracket's content, a units cell) says of who and when; None where it says nothing of it."""
    labels = labels_in(text)
    if any(label.role in UNIT_ROLES | {ColumnRole.LEADER} for label in labels):
        return tuple(_with_times(labelled_values(text, labels)))
    return said_by_verbs(text)


def labelled_values(text: str, labels: tuple[Label, ...]) -> Parts:
    """Each label's role and value; what stands before the first label is not looked at."""
    ends = [*(label.start for label in labels[1:]), len(text)]
    return tuple(
        (label.role, text[label.value_start : end].strip(_TRIM)) for label, end in zip(labels, ends, strict=True)
    )


def _with_times(values: Parts) -> Iterator[tuple[ColumnRole, str]]:
    """A deadline behind the last units without a label of its own is a deadline."""
    timed = any(role is ColumnRole.DEADLINE for role, _ in values)
    for role, value in values:
        clauses = _CLAUSE.split(value)
        if timed or role not in UNIT_ROLES or len(clauses) < 2 or not _is_time(clauses[-1]):
            yield role, value
            continue
        first = next(index for index in range(len(clauses)) if all(map(_is_time, clauses[index:])))
        cut = _cut(value, first)
        yield role, value[:cut].strip(_TRIM)
        yield ColumnRole.DEADLINE, value[cut:].strip(_TRIM)


def _cut(text: str, clause: int) -> int:
    """Where a clause begins."""
    ends = [match.end() for match in _CLAUSE.finditer(text)]
    return ends[clause - 1] if clause else 0


def _is_time(clause: str) -> bool:
    bare = compact(clause)
    return bool(bare) and (is_phrase(bare) or (_TIME_START.match(bare) is not None and resembles_deadline(bare)))


@lru_cache(maxsize=20_000)  # a table asks the same of a cell many times
def said_by_verbs(text: str) -> Parts | None:
    """Clauses parted by commas, each closed by its verb; units without a verb belong to the next one."""
    found: list[tuple[ColumnRole, str]] = []
    open_units: list[str] = []
    times: list[str] = []
    for clause in _outside_brackets(_unwrapped(text).strip(_TRIM)):
        if times and not _is_time(clause):
            return None
        if _is_time(clause):
            times.append(clause.strip())
            continue
        verb = _verb(clause)
        if verb is None:
            if not _all_units(clause):
                return None
            open_units.append(clause.strip())
            continue
        role, names = verb
        names = "、".join([*open_units, names])
        open_units = []
        if role is ColumnRole.RESPONSIBLE and resembles_person(names):
            role = ColumnRole.LEADER
        elif not resembles_units(names):
            return None
        found.append((role, names))
    if open_units and found and not times:
        return None
    if not found or open_units:
        return None
    return (*found, *(((ColumnRole.DEADLINE, "，".join(times)),) if times else ()))


def _unwrapped(text: str) -> str:
    """A cell's lines put together where the next one begins with a verb or a comma: 县教育局⏎牵头."""
    return re.sub(r"\n(?=牵头|负责|主办|承办|配合|协助|协同|按|等|[，,；;、])", "", text)


def _verb(clause: str) -> tuple[ColumnRole, str] | None:
    bare = clause.strip(_TRIM)
    for pattern, role in _VERBS:
        match = pattern.fullmatch(bare)
        if match is not None and match[1].strip():
            return role, _DUTY_END.sub("", match[1]).strip()
    return None


def _outside_brackets(text: str) -> list[str]:
    """The clauses of a text; commas inside brackets part nothing."""
    clauses, depth, start = [], 0, 0
    for position, character in enumerate(text):
        depth += (character in "（(〔[") - (character in "）)〕]")
        if depth <= 0 and character in "，,；;":
            clauses.append(text[start:position])
            start = position + 1
    return [clause for clause in (*clauses, text[start:]) if clause.strip()]


def closing_sentence(text: str) -> tuple[int, Parts] | None:
    """Where the last sentence begins, if it says nothing but who leads and who helps: A牵头，B配合，3月底前完成。"""
    start = text.rstrip(_TRIM).rfind("。") + 1
    parts = said_by_verbs(text[start:]) if start else None
    roles = {role for role, _ in parts or ()}
    if parts is None or not roles & {ColumnRole.LEAD, ColumnRole.COOPERATE}:
        return None
    times = [clause for role, value in parts if role is ColumnRole.DEADLINE for clause in _CLAUSE.split(value)]
    return (start, parts) if all(is_phrase(clause) for clause in times) else None


def bare_units(text: str) -> bool:
    """Whether a phrase is names of units and nothing else: （县教育局、县财政局）."""
    names = split_units(text).names
    return bool(names) and resembles_units(text) and all(is_unit(name) and len(name) >= 3 for name in names)


def spoken_units(text: str) -> Parts | None:
    """Who leads and who helps in a sentence that says more: 由A牵头，B、C配合，6月底前建成…; the first that names a lead."""
    for sentence in text.split("。"):
        found: list[tuple[ColumnRole, str]] = []
        for clause in _outside_brackets(sentence):
            said = _verb(clause)
            if said is None or said[0] not in UNIT_ROLES or not _all_units(said[1]):
                if found:
                    break
                continue
            found.append(said)
        if any(role is ColumnRole.LEAD for role, _ in found):
            return tuple(found)
    return None


def behind_dash(text: str) -> tuple[int, Parts] | None:
    """Where a dash begins behind which only units stand, and perhaps when: …——县公安局、县交通局，9月28日前."""
    match = _DASHED.search(text)
    if match is None:
        return None
    clauses = _outside_brackets(match[1].strip(_TRIM))
    units = [clause for clause in clauses if _all_units(clause)]
    when = clauses[len(units) :]
    if not units or clauses[: len(units)] != units or len(when) > 1 or any(len(clause) > _TIME_MAX for clause in when):
        return None
    parts: Parts = ((ColumnRole.RESPONSIBLE, "、".join(unit.strip() for unit in units)),)
    return match.start(), (*parts, *((ColumnRole.DEADLINE, clause.strip()) for clause in when))


def _all_units(phrase: str) -> bool:
    names = split_units(phrase).names
    return bool(names) and resembles_units(phrase) and all(map(is_unit, names))
