"""Settings files: unknown keys, nonsense values and broken YAML are refused with their place."""

from collections.abc import Callable
from typing import Any

import pytest

from yuechi_report.domain.policy import Calendar, ScorePolicy
from yuechi_report.errors import ExitCode, ParameterError
from yuechi_report.settings.policy import load_calendar, load_policy, status_policy
from yuechi_report.settings.request import load_params
from yuechi_report.settings.suite import load_suite
from yuechi_report.settings.units import load_units
from yuechi_report.settings.workspace import Workspace

SUITE = "office: 督查室\ndata_nature: 正式\nmasthead: 督查专报\n"
REQUEST = """\
notice: n
quarter: 2024Q4
as_of: 2025-01-06
submission_due: 2024-12-20
results_due: 2025-01-06
"""
UNIT = "units:\n  - {slug: education, name: 县教科体局, kind: department, document: supervision"

Load = Callable[[Workspace], Any]
FILES: dict[str, tuple[str, Load]] = {
    "suite": ("params/suite.yml", load_suite),
    "policy": ("params/policy.yml", load_policy),
    "calendar": ("params/calendar.yml", lambda place: load_calendar(place, range(2024, 2025))),
    "request": ("params/n/2024Q4.yml", lambda place: load_params(place, "n", "2024Q4")),
    "units": ("data/units.yml", lambda place: load_units(place.units_file)),
}


def refused(place: Workspace, which: str, text: str | bytes) -> list[str]:
    """The faults of that file with this content, without the file's path."""
    name, load = FILES[which]
    path = place.root / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(ParameterError) as caught:
        load(place)
    assert caught.value.exit_code is ExitCode.USAGE
    return [str(fault).removeprefix(f"文件“{path.name}”") for fault in caught.value.faults]


REMEDY = "处理办法：请对照文档docs/operations.md改正后重试。"


@pytest.mark.parametrize(
    ("which", "text", "key"),
    [
        ("suite", SUITE + "offices: x\n", "offices"),
        ("policy", "version: 1\ndays_due_sooon: 30\n", "days_due_sooon"),
        ("policy", "version: 1\nsigns: {late: x}\n", "signs.late"),
        ("policy", "version: 1\nscores: {promises: 5}\n", "scores.promises"),
        ("calendar", "years: {}\nyear: 2027\n", "year"),
        ("calendar", "years: {2027: {holidays: [], workdays: []}}\n", "years.2027.workdays"),
        ("request", REQUEST + "as_off: 2025-01-06\n", "as_off"),
        ("units", UNIT + ", telephone: '1'}\n", "units”第1条“telephone"),
    ],
)
def test_unknown_key_is_refused_by_name(empty: Workspace, which: str, text: str, key: str) -> None:
    """A misspelt key never silently means the default."""
    assert refused(empty, which, text) == [f"：“{key}”是不认识的项。{REMEDY}"]


@pytest.mark.parametrize(
    ("which", "text", "key"),
    [
        ("suite", "office: 督查室\nmasthead: 督查专报\n", "data_nature"),
        ("policy", "days_due_soon: 30\n", "version"),
        ("request", REQUEST.replace("results_due: 2025-01-06\n", ""), "results_due"),
        ("units", "units:\n  - {slug: a, name: 甲, kind: department}\n", "units”第1条“document"),
    ],
)
def test_missing_key_is_named(empty: Workspace, which: str, text: str, key: str) -> None:
    """What must be there is named when it is not."""
    assert refused(empty, which, text) == [f"：“{key}”缺少必填项。{REMEDY}"]


def test_all_faults_of_a_file_are_told_at_once(empty: Workspace) -> None:
    """Two wrong keys are two faults of one error."""
    assert refused(empty, "policy", "version: 1\na: 1\nb: 2\n") == [
        f"：“a”是不认识的项。{REMEDY}",
        f"：“b”是不认识的项。{REMEDY}",
    ]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("days_due_soon", "0"),
        ("days_due_soon", "-30"),
        ("days_due_soon", "366"),
        ("days_due_soon", "thirty"),
        ("days_due_soon", "30.5"),
        ("days_due_soon", "[30]"),
        ("days_due_soon", ""),
        ("days_measured_window", "0"),
        ("days_block_review", "1000"),
        ("day_submission", "0"),
        ("day_submission", "29"),
        ("working_days_check", "0"),
        ("working_days_check", "61"),
        ("version", "2"),
        ("version", "0"),
    ],
)
def test_nonsense_threshold_is_refused(empty: Workspace, key: str, value: str) -> None:
    """A threshold outside its range names its key and stops the run."""
    text = f"{key}: {value}\n" if key == "version" else f"version: 1\n{key}: {value}\n"
    [fault] = refused(empty, "policy", text)
    assert fault.startswith(f"：“{key}”取值不符合要求（")
    assert not any("a" <= letter.lower() <= "z" for letter in fault.split("（", 1)[1].split("）", 1)[0])


