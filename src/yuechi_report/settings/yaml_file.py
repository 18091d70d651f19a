"""The one door for YAML: safe loading, unknown keys refused, every fault with its place, in the reader's words."""

from functools import lru_cache
from io import StringIO
from itertools import accumulate
from pathlib import Path
from typing import Any, TypeVar, cast

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from yuechi_report.errors import Fault, ParameterError, Place, YuechiError

T = TypeVar("T")
_REMEDY = "请对照文档docs/operations.md改正后重试"

_TOO_DEEP = ("YAML层次过深", "请检查括号和缩进，只保留文档中写明的各项")
_DEPTH_MOST = 100
_STEPS = {"[": 1, "{": 1, "]": -1, "}": -1}

_PROBLEMS = {"missing": "缺少必填项", "extra_forbidden": "是不认识的项", "unexpected_keyword_argument": "是不认识的项"}

_WANTED = {
    "string_too_short": "不能为空",
    "string_pattern_mismatch": "写法不对",
    "int": "应为整数",
    "float": "应为数字",
    "bool": "应为true或false",
    "string": "应为文字",
    "date": "应为2024-12-31形式的日期，不加引号",
    "datetime": "应为2025-01-06T23:59:59+08:00形式的时间",
    "timezone": "时间应带时区，如+08:00",
    "tuple": "应为列表",
    "dict": "应为“名称: 值”的形式",
    "model": "应为“名称: 值”的形式",
    "dataclass": "应为“名称: 值”的形式",
    "greater": "超出允许的范围",
    "less": "超出允许的范围",
}
"""By pydantic's error type, or by its first word: int_parsing, greater_than_equal …"""


class Setting(BaseModel):
    """Base of what a file says that is no record of the domain: frozen, unknown keys refused, also in records inside."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def load_yaml(path: Path, kind: type[T], *, refusal: type[YuechiError] = ParameterError) -> T:
    """The content of a YAML file as a value of that kind, parsed once; every fault is collected, then raised once."""
    try:
        return cast(T, _validated(path.name, _content(path), cast(Any, kind)))
    except ParameterError as error:
        raise refusal(error.faults) from error


def read_yaml(path: Path) -> Any:
    """The plain data of a YAML file; ParameterError with the line when it is missing or broken."""
    return _parsed(path.name, _content(path))


def _content(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise ParameterError.at(Place(path.name), "文件不存在或无法打开", "请补上这个文件") from error
    except UnicodeDecodeError as error:
        raise ParameterError.at(Place(path.name), "不是UTF-8编码", "请另存为UTF-8编码") from error


@lru_cache(maxsize=64)
def _validated(name: str, text: str, kind: Any) -> object:
    content = _parsed(name, text)
    try:
        return TypeAdapter(kind).validate_python(content)
    except ValidationError as error:
        raise ParameterError([_fault(name, content, detail) for detail in error.errors()]) from error


def _parsed(name: str, text: str) -> Any:
    if _depth(text) > _DEPTH_MOST:
        raise ParameterError.at(Place(name), *_TOO_DEEP)
    try:
        return _whole_characters(YAML(typ="safe", pure=True).load(StringIO(text)), {})
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark is not None else 0
        raise ParameterError.at(Place(name, line=line), "YAML格式有误", "请检查缩进、冒号、引号和重复的项") from error
    except UnicodeError as error:
        raise ParameterError.at(Place(name), "有不成字的半个字符（\\ud800至\\udfff）", "请直接写出这个字") from error
    except (YAMLError, ValueError) as error:  # ValueError: a date that the calendar does not have
        raise ParameterError.at(Place(name), "YAML格式有误", "请检查缩进、冒号、引号和日期") from error
    except RecursionError as error:
        raise ParameterError.at(Place(name), *_TOO_DEEP) from error


def _depth(text: str) -> int:
    """How many brackets stand open at most; the parser looks at each of them anew for every one that follows."""
    steps = (_STEPS.get(character, 0) for character in text)
    return max(accumulate(steps, initial=0))


def _whole_characters(value: Any, done: dict[int, Any]) -> Any:
    """The value with halves of a character, as JSON writes an emoji, put together; UnicodeError where one is alone.

    `done` keeps what an alias names from being looked at twice.
    """
    if isinstance(value, str):
        return value.encode("utf-16-le", "surrogatepass").decode("utf-16-le")
    if id(value) not in done and isinstance(value, list):
        done[id(value)] = [_whole_characters(item, done) for item in value]
    if id(value) not in done and isinstance(value, dict):
        done[id(value)] = {_whole_characters(key, done): _whole_characters(item, done) for key, item in value.items()}
    return done.get(id(value), value)


def _fault(name: str, content: Any, detail: Any) -> Fault:
    problem = _PROBLEMS.get(detail["type"], f"取值不符合要求（{_wanted(detail)}）")
    return Fault(Place(name), f"{_key(detail['loc'], content)}{problem}", _REMEDY)


def _key(location: tuple[int | str, ...], content: Any) -> str:
    """Where in the file: keys inside each other joined by dots, places in a list counted from 1."""
    words = ""
    for part in location:
        is_listed = isinstance(content, list) and isinstance(part, int)
        words += f"第{int(part) + 1}条" if is_listed else f"“{part}”"
        content = content[part] if is_listed else content.get(part) if isinstance(content, dict) else None
    return words.replace("”“", ".") or "整个文件"


def _wanted(detail: Any) -> str:
    """What is wrong with a value: the check's own words, the allowed values, or the kind that is expected."""
    context = detail.get("ctx", {})
    if "error" in context:
        return str(context["error"])
    if "expected" in context:
        return f"只能是{str(context['expected']).replace(' or ', '、').replace(', ', '、')}"
    kind = detail["type"]
    return _WANTED.get(kind) or _WANTED.get(kind.split("_")[0]) or str(detail["msg"])
