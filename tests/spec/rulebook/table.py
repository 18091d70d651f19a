"""What a table of cases is made of, and how an answer is told in the words that are printed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from builders import Record, day, judged

from yuechi_report.domain.assessment import Assessment, PaceGround, Suffix
from yuechi_report.page.labels import date_label, headline_label, label, suffix_label

AS_OF = "2025-01-06"


@dataclass(frozen=True)
class Case:
    """A situation in words, the same as records, and what is printed; `as_of` the day it is judged."""

    situation: str
    told: Callable[[], str]
    expected: str
    as_of: str = AS_OF


@dataclass(frozen=True)
class Rule:
    """One rule: the sentence that states it, and its cases; `answer` heads their last column."""

    title: str
    sentence: str
    cases: tuple[Case, ...]
    answer: str = "状态"


@dataclass(frozen=True)
class Chapter:
    """Rules that belong together, with a paragraph before them."""

    title: str
    intro: str
    rules: tuple[Rule, ...]


def status(one: Assessment) -> str:
    """Headline with its suffixes; days past the due date where no suffix says them."""
    words = "、".join(suffix_label(code, one.days_overdue) for code in one.suffixes)
    beside = f"，{words}" if "（" in words else f"（{words}）" * bool(words)
    days = 0 if {Suffix.LATE, Suffix.TO_ROUTINE_LATE} & {*one.suffixes} else one.days_overdue or one.days_past_limit
    return headline_label(one, is_issued=True) + beside + (f"，超过时限{days}天" if days else "")


def status_until(one: Assessment) -> str:
    """The status and the effective due date."""
    return f"{status(one)}；时限{date_label(one.effective_due)}" if one.effective_due else status(one)


def classed(one: Assessment) -> str:
    """The class as judged, and the status."""
    word, told = label(one.task_class), status(one)
    return told if told == word else f"{word}：{told}"


def pace(one: Assessment) -> str:
    """The pace and its ground."""
    ground = one.reason.pace_ground
    return label(one.pace) + (f"（{label(ground)}）" if ground is not PaceGround.NONE else "")


def reported(one: Assessment) -> str:
    """The status and the discipline."""
    return f"{label(one.headline)}；{label(one.discipline)}"


def filled_in(one: Assessment) -> str:
    """The unit that fills in, the status and the discipline."""
    return f"由{one.filling_unit}填报；{reported(one)}"


def case(
    situation: str, expected: str, *records: Record, reads: Callable[[Assessment], str] = status, **where: Any
) -> Case:
    """A case of one task on one day; `where` says which task, day, quarter and policy where they differ."""
    return Case(situation, lambda: reads(judged(*records, **where)), expected, where.get("as_of", AS_OF))


def judged_on(one: Case) -> str:
    """The day the case is judged, with the year only where it is not 2024."""
    return date_label(day(one.as_of)).removeprefix("2024年")
