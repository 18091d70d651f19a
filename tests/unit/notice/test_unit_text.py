import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yuechi_report.notice.unit_text import UnitNames, goes_on, resembles_units, split_units, unfinished

SPEC: list[tuple[str, tuple[str, ...], tuple[str, ...]]] = [
    # one unit
    ("县公安局", ("县公安局",), ()),
    ("县人力资源和社会保障局", ("县人力资源和社会保障局",), ()),
    ("县教育科技和体育局", ("县教育科技和体育局",), ()),
    ("县经济和信息化局", ("县经济和信息化局",), ()),
    ("县住房和城乡建设局", ("县住房和城乡建设局",), ()),
    ("政府和社会资本合作中心", ("政府和社会资本合作中心",), ()),
    ("市住房公积金管理中心岳池管理部", ("市住房公积金管理中心岳池管理部",), ()),
    ("各电信运营商", ("各电信运营商",), ()),
    ("县公安局及其下属单位", ("县公安局及其下属单位",), ()),
    ("县公安局。", ("县公安局",), ()),
    # every separator
    ("县公安局、县司法局", ("县公安局", "县司法局"), ()),
    ("县公安局，县司法局；县民政局", ("县公安局", "县司法局", "县民政局"), ()),
    ("县公安局,县司法局;县民政局", ("县公安局", "县司法局", "县民政局"), ()),
    ("县公安局\n县司法局", ("县公安局", "县司法局"), ()),
    ("县公安局、\n县司法局", ("县公安局", "县司法局"), ()),
    ("县公安局及县司法局", ("县公安局", "县司法局"), ()),
    ("县公安局和县司法局", ("县公安局", "县司法局"), ()),
    ("县公安局以及有关部门", ("县公安局", "有关部门"), ()),
    ("县委宣传部和县公安局", ("县委宣传部", "县公安局"), ()),
    ("县发展和改革局和县财政局", ("县发展和改革局", "县财政局"), ()),
    ("各街道(功能区)和区公安局", ("各街道(功能区)", "区公安局"), ()),
    ("、县公安局、 、\u00a0县司法局、", ("县公安局", "县司法局"), ()),
    ("县公安局、县公安局", ("县公安局",), ()),
    ("", (), ()),
    (" \u00a0", (), ()),
    # never inside a bracket, never between levels
    ("各县（市、区）人民政府、市公安局", ("各县（市、区）人民政府", "市公安局"), ()),
    ("区政府有关部门，各街道(功能区、园区)", ("区政府有关部门", "各街道(功能区、园区)"), ()),
    ("各区(市;县)", ("各区(市；县)",), ()),
    ("各县、市、区政府", ("各县、市、区政府",), ()),
    ("各县、市、区政府、市公安局", ("各县、市、区政府", "市公安局"), ()),
    ("各市、县（区）", ("各市、县（区）",), ()),
    ("各县、县公安局", ("各县", "县公安局"), ()),
    ("市政府各部门、各直属机构,各县市区政府", ("市政府各部门", "各直属机构", "各县市区政府"), ()),
    # what else a cell says
    ("区司法局等有关部门", ("区司法局等有关部门",), ("open_list",)),
    ("县公安局、县司法局等", ("县公安局", "县司法局"), ("open_list",)),
    ("市卫生健康委等,各县(市、区)政府(管委会)", ("市卫生健康委", "各县(市、区)政府(管委会)"), ("open_list",)),
    ("放射科等医技科室", ("放射科等医技科室",), ("open_list",)),
    # blanks and line ends: between whole names, or inside one
    ("县经济和信息化局  各电信运营商", ("县经济和信息化局", "各电信运营商"), ()),
    ("护理部\n总务科", ("护理部", "总务科"), ()),
    ("县交通运输局、县文化广电\n旅游局", ("县交通运输局", "县文化广电旅游局"), ()),
    ("县人力资源和社会\n保障局", ("县人力资源和社会保障局",), ()),
    ("县教 育局", ("县教育局",), ()),
    ("县公安局 张甲", ("县公安局张甲",), ("unit_rows_unclear",)),
    ("县自然资源局县住建局", ("县自然资源局县住建局",), ("unit_rows_unclear",)),
    # one name of several organs; no name at all; other separators
    ("县委办公室，各乡镇党委、政府", ("县委办公室", "各乡镇党委、政府"), ()),
    ("/", (), ()),
    ("——", (), ()),
    ("无", (), ()),
    ("心血管内科|神经内科", ("心血管内科", "神经内科"), ()),
    ("县教育局/县财政局", ("县教育局", "县财政局"), ()),
    ("县公安局、高等院校", ("县公安局", "高等院校"), ()),
    ("县公安局、县司法局按职责分工负责", ("县公安局", "县司法局"), ("by_duty",)),
    ("县公安局等单位（按照各自职责分工负责）", ("县公安局等单位",), ("open_list", "by_duty")),
    ("按职责分工负责", (), ("by_duty",)),
    ("县（市、区公安局、县民政局", ("县（市、区公安局、县民政局",), ("bracket_open",)),
    ("县公安局）、县民政局", ("县公安局）", "县民政局"), ("bracket_open",)),
]


@pytest.mark.parametrize(("cell", "names", "flags"), SPEC)
def test_a_cell_splits_into_its_units(cell: str, names: tuple[str, ...], flags: tuple[str, ...]) -> None:
    """Every line of the table gives exactly those names, as written and in order, and those flags."""
    assert split_units(cell) == UnitNames(names, flags)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("县公安局、", True),
        ("市住房公积金管理中心岳池管理部", True),
        ("县公安局。", True),
        ("抄送：县委办公室。", False),
        ("2024年9月23日印发", False),
        ("一、交通通信便捷行动事项", False),
        ("（五）推进便民服务", False),
        ("推进" * 20, False),
    ],
)
def test_units_are_told_from_other_lines(line: str, expected: bool) -> None:
    """A label, a day, a heading, a numbered line and an over-long name are no units."""
    assert resembles_units(line) is expected


def test_a_separator_on_either_side_joins_lines() -> None:
    """A cell goes on where one line ends, or the next begins, with a separator."""
    assert goes_on("县经济和信息化局、 ", "各电信运营商")
    assert goes_on("县经济和信息化局", "、各电信运营商")
    assert not goes_on("县人力资源和社会保障局", "县税务局")
    assert (unfinished("县公安局、"), unfinished("县公安局")) == (True, False)


@given(st.text(alphabet="县市区各局委、，；,;和及（）() \n等按职责分工负责政府", max_size=40))
def test_splitting_loses_no_character_of_a_name(cell: str) -> None:
    """Whatever the cell, names are not blank, come once, hold no half-width semicolon and are parts of the cell."""
    names = split_units(cell).names
    assert len(names) == len(set(names))
    assert all(name == name.strip() != "" and ";" not in name for name in names)
    flat = re.sub("[\\s、]", "", cell.replace(";", "；"))
    assert all(re.sub("[\\s、]", "", name) in flat for name in names)
