"""Standing: which decisions are in force after all of them, and who leads and fills in by them."""

from datetime import date
from typing import Any

import pytest
from builders import UNIT, blocked, closed, day, decision, entry, extended, history, reopened, returned, task

from yuechi_report.domain.progress import Action, Decision
from yuechi_report.domain.register import Notice, Register
from yuechi_report.domain.standing import Standing, as_decided, decided_after, filling_units, led_by

NOTICE = Notice(
    id="n",
    title="清单",
    short_title="清单",
    issuer="县政府办公室",
    issued_on=date(2024, 9, 23),
    sha256="0" * 64,
    source="",
)
SHARED = task(number=11, lead_units=("县医保局", "县公安局"), cooperating_units=(UNIT,))
REGISTER = Register(NOTICE, (task(), SHARED))
MOVED = decision(Action.SUCCEED, "2024-12-10", new_unit="县医保局", seq=1)


def answers(decided: Decision, **fields: Any) -> Standing:
    """A standing in which the decision answers whatever a unit may have asked for."""
    return Standing(extension_answer=decided, change_answer=decided, block_answer=decided, **fields)


def test_nothing_decided_stands_for_nothing() -> None:
    """Without decisions there is nothing in force."""
    assert Standing.of(()) == Standing()


def test_closing_settles_a_reopening() -> None:
    """Closed, reopened, closed again: nothing of the reopening is left in force."""
    again = closed("2025-01-05", seq=3)
    found = Standing.of((closed("2024-12-26", seq=1), reopened("2025-01-03", seq=2), again))
    assert found == answers(again, closed=again)


def test_second_closing_remembers_the_first() -> None:
    """Closed twice without a reopening: the earlier one is kept with the one in force."""
    first, second = closed("2024-12-26", seq=1), closed("2025-01-05", seq=2)
    assert Standing.of((first, second)) == answers(second, closed=second, closed_before=first)


def test_closing_ends_a_block() -> None:
    """What was recognised as stuck above is no longer so once the task is closed."""
    shut = closed(seq=2)
    assert Standing.of((blocked("2024-12-20", seq=1), shut)) == answers(shut, closed=shut)


def test_return_replaces_the_earlier_one() -> None:
    """The last return counts."""
    first, second = returned("2024-12-20", seq=1), returned("2024-12-22", seq=2)
    assert Standing.of((first, second)) == answers(second, returned=second)


@pytest.mark.parametrize("action", [Action.TERMINATE, Action.TRANSFER])
def test_end_is_undone_by_a_reopening(action: Action) -> None:
    """Ended, then reopened: the end is no longer in force."""
    again = reopened(seq=2)
    assert Standing.of((decision(action, "2024-12-20", seq=1), again)) == answers(again, reopened=again)


@pytest.mark.parametrize("action", [Action.LIFT_BLOCK, Action.REFUSE_BLOCK])
def test_block_ends_by_decision(action: Action) -> None:
    """解除 and 不予认定 end a block and answer the unit's request for one."""
    ends = decision(action, "2025-01-02", seq=2)
    assert Standing.of((blocked(seq=1), ends)) == Standing(block_answer=ends)


SET = Action.SET_DEADLINE
DATED = decision(SET, "2024-12-20", new_due="2025-06-30", seq=1)
CLASSED = decision(SET, "2024-12-20", new_class="advance", seq=1)
BOTH = decision(SET, "2024-12-20", new_class="fixed", new_due="2025-06-30", seq=1)
WORDED = decision(SET, "2024-12-20", wording="持续配合", seq=1)


@pytest.mark.parametrize(
    ("decided", "standing"),
    [
        pytest.param(DATED, Standing(new_due=DATED, extension_answer=DATED), id="a date"),
        pytest.param(CLASSED, Standing(new_class=CLASSED, extension_answer=CLASSED, change_answer=CLASSED), id="class"),
        pytest.param(
            BOTH,
            Standing(new_due=BOTH, new_class=BOTH, extension_answer=BOTH, change_answer=BOTH),
            id="a class and a date",
        ),
        pytest.param(WORDED, Standing(), id="a word alone"),
    ],
)
def test_setting_a_deadline_changes_what_it_carries(decided: Decision, standing: Standing) -> None:
    """核定时限 with a date, a class or both; without either it sets nothing."""
    assert Standing.of((decided,)) == standing


