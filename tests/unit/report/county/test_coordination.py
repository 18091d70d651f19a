"""需协调事项: of whom something is asked, and that everything that is asked stands somewhere."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from builders import UNIT, blocked, closed, decision, entry, extended, task
from report_parts import fixed, ongoing

from yuechi_report.domain.progress import Action, Role
from yuechi_report.report.context import CIRCULAR, Report
from yuechi_report.report.county import annexes, leaders, office
from yuechi_report.report.county.attention import attention_lines
from yuechi_report.report.county.coordination import Addressee, addressee, says_nothing, wishes

Make = Callable[..., Report]
case = pytest.param
LEADERS_ARE, UNIT_IS, UPPER_IS, NOBODY = Addressee.LEADERS, Addressee.UNIT, Addressee.UPPER, Addressee.UNKNOWN


@pytest.mark.parametrize(
    ("text", "to", "body"),
    [
        ("请县政府1月17日前明确出资单位", LEADERS_ARE, "县政府"),
        ("请县政府协调市财政局拨付", LEADERS_ARE, "县政府"),
        ("经费缺口20万元，请岳池县人民政府解决", LEADERS_ARE, "县人民政府"),
        ("本县城投公司资金困难，请县政府分管领导协调", LEADERS_ARE, "县政府"),
        ("请分管领导召集专题会", LEADERS_ARE, "分管领导"),
        ("请市政府协调经费", UPPER_IS, "市政府"),
        ("请广安市公安局商重庆方面", UPPER_IS, "广安市公安局"),
        ("请省人社厅明确口径", UPPER_IS, "省人社厅"),
        ("请市民政局转发标准", UPPER_IS, "市民政局"),
        ("请市政协支持", UPPER_IS, "市政协"),
        ("请市民中心配合", NOBODY, ""),
        ("请国家医保局统一接口", UPPER_IS, "国家医保局"),
        ("请上级主管部门支持", UPPER_IS, "上级主管部门"),
        ("请示已报，请市局尽快批复", UPPER_IS, "市局"),
        ("请县医保局提供数据", UNIT_IS, "县医保局"),
        ("县人社局请医保局提供数据", UNIT_IS, "医保局"),
        ("需县税务局配合", UNIT_IS, "县税务局"),
        ("请县财政局安排经费", NOBODY, "县财政局"),
        ("请县城市管理局配合", NOBODY, "县城市管理局"),
        ("请有关部门支持", NOBODY, ""),
        ("请协调经费", NOBODY, ""),
    ],
)
def test_who_is_asked(make: Make, text: str, to: Addressee, body: str) -> None:
    """Who is named first after 请; a market or a town centre is no city, an unknown body stays unknown."""
    assert addressee(make(fixed(1)), text, UNIT) == (to, body)


@pytest.mark.parametrize(
    ("named", "text", "to"),
    [
        ("校领导", "请校领导研究", LEADERS_ARE),
        ("校领导", "请校长办公会研究", LEADERS_ARE),
        ("校领导", "请市教育局支持", UPPER_IS),
        ("院领导", "请院领导协调床位", LEADERS_ARE),
        ("区政府领导", "请区政府协调", LEADERS_ARE),
        ("区政府领导", "请市政府协调", UPPER_IS),
        ("市政府领导", "请市政府协调", LEADERS_ARE),
        ("市政府领导", "请市财政局安排", NOBODY),
        ("市政府领导", "请省财政厅安排", UPPER_IS),
    ],
)
def test_leaders_are_those_of_the_office(make: Make, named: str, text: str, to: Addressee) -> None:
    """A school, a hospital, a district or a city has leaders of its own; the level above differs too."""
    report = make(fixed(1))
    own = replace(report.scope.office, county_leaders=named)
    assert addressee(Report(replace(report.scope, office=own), report.edition), text, UNIT)[0] is to


@pytest.mark.parametrize(
    "text", ["", "无", "无。", "—", "/", "暂无", "没有", "无需协调事项", "目前没有需要协调的问题", "略"]
)
def test_cell_that_asks_nothing(make: Make, text: str) -> None:
    """It is no request, however it is put."""
    assert (says_nothing(text), wishes(make(fixed(1), entry(task_no=1, coordination=text)))) == (True, ())


@pytest.mark.parametrize("text", ["需要协调", "无人机经费", "不动产数据接口", "请协调"])
def test_cell_that_begins_like_nothing_asks_something(text: str) -> None:
    """A word that denies is not enough."""
    assert not says_nothing(text)


def test_overdue_task_asks_upward_on_page_one(make: Make) -> None:
    """请市政府协调经费 is a matter: the leaders alone can take it to the city."""
    said = entry(task_no=1, issues="经费未落实。", coordination="请市政府协调经费")
    assert leaders.matters_or_requirements(make(fixed(1), said)).markdown == (
        "## 二、需县领导研究的事（1件）\n\n**社保卡“一卡一码通”（任务1，县人社局）**。"
        "经费未落实。请市政府协调经费。建议以县政府名义函商市政府。"
    )


def test_school_asks_upward_through_its_own_leaders(make: Make) -> None:
    """No county's name is used where the leaders are no government's."""
    said = entry(task_no=1, issues="经费未落实。", coordination="请市教育局协调经费")
    report = make(fixed(1), said)
    own = replace(report.scope.office, county_leaders="校领导")
    found = leaders.matters(Report(replace(report.scope, office=own), report.edition))
    assert "建议由校领导出面商请市教育局。" in found[0].text


def test_task_that_is_not_overdue_asks_the_leaders_too(make: Make) -> None:
    """What is asked of the leaders goes to them in whatever state the task is."""
    said = entry(
        task_no=1, unit="县公安局", progress="", issues="场地不足。", coordination="请县政府分管领导协调场地。"
    )
    assert [found.markdown for found in leaders.matters(make(ongoing(1), said))] == [
        "**社保卡“一卡一码通”（任务1，县公安局）**。场地不足。请县政府分管领导协调场地。"
    ]


def test_what_is_asked_upward_of_others_stands_beside_the_documents(make: Make) -> None:
    """In the leaders' annex; page one points to it; the units read nothing of it."""
    said = entry(task_no=1, unit="县公安局", coordination="请省公安厅开放接口；请县医保局提供名单")
    report = make(ongoing(1), said)
    assert leaders.matters_or_requirements(report).markdown.endswith(
        "本季各单位没有提请县领导研究的事项；请上级协调1件见附件2，其他需协调的事1件见第十一部分。"
    )
    words = "单位请上级协调的事1件，是否去函由本室提出意见：任务1（县公安局）请省公安厅开放接口。"
    assert annexes.documents_annex(report)[-1].markdown == words
    assert "单位间待协调1项：任务1（县公安局）请县医保局提供名单。" in office.office_items(report).markdown
    units = Report(report.scope, CIRCULAR)
    assert (annexes.documents_annex(units), "待协调" in office.office_items(units).markdown) == ((), False)
    assert "待协调" not in office.office_sentence(units)


