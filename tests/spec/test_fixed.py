"""The headline of a task with a fixed deadline (domain.md §2.2): one small table a rule."""

from datetime import date
from typing import Any

import pytest
from builders import (
    Record,
    blocked,
    closed,
    day,
    decision,
    declared,
    entry,
    extended,
    judged,
    reopened,
    returned,
    task,
)

from yuechi_report.domain.assessment import Headline, Suffix
from yuechi_report.domain.deadline import DueBy
from yuechi_report.domain.progress import Action, Evidence, Reported

case = pytest.param
Records = tuple[Record, ...]

NOT_STARTED = entry(reported=Reported.NOT_STARTED)
WAITS_ABOVE = entry(reported=Reported.AWAITING_UPPER)
ASKS_IN_TIME = entry("2024-12-17", Reported.EXTENSION_REQUESTED)
UNPROVED = declared(evidence=())
REFUSED = decision(Action.REFUSE_EXTENSION, "2025-01-06")
TERMINATED = decision(Action.TERMINATE, "2025-01-02")
EARLY = task(DueBy(date(2024, 6, 30)))
"""Due before the notice was issued, like task 27."""

MARCH, BEFORE_DUE = {"as_of": "2025-02-10"}, {"as_of": "2024-12-20"}
AUTUMN: dict[str, Any] = {"as_of": "2024-11-30"}


@pytest.mark.parametrize(
    ("records", "where", "headline"),
    [
        case((closed(), TERMINATED), {}, Headline.TERMINATED, id="terminated beats closed"),
        case((declared(), TERMINATED), {}, Headline.TERMINATED, id="terminated beats awaiting check"),
        case((TERMINATED,), {}, Headline.TERMINATED, id="terminated beats overdue"),
        case(
            (closed(), decision(Action.TRANSFER, "2025-01-02")), {}, Headline.TRANSFERRED, id="transferred beats closed"
        ),
        case((TERMINATED, closed("2025-01-03")), {}, Headline.TERMINATED, id="terminated stays when closed later"),
        case((declared(), closed()), {}, Headline.CLOSED, id="closed beats awaiting check"),
        case((closed(), blocked()), {}, Headline.CLOSED, id="closed beats blocked"),
        case((closed(),), {}, Headline.CLOSED, id="closed holds without an entry"),
        case(
            (closed("2024-12-26"), entry("2025-01-02")), {}, Headline.CLOSED, id="closed holds when the unit reports on"
        ),
        case((closed(), returned("2024-12-27")), {}, Headline.CLOSED, id="closed holds when returned later"),
        case((declared(), extended()), {}, Headline.AWAITING_CHECK, id="awaiting check beats extended"),
        case((declared(), blocked()), {}, Headline.AWAITING_CHECK, id="awaiting check beats blocked"),
        case((declared(),), {}, Headline.AWAITING_CHECK, id="awaiting check beats overdue"),
        case((declared(),), {"of": EARLY}, Headline.AWAITING_CHECK, id="awaiting check beats due before issue"),
        case(
            (declared("2024-10-10", quarter="2024Q3"),),
            {},
            Headline.AWAITING_CHECK,
            id="awaiting check holds a quarter on",
        ),
        case((blocked(),), {"of": EARLY}, Headline.DUE_BEFORE_ISSUE, id="due before issue beats blocked"),
        case((), {"of": EARLY}, Headline.DUE_BEFORE_ISSUE, id="due before issue beats not reported"),
        case(
            (entry(expected_on="2025-06-30"),),
            {"of": EARLY},
            Headline.DUE_BEFORE_ISSUE,
            id="due before issue beats late",
        ),
        case((WAITS_ABOVE, blocked()), {}, Headline.BLOCKED_PAST_DUE, id="blocked past due beats overdue"),
        case((ASKS_IN_TIME, blocked()), {}, Headline.BLOCKED_PAST_DUE, id="blocked past due beats extension pending"),
        case((blocked(),), {}, Headline.BLOCKED_PAST_DUE, id="blocked past due holds without an entry"),
        case(
            (WAITS_ABOVE, blocked("2024-12-19", "2025-03-10")),
            BEFORE_DUE,
            Headline.BLOCKED,
            id="blocked beats due soon",
        ),
        case((blocked("2024-12-19", "2025-03-10"),), BEFORE_DUE, Headline.BLOCKED, id="blocked beats not reported"),
        case((WAITS_ABOVE, blocked(), extended()), {}, Headline.BLOCKED, id="blocked beats extended"),
        case((ASKS_IN_TIME,), BEFORE_DUE, Headline.EXTENSION_PENDING, id="extension pending beats due soon"),
        case((ASKS_IN_TIME,), {}, Headline.EXTENSION_PENDING, id="extension pending beats overdue"),
        case((), {}, Headline.OVERDUE, id="overdue beats not reported"),
        case((entry(expected_on="2025-03-31"),), {}, Headline.OVERDUE, id="overdue beats expected late"),
        case((NOT_STARTED,), {}, Headline.OVERDUE, id="overdue beats not started"),
        case((extended(),), {}, Headline.NOT_REPORTED, id="not reported beats extended"),
        case((), BEFORE_DUE, Headline.NOT_REPORTED, id="not reported beats due soon"),
        case(
            (entry("2024-10-10", quarter="2024Q3", expected_on="2025-03-31"),),
            BEFORE_DUE,
            Headline.NOT_REPORTED,
            id="last quarter's entry does not stand for this one's",
        ),
        case((entry(expected_on="2025-03-31"),), BEFORE_DUE, Headline.EXPECTED_LATE, id="expected late beats due soon"),
        case(
            (entry(expected_on="2025-04-01"), extended()), {}, Headline.EXPECTED_LATE, id="expected late beats extended"
        ),
        case((entry(), extended(new_due="2025-01-31")), {}, Headline.DUE_SOON, id="due soon beats extended"),
        case((NOT_STARTED,), BEFORE_DUE, Headline.DUE_SOON, id="due soon beats not started"),
        case((NOT_STARTED, extended()), {}, Headline.EXTENDED, id="extended beats not started"),
        case((entry(), extended()), {}, Headline.EXTENDED, id="extended beats in progress"),
        case((entry("2024-11-20"),), AUTUMN, Headline.IN_PROGRESS, id="in progress where nothing else applies"),
        case((entry("2024-11-20", Reported.NOT_STARTED),), AUTUMN, Headline.NOT_STARTED, id="not started as reported"),
        case((entry("2024-11-20", Reported.NORMAL),), AUTUMN, Headline.IN_PROGRESS, id="normal is in progress"),
    ],
)
def test_first_rule_that_applies_names_the_task(records: Records, where: dict[str, Any], headline: Headline) -> None:
    """Of two rules that apply, the earlier one of §2.2 gives the headline."""
    assert judged(*records, **where).headline is headline


