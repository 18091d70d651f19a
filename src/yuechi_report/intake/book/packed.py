"""A file's records as the index keeps them: one JSON text a file, and back.

The index is derived, and keyed by hashes of all it comes from, so nothing is checked again here. All of a notice's
records are read, many thousands of them where its book is old: few steps are taken for each (docs/adr/0027).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import astuple, dataclass, fields, make_dataclass
from datetime import date, datetime, timedelta, timezone
from functools import cache, lru_cache
from itertools import islice
from typing import Any

from pydantic_core import from_json, to_json

from yuechi_report.domain.evidence import Evidence
from yuechi_report.domain.progress import (
    Action,
    Decision,
    Measure,
    ProgressEntry,
    Record,
    Reported,
    Role,
    Source,
    Submission,
    in_book_order,
)
from yuechi_report.domain.quarter import Quarter

Packed = tuple[bytes, str, int, str, str, int, int, int | None]
"""Body, quarter, seq, file, channel; then received_at, recorded_at, withdrawn_at as numbers."""


def pack(records: Iterable[Record]) -> bytes:
    """The records of one file without what is their receipt's: entries, decisions, submissions, each an array."""
    ordered = sorted(records, key=in_book_order)
    return to_json([[_values(one) for one in ordered if isinstance(one, kind)] for kind in _KINDS])


def unpack(rows: Iterable[Packed]) -> Iterator[Record]:
    """The records of many files again, file by file, each kind in the order of the sheet's rows."""
    for groups, (_, quarter_text, seq, file, channel, received, recorded, withdrawn) in _parsed(rows):
        quarter = _quarter(quarter_text)
        received_at, recorded_at = moment_of(received), moment_of(recorded)
        withdrawn_at = None if withdrawn is None else moment_of(withdrawn)
        for shape, group in zip(_SHAPES, groups, strict=True):
            for values in group:
                source = _open_source(seq, file, values[shape.source], received_at, recorded_at, channel, withdrawn_at)
                source.__class__ = Source
                values[shape.quarter], values[shape.source] = quarter, source
                for place, meanings in shape.words:
                    values[place] = meanings[values[place]]
                for place, build in shape.parts:
                    values[place] = build(values[place])
                record = shape.open(*values)
                record.__class__ = shape.kind
                yield record


def _parsed(rows: Iterable[Packed]) -> Iterator[tuple[list[list[list[Any]]], Packed]]:
    """Each row with its body read; many bodies at a time, since reading one is mostly the call."""
    left = iter(rows)
    while batch := list(islice(left, 200)):
        yield from zip(from_json(b"[%s]" % b",".join([row[0] for row in batch])), batch, strict=True)


def number_of(moment: datetime) -> int:
    """A moment as microseconds, which sort as moments do."""
    return (moment - _EPOCH) // _MICROSECOND


@lru_cache(maxsize=16)  # what comes one after the other
def moment_of(number: int) -> datetime:
    """The moment again, in China's time."""
    return _EPOCH + number * _MICROSECOND


_quarter = cache(Quarter.parse)


_EPOCH = datetime(1970, 1, 1, tzinfo=timezone(timedelta(hours=8)))
_MICROSECOND = timedelta(microseconds=1)


def _values(record: Record) -> list[object]:
    return [_plain(getattr(record, one.name)) for one in fields(record)]


def _plain(value: object) -> object:
    """What JSON has; of a source the sheet's row, of the quarter nothing."""
    match value:
        case Source():
            return value.row
        case Quarter():
            return None
        case Evidence() | Measure():
            return astuple(value)
        case tuple():
            return [_plain(one) for one in value]
    return value


def _open(kind: type) -> Any:
    """A class with the same slots that is not frozen: filled seven times as fast, its objects then become `kind`'s."""
    return make_dataclass(kind.__name__, [one.name for one in fields(kind)], slots=True)


class _Days(dict[str | None, date | None]):
    """Days by their text, each made once."""

    def __missing__(self, text: str) -> date:
        day = self[text] = date.fromisoformat(text)
        return day


_DAYS = _Days({None: None})
_WORDS: dict[str, Mapping[Any, object]] = {
    "role": {one.value: one for one in Role},
    "reported": {None: None, **{one.value: one for one in Reported}},
    "action": {one.value: one for one in Action},
    **dict.fromkeys(("filed_on", "expected_on", "completed_on", "decided_on", "new_due"), _DAYS),
    **dict.fromkeys(("review_on", "letter_on", "approved_on"), _DAYS),
}
_PARTS: dict[str, Callable[[Any], object]] = {
    "measure": lambda values: Measure(*values) if values else None,
    "evidence": lambda pieces: tuple([Evidence(*piece) for piece in pieces]) if pieces else (),
    "faulty_tasks": tuple,
}
"""Fields that are no plain values, by name: those of few values, and those with parts of their own."""


@dataclass(frozen=True, slots=True)
class _Shape:
    kind: type[Record]
    open: Any
    quarter: int
    source: int
    words: list[tuple[int, Mapping[Any, object]]]
    parts: list[tuple[int, Callable[[Any], object]]]


def _shape(kind: type[Record]) -> _Shape:
    places = {one.name: place for place, one in enumerate(fields(kind))}
    words = [(place, _WORDS[name]) for name, place in places.items() if name in _WORDS]
    parts = [(place, _PARTS[name]) for name, place in places.items() if name in _PARTS]
    return _Shape(kind, _open(kind), places["quarter"], places["source"], words, parts)


_KINDS: tuple[type[Record], ...] = (ProgressEntry, Decision, Submission)
_SHAPES = [_shape(kind) for kind in _KINDS]
_open_source = _open(Source)
