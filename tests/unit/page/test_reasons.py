"""Reasons in words: every rule has a sentence, decisions are told with their day."""

import pytest
from builders import Record, blocked, closed, declared, entry, extended, judged, reopened, returned

from yuechi_report.domain.rules import RULES
from yuechi_report.page.reasons import RULE_TEXTS, reason_text

case = pytest.param


def test_every_rule_has_its_sentence() -> None:
    """No rule without words, no words without a rule."""
    assert set(RULE_TEXTS) == {rule.id for rules in RULES.values() for rule in rules}


@pytest.mark.parametrize(
    ("records", "text"),
    [
        case((entry(),), "已过时限未完成（时限2024年12月31日）", id="overdue: its date"),
        case((closed(),), "已核验销号（2024年12月26日核验通过销号）", id="closed: its decision"),
        case((blocked(),), "已过时限，经认定受上级制约，未过复核日（2024年12月30日认定待上级）", id="blocked"),
        case((declared(),), "牵头单位自报完成并附佐证，尚待核验", id="declared: the rule alone"),
        case((reopened(),), "已过时限未完成（2025年1月3日重新挂账：经核对属实）", id="reopened: its own reason"),
        case(
            (declared(), returned(reason="台账平均13.6个工作日，未达标准。请补正。")),
            "已过时限未完成（2024年12月26日退回补正：台账平均13.6个工作日，未达标准）",
            id="returned: its reason to the first full stop",
        ),
        case(
            (blocked("2024-12-20", "2025-01-02"),),
            "已过时限未完成（2024年12月20日认定受上级制约，2025年1月2日复核日已过）",
            id="lapsed",
        ),
        case((extended(new_due="2025-01-03"),), "已过时限未完成（经批准的时限2025年1月3日）", id="extension passed"),
    ],
)
def test_reason_is_the_rule_with_what_it_rests_on(records: tuple[Record, ...], text: str) -> None:
    """A decision with its day, else the date that was missed."""
    assert reason_text(judged(*records)) == text
