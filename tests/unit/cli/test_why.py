"""why: the facts of the shipped example, told and as JSON, and what it refuses."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from yuechi_report.cli.terminal import say
from yuechi_report.settings.workspace import Workspace

Command = Callable[..., tuple[int, str, str]]
case = pytest.param


@pytest.fixture
def ask(command: Command, repository: Workspace) -> Callable[..., str]:
    """The words printed for a task of the example; they must end well."""

    def call(number: int, quarter: str, *more: str) -> str:
        code, out, err = command("why", str(number), "--quarter", quarter, *more, "--workspace", repository.root)
        assert (code, err) == (0, "")
        return out

    return call


@pytest.mark.parametrize(
    ("number", "quarter", "facts"),
    [
        case(
            1,
            "2024Q4",
            ("状态：○有实质进展", "原文“——”", "2024年10月15日核定为推进类（持续配合），经县人民政府2024年10月14日批准（示例〔2024〕12号）", "notice.txt第31—33行", "（一）配合市上推进高铁公交化。"),
            id="1: no deadline, a class was set",
        ),
        case(
            2,
            "2024Q4",
            ("状态：○延期在办", "原文“2024年12月”，有效时限2025年3月31日", "2024年12月24日准予延期至2025年3月31日，经县人民政府2024年12月24日批准（示例〔2024〕41号）；原定时限保留在册", "第21号收件，data/receipts/yuechi-2024/2024Q4/0021-transport.xlsx第6行", "2024年12月17日10:05经政务内网收到，2024年12月17日10:40登记", "《关于任务2延长完成时限的请示》（示例〔2024〕35号，2024-12-17）", "五、销号标准\n　　两地公交卡可在对方线路互刷"),
            id="2: extended in time",
        ),
        case(
            7,
            "2024Q4",
            ("状态：△到期受上级制约", "认定待上级，待广安市公安局与重庆方面公安机关对接", "请示件示例〔2024〕31号（2024年12月16日），复核日2025年3月31日", "受上级制约的复核日不晚于认定后90日", "超过时限：自2025年1月1日起算，至判定日2025年1月6日，计6天"),
            id="7: blocked above",
        ),
        case(
            10,
            "2024Q4",
            ("状态：×逾期未完成（6天）", "2025年1月6日不予延期，时限不变", "县交通运输局（配合）", "2025年1月3日15:30经政务内网收到"),
            id="10: asked too late",
        ),
        case(
            15,
            "2024Q4",
            ("状态：×逾期未完成（6天、退回补正）", "退回补正后没有重新报送", "2024年12月26日　退回补正　督查室（示例）（判定所依据）", "佐证材料栏空白", "2024年第三季度（状态截至2024年10月15日）：推进中"),
            id="15: returned",
        ),
        case(
            27,
            "2024Q4",
            ("状态：●已销号（印发后办结）", "原文“2024年6月”", "原定时限早于通知印发日（2024年9月23日），不计逾期", "认定2024年11月15日完成", "2024年第三季度（状态截至2024年10月15日）：印发时已到期·待核实"),
            id="27: due before issue",
        ),
        case(
            29,
            "2024Q4",
            ("状态：×逾期未完成（6天、自报待上级未认定）", "2025年1月6日　不予认定受上级制约", "自报待上级，未获认定，照常计算逾期"),
            id="29: not recognised",
        ),
        case(
            15,
            "2025Q1",
            ("状态：●已销号（按期（补证））", "认定2024年12月25日完成", "2024年第四季度（状态截至2025年1月6日）：逾期未完成（6天、退回补正）\n　　更正：2025年2月26日补证，现为已销号（按期（补证））；上期数已修订。"),
            id="15: proved later, last quarter corrected",
        ),
        case(
            16,
            "2025Q1",
            ("状态：×逾期未完成（90天、重新挂账）", "重新挂账后，逾期仍自该时限次日起计算", "更正：2025年2月28日重新挂账"),
            id="16: reopened",
        ),
        case(
            30,
            "2025Q1",
            ("状态：●已销号（逾期73天）", "自2025年1月1日起算，至认定完成日2025年3月14日，计73天", "2025年1月16日　退回补正", "进度：已销号，不再比较。"),
            id="30: 73 days late",
        ),
    ],
)  # fmt: skip
def test_the_example_is_explained(ask: Callable[..., str], number: int, quarter: str, facts: tuple[str, ...]) -> None:
    """Deadline, decisions, receipts, criterion and corrections are those that were written into the example."""
    text = ask(number, quarter)
    assert [fact for fact in facts if fact not in text] == []


def test_json_has_codes_words_and_days(ask: Callable[..., str]) -> None:
    """The same as typed fields: codes beside words, days as ISO text, the file and row of every record."""
    found: dict[str, Any] = json.loads(ask(2, "2024Q4", "--json"))
    assert found["status"]["headline"] == {"code": "extended", "word": "延期在办"}
    assert (found["deadline"]["due"], found["deadline"]["effective_due"]) == ("2024-12-31", "2025-03-31")
    assert (found["rule"]["id"], found["rule"]["number"], found["rule"]["total"]) == ("fixed.extended", 16, 18)
    (decision,) = found["decisions"]
    assert (decision["basis"], decision["action"]["code"]) == (True, "grant_extension")
    assert decision["origin"]["file"] == "data/decisions/yuechi-2024/2024Q4/0039-office.xlsx"
    basis = [entry["origin"]["receipt"] for entry in found["entries"] if entry["basis"]]
    assert (basis, found["notice"]["lines"][1]) == ([21], "2024年12月")


@pytest.mark.parametrize("form", [(), ("--json",)], ids=["words", "json"])
def test_who_filled_the_form_in_is_never_told(ask: Callable[..., str], form: tuple[str, ...]) -> None:
    """Neither the person who filled in or checked a form nor a telephone is printed."""
    text = "".join(ask(number, "2024Q4", *form) for number in (2, 10, 15, 33))
    assert [word for word in ("示例填报人", "示例审核人", "填报人", "审核人", "电话：") if word in text] == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("99", "--quarter", "2024Q4"), "清单中没有任务99。处理办法：请使用清单中的序号（1至37）。"),
        (("二十七", "--quarter", "2024Q4"), "“二十七”不是任务序号"),
        (("0", "--quarter", "2024Q4"), "“0”不是任务序号"),
        (("27", "--quarter", "2023Q1"), "2023Q1在通知印发（2024-09-23）之前，没有填报期"),
        (("27", "--quarter", "2027Q1"), "文件不存在"),
        (("27", "--quarter", "2024Q4", "--as-of", "2024-12-01"), "--label"),
    ],
)
def test_what_cannot_be_explained_ends_with_2(
    command: Command, repository: Workspace, words: tuple[str, ...], said: str
) -> None:
    """An unknown task, a word that is no number, an unknown quarter: a Chinese message, no traceback."""
    code, out, err = command("why", *words, "--workspace", repository.root)
    assert (code, out, said in err, "Traceback" in err) == (2, "", True, False)


def test_another_day_is_marked_and_tells_what_was_known(ask: Callable[..., str]) -> None:
    """On 25 December the extension is known, the later decisions are not; the mark says it is retrospective."""
    text = ask(10, "2024Q4", "--as-of", "2024-12-25", "--known-at", "2024-12-25T23:59:59+08:00", "--label", "核对")
    assert text.startswith("示例数据：进展、完成、逾期等情况均为虚构，与所列单位实际工作无关\n追溯件，非印发件\n任务10")
    assert ("不予延期" in text, "四、决定事项：没有" in text, "状态：△临期" in text) == (False, True, True)


def test_signs_that_act_on_a_terminal_are_printed_as_their_code(capsys: pytest.CaptureFixture[str]) -> None:
    """An escape, a bell, a turning mark: whatever a unit wrote moves no cursor and turns no line."""
    say("甲\x1b[31m乙\u202e丙\x07")
    assert capsys.readouterr().out == "甲〔U+001B〕[31m乙〔U+202E〕丙〔U+0007〕\n"