@pytest.mark.parametrize(
    ("key", "value"), [("days_due_soon", 1), ("days_due_soon", 365), ("day_submission", 28), ("working_days_check", 60)]
)
def test_threshold_at_the_edge_of_its_range_is_taken(empty: Workspace, key: str, value: int) -> None:
    """The range is inclusive at both ends."""
    empty.policy_file.write_text(f"version: 1\n{key}: {value}\n", encoding="utf-8")
    assert load_policy(empty).model_dump()[key] == value


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("version: 1\nsigns: {settled: ●\n", 3),
        ("version: 1\n  days_due_soon: 30\n", 2),
        ("version: 1\n\tdays_due_soon: 30\n", 2),
        ("version: 1\nversion: 1\n", 2),
        ("version: 1\nname: 'open\n", 3),
        ("version: 1\nx: *nobody\n", 2),
    ],
    ids=["brace", "indent", "tab", "twice", "quote", "alias"],
)
def test_broken_yaml_names_the_line(empty: Workspace, text: str, line: int) -> None:
    """The line where reading stopped (1-based), and what to look at."""
    assert refused(empty, "policy", text) == [
        f" 第{line}行：YAML格式有误。处理办法：请检查缩进、冒号、引号和重复的项。"
    ]


def test_yaml_cannot_make_objects(empty: Workspace) -> None:
    """A tag that would call Python is refused, not run."""
    found = refused(empty, "policy", "version: !!python/object/apply:os.system ['true']\n")
    assert found == [" 第1行：YAML格式有误。处理办法：请检查缩进、冒号、引号和重复的项。"]


def test_file_in_another_encoding_is_refused(empty: Workspace) -> None:
    """GBK is told apart from UTF-8."""
    found = refused(empty, "suite", SUITE.encode("gbk"))
    assert found == ["：不是UTF-8编码。处理办法：请另存为UTF-8编码。"]


@pytest.mark.parametrize("depth", [400, 20_000])
@pytest.mark.parametrize("opening", ["[", "{a: ", "- "], ids=["list", "mapping", "block"])
def test_file_too_deep_is_refused(empty: Workspace, opening: str, depth: int) -> None:
    """Brackets in brackets, without end or not: a message with the file, no matter how many."""
    closing = {"[": "]", "{a: ": "}", "- ": "x"}[opening]
    text = opening * depth + (closing if opening == "- " else "1" + closing * depth)
    for whole in (text, opening * depth):
        empty.suite_file.write_text(f"office:\n  {whole}\n", encoding="utf-8")
        with pytest.raises(ParameterError) as stop:
            load_suite(empty)
        assert stop.value.faults[0].place.file == "suite.yml"


def test_halves_of_a_character_are_put_together(empty: Workspace) -> None:
    """An emoji as JSON writes it is one character; a code of its own is as good as typed."""
    empty.suite_file.write_text(SUITE.replace("督查室", '"\\ud83d\\ude00\\u7763查室"'), encoding="utf-8")
    assert load_suite(empty).office == "😀督查室"


@pytest.mark.parametrize("half", ["\\ud83d", "\\ude00", "\\ude00\\ud83d", "甲\\udfff乙"])
@pytest.mark.parametrize("where", ['office: "{}"', '"{}": 1', 'faces: {{title: "{}"}}'])
def test_half_a_character_is_refused_with_the_file(empty: Workspace, where: str, half: str) -> None:
    """Nothing that no file can hold reaches a report."""
    empty.suite_file.write_text(SUITE.partition("\n")[2] + where.format(half) + "\n", encoding="utf-8")
    with pytest.raises(ParameterError) as stop:
        load_suite(empty)
    assert str(stop.value).startswith("文件“suite.yml”：有不成字的半个字符")


