"""Explanations as records: what a status rests on, for made-up tasks and for the whole example."""

from collections.abc import Callable, Mapping

import pytest
from builders import (
    PROOF,
    Record,
    blocked,
    closed,
    decision,
    declared,
    entry,
    extended,
    reopened,
    returned,
    submission,
    task,
)

from yuechi_report.domain.progress import Action, Measure, Reported, Role
from yuechi_report.page.labels import label
from yuechi_report.report.context import Report
from yuechi_report.report.status_table import suffix_words
from yuechi_report.report.why.explain import explain
from yuechi_report.report.why.grounds import Grounds
from yuechi_report.report.why.records import Explanation

Make = Callable[..., Report]
case = pytest.param
TASK = task()


@pytest.fixture
def explained(make: Make) -> Callable[..., Explanation]:
    """The explanation of task 10 with these records."""

    def call(*records: Record, **changes: object) -> Explanation:
        return explain(Grounds.of_task(make((TASK,), *records, **changes), TASK.number))

    return call


@pytest.mark.parametrize("quarter", ["2024Q3", "2024Q4", "2025Q1"])
def test_every_task_of_the_example_is_explained(example: Mapping[str, Report], quarter: str) -> None:
    """All 37: the headline and suffixes of the assessment, a rule of its class, and the lines of the notice."""
    report = example[quarter]
    for judged in report.assessments:
        found = explain(Grounds.of(report, judged))
        assert found.status.headline.word == label(judged.headline)
        assert "、".join(suffix.word for suffix in found.status.suffixes) == suffix_words(judged)
        assert len(found.rule.earlier) == found.rule.number - 1 < found.rule.total
        assert 0 < found.notice.first_line <= found.notice.last_line
        assert found.deadline.remarks


@pytest.mark.parametrize(
    ("records", "basis"),
    [
        case((entry(), closed()), [Action.CLOSE], id="closed"),
        case((declared(), returned()), [Action.RETURN], id="returned"),
        case((closed(), reopened()), [Action.REOPEN], id="reopened"),
        case((extended(),), [Action.GRANT_EXTENSION], id="a new due date, though not reported"),
        case((declared(), returned("2024-12-20"), declared("2025-01-02"), closed("2025-01-04", "2024-12-30")), [Action.CLOSE], id="returned, and proved in time"),
        case((entry(reported=Reported.AWAITING_UPPER), decision(Action.REFUSE_BLOCK, "2025-01-03")), [Action.REFUSE_BLOCK], id="not recognised"),
        case((blocked(),), [Action.RECOGNISE_BLOCK], id="blocked"),
        case((blocked("2024-12-02", "2024-12-20"), decision(Action.LIFT_BLOCK, "2024-12-20"), entry()), [Action.LIFT_BLOCK], id="lifted"),
    ],
)  # fmt: skip
def test_decisions_a_status_rests_on_are_marked(
    explained: Callable[..., Explanation], records: tuple[Record, ...], basis: list[Action]
) -> None:
    """Those behind the headline, a suffix or the due date; others are listed unmarked."""
    decisions = explained(*records).decisions
    assert [one.action.code for one in decisions if one.basis] == [action.value for action in basis]
    assert len(decisions) == sum(hasattr(one, "decided_on") for one in records)


def test_a_return_is_why_the_proof_came_later(explained: Callable[..., Explanation]) -> None:
    """按期（补证） rests on the return too: without it the first declaration would have been in time."""
    records = (
        declared(),
        returned("2025-01-10", quarter="2025Q1"),
        declared("2025-02-10", quarter="2025Q1"),
        closed("2025-02-20", "2024-12-30", quarter="2025Q1"),
    )
    found = explained(*records, quarter="2025Q1", as_of="2025-03-31")
    assert [suffix.word for suffix in found.status.suffixes] == ["按期（补证）"]
    assert [one.action.code for one in found.decisions if one.basis] == [Action.RETURN.value, Action.CLOSE.value]


def test_entries_of_every_role_are_there_and_one_is_the_basis(explained: Callable[..., Explanation]) -> None:
    """Cooperating units' rows are next to the filling unit's; its newest is what the status rests on."""
    found = explained(
        entry("2024-12-17"),
        entry("2024-12-18", unit="县公安局", role=Role.COOPERATE, reported=None),
        entry("2024-12-19", evidence=PROOF),
    ).entries
    assert [(one.unit, one.basis) for one in found] == [(TASK.filling_unit, False), ("县公安局", False), (TASK.filling_unit, True)]  # fmt: skip
    assert (found[1].reported, found[2].evidence[0].counts, found[2].origin.row) == (None, True, 6)