def test_date_set_later_takes_the_task_out_of_the_class_set_before() -> None:
    """A class, then a date alone: the task is due on that date."""
    dated = decision(SET, "2024-12-28", new_due="2025-06-30", seq=2)
    found = Standing.of((CLASSED, dated))
    assert (found.new_class, found.new_due) == (None, dated)


def test_grant_without_a_date_answers_the_request_alone() -> None:
    """准予延期 without a new date moves no due date."""
    grant = extended(new_due=None, seq=1)
    assert Standing.of((grant,)) == Standing(extension_answer=grant)


@pytest.mark.parametrize("action", [Action.ADJUST, Action.SUCCEED])
def test_unit_and_wording_of_a_change_are_kept_apart(action: Action) -> None:
    """A new unit and new wording stay in force each until the next of its kind."""
    moved = decision(action, "2024-12-20", new_unit="县医保局", seq=1)
    worded = decision(action, "2024-12-22", wording="推进社保卡通用", seq=2)
    assert Standing.of((moved, worded)) == Standing(lead=moved, text=worded, change_answer=worded)


@pytest.mark.parametrize(
    ("decided", "entered", "after"),
    [
        pytest.param(returned("2024-12-18", seq=2), entry("2024-12-18", seq=1), True, id="same day, later in the book"),
        pytest.param(
            returned("2024-12-18", seq=1), entry("2024-12-18", seq=2), False, id="same day, earlier in the book"
        ),
        pytest.param(returned("2024-12-18", seq=1), entry("2024-12-18", seq=1), False, id="same row of the book"),
        pytest.param(returned("2024-12-19", seq=1), entry("2024-12-18", seq=2), True, id="the day after"),
        pytest.param(returned("2024-12-17", seq=2), entry("2024-12-18", seq=1), False, id="the day before"),
    ],
)
def test_days_decide_what_came_after_and_on_one_day_the_book(decided: Decision, entered: Any, after: bool) -> None:
    """A decision comes after an entry by its day, on the same day by its number in the book."""
    assert decided_after(decided, entered) is after


def leads(register: Register) -> list[tuple[str, ...]]:
    """The lead units of every task."""
    return [of.lead_units for of in register]


def test_new_unit_leads_from_the_day_of_the_decision() -> None:
    """The day before keeps the notice's unit; the day itself has the new one."""
    found = [leads(as_decided(REGISTER, history(MOVED), day(text))) for text in ("2024-12-09", "2024-12-10")]
    assert found == [leads(REGISTER), [("县医保局",), ("县医保局", "县公安局")]]


def test_register_without_such_decisions_stays_itself() -> None:
    """Other decisions move nobody."""
    assert as_decided(REGISTER, history(closed(seq=1)), day("2025-01-06")) is REGISTER


def test_action_that_may_not_move_a_unit_moves_none() -> None:
    """A unit named in another kind of decision is no new lead."""
    stray = decision(Action.SET_DEADLINE, "2024-12-10", new_unit="县医保局", seq=1)
    assert as_decided(REGISTER, history(stray), day("2025-01-06")) is REGISTER


def test_last_decision_names_the_lead() -> None:
    """Moved twice: the last one counts, and every unit that filled in is named in order."""
    again = decision(Action.ADJUST, "2024-12-20", new_unit="县公安局", seq=2)
    found = as_decided(REGISTER, history(MOVED, again), day("2025-01-06"))
    assert (leads(found)[0], filling_units(task(), (MOVED, again))) == (("县公安局",), (UNIT, "县医保局", "县公安局"))


def test_unit_that_takes_over_leaves_its_former_role() -> None:
    """A further lead or cooperating unit that takes over is named once, in front."""
    assert [(of.lead_units, of.cooperating_units) for of in (led_by(SHARED, "县公安局"), led_by(SHARED, UNIT))] == [
        (("县公安局",), (UNIT,)),
        ((UNIT, "县公安局"), ()),
    ]


def test_filling_units_are_those_of_the_task_alone() -> None:
    """Decisions of other tasks are left out."""
    other = decision(Action.SUCCEED, "2024-12-10", new_unit="县公安局", task_no=11, seq=2)
    assert filling_units(task(), (MOVED, other)) == (UNIT, "县医保局")