@pytest.mark.parametrize(
    ("records", "as_of", "headline", "days"),
    [
        case((entry(),), "2024-12-30", Headline.DUE_SOON, 0, id="the day before the due day"),
        case((entry(),), "2024-12-31", Headline.DUE_SOON, 0, id="the due day itself is not late"),
        case((entry(),), "2025-01-01", Headline.OVERDUE, 1, id="the day after is the first day late"),
        case((entry("2024-11-20"),), "2024-12-01", Headline.DUE_SOON, 0, id="thirty days before is due soon"),
        case((entry("2024-11-20"),), "2024-11-30", Headline.IN_PROGRESS, 0, id="thirty-one days before is not"),
        case((entry(), extended()), "2025-02-28", Headline.EXTENDED, 0, id="thirty-one days before the new date"),
        case((entry(), extended()), "2025-03-01", Headline.DUE_SOON, 0, id="thirty days before the new date"),
        case((entry(), extended()), "2025-03-31", Headline.DUE_SOON, 0, id="the new date itself is not late"),
        case((entry(), extended()), "2025-04-01", Headline.OVERDUE, 1, id="the day after the new date"),
        case((entry(expected_on="2024-12-31"),), "2024-12-20", Headline.DUE_SOON, 0, id="expected on the due day"),
        case((entry(expected_on="2025-01-01"),), "2024-12-20", Headline.EXPECTED_LATE, 0, id="expected the day after"),
        case((), "2024-12-19", Headline.AWAITING_REPORT, 0, id="the day before the submission day"),
        case((), "2024-12-20", Headline.NOT_REPORTED, 0, id="the submission day itself"),
        case((blocked(),), "2025-03-20", Headline.BLOCKED_PAST_DUE, 79, id="the review day still counts"),
        case((blocked(),), "2025-03-21", Headline.OVERDUE, 80, id="the day after the review day it lapses"),
        case(
            (blocked("2024-12-30", "2025-03-30"),), "2025-01-06", Headline.BLOCKED_PAST_DUE, 6, id="review in 90 days"
        ),
        case((blocked("2024-12-30", "2025-03-31"),), "2025-01-06", Headline.OVERDUE, 6, id="review in 91 days"),
    ],
)
def test_day_boundaries_are_inclusive(records: Records, as_of: str, headline: Headline, days: int) -> None:
    """The named day itself still belongs to the old state; days late count from the day after."""
    one = judged(*records, as_of=as_of)
    assert (one.headline, one.days_overdue) == (headline, days)


