"""The fold-out beside a status: its grounds, and what each edition may see of them."""

from collections.abc import Callable, Mapping

import pytest
from builders import UNIT, Record, closed, decision, declared, entry, extended, returned, task

from yuechi_report.domain.assessment import Suffix
from yuechi_report.domain.evidence import Evidence
from yuechi_report.domain.progress import Action, Reported
from yuechi_report.report.context import CIRCULAR, LEADERS, Report
from yuechi_report.report.why.fold_out import fold_out
from yuechi_report.report.why.wording import SUFFIX_TEXTS

Make = Callable[..., Report]
case = pytest.param


def grounds(report: Report) -> dict[str, str]:
    """Term → text of the first task's fold-out; decisions joined."""
    found: dict[str, str] = {}
    for one in fold_out(report, report.assessments[0]).grounds:
        found[one.term] = f"{found[one.term]}\n{one.text}" if one.term in found else one.text
    return found


def test_grounds_of_a_late_task(make: Make) -> None:
    """Rule with its place, what the suffix means, how days are counted, dates, entry, decision, lines."""
    report = make((task(),), declared("2024-12-18", evidence=()), returned("2024-12-26"))
    assert grounds(report) == {
        "规则": "限时类规则第9条（共18条，依次判断）：已过时限未完成",
        "说明": "退回补正后没有重新报送；自2025年1月1日起算，至判定日2025年1月6日，计6天",
        "时限": "通知原文“2024年12月”；原定时限为2024年12月31日，未写明日期的按当月最后一日计算，当日仍在期限内",
        "日期": "判定日2025年1月6日；有效时限2024年12月31日",
        "填报": "县人社局2024年第四季度填报，自报“已完成”；2024年12月18日10:00收到、2024年12月18日11:00登记，第1号收件（f.xlsx第6行）",
        "决定": "2024年12月26日退回补正；2024年12月26日10:00收到、2024年12月26日11:00登记，第2号收件（f.xlsx第6行）",
        "通知": "原件notice.txt第70—72行",
    }


@pytest.mark.parametrize(
    ("records", "term", "text"),
    [
        case((extended(approver="县人民政府", approved_on="2024-12-23", document_number="示例〔2024〕41号"), entry()), "决定", "2024年12月24日准予延期至2025年3月31日，经县人民政府2024年12月23日批准（示例〔2024〕41号）", id="extension with its approval"),
        case((extended(), entry()), "日期", "判定日2025年1月6日；原定时限2024年12月31日；有效时限2025年3月31日", id="both dates where they differ"),
        case((extended(), entry()), "标准", "距时限30日以内为临期", id="the threshold the rule looked at"),
        case((), "填报", "截至判定日没有收到牵头单位的填报", id="nothing received"),
        case((entry("2024-10-10", quarter="2024Q3"),), "填报", "本季度没有收到填报；最近一次为县人社局2024年第三季度填报", id="only an earlier quarter's"),
        case((declared("2024-10-10", quarter="2024Q3"), closed("2024-11-20", "2024-10-08")), "填报", "本季度免报；最近一次为", id="exempt"),
    ],
)  # fmt: skip
def test_single_grounds(make: Make, records: tuple[Record, ...], term: str, text: str) -> None:
    """Decisions with approval, both dates, thresholds, and what stands where nothing came."""
    assert text in grounds(make((task(),), *records))[term]


def test_every_suffix_has_its_meaning() -> None:
    """No suffix is printed without a sentence that says what it means."""
    assert set(SUFFIX_TEXTS) == set(Suffix)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"edition": LEADERS}, True),
        ({"edition": CIRCULAR}, False),
        ({"unit": UNIT}, True),
        ({"unit": "县公安局"}, False),
    ],
    ids=["leaders", "circular", "the unit itself", "a unit that helps"],
)
def test_what_a_unit_asked_for_is_told_only_to_leaders_and_itself(
    make: Make, options: dict[str, str], told: bool
) -> None:
    """An undecided request does not show in the units' edition or on another unit's page; the receipt does."""
    asked = entry("2025-01-03", Reported.EXTENSION_REQUESTED)
    text = grounds(make((task(cooperating_units=("县公安局",)),), asked, **options))["填报"]
    assert ("申请延期" in text, "第1号收件（f.xlsx第6行）" in text) == (told, True)


@pytest.mark.parametrize(("edition", "told"), [(LEADERS, True), (CIRCULAR, False)])
def test_what_no_person_confirmed_stays_out_of_the_circular(make: Make, edition: str, told: bool) -> None:
    """佐证待补 is found by a rule; the units' edition neither prints nor explains it."""
    named = declared(evidence=(Evidence("《报告》"),))
    text = grounds(make((task(),), named, edition=edition)).get("说明", "")
    assert (SUFFIX_TEXTS[Suffix.EVIDENCE_PENDING] in text) is told


def test_nothing_a_unit_wrote_is_in_it(make: Make, hostile: str) -> None:
    """Progress, issues, steps, wishes and evidence belong to the tables, not to the fold-out."""
    told = entry(progress=hostile, issues=hostile, next_steps=hostile, coordination=hostile, promise=hostile)
    refused = decision(Action.REFUSE_EXTENSION, "2025-01-06", reason=hostile)
    detail = fold_out(report := make((task(),), told, refused), report.assessments[0])
    assert [one.text for one in detail.grounds if hostile in one.text] == []


@pytest.mark.parametrize("quarter", ["2024Q3", "2024Q4", "2025Q1"])
def test_example_fold_outs_are_short_and_name_files_alone(example: Mapping[str, Report], quarter: str) -> None:
    """One a task, under a thousand characters, no folder and no person in it."""
    report = example[quarter]
    for one in report.assessments:
        detail = fold_out(report, one)
        text = "".join(ground.text for ground in detail.grounds)
        assert detail.subject == f"任务{one.task_no}"
        assert len(text) < 1000
        assert [word for word in ("data/", "填报人", "审核人") if word in text] == []
