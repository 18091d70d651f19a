"""Every part of a report says which report it was made from, so that no page is put together from two."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar, cast

from yuechi_report.page.model import ReportPart


class Keyed(Protocol):
    """A report or a letter: what it is made of has a key."""

    @property
    def key(self) -> str:
        """Equal for equal data in the same edition, and only then."""


Source = TypeVar("Source", bound=Keyed)
Rest = ParamSpec("Rest")
Made = TypeVar("Made", bound=ReportPart | tuple[Any, ...])


def from_report(make: Callable[Concatenate[Source, Rest], Made]) -> Callable[Concatenate[Source, Rest], Made]:
    """Has what the function makes of a report, one part or several, bear the report's key."""

    @wraps(make)
    def made(source: Source, /, *args: Rest.args, **options: Rest.kwargs) -> Made:
        return cast(Made, _marked(make(source, *args, **options), source.key))

    return made


def _marked(made: ReportPart | tuple[Any, ...], key: str) -> ReportPart | tuple[Any, ...]:
    if isinstance(made, tuple):
        return tuple(_marked(part, key) for part in made)
    return made.model_copy(update={"made_from": key})