NO_PROOF = (Headline.OVERDUE, (Suffix.NO_EVIDENCE,), 6)
PROVED = (Headline.AWAITING_CHECK, (), 0)


@pytest.mark.parametrize(
    ("evidence", "expected"),
    [
        case((), NO_PROOF, id="none"),
        case((Evidence("《报告》"),), NO_PROOF, id="a name alone"),
        case((Evidence("", "示例〔2024〕1号"),), NO_PROOF, id="a number without a name"),
        case((Evidence("", "", "2024-12-16"),), NO_PROOF, id="a date without a name"),
        case((Evidence("《甲》"), Evidence("《乙》")), NO_PROOF, id="two names alone"),
        case((Evidence("《报告》", "示例〔2024〕1号"),), PROVED, id="name and number"),
        case((Evidence("《报告》", "", "2024-12-16"),), PROVED, id="name and date"),
        case((Evidence("《甲》"), Evidence("《乙》", "", "2024-12-16")), PROVED, id="one piece of two that counts"),
    ],
)
def test_declaration_counts_only_with_a_named_and_numbered_or_dated_piece(
    evidence: tuple[Evidence, ...], expected: tuple[Headline, tuple[Suffix, ...], int]
) -> None:
    """A self-declaration without evidence never hides lateness."""
    one = judged(declared(evidence=evidence, completed_on="2024-12-16"))
    assert (one.headline, one.suffixes, one.days_overdue) == expected


@pytest.mark.parametrize(
    ("entries", "days"),
    [
        case((declared("2025-01-06", completed_on="2024-12-31"),), 0, id="completed on the due day"),
        case((declared("2025-01-06", completed_on="2025-01-03"),), 3, id="completed three days late"),
        case((declared("2025-01-04"),), 4, id="no day given: the day it was received"),
        case((declared("2024-12-18"),), 0, id="declared in time"),
    ],
)
def test_days_late_are_frozen_at_the_declared_day(entries: Records, days: int) -> None:
    """While a declaration waits for its check its days late do not grow."""
    early, late = judged(*entries), judged(*entries, as_of="2025-02-20")
    assert [(one.headline, one.days_overdue) for one in (early, late)] == [(Headline.AWAITING_CHECK, days)] * 2