def test_what_came_later_is_not_told(explained: Callable[..., Explanation]) -> None:
    """Entries and decisions after as_of, and entries of later quarters, are left out."""
    found = explained(entry(), entry("2025-01-07"), closed("2025-01-08"), entry("2025-01-05", quarter="2025Q1"))
    assert (len(found.entries), found.decisions) == (1, ())


def test_days_late_are_counted_from_the_submission_day(explained: Callable[..., Explanation]) -> None:
    """Received on the 24th for the 20th: four days."""
    found = explained(submission("2024-12-24"), entry("2024-12-24")).discipline
    assert (found.state.code, found.days_late) == ("late", 4)
    nothing = explained().discipline
    assert (nothing.state.code, nothing.received_at, nothing.days_late) == ("not_reported", None, 0)


@pytest.mark.parametrize(
    ("numerator", "code"), [(4, "behind"), (5, "on_pace")], ids=["four fifths against 89 %", "five fifths"]
)
def test_pace_is_told_with_the_numbers_compared(
    explained: Callable[..., Explanation], numerator: int, code: str
) -> None:
    """Share reported, share of time gone on the submission day, and the window: 88 of 99 days."""
    found = explained(
        entry("2024-12-24", measure=Measure(numerator, 5), filed_on="2024-12-24"), as_of="2024-12-26"
    ).pace
    assert (found.state.code, found.measure, found.percent) == (code, f"{numerator}/5", 20.0 * numerator)
    assert (found.expected_percent, found.days_window) == (pytest.approx(100 * 88 / 99), 99)


def test_an_estimate_is_shown_not_compared(explained: Callable[..., Explanation]) -> None:
    """80 % by the unit's own word: no expected share stands against it."""
    found = explained(entry(percent=80.0)).pace
    assert (found.measure, found.expected_percent, found.stands_for) == ("80%", None, None)


def test_a_criterion_that_was_changed_shows_both(explained: Callable[..., Explanation]) -> None:
    """As first filled in, and as it reads now."""
    found = explained(entry("2024-10-10", quarter="2024Q3", criterion="12条线路"), entry(criterion="8条线路")).criterion
    assert found is not None
    assert (found.text, found.quarter, found.first_text, found.first_quarter) == (
        "8条线路",
        "2024Q4",
        "12条线路",
        "2024Q3",
    )
    assert explained(entry()).criterion is None


def test_earlier_quarters_are_told_with_their_correction(make: Make) -> None:
    """What was judged then; a record of that time that came to the book later corrects it."""
    late = entry("2024-10-14", quarter="2024Q3", recorded="2024-12-20")
    (before,) = explain(Grounds.of_task(make((TASK,), late, entry(), earlier=True), TASK.number)).history
    assert (before.quarter, before.then, before.now) == ("2024Q3", "首报待收", "推进中")
    assert before.correction is not None
    assert (before.correction.word, str(before.corrected_on)) == ("更正", "2024-10-14")


def test_an_earlier_quarter_without_correction_says_nothing_more(make: Make) -> None:
    """Ordinary progress since then corrects nothing."""
    told = entry("2024-10-10", quarter="2024Q3", reported=Reported.NOT_STARTED)
    (before,) = explain(Grounds.of_task(make((TASK,), told, entry(), earlier=True), TASK.number)).history
    assert (before.then, before.correction, before.now) == ("未启动", None, "")


def test_notice_lines_are_quoted_from_the_file(make: Make) -> None:
    """Lines 70 to 72 of the lines handed over."""
    lines = tuple(f"第{number}行" for number in range(1, 100))
    grounds = Grounds.of_task(make((TASK,)), TASK.number, notice_lines=lines)
    assert explain(grounds).notice.lines == ("第70行", "第71行", "第72行")


def test_unknown_task_is_a_key_error(make: Make) -> None:
    """The register is asked; nothing is guessed."""
    with pytest.raises(KeyError):
        Grounds.of_task(make((TASK,)), 99)
