"""YAML from outside → validated models: safe loading, unknown keys refused, faults with their place."""

from functools import lru_cache
from io import StringIO
from pathlib import Path
from typing import Any, TypeVar, cast

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from yuechi_report.errors import Fault, InputRefused, ParameterError, Place, YuechiError


class Setting(BaseModel):
    """Base of every settings model: frozen, unknown keys refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


M = TypeVar("M", bound=BaseModel)

_PROBLEMS = {
    "missing": "缺少必填项",
    "extra_forbidden": "有不认识的项",
}

_WANTED = {
    "int": "应为整数",
    "float": "应为数字",
    "bool": "应为true或false",
    "string": "应为文字，写法见文档",
    "date": "应为2024-12-31形式的日期",
    "datetime": "应为2025-01-06T23:59:59+08:00形式的时间",
    "timezone": "时间应带时区，如+08:00",
    "tuple": "应为列表",
    "list": "应为列表",
    "dict": "应为“名称: 值”的形式",
    "model": "应为“名称: 值”的形式",
    "greater": "超出允许的范围",
    "less": "超出允许的范围",
}
"""By the first word of pydantic's error type: int_parsing, greater_than_equal …"""


def read_yaml(path: Path, refusal: type[YuechiError] = ParameterError) -> Any:
    """The plain data of a YAML file; `refusal` with the line when it is missing or broken."""
    return _parsed(path.name, _content(path, refusal), refusal)


def load_yaml(path: Path, model: type[M]) -> M:
    """A YAML file as a validated model; every fault is collected, then raised once.

    A file that is read again with the same content is the same model: parsing is slow, and models do not change.
    """
    return cast(M, _validated(path.name, _content(path, ParameterError), model))


def _content(path: Path, refusal: type[YuechiError]) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise refusal.at(Place(path.name), "文件不存在或无法打开", "请补上这个文件") from error
    except UnicodeDecodeError as error:
        raise refusal.at(Place(path.name), "不是UTF-8编码", "请另存为UTF-8编码") from error


def _parsed(name: str, text: str, refusal: type[YuechiError]) -> Any:
    try:
        return YAML(typ="safe", pure=True).load(StringIO(text))
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark is not None else 0
        raise refusal.at(Place(name, line=line), "YAML格式有误", "请检查缩进、冒号、引号和重复的项") from error
    except (YAMLError, ValueError) as error:  # ValueError: a date that the calendar does not have
        raise refusal.at(Place(name), "YAML格式有误", "请检查缩进、冒号、引号和日期") from error


@lru_cache(maxsize=64)
def _validated(name: str, text: str, model: type[BaseModel]) -> BaseModel:
    try:
        return model.model_validate(_parsed(name, text, ParameterError))
    except ValidationError as error:
        raise ParameterError([_fault(name, one) for one in error.errors()]) from error


def _fault(name: str, error: Any) -> Fault:
    key = ".".join(str(part) for part in error["loc"]) or "（整个文件）"
    problem = _PROBLEMS.get(error["type"], f"取值不符合要求（{_wanted(error)}）")
    return Fault(Place(name), f"“{key}”{problem}", "请对照文档docs/operations.md改正后重试")


def _wanted(error: Any) -> str:
    """What is wrong with a value, in the reader's language: a model's own words, the allowed ones, or the kind."""
    context = error.get("ctx", {})
    if "error" in context:
        return str(context["error"])
    if "expected" in context:
        return f"只能是{str(context['expected']).replace(' or ', '、').replace(', ', '、')}"
    return str(_WANTED.get(error["type"].split("_")[0], error["msg"]))


T = TypeVar("T")

_NOTICE_PROBLEMS = {
    "missing": "缺少这一项",
    "extra_forbidden": "是不认识的项",
    "string_too_short": "不能为空",
    "string_pattern_mismatch": "写法不对",
    "list_type": "应当是一个列表",
    "date_type": "应当是2024-09-23这样的日期，不加引号",
    "int_type": "应当是一个整数",
    "string_type": "应当是文字",
}


class Strict(BaseModel):
    """Base of the models at this door: frozen, unknown keys refused, blanks around words dropped."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, str_strip_whitespace=True)


def read_yaml_model(path: Path, model: TypeAdapter[T]) -> T:
    """The validated content of a YAML file; InputRefused with all faults."""
    content = read_yaml(path, InputRefused)
    try:
        return model.validate_python(content)
    except ValidationError as error:
        raise InputRefused([_notice_fault(path, one["loc"], one["type"]) for one in error.errors()]) from error


def _notice_fault(path: Path, location: tuple[int | str, ...], kind: str) -> Fault:
    """A fault named by its key; a place in a list counts from 1."""
    key = " ".join(f"第{part + 1}条" if isinstance(part, int) else f"“{part}”" for part in location) or "整个文件"
    return Fault(Place(path.name), f"{key}{_NOTICE_PROBLEMS.get(kind, '取值不符合要求')}", "请对照文件开头的说明改正")
