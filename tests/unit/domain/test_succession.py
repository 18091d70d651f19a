"""Succession: who leads on a day, and what a report of an earlier day still says."""

from datetime import date

from builders import UNIT, closed, day, decision, history, task

from yuechi_report.domain.progress import Action
from yuechi_report.domain.register import Notice, Register
from yuechi_report.domain.standing import as_decided, filling_units, led_by

NOTICE = Notice("n", "清单", "清单", "县政府办公室", date(2024, 9, 23), "0" * 64, "")
SHARED = task(number=11, lead_units=("县医保局", "县公安局"), cooperating_units=(UNIT,))
REGISTER = Register(NOTICE, (task(), SHARED))
MOVED = decision(Action.SUCCEED, "2024-12-10", new_unit="县医保局", seq=1)


def leads(register: Register) -> list[tuple[str, ...]]:
    """The lead units of every task."""
    return [one.lead_units for one in register]


def test_new_unit_leads_from_the_day_of_the_decision() -> None:
    """The day before keeps the notice's unit; the day itself has the new one."""
    found = [leads(as_decided(REGISTER, history(MOVED), day(one))) for one in ("2024-12-09", "2024-12-10")]
    assert found == [leads(REGISTER), [("县医保局",), ("县医保局", "县公安局")]]


def test_register_without_such_decisions_stays_itself() -> None:
    """Other decisions move nobody."""
    assert as_decided(REGISTER, history(closed(seq=1)), day("2025-01-06")) is REGISTER


def test_action_that_may_not_move_a_unit_moves_none() -> None:
    """A unit named in another kind of decision is no new lead."""
    stray = decision(Action.SET_DEADLINE, "2024-12-10", new_unit="县医保局", seq=1)
    assert as_decided(REGISTER, history(stray), day("2025-01-06")) is REGISTER


def test_last_decision_names_the_lead() -> None:
    """Moved twice: the last one counts, and every unit that filled in is told in order."""
    again = decision(Action.ADJUST, "2024-12-20", new_unit="县公安局", seq=2)
    found = as_decided(REGISTER, history(MOVED, again), day("2025-01-06"))
    assert (leads(found)[0], filling_units(task(), (MOVED, again))) == (("县公安局",), (UNIT, "县医保局", "县公安局"))


def test_unit_that_takes_over_leaves_its_former_role() -> None:
    """A further lead or cooperating unit that takes over stands once, in front."""
    assert [(one.lead_units, one.cooperating_units) for one in (led_by(SHARED, "县公安局"), led_by(SHARED, UNIT))] == [
        (("县公安局",), (UNIT,)),
        ((UNIT, "县公安局"), ()),
    ]


def test_filling_units_are_those_of_the_task_alone() -> None:
    """Decisions of other tasks are left out."""
    other = decision(Action.SUCCEED, "2024-12-10", new_unit="县公安局", task_no=11, seq=2)
    assert filling_units(task(), (MOVED, other)) == (UNIT, "县医保局")