def test_aliases_of_aliases_cost_no_more_than_they_say(empty: Workspace) -> None:
    """A short file that names lists of lists by alias is refused as fast as any."""
    lines = ["a0: &a0 [x, x]", *(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 40))]
    empty.suite_file.write_text(SUITE + "\n".join(lines) + "\n", encoding="utf-8")
    with pytest.raises(ParameterError, match="不认识的项"):
        load_suite(empty)


@pytest.mark.parametrize("which", ["policy", "calendar", "units"])
def test_missing_file_is_named(empty: Workspace, which: str) -> None:
    """A file that a run needs and does not find is a fault with its path; the quarter's says more (test_request)."""
    name, load = FILES[which]
    path = empty.root / name
    path.unlink(missing_ok=True)
    with pytest.raises(ParameterError) as caught:
        load(empty)
    assert str(caught.value) == f"文件“{path.name}”：文件不存在或无法打开。处理办法：请补上这个文件。"


@pytest.mark.parametrize("text", ["", "- a\n", "just words\n"], ids=["empty", "a list", "a sentence"])
def test_file_that_is_no_mapping_is_refused_whole(empty: Workspace, text: str) -> None:
    """The fault then names the whole file."""
    [fault] = refused(empty, "suite", text)
    assert fault.startswith("：整个文件取值不符合要求（")


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (["{slug: a, name: 甲", "{slug: a, name: 乙"], "slug重复：a"),
        (["{slug: a, name: 甲", "{slug: b, name: 甲"], "名称重复：甲"),
        (["{slug: a, name: 甲, short_names: [丙]", "{slug: b, name: 乙, short_names: [丙]"], "名称重复：丙"),
        (["{slug: a, name: 甲, short_names: [乙]", "{slug: b, name: 乙"], "名称重复：乙"),
    ],
    ids=["slug", "name", "short name", "short name of one, name of another"],
)
def test_names_and_slugs_are_unique(empty: Workspace, rows: list[str], message: str) -> None:
    """Two units of one name would make a submission ambiguous."""
    text = "units:\n" + "".join(f"  - {row}, kind: department, document: supervision}}\n" for row in rows)
    [fault] = refused(empty, "units", text)
    assert fault == f"：整个文件取值不符合要求（{message}）。{REMEDY}"


@pytest.mark.parametrize("slug", ["../etc", "A", "a b", "a_b", "a-", "-a", "县公安局", "a/b", "x" * 41, "''"])
def test_slug_is_ascii_and_names_a_file_safely(empty: Workspace, slug: str) -> None:
    """Slugs become file names: lower-case letters, digits and single hyphens only."""
    text = f"units:\n  - {{slug: {slug}, name: 甲, kind: department, document: supervision}}\n"
    [fault] = refused(empty, "units", text)
    assert fault.startswith("：“units”第1条取值不符合要求（slug“")


def test_units_keep_their_order_and_fields(empty: Workspace) -> None:
    """A row becomes a unit with every field it gives."""
    row = UNIT + ", short_names: [教科体], liaison: 县公安局, scored: false}\n"
    empty.units_file.write_text(
        row + "  - {slug: b, name: 乙, kind: collective, document: forwarded}\n", encoding="utf-8"
    )
    first, second = load_units(empty.units_file)
    assert (first.short, first.liaison, first.scored, first.has_form) == ("教科体", "县公安局", False, True)
    assert (second.slug, second.scored, second.has_form) == ("b", True, False)


def test_own_calendar_table_comes_before_the_package(empty: Workspace) -> None:
    """The office's own table of a year replaces the packaged one."""
    own = "years: {2024: {holidays: [2024-05-01], makeup_days: [2024-05-11]}}\n"
    empty.calendar_file.write_text(own, encoding="utf-8")
    calendar = load_calendar(empty, range(2024, 2025))
    assert (calendar.years, [str(one) for one in calendar.holidays]) == ((2024,), ["2024-05-01"])
    assert [str(one) for one in calendar.makeup_days] == ["2024-05-11"]


def test_unpublished_year_is_left_out(empty: Workspace) -> None:
    """A year far ahead has no table, and the others keep theirs."""
    assert load_calendar(empty, range(2025, 2100)).years[0] == 2025
    assert 2099 not in load_calendar(empty, range(2025, 2100)).years


