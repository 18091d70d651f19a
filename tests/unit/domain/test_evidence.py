"""Evidence: what a cell proves, wherever in it the number or the day stands and however the door parted it."""

import pytest
from builders import day, declared

from yuechi_report.domain.evidence import Evidence, Proof, proof_of
from yuechi_report.intake.check.fields import to_evidence

RECEIVED_ON = day("2024-12-18")


@pytest.mark.parametrize(
    "cell",
    [
        "《关于调整政策的通知》（岳公积金〔2025〕7号）",
        "协议〔2024〕5号",
        "协议[2024]第5号",
        "会议纪要第5期",
        "专题会议纪要第十二号",
        "编号：A12",
        "拟发文〔2024〕5号",
        "验收报告，2024年12月10日",
        "网站截图 2024/12/10",
        "2024.12.10竣工",
        "照片20241210",
        "二〇二四年十二月十日验收",
        "验收报告\n2024-12-10",
        "9月12日会议纪要",
        "2024年12月",
        "2024-12-18",
        "2024-12-10/2030-01-01",
    ],
)
def test_number_or_a_day_that_has_come_is_proof(cell: str) -> None:
    """A document number, or a day not later than the receipt."""
    assert proof_of(to_evidence(cell), RECEIVED_ON) is Proof.GIVEN


@pytest.mark.parametrize(
    "cell",
    [
        "验收报告",
        "《甲》；《乙》",
        "预计2024年12月10日",
        "拟于12月10日补",
        "将于2024-12-10补",
        "2024-12-19",
        "2024年13月",
        "十十年报告",
    ],
)
def test_text_without_either_is_asked_back(cell: str) -> None:
    """A name alone, a day still to come and a day that is none prove nothing, and are not nothing."""
    assert proof_of(to_evidence(cell), RECEIVED_ON) is Proof.UNCLEAR


@pytest.mark.parametrize("cell", ["", "无", "—", "有", "略", "见附件", "（见附件）", " 无。"])
def test_cell_that_says_nothing_is_empty(cell: str) -> None:
    """A fact, not a judgement."""
    assert proof_of(to_evidence(cell), RECEIVED_ON) is Proof.NONE


def test_entry_is_worth_what_its_cell_was_on_the_day_it_came() -> None:
    """A day after the receipt does not become proof by waiting."""
    assert declared("2024-12-18", evidence=(Evidence("报告", "", "2024-12-20"),)).proof is Proof.UNCLEAR
    assert declared("2024-12-20", evidence=(Evidence("报告", "", "2024-12-20"),)).proof is Proof.GIVEN
