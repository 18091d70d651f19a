"""Click's own words in Chinese: the headings and remarks of a help page, and what is wrong on a command line."""

import re
from collections.abc import Iterable

import click

from yuechi_report.errors import Fault, Place

_SECTIONS = {"Options": "选项", "Commands": "命令", "Positional arguments": "参数"}
_REMARKS = {
    "Show this message and exit.": "显示这段说明。",
    "Show the version and exit.": "显示版本号。",
    "[required]": "（必填）",
}


class HelpPage(click.HelpFormatter):
    """Click's page with our words for its headings and remarks; what a command says of itself is Chinese already."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """用法：yuechi-report run [选项] …"""
        words = args.replace("[OPTIONS]", "[选项]").replace("COMMAND [ARGS]...", "命令 [参数]…")
        super().write_usage(prog, words, prefix or "用法：")

    def write_heading(self, heading: str) -> None:
        """选项："""
        self.write(f"{'':>{self.current_indent}}{_SECTIONS.get(heading, heading)}：\n")

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Options and their meaning."""
        super().write_dl([(name, _in_chinese(words)) for name, words in rows], col_max, col_spacing)


def _in_chinese(words: str) -> str:
    for english, chinese in _REMARKS.items():
        words = words.replace(english, chinese)
    return words


def usage_fault(error: click.UsageError) -> Fault:
    """The fault of a command line that click refused."""
    help_at = f"{error.ctx.command_path} --help" if error.ctx else "yuechi-report --help"
    likely = "、".join(getattr(error, "possibilities", None) or ())
    return Fault(Place(), _problem(error), f"{f'是否应为{likely}？' if likely else ''}用法见“{help_at}”")


def _problem(error: click.UsageError) -> str:
    match error:
        case click.MissingParameter():
            return f"缺少{_named(error)}"
        case click.NoSuchOption():
            return f"没有选项“{error.option_name}”"
        case click.BadOptionUsage():
            return f"选项“{error.option_name}”缺少取值，或不应带取值"
        case click.BadParameter():
            return f"{_named(error)}不对：{_expected(error)}"
    quoted = _quoted(error.message)
    return f"没有命令“{quoted}”" if error.message.startswith("No such command") else f"多出“{quoted or error.message}”"


def _named(error: click.BadParameter) -> str:
    kind = "选项" if isinstance(error.param, click.Option) else "参数"
    name = error.param.get_error_hint(error.ctx) if error.param else ""
    return f"{kind}“{name.strip(chr(39))}”"


def _expected(error: click.BadParameter) -> str:
    """By the type of the parameter; the suite's own types have said it already."""
    match error.param.type if error.param else None:
        case click.Choice() as choice:
            return f"应为{'、'.join(map(str, choice.choices))}之一"
        case click.Path():
            return f"“{_quoted(error.message)}”不存在，或不是所要的文件、文件夹"
        case click.IntRange() | click.FloatRange() as wanted:
            most = "" if wanted.max is None else f"、不大于{wanted.max:g}"
            return f"应为不小于{wanted.min:g}{most}的数"
    return error.message


def _quoted(message: str) -> str:
    found = re.search(r"'(.*)'|\((.*)\)", message)
    return (found[1] or found[2]) if found else ""