@pytest.mark.parametrize(
    ("records", "headline", "suffixes"),
    [
        case((declared(), returned()), Headline.OVERDUE, (Suffix.RETURNED,), id="returned"),
        case((UNPROVED, returned()), Headline.OVERDUE, (Suffix.RETURNED,), id="returned for lack of evidence"),
        case((returned(), declared("2025-01-02")), Headline.AWAITING_CHECK, (), id="handed in again with evidence"),
        case(
            (returned(), declared("2025-01-02", evidence=())),
            Headline.OVERDUE,
            (Suffix.NO_EVIDENCE,),
            id="handed in again without evidence",
        ),
        case((returned(), entry("2025-01-02")), Headline.OVERDUE, (), id="handed in again as in progress"),
        case(
            (declared("2024-12-26"), returned()),
            Headline.OVERDUE,
            (Suffix.RETURNED,),
            id="returned the same day, later",
        ),
        case(
            (returned(), declared("2024-12-26")),
            Headline.AWAITING_CHECK,
            (),
            id="handed in the same day, after the return",
        ),
        case(
            (declared(), returned(), declared("2025-01-02"), returned("2025-01-03")),
            Headline.OVERDUE,
            (Suffix.RETURNED,),
            id="returned twice",
        ),
        case((declared(), closed(), reopened()), Headline.OVERDUE, (Suffix.REOPENED,), id="closed, then reopened"),
        case(
            (closed(), reopened(), declared("2025-01-05")),
            Headline.AWAITING_CHECK,
            (),
            id="reopened, then declared again",
        ),
        case(
            (closed(), reopened(), declared("2025-01-03")),
            Headline.AWAITING_CHECK,
            (),
            id="declared the day of reopening, after it",
        ),
        case(
            (closed(), declared("2025-01-03"), reopened()),
            Headline.OVERDUE,
            (Suffix.REOPENED,),
            id="declared the day of reopening, before it",
        ),
        case(
            (closed(), reopened(), closed("2025-01-05", "2024-12-30")),
            Headline.CLOSED,
            (Suffix.ON_TIME,),
            id="reopened, then closed again",
        ),
        case(
            (declared(), returned(), declared("2025-01-02"), closed("2025-01-03"), reopened("2025-01-05")),
            Headline.OVERDUE,
            (Suffix.REOPENED,),
            id="an older return is settled by what came after it",
        ),
        case(
            (TERMINATED, reopened("2025-01-05")), Headline.OVERDUE, (Suffix.REOPENED,), id="terminated, then reopened"
        ),
    ],
)
def test_return_reopening_and_resubmission_count_in_their_order(
    records: Records, headline: Headline, suffixes: tuple[Suffix, ...]
) -> None:
    """The later of declaration and return counts; on one day the order of the book decides."""
    one = judged(*records)
    assert (one.headline, one.suffixes) == (headline, suffixes)


def test_reopened_task_is_late_from_its_original_date() -> None:
    """Closed in December, reopened in January: lateness counts from 31 December, not from the reopening."""
    assert judged(closed(), reopened("2025-01-03"), as_of="2025-02-28").days_overdue == 59


def test_decision_made_later_and_recorded_earlier_counts_by_its_day() -> None:
    """Decisions are folded by the day they were made, whatever the order in which they were entered."""
    assert judged(reopened("2025-01-03"), closed("2024-12-26")).headline is Headline.OVERDUE


LATE_REQUEST = entry("2025-01-03", Reported.EXTENSION_REQUESTED)


@pytest.mark.parametrize(
    ("records", "headline", "effective_due"),
    [
        case((ASKS_IN_TIME,), Headline.EXTENSION_PENDING, "2024-12-31", id="asked in time, not decided"),
        case(
            (entry("2024-12-31", Reported.EXTENSION_REQUESTED),),
            Headline.EXTENSION_PENDING,
            "2024-12-31",
            id="asked on the due day",
        ),
        case(
            (entry("2025-01-01", Reported.EXTENSION_REQUESTED),),
            Headline.OVERDUE,
            "2024-12-31",
            id="asked the day after",
        ),
        case((ASKS_IN_TIME, extended()), Headline.EXTENDED, "2025-03-31", id="asked in time, granted"),
        case((ASKS_IN_TIME, REFUSED), Headline.OVERDUE, "2024-12-31", id="asked in time, refused"),
        case((LATE_REQUEST,), Headline.OVERDUE, "2024-12-31", id="asked too late, not decided"),
        case((LATE_REQUEST, REFUSED), Headline.OVERDUE, "2024-12-31", id="asked too late, refused"),
        case((LATE_REQUEST, extended("2025-01-06")), Headline.EXTENDED, "2025-03-31", id="asked too late, granted"),
        case(
            (decision(Action.REFUSE_EXTENSION, "2024-12-16"), ASKS_IN_TIME),
            Headline.EXTENSION_PENDING,
            "2024-12-31",
            id="asked again after a refusal",
        ),
        case(
            (ASKS_IN_TIME, decision(Action.REFUSE_EXTENSION, "2024-12-17")),
            Headline.OVERDUE,
            "2024-12-31",
            id="refused on the day it was asked",
        ),
        case(
            (entry(), decision(Action.SET_DEADLINE, "2025-01-02", new_due="2025-06-30")),
            Headline.EXTENDED,
            "2025-06-30",
            id="a newly set date",
        ),
        case(
            (entry(), extended("2024-12-20", "2025-01-31"), extended("2025-01-02", "2025-03-31")),
            Headline.EXTENDED,
            "2025-03-31",
            id="extended twice: the last date counts",
        ),
    ],
)
def test_extension_counts_when_asked_in_time_or_granted(
    records: Records, headline: Headline, effective_due: str
) -> None:
    """A request after the due date does not lift 逾期; the original date is never overwritten."""
    one = judged(*records)
    assert (one.headline, one.due, one.effective_due) == (headline, day("2024-12-31"), day(effective_due))


