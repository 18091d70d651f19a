"""YAML beside a notice → validated values; unknown keys refused, every fault with its place."""

from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from yuechi_report.errors import Fault, InputRefused, Place
from yuechi_report.settings.yaml_file import read_yaml

T = TypeVar("T")

_PROBLEMS = {
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
        raise InputRefused([_fault(path, one["loc"], one["type"]) for one in error.errors()]) from error


def _fault(path: Path, location: tuple[int | str, ...], kind: str) -> Fault:
    """A fault named by its key; a place in a list counts from 1."""
    key = " ".join(f"第{part + 1}条" if isinstance(part, int) else f"“{part}”" for part in location) or "整个文件"
    return Fault(Place(path.name), f"{key}{_PROBLEMS.get(kind, '取值不符合要求')}", "请对照文件开头的说明改正")
