"""The annexes: the units' scores, nothing at all while off, and the method with the thresholds in force."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from builders import entry, task

from yuechi_report.domain.policy import ScorePolicy
from yuechi_report.page.prose import Prose
from yuechi_report.page.table import Table
from yuechi_report.report.context import CIRCULAR, LEADERS, Report
from yuechi_report.report.county import annexes, sections
from yuechi_report.report.county.annexes import method

Make = Callable[..., Report]


POINTS = ScorePolicy()


def switched_on(report: Report, edition: str = LEADERS) -> Report:
    """The same report by a policy that has scores."""
    policy = replace(report.scope.policy, scores=POINTS)
    return Report(replace(report.scope, policy=policy), edition)


def test_off_there_is_no_trace(example: Mapping[str, Report]) -> None:
    """No annex, no number moved, and the policy's digest is what it was before scores were thought of."""
    report = example["2024Q4"]
    assert annexes.scores_annex(report) == ()
    assert sections.annexes(report) == ("重点任务清单及状态", "督办文书清单", "判定方法", "图表")


def test_on_the_leaders_get_an_annex_before_the_charts(example: Mapping[str, Report]) -> None:
    """Heading, method and table; the rules' digest on every page changes with it."""
    report = switched_on(example["2024Q4"])
    heading, method, table = annexes.scores_annex(report)
    assert isinstance(method, Prose)
    assert isinstance(table, Table)
    assert heading == Prose(markdown="## 附件4　单位评分")
    assert sections.annexes(report)[-1] == "图表"
    assert "逾期30日及以内的任务每项扣20分" in method.markdown
    assert report.scope.policy_digest != example["2024Q4"].scope.policy_digest


def test_units_never_see_scores(example: Mapping[str, Report]) -> None:
    """The units' edition has none even where they are on."""
    assert annexes.scores_annex(switched_on(example["2024Q4"], CIRCULAR)) == ()


def test_units_stand_as_in_the_notice_without_branches(example: Mapping[str, Report]) -> None:
    """In the notice's order, not by score; the tax office and the housing fund are not among them."""
    report = switched_on(example["2024Q4"])
    table = annexes.scores_annex(report)[2]
    assert isinstance(table, Table)
    shown = [str(row[0].text) for row in table.rows]
    order = dict.fromkeys(report.short_unit(one.filling_unit) for one in report.assessments)
    assert shown == [name for name in order if name not in ("县税务局", "公积金岳池管理部")]
    values = {str(row[0].text): row[-1].value for row in table.rows}
    assert (values["县人社局"], values["县市场监管局"], values["县住建局"], values["县民政局"]) == (96.7, 90, 95, 100)


def test_method_tells_the_thresholds_in_force(make: Make) -> None:
    """Numbers in the annex are read from the policy, hashes from the scope."""
    report = make((task(),), entry())
    paragraphs = method(report).markdown.split("\n\n")
    assert [text.split("\\. ")[0] for text in paragraphs] == [str(number) for number in range(1, 9)]
    assert ("不超过90日" in paragraphs[5], "30日以内" in paragraphs[6]) == (True, True)
    assert f"规则校验码{report.scope.policy_digest[:8]}，数据校验码{report.scope.digest[:8]}。" in paragraphs[7]
