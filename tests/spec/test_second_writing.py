"""The product against the rules written out a second time: random units and quarters, and the shipped stories."""

import csv
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from plain_cases import deal
from plain_dealer import EMPTY, PROOFS, UNCLEAR, UnitQuarter
from plain_evidence import evidence_kind
from plain_product import Told, in_plain_words, told_by_product
from plain_rules import discipline, judge, owing_unit, unit_state

from yuechi_report.domain.quarter import Period
from yuechi_report.report import load_report

FEW, MANY = 500, 10_000
STORIES = Path(__file__).resolve().parents[1] / "golden" / "stories.csv"
TOLD = {
    "有动作": "有实质进展",
    "已完成待核验": "待核验",
    "受阻已认定": "到期受上级制约",
    "跟踪无变化": "无变化",
    "逾期": "逾期未完成",
    "印发时已到期": "印发时已到期·待核实",
}
"""The stories' short words where they are not the headline's own."""


def told_plainly(case: UnitQuarter) -> list[Told]:
    """Every task of the case by the second writing."""
    answers = [judge(task) for task in case.tasks]
    return [
        Told(
            headline=answer.headline,
            suffixes=frozenset(answer.suffixes),
            days_overdue=answer.days_overdue,
            days_past_limit=answer.days_past_limit,
            discipline=discipline(task),
            owing=owing_unit(task),
        )
        for answer, task in zip(answers, case.tasks, strict=True)
    ]


def in_same_words(told: Told) -> Told:
    """Suffixes word by word: 转常态（逾期79天） and 转常态、逾期79天 say the same, so do 完成，未填 and 完成未填."""
    words = (word for suffix in told.suffixes for word in re.split("[、（）]", suffix.replace("，", "")))
    return replace(told, suffixes=frozenset(filter(None, words)))


def units(told: list[Told]) -> dict[str, str]:
    """Each unit that owes a row, and its state."""
    owing = dict.fromkeys(one.owing for one in told)
    return {unit: unit_state([one.discipline for one in told if one.owing == unit]) for unit in owing}


def disagreements(cases: range) -> list[tuple[int, object, object]]:
    """Seed, what the second writing says, what the product says."""
    found: list[tuple[int, object, object]] = []
    for seed in cases:
        case = deal(seed)
        plain = list(map(in_same_words, told_plainly(case)))
        product = list(map(in_same_words, told_by_product(case)))
        found += [(seed, one, two) for one, two in zip(plain, product, strict=True) if one != two]
        if units(plain) != units(product):
            found.append((seed, units(plain), units(product)))
    return found


def test_five_hundred_cases_agree() -> None:
    """Headline, suffixes, days and discipline, of every task and every unit."""
    assert disagreements(range(FEW)) == []


@pytest.mark.proof
def test_ten_thousand_cases_agree() -> None:
    """The same, of all."""
    assert disagreements(range(MANY)) == []


@pytest.mark.parametrize(("cells", "kind"), [(PROOFS, "佐证"), (UNCLEAR, "佐证待补"), (EMPTY, "")])
def test_evidence_in_its_usual_spellings(cells: Sequence[str], kind: str) -> None:
    """The second writing itself: what counts as evidence, what is asked back, what is an empty cell."""
    assert {cell: evidence_kind(cell, date(2025, 1, 6)) for cell in cells} == dict.fromkeys(cells, kind)


def test_second_writing_names_the_stories() -> None:
    """All 37 × 3 headlines of the shipped example, by the second writing alone."""
    with STORIES.open(encoding="utf-8-sig", newline="") as file:
        stories = list(csv.DictReader(file))
    periods: list[Period] = []
    for column in [name for name in stories[0] if "@" in name]:
        quarter = column.partition("@")[0]
        scope = load_report(quarter, notice="yuechi-2024").scope
        periods.append(scope.period)
        found = {
            task.number: judge(
                in_plain_words(task, scope.history, periods, as_of=scope.as_of, calendar=scope.policy.calendar)
            ).headline
            for task in scope.register
        }
        words = TOLD | ({"未报送": "首报待收"} if scope.period.first_report else {})
        assert found == {int(row["task_no"]): words.get(row[column], row[column]) for row in stories}, quarter
