"""Wrong words on the command line: told in Chinese, whole sentences, exit code 2."""

from collections.abc import Callable

import pytest

HELP = "用法见“yuechi-report {}--help”。"


@pytest.mark.parametrize(
    ("words", "problem", "remedy"),
    [
        (("submit",), "缺少参数“FILES...”", HELP.format("submit ")),
        (("status",), "缺少选项“--quarter”", HELP.format("status ")),
        (
            ("forms", "--quater", "2025Q2"),
            "没有选项“--quater”",
            "是否应为--quarter、--out？" + HELP.format("forms "),
        ),
        (("nonsense",), "没有命令“nonsense”", HELP.format("")),
        (("run", "--quarter"), "选项“--quarter”缺少取值，或不应带取值", HELP.format("")),
        (("run", "--quarter", "2024Q4", "更多"), "多出“更多”", HELP.format("run ")),
        (
            ("submit", "没有.xlsx", "--quarter", "2024Q4"),
            "参数“FILES...”不对：“没有.xlsx”不存在，或不是所要的文件、文件夹",
            HELP.format("submit "),
        ),
        (
            ("status", "--quarter", "2024Q4", "--format", "word"),
            "选项“--format”不对：应为table、csv、json之一",
            HELP.format("status "),
        ),
        (
            ("run", "--quarter", "2024Q4", "--jobs", "0"),
            "选项“--jobs”不对：应为不小于1、不大于64的数",
            HELP.format("run "),
        ),
        (
            ("ledger", "withdraw", "一", "--reason", "误登"),
            "参数“SEQ”不对：应为不小于1的数",
            HELP.format("ledger withdraw "),
        ),
        (
            ("status", "--quarter", "2024Q4", "--as-of", "昨天"),
            "选项“--as-of”不对：“昨天”不是日期，请写成2025-01-06的形式",
            HELP.format("status "),
        ),
    ],
)
def test_wrong_words_are_told_in_chinese(
    command: Callable[..., tuple[int, str, str]], words: tuple[str, ...], problem: str, remedy: str
) -> None:
    """What is wrong, what it should be, and where the usage stands; no word of the library's own."""
    code, out, err = command(*words)
    assert (code, out) == (2, "")
    assert err == f"{problem}。处理办法：{remedy}\n"
