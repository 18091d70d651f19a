"""What is wrong with the words of a command line, in Chinese and with what to do; click says it in English."""

import re

import click

from yuechi_report.errors import Fault, Place


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
