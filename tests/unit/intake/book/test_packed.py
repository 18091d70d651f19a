"""Records as the index keeps them: out as they went in, field by field, and as frozen as before."""

from dataclasses import FrozenInstanceError, replace
from datetime import datetime

import pytest
from builders import moment
from hypothesis import given, settings
from hypothesis import strategies as st

from yuechi_report.domain.progress import Decision, Measure, ProgressEntry, Record, Source, Submission
from yuechi_report.domain.quarter import Quarter
from yuechi_report.intake.book.packed import Packed, moment_of, number_of, pack, unpack

QUARTER = Quarter(2024, 4)
CAME = Source(7, "data/receipts/n/2024Q4/0007.xlsx", 0, moment("2024-12-18"), moment("2024-12-19", 11), "微信")
KINDS = [ProgressEntry, Decision, Submission]
NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
AMOUNTS = {"percent": st.none() | NUMBERS, "measure": st.none() | st.builds(Measure, NUMBERS, NUMBERS)}


def records_of(kind: type[Record]) -> st.SearchStrategy[Record]:
    """Any record of a kind, of the file received at `CAME`."""
    sources = st.integers(0, 500).map(lambda row: replace(CAME, row=row))
    amounts = AMOUNTS if kind is ProgressEntry else {}
    return st.builds(kind, quarter=st.just(QUARTER), source=sources, **amounts)


def packed(body: bytes, withdrawn_at: datetime | None = None) -> Packed:
    """A row of the index for the file received at `CAME`."""
    moments = number_of(CAME.received_at), number_of(CAME.recorded_at)
    return body, str(QUARTER), CAME.seq, CAME.file, CAME.channel, *moments, withdrawn_at and number_of(withdrawn_at)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(*map(records_of, KINDS)), max_size=4))
def test_records_come_out_as_they_went_in(records: list[Record]) -> None:
    """Every field of every kind, any text among them, in the order of the sheet's rows."""
    found = list(unpack([packed(pack(records))]))
    assert [type(one) for one in found] == sorted(map(type, records), key=KINDS.index)
    assert sorted(found, key=repr) == sorted(records, key=repr)
    assert [one.source.row for one in found if isinstance(one, Decision)] == sorted(
        one.source.row for one in records if isinstance(one, Decision)
    )


def test_records_out_of_the_index_are_frozen() -> None:
    """Neither a record nor its source can be changed."""
    [found] = unpack([packed(pack([Submission(QUARTER, "县公安局", CAME, 8)]))])
    with pytest.raises(FrozenInstanceError):
        found.quarter = QUARTER.next
    with pytest.raises(FrozenInstanceError):
        found.source.row = 1


def test_withdrawal_is_the_files() -> None:
    """From when on a file is not known any more stands with each of its records."""
    gone = moment("2025-01-03", 9)
    [found] = unpack([packed(pack([Submission(QUARTER, "县公安局", CAME, 8)]), gone)])
    assert found.source == replace(CAME, withdrawn_at=gone)


def test_moments_are_numbers_that_sort() -> None:
    """To the microsecond, and back in China's time whatever zone they were written in."""
    late = datetime.fromisoformat("2024-12-31T23:59:59.999999+08:00")
    same = datetime.fromisoformat("2024-12-31T15:59:59.999999+00:00")
    assert (moment_of(number_of(same)), number_of(late) - number_of(same)) == (late, 0)
    assert moment_of(number_of(same)).isoformat() == late.isoformat()