@pytest.mark.parametrize("text", ["请县财政局安排经费", "请有关部门支持", "协调经费"])
def test_what_is_asked_of_nobody_known_is_listed(make: Make, text: str) -> None:
    """本室待办 on page one and in full, the next steps, and the list at the end of a run."""
    report = make(fixed(1), entry(task_no=1, coordination=text))
    assert "需协调对象待核实1项" in office.office_sentence(report)
    assert f"需协调对象待核实1项：任务1（县人社局）{text}。" in office.office_items(report).markdown
    steps = [row[1].text for row in office.next_steps(report).rows]
    assert "办理需协调对象待核实（任务1）。" in steps
    assert "需协调对象待核实1项（任务1）" in attention_lines(report)


def test_cooperating_unit_is_heard_too(make: Make) -> None:
    """Its row has the column as well."""
    shared = task(number=1, cooperating_units=("县医保局",))
    said = entry(
        task_no=1, unit="县医保局", role=Role.COOPERATE, issues="接口未开。", coordination="请县政府协调接口。"
    )
    found = leaders.matters(make((shared,), entry(task_no=1), said))
    assert [matter.markdown for matter in found] == [
        "**社保卡“一卡一码通”（任务1，县医保局）**。接口未开。请县政府协调接口。"
    ]


def test_same_words_of_two_units_are_one_request(make: Make) -> None:
    """The filling unit's goes before."""
    shared = task(number=1, cooperating_units=("县医保局",))
    both = [
        entry(task_no=1, unit=unit, role=role, coordination="请县政府协调接口。")
        for unit, role in ((UNIT, Role.LEAD), ("县医保局", Role.COOPERATE))
    ]
    assert [wish.entry.unit for wish in wishes(make((shared,), *both))] == [UNIT]


def test_answered_and_settled_requests_are_over(make: Make) -> None:
    """An approval that was given, a task that is closed; another request of the same cell stays."""
    asked = entry(task_no=1, coordination="请县人民政府批准延至2025年3月31日；请省交通厅协调窗口期")
    found = wishes(make(fixed(1), asked, extended("2024-12-24", task_no=1)))
    assert [(wish.to, wish.words) for wish in found] == [(UPPER_IS, "请省交通厅协调窗口期")]
    assert wishes(make(fixed(1), asked, closed(task_no=1))) == ()
    refused = decision(Action.RETURN, "2024-12-24", task_no=1)
    assert len(wishes(make(fixed(1), asked, refused))) == 2


def test_recognised_dependence_is_one_matter(make: Make) -> None:
    """The body the office has recognised is on page one already; another one is listed."""
    said = entry(task_no=1, coordination="请广安市民政局转发标准；请省民政厅明确口径")
    found = wishes(make(fixed(1), said, blocked(task_no=1)))
    assert [wish.words for wish in found] == ["请省民政厅明确口径"]


def test_many_requests_are_all_named(make: Make) -> None:
    """The words of eight; of the others the numbers."""
    numbers = tuple(range(1, 13))
    said = [entry(task_no=number, coordination="请县财政局安排") for number in numbers]
    text = office.office_items(make(fixed(*numbers), *said)).markdown
    assert (text.count("请县财政局安排"), "另有任务9、10、11、12，见各单位填报。" in text) == (8, True)