UNRECOGNISED = (Headline.OVERDUE, (Suffix.BLOCK_NOT_RECOGNISED,))
RECOGNISED: tuple[Headline, tuple[Suffix, ...]] = (Headline.BLOCKED_PAST_DUE, ())


@pytest.mark.parametrize(
    ("decisions", "expected"),
    [
        case((), UNRECOGNISED, id="the unit's word alone"),
        case((blocked(),), RECOGNISED, id="recognised with all three things"),
        case((blocked(upper_body=""),), UNRECOGNISED, id="without the body above"),
        case((blocked(upper_step=""),), UNRECOGNISED, id="without the step above"),
        case((blocked(letter_number=""),), UNRECOGNISED, id="without the letter's number"),
        case((blocked(letter_on=None),), UNRECOGNISED, id="without the letter's date"),
        case((blocked(review_on=None),), UNRECOGNISED, id="without a review date"),
        case((blocked(review_on="2025-01-05"),), UNRECOGNISED, id="lapsed after the review day"),
        case((blocked(review_on="2025-01-05"), blocked("2025-01-06")), RECOGNISED, id="recognised anew after lapsing"),
        case((blocked(), decision(Action.LIFT_BLOCK, "2025-01-02")), UNRECOGNISED, id="lifted"),
        case((blocked(), decision(Action.REFUSE_BLOCK, "2025-01-02")), UNRECOGNISED, id="refused after all"),
        case(
            (decision(Action.REFUSE_BLOCK, "2025-01-02"), blocked("2025-01-04")),
            RECOGNISED,
            id="refused, then recognised",
        ),
    ],
)
def test_block_needs_the_offices_decision_with_three_things(
    decisions: Records, expected: tuple[Headline, tuple[Suffix, ...]]
) -> None:
    """受上级制约 without decision, body and step, letter or a review date ahead is overdue."""
    one = judged(WAITS_ABOVE, *decisions)
    assert (one.headline, one.suffixes) == expected


@pytest.mark.parametrize(
    ("records", "headline", "suffixes"),
    [
        case((), Headline.DUE_BEFORE_ISSUE, (), id="nothing handed in"),
        case((entry(),), Headline.DUE_BEFORE_ISSUE, (), id="in progress"),
        case((UNPROVED,), Headline.DUE_BEFORE_ISSUE, (), id="declared without evidence"),
        case((declared(), returned()), Headline.DUE_BEFORE_ISSUE, (), id="declared, then returned"),
        case((WAITS_ABOVE, blocked()), Headline.DUE_BEFORE_ISSUE, (), id="recognised as blocked"),
        case((declared(),), Headline.AWAITING_CHECK, (), id="declared with evidence"),
        case(
            (closed(completed_on="2024-08-30"),), Headline.CLOSED, (Suffix.DONE_BEFORE_ISSUE,), id="done before issue"
        ),
        case(
            (closed(completed_on="2024-09-22"),), Headline.CLOSED, (Suffix.DONE_BEFORE_ISSUE,), id="done the day before"
        ),
        case(
            (closed(completed_on="2024-09-23"),),
            Headline.CLOSED,
            (Suffix.DONE_AFTER_ISSUE,),
            id="done the day of issue",
        ),
        case((closed(completed_on="2024-11-15"),), Headline.CLOSED, (Suffix.DONE_AFTER_ISSUE,), id="done after issue"),
        case((entry(), extended()), Headline.EXTENDED, (), id="a newly set date counts instead"),
    ],
)
def test_due_before_issue_has_its_own_outcomes(
    records: Records, headline: Headline, suffixes: tuple[Suffix, ...]
) -> None:
    """A task due before the notice was issued is never overdue and has no days late."""
    one = judged(*records, of=EARLY)
    assert (one.headline, one.suffixes, one.days_overdue) == (headline, suffixes, 0)


