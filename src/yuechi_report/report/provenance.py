"""Every part of a report says which report it was made from, so that no page is put together from two."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar, cast

from yuechi_report.page.model import Shown
from yuechi_report.page.prose import Prose


class Keyed(Protocol):
    """A report or a letter: what it is made of has a key."""

    @property
    def key(self) -> str:
        """Equal for equal data in the same edition, and only then."""


Source = TypeVar("Source", bound=Keyed)
Rest = ParamSpec("Rest")
Part = TypeVar("Part", bound=Shown | Prose | tuple[Any, ...])


def from_report(make: Callable[Concatenate[Source, Rest], Part]) -> Callable[Concatenate[Source, Rest], Part]:
    """Has what the function makes of a report, one record or several, bear the report's key."""

    @wraps(make)
    def made(source: Source, /, *args: Rest.args, **options: Rest.kwargs) -> Part:
        return cast(Part, _marked(make(source, *args, **options), source.key))

    return made


def _marked(part: Shown | Prose | tuple[Any, ...], key: str) -> Shown | Prose | tuple[Any, ...]:
    if isinstance(part, tuple):
        return tuple(_marked(one, key) for one in part)
    return part.model_copy(update={"made_from": key})
