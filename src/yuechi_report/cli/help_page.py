"""The help of one command, in Chinese: click has its headings and remarks in English alone."""

from collections.abc import Iterable

import click

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
