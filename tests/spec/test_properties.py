"""What holds for every history whatever is in it (domain.md §2)."""

import random
import time
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from builders import (
    AS_OF,
    DUE,
    PROOF,
    Record,
    blocked,
    closed,
    decision,
    declared,
    entry,
    extended,
    history,
    moment,
    period,
    reopened,
    submission,
    task,
)
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from yuechi_report.domain.assessment import (
    Assessment,
    Discipline,
    DueResult,
    Headline,
    Pace,
    PaceGround,
    TaskClass,
    TimeState,
    Verified,
)
from yuechi_report.domain.corrections import corrections
from yuechi_report.domain.deadline import DueBy, NoDeadline, Ongoing, OngoingMode, Recurring, Tracking, Unresolved
from yuechi_report.domain.policy import StatusPolicy
from yuechi_report.domain.progress import Action, History, Measure, Reported
from yuechi_report.domain.register import Notice, Register, Task
from yuechi_report.domain.rules import RULES
from yuechi_report.domain.status import assess, assess_all

FEW = settings(max_examples=60, deadline=None, derandomize=True)
LATER = timedelta(days=1)
ENDED = {Headline.TERMINATED, Headline.TRANSFERRED}


def days(first: date = date(2024, 9, 24), last: date = date(2025, 2, 10)) -> st.SearchStrategy[str]:
    """ISO days of the quarter and what follows it."""
    return st.dates(first, last).map(date.isoformat)


@st.composite
def entries(draw: st.DrawFn, received: st.SearchStrategy[str]) -> Record:
    """Any row of the filling unit."""
    some: dict[str, Any] = draw(
        st.fixed_dictionaries(
            {},
            optional={
                "quarter": st.sampled_from(["2024Q3", "2024Q4"]),
                "evidence": st.sampled_from([(), PROOF]),
                "progress": st.sampled_from(["", "开通3条。"]),
                "measure": st.builds(Measure, st.integers(0, 9), st.just(9)),
                "expected_on": days(),
                "completed_on": days(),
            },
        )
    )
    return entry(draw(received), draw(st.sampled_from(Reported)), **some)


@st.composite
def decisions(draw: st.DrawFn, decided: st.SearchStrategy[str]) -> Record:
    """Any decision of the office, complete in what its kind asks for."""
    day, action = draw(decided), draw(st.sampled_from(Action))
    if action is Action.RECOGNISE_BLOCK:
        return blocked(day, draw(days()))
    if action is Action.GRANT_EXTENSION:
        return extended(day, draw(days()))
    if action is Action.SET_DEADLINE:
        return decision(action, day, **draw(st.sampled_from([{"new_due": "2025-01-31"}, {"new_class": "advance"}])))
    if action in (Action.SUCCEED, Action.ADJUST):
        return decision(action, day, **draw(st.sampled_from([{"new_unit": "县医保局"}, {"wording": "新表述"}, {}])))
    if action in (Action.CLOSE, Action.CLOSE_TO_ROUTINE):
        return decision(action, day, completed_on=draw(days()))
    return decision(action, day)


def records(last: date = date(2025, 2, 10)) -> st.SearchStrategy[list[Record]]:
    """A handful of records in the order of the book, none received or decided after `last`."""
    upto = days(last=last)
    sent = st.builds(submission, upto, faulty_rows=st.integers(0, 1), faulty_tasks=st.sampled_from([(), (10,), (11,)]))
    return st.lists(entries(upto) | decisions(upto) | sent, max_size=7)


DEADLINES = [
    DueBy(DUE),
    DueBy(date(2024, 6, 30)),
    DueBy(date(2024, 9, 30)),
    Ongoing(OngoingMode.ADVANCE),
    Ongoing(OngoingMode.MAINTAIN),
    Tracking(),
    Recurring(3),
    NoDeadline(),
    Unresolved("写法无法识别"),
]
tasks = st.sampled_from(DEADLINES).map(task)
as_ofs = st.dates(date(2024, 9, 24), date(2025, 2, 10))
fixed = st.just(task())


