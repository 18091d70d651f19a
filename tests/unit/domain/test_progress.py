"""Progress: in which order records count, how a history is cut by time, quarter, task and unit, what is evidence."""

from dataclasses import replace

import pytest
from builders import Record, blocked, closed, day, decision, entry, history, moment, returned, source, submission

from yuechi_report.domain.progress import Action, History, Measure, once
from yuechi_report.domain.quarter import Quarter

FIRST, SECOND = entry("2024-12-18", seq=2), entry("2024-12-18", seq=3)
EARLIER = entry("2024-12-17", seq=4)
ROW_SIX, ROW_SEVEN = entry("2024-12-20", seq=5, row=6), entry("2024-12-20", seq=5, row=7)


def withdrawn(record: Record) -> Record:
    """The record, its file taken back on 23 December at ten."""
    return replace(record, source=replace(record.source, withdrawn_at=moment("2024-12-23")))


def test_entries_count_by_receipt_then_number_then_row() -> None:
    """The latest received counts; on a tie the higher number in the book, in one file the lower row comes first."""
    found = History.of([ROW_SEVEN, SECOND, FIRST, ROW_SIX, EARLIER], [], [])
    assert found.entries == (EARLIER, FIRST, SECOND, ROW_SIX, ROW_SEVEN)


def test_decisions_count_by_the_day_they_were_made() -> None:
    """A decision of the 26th that was entered after one of the 30th still comes first."""
    late, early = blocked("2024-12-30", seq=1), closed("2024-12-26", seq=2)
    assert History.of([], [late, early], []).decisions == (early, late)


def test_submissions_count_by_receipt() -> None:
    """The first workbook received comes first."""
    late, early = submission("2024-12-20", seq=1), submission("2024-12-18", seq=2)
    assert History.of([], [], [late, early]).submissions == (early, late)


def test_known_at_includes_the_moment_itself() -> None:
    """What was recorded at that very moment was known; a later recording was not."""
    known, unknown = entry("2024-12-18", seq=1), entry("2024-12-18", recorded="2024-12-19", seq=2)
    kept, dropped = returned("2024-12-18", seq=3), returned("2024-12-18", recorded="2024-12-19", seq=4)
    sent, unsent = submission("2024-12-18", seq=5), submission("2024-12-18", recorded="2024-12-19", seq=6)
    found = history(known, unknown, kept, dropped, sent, unsent).known_at(moment("2024-12-18", 11))
    assert found == History(entries=(known,), decisions=(kept,), submissions=(sent,))


def test_up_to_leaves_out_later_days_and_later_quarters() -> None:
    """Entries and submissions of later quarters, and everything received or decided after the day, are left out."""
    records = history(
        entry("2024-12-18", seq=1),
        entry("2025-01-07", seq=2),
        entry("2024-12-19", seq=3, quarter="2025Q1"),
        closed("2024-12-26", seq=4),
        closed("2025-01-07", seq=5),
        submission("2024-12-18", seq=6),
        submission("2025-01-07", seq=7),
        submission("2024-12-18", seq=8, quarter="2025Q1"),
    )
    found = records.up_to(Quarter(2024, 4), day("2025-01-06"))
    assert found == History(
        entries=(records.entries[0],), decisions=(records.decisions[0],), submissions=(records.submissions[0],)
    )


def test_up_to_keeps_the_day_itself() -> None:
    """What was received or decided on the day is there."""
    records = history(entry("2025-01-06"), closed("2025-01-06"), submission("2025-01-06"))
    assert records.up_to(Quarter(2024, 4), day("2025-01-06")) == records


@pytest.mark.parametrize(
    "record", [entry(seq=1), returned("2024-12-18", seq=1), submission(seq=1)], ids=["entry", "decision", "submission"]
)
def test_withdrawn_record_was_known_from_its_recording_to_its_withdrawal(record: Record) -> None:
    """Known at the moment it was recorded, no longer at the moment it was taken back; never among what counts now."""
    records = History.of_records([withdrawn(record)])
    assert records == History(withdrawn=(withdrawn(record),))
    before, recorded = moment("2024-12-18", 10), moment("2024-12-18", 11)
    assert records.known_at(before) == History()
    assert records.known_at(recorded) == records.known_at(moment("2024-12-22")) == History.of_records([record])
    assert records.known_at(moment("2024-12-23")) == records


def test_tasks_are_cut_apart_and_submissions_stay() -> None:
    """Records belong to tasks, submissions to units."""
    ten, eleven = entry(seq=1), entry(seq=2, task_no=11)
    decided, sent = closed(seq=3, task_no=11), submission(seq=4)
    records = history(ten, eleven, decided, sent)
    assert records.of_task(11) == History(entries=(eleven,), decisions=(decided,), submissions=(sent,))
    assert records.of_tasks([10, 11]) == records
    assert records.of_task(12) == History(submissions=(sent,))


def test_withdrawn_records_are_cut_apart_alike() -> None:
    """Those of other tasks go, withdrawn workbooks stay."""
    ten, decided, sent = withdrawn(entry(seq=1)), withdrawn(closed(seq=2, task_no=11)), withdrawn(submission(seq=3))
    records = History.of_records([ten, decided, sent])
    assert records.of_task(10) == History(withdrawn=(ten, sent))


def test_submissions_of_a_unit_are_those_of_the_quarter() -> None:
    """Other units' and other quarters' workbooks are left out."""
    own = submission(seq=1)
    records = history(own, submission(seq=2, quarter="2024Q3"), submission(seq=3, unit="县医保局"))
    assert records.submissions_of(own.unit, Quarter(2024, 4)) == (own,)


@pytest.mark.parametrize(("measure", "percent"), [(Measure(4, 5), 80.0), (Measure(0, 5), 0.0), (Measure(5, 4), 125.0)])
def test_measure_gives_its_percentage(measure: Measure, percent: float) -> None:
    """Numerator of denominator, in percent; more than all is kept as it is."""
    assert measure.percent == percent


def test_records_of_all_kinds_are_one_history_in_whatever_order_they_come() -> None:
    """Decisions count by the day they were made, what was withdrawn by the book; the order of reading is no matter."""
    received_first = closed("2024-12-26", seq=5)
    decided_first = replace(blocked("2024-12-30", seq=6), decided_on=day("2024-12-20"))
    gone = [replace(row, source=replace(row.source, withdrawn_at=moment("2025-01-05"))) for row in (SECOND, FIRST)]
    records = [EARLIER, ROW_SIX, ROW_SEVEN, *gone, received_first, decided_first]
    found = History.of_records(records)
    assert found == History.of_records(reversed(records))
    assert (found.decisions, [record.source.seq for record in found.withdrawn]) == (
        (decided_first, received_first),
        [FIRST.source.seq, SECOND.source.seq],
    )


def test_decision_sent_again_is_the_same_whatever_file_it_came_in() -> None:
    """File and quarter's form differ; another reason, day or task makes another decision."""
    first, other = decision(Action.RETURN, "2024-12-26"), decision(Action.RETURN, "2024-12-26", reason="另一理由")
    again = replace(first, quarter=first.quarter.next, source=source("2024-12-28", seq=9))
    assert once((first, other, again)) == (first, other)