def test_packaged_table_knows_the_spring_festival_and_its_make_up_days(empty: Workspace) -> None:
    """2025-01-26 was a Sunday worked, 2025-01-28 a Tuesday off."""
    calendar = load_calendar(empty, range(2025, 2026))
    days = {str(one) for one in calendar.makeup_days}, {str(one) for one in calendar.holidays}
    assert ("2025-01-26" in days[0], "2025-01-28" in days[1]) == (True, True)


def test_shipped_settings_are_valid(repository: Workspace) -> None:
    """The repository's own files load, and hold twenty units and example data."""
    assert len(tuple(load_units(repository.units_file))) == 20
    assert load_suite(repository).is_example
    assert load_policy(repository).model_dump()["days_due_soon"] == 30


def test_byte_order_mark_is_taken_off(empty: Workspace) -> None:
    """A file saved as UTF-8 with BOM reads like any other."""
    empty.suite_file.write_bytes(SUITE.encode("utf-8-sig"))
    assert load_suite(empty).office == "督查室"


def test_day_that_does_not_exist_is_refused(empty: Workspace) -> None:
    """30 February stops the run as a fault of the file."""
    found = refused(empty, "request", REQUEST.replace("2025-01-06", "2025-02-30"))
    assert found == ["：YAML格式有误。处理办法：请检查缩进、冒号、引号和日期。"]


@pytest.mark.parametrize(
    ("which", "text", "words"),
    [
        ("policy", "version: 1\ndays_block_review: 366\n", "days_block_review"),
        ("policy", "version: 1\ndays_short_window: 61\n", "days_measured_window不能小于days_short_window"),
        ("policy", "version: 1\ndays_measured_window: 29\n", "days_measured_window不能小于days_short_window"),
        ("policy", "version: 1\nworking_days_correction: 0\n", "working_days_correction"),
        ("policy", "version: 1\nsigns: {settled: ×}\n", "五种标识须各不相同"),
        ("policy", "version: 2\n", "version"),
        ("units", UNIT + ", valid_from: 2025-02-01, valid_to: 2025-01-01}\n", "valid_from晚于valid_to"),
        ("units", UNIT + ", successor: sports}\n", "sports"),
        ("units", UNIT + ", former_names: [{name: 县教科体局, until: 2025-01-01}]}\n", "名称重复：县教科体局"),
        ("units", UNIT + ", also_called: [县教育局]}\n", "“units”第1条取值不符合要求（also_called不在文件中填写"),
        ("units", "units: [县教科体局]\n", "“units”第1条取值不符合要求（应为“名称: 值”的形式）"),
        ("units", UNIT + ", former_names: [{name: 县教育局}]}\n", "“units”第1条“former_names”第1条“until”"),
    ],
)
def test_nonsense_is_refused_alone_and_together(empty: Workspace, which: str, text: str, words: str) -> None:
    """A threshold out of range, two that contradict each other, names and days that cannot be."""
    [fault] = refused(empty, which, text)
    assert words in fault


def test_former_names_of_a_unit_are_read(empty: Workspace) -> None:
    """A renamed unit is one row with the names it bore and until when."""
    row = UNIT + ", former_names: [{name: 县教育局, until: 2019-03-01, short_names: [教育局]}]}\n"
    empty.units_file.parent.mkdir(exist_ok=True)
    empty.units_file.write_text(row, encoding="utf-8")
    assert load_units(empty.units_file).named("教育局").names == ("县教科体局", "县教育局", "教育局")


@pytest.mark.parametrize(
    ("points", "told"),
    [
        ("points_overdue: 50", "逾期更久的扣分不能更少"),
        ("points_late: 20", "未报送的扣分不能少于迟报"),
    ],
)
def test_points_that_favour_the_worse_case_are_refused(empty: Workspace, points: str, told: str) -> None:
    """A longer delay or a missing report never costs less than the milder case."""
    [fault] = refused(empty, "policy", f"version: 1\nscores: {{enabled: true, {points}}}\n")
    assert told in fault


def test_scores_reach_the_rules_only_where_enabled(empty: Workspace) -> None:
    """Points without `enabled: true` are read and judged nothing by."""
    rules = []
    for enabled in ("false", "true"):
        text = f"version: 1\nscores: {{enabled: {enabled}, points_late: 7}}\n"
        empty.policy_file.write_text(text, encoding="utf-8")
        rules.append(status_policy(load_policy(empty), Calendar()).scores)
    assert rules == [None, ScorePolicy(points_late=7)]