def judge(of: Task, records: History, as_of: date) -> Assessment:
    """The task in the fourth quarter of 2024."""
    return assess(of, records, period(), as_of=as_of, policy=StatusPolicy())


@FEW
@given(tasks, records(), as_ofs)
def test_every_history_has_one_headline_of_its_class(of: Task, found: list[Record], as_of: date) -> None:
    """Rules are total: one rule of the class's own table names the task, and names it with its headline."""
    one = judge(of, history(*found), as_of)
    assert [rule.headline for rule in RULES[one.task_class] if rule.id == one.reason.rule] == [one.headline]


@FEW
@given(tasks, records(), as_ofs)
def test_only_fixed_tasks_have_days_late(of: Task, found: list[Record], as_of: date) -> None:
    """Overdue and its days are words of the fixed class alone, and days late are never negative."""
    one = judge(of, history(*found), as_of)
    late = one.headline in {Headline.OVERDUE, Headline.BLOCKED_PAST_DUE} or one.days_overdue > 0
    assert (late and one.task_class is not TaskClass.FIXED, one.days_overdue < 0) == (False, False)


@FEW
@given(tasks, records(), as_ofs, st.randoms(use_true_random=False))
def test_order_in_which_records_are_read_does_not_matter(
    of: Task, found: list[Record], as_of: date, shuffler: random.Random
) -> None:
    """The same records in another order give the same answer, field by field."""
    ordered = history(*found)
    mixed = [*ordered.entries, *ordered.decisions, *ordered.submissions]
    shuffler.shuffle(mixed)
    again = history(*mixed)
    assert (again, judge(of, again, as_of)) == (ordered, judge(of, ordered, as_of))


@FEW
@given(tasks, records(date(2025, 1, 6)), records(date(2025, 1, 6)), as_ofs)
def test_what_was_recorded_later_does_not_change_what_was_known(
    of: Task, early: list[Record], late: list[Record], as_of: date
) -> None:
    """known_at reproduces the past: later-recorded records, however backdated, change nothing."""
    known = history(*early)
    both = history(*early, *late)
    first = len(early) + 1
    recorded_late = [one for one in (*both.entries, *both.decisions, *both.submissions) if one.source.seq >= first]
    moved = History.of(
        [*known.entries, *(_recorded_in_march(one) for one in both.entries if one in recorded_late)],
        [*known.decisions, *(_recorded_in_march(one) for one in both.decisions if one in recorded_late)],
        [*known.submissions, *(_recorded_in_march(one) for one in both.submissions if one in recorded_late)],
    )
    past = moved.known_at(moment("2025-02-28"))
    assert (past, judge(of, past, as_of)) == (known, judge(of, known, as_of))


def _recorded_in_march(one: Any) -> Any:
    return replace(one, source=replace(one.source, recorded_at=moment("2025-03-01")))


@FEW
@given(tasks, records(AS_OF))
def test_closing_beats_everything_but_an_end_and_a_later_reopening(of: Task, found: list[Record]) -> None:
    """Closed today: 已销号, or 已终止/已转出 where it had ended; reopened after that: neither."""
    before = judge(of, history(*found), AS_OF).headline
    today = AS_OF.isoformat()
    shut = judge(of, history(*found, closed(today, today)), AS_OF).headline
    again = judge(of, history(*found, closed(today, today), reopened(today)), AS_OF).headline
    assert shut is (before if before in ENDED else Headline.CLOSED)
    assert again not in {Headline.CLOSED, *ENDED}


@FEW
@given(tasks, records(AS_OF))
def test_declaration_without_evidence_never_removes_overdue(of: Task, found: list[Record]) -> None:
    """A task that is overdue stays so when the unit merely says that it is done."""
    one = judge(of, history(*found), AS_OF)
    assume(one.headline is Headline.OVERDUE)
    claimed = judge(of, history(*found, declared(AS_OF.isoformat(), evidence=())), AS_OF)
    assert (claimed.headline, claimed.days_overdue) == (Headline.OVERDUE, one.days_overdue)