def test_due_on_the_day_of_issue_is_not_due_before_issue() -> None:
    """Only a date before the issue date is exempt; the day of issue itself is an ordinary date."""
    one = judged(entry(), of=task(DueBy(date(2024, 9, 23))))
    assert (one.headline, one.days_overdue) == (Headline.OVERDUE, 105)


@pytest.mark.parametrize(
    ("records", "as_of", "headline"),
    [
        case((), "2024-10-14", Headline.AWAITING_REPORT, id="before its submission day"),
        case((), "2024-10-15", Headline.FIRST_REPORT_MISSING, id="on its submission day"),
        case((), "2024-11-01", Headline.FIRST_REPORT_MISSING, id="after its submission day"),
        case((), "2025-01-01", Headline.OVERDUE, id="overdue comes before"),
        case((entry("2024-10-10", quarter="2024Q3"),), "2024-10-15", Headline.IN_PROGRESS, id="handed in"),
        case(
            (entry("2024-10-16", quarter="2024Q4"),),
            "2024-10-16",
            Headline.FIRST_REPORT_MISSING,
            id="next quarter's form",
        ),
    ],
)
def test_first_report_is_awaited_not_missed(records: Records, as_of: str, headline: Headline) -> None:
    """In a first-report period an absent entry reads 首报待收, never 未报送."""
    assert judged(*records, quarter="2024Q3", as_of=as_of).headline is headline


@pytest.mark.parametrize(
    ("records", "suffixes", "days"),
    [
        case((closed(completed_on="2024-12-16"),), (Suffix.ON_TIME,), 0, id="before the due day"),
        case((closed(completed_on="2024-12-31"),), (Suffix.ON_TIME,), 0, id="on the due day"),
        case((closed("2025-01-05", "2025-01-01"),), (Suffix.LATE,), 1, id="the day after"),
        case((closed("2025-03-20", "2025-03-12"),), (Suffix.LATE,), 71, id="seventy-one days late"),
        case((closed("2025-01-20", "2024-12-30"),), (Suffix.ON_TIME,), 0, id="checked late, done in time"),
        case((returned(), closed("2025-02-20", "2024-12-25")), (Suffix.ON_TIME_PROVED_LATER,), 0, id="proved later"),
        case((returned(), closed("2025-03-20", "2025-03-14")), (Suffix.LATE,), 73, id="late after a return"),
        case((extended(), closed("2025-03-31", "2025-03-28")), (Suffix.ON_TIME,), 0, id="within the extension"),
        case((extended(), closed("2025-04-10", "2025-04-02")), (Suffix.LATE,), 2, id="late after the extension"),
        case((closed(completed_on="2024-09-01"),), (Suffix.DONE_BEFORE_ISSUE,), 0, id="before the issue"),
        case(
            (decision(Action.CLOSE_TO_ROUTINE, "2024-12-26", completed_on="2024-12-18"),),
            (Suffix.TO_ROUTINE,),
            0,
            id="closed to routine",
        ),
    ],
)
def test_closed_shows_how_it_was_done(records: Records, suffixes: tuple[Suffix, ...], days: int) -> None:
    """The office's day of completion decides what stands beside 已销号, and how many days late."""
    one = judged(*records, as_of="2025-04-30", quarter="2025Q1")
    assert (one.headline, one.suffixes, one.days_overdue) == (Headline.CLOSED, suffixes, days)


def test_closed_task_is_late_by_the_day_of_completion_not_of_the_check() -> None:
    """The day of completion is the office's, and it is what the answer carries."""
    one = judged(declared("2025-01-02", completed_on="2024-12-20"), closed("2025-01-05", "2025-01-02"))
    assert (one.completed_on, one.days_overdue) == (day("2025-01-02"), 2)