@FEW
@given(fixed, records(AS_OF), st.integers(1, 400))
def test_overdue_does_not_heal_by_waiting(of: Task, found: list[Record], wait: int) -> None:
    """Without a new record an overdue task stays overdue, one more day late each day."""
    one = judge(of, history(*found), AS_OF)
    assume(one.headline is Headline.OVERDUE)
    later = judge(of, history(*found), AS_OF + wait * LATER)
    assert (later.headline, later.days_overdue) == (Headline.OVERDUE, one.days_overdue + wait)


@FEW
@given(tasks, records(), as_ofs)
def test_later_days_do_not_reach_back(of: Task, found: list[Record], as_of: date) -> None:
    """What is received or decided after as_of changes nothing on as_of."""
    everything = history(*found)
    seen = History(
        entries=tuple(row for row in everything.entries if row.source.received_on <= as_of),
        decisions=tuple(decided for decided in everything.decisions if decided.decided_on <= as_of),
        submissions=tuple(workbook for workbook in everything.submissions if workbook.source.received_on <= as_of),
    )
    assert judge(of, everything, as_of) == judge(of, seen, as_of)


@FEW
@given(tasks, records(), as_ofs)
def test_every_task_stands_on_one_step_of_every_axis(of: Task, found: list[Record], as_of: date) -> None:
    """Judging twice gives the same whole answer, and each axis has a word of its own kind."""
    one, again = (judge(of, history(*found), as_of) for _ in range(2))
    assert one == again
    axes = (one.verified, one.time_state, one.pace, one.discipline, one.due_result, one.reason.pace_ground)
    assert [type(axis) for axis in axes] == [Verified, TimeState, Pace, Discipline, DueResult, PaceGround]


@FEW
@given(tasks, records(), as_ofs)
def test_one_task_is_judged_alone_as_among_all(of: Task, found: list[Record], as_of: date) -> None:
    """Assess and assess_all agree whatever other tasks stand beside."""
    other = replace(of, number=11)
    register = Register(Notice("n", "", "", "", date(2024, 9, 23), "", ""), (other, of))
    known = history(*found, declared(task_no=11))
    both = assess_all(register, known, period(), as_of=as_of, policy=StatusPolicy())
    assert both == (judge(other, known, as_of), judge(of, known, as_of))


@FEW
@given(tasks, records(AS_OF), records(AS_OF))
def test_nothing_is_corrected_where_nothing_new_is_known(of: Task, found: list[Record], late: list[Record]) -> None:
    """A report made again with what was known then has no corrections; every correction names its record."""
    register = Register(Notice("n", "", "", "", date(2024, 9, 23), "", ""), (of,))
    moment_then = moment("2025-02-28")
    asked = {"as_of_then": AS_OF, "known_then": moment_then, "policy": StatusPolicy()}
    known = history(*found)
    assert corrections(register, known, period(), **asked) == ()
    moved = History.of(
        [*known.entries, *(_recorded_in_march(one) for one in history(*late).entries)],
        [*known.decisions, *(_recorded_in_march(one) for one in history(*late).decisions)],
        known.submissions,
    )
    for one in corrections(register, moved, period(), **asked):
        assert one.cause.source.recorded_at > moment_then
        assert one.changed


@FEW
@given(tasks, records(), as_ofs)
def test_nobody_reads_a_clock(of: Task, found: list[Record], as_of: date) -> None:
    """The answer of a day is the same with every way to the clock shut."""
    known = history(*found)
    expected = judge(of, known, as_of)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(time, "time", _no_clock)
        patch.setattr(time, "monotonic", _no_clock)
        patch.setattr(time, "localtime", _no_clock)
        assert judge(of, known, as_of) == expected


def _no_clock() -> float:
    raise AssertionError("the clock was read")
