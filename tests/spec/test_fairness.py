"""Fairness (domain.md §2.4): what the rules must never do to a unit, and what a unit cannot talk itself out of."""

from datetime import date, timedelta
from typing import Any

import pytest
from builders import Record, blocked, closed, day, decision, declared, entry, judged, returned, task

from yuechi_report.domain.assessment import Headline, Pace, Suffix, TimeState
from yuechi_report.domain.deadline import Deadline, DueBy, NoDeadline, Ongoing, OngoingMode, Tracking
from yuechi_report.domain.progress import Action, Measure, Reported

case = pytest.param
LATE_WORDS = {Headline.OVERDUE, Headline.BLOCKED_PAST_DUE, TimeState.OVERDUE, TimeState.DONE_LATE, Suffix.LATE}
EARLY = task(DueBy(date(2024, 6, 30)))
STORIES: list[tuple[Record, ...]] = [
    (),
    (entry(),),
    (declared(),),
    (declared(), returned()),
    (entry(reported=Reported.AWAITING_UPPER), blocked()),
    (closed(completed_on="2024-08-01"),),
    (closed(completed_on="2024-11-15"),),
]


@pytest.mark.parametrize(
    "records", STORIES, ids=["nothing", "open", "declared", "returned", "blocked", "before", "after"]
)
def test_due_before_issue_is_never_called_late(records: tuple[Record, ...]) -> None:
    """For a task due before the notice no axis, suffix or number says 逾期, a year on included."""
    for as_of in ("2024-12-20", "2025-01-06", "2025-12-31"):
        one = judged(*records, of=EARLY, as_of=as_of)
        assert ({one.headline, one.time_state, *one.suffixes} & LATE_WORDS, one.days_overdue) == (set(), 0)


OTHERS: list[Deadline] = [Ongoing(OngoingMode.ADVANCE), Ongoing(OngoingMode.MAINTAIN), Tracking(), NoDeadline()]


@pytest.mark.parametrize("deadline", OTHERS, ids=["advance", "maintain", "track", "undefined"])
@pytest.mark.parametrize(
    "records", STORIES, ids=["nothing", "open", "declared", "returned", "blocked", "before", "after"]
)
def test_task_without_a_date_is_never_called_late(deadline: Deadline, records: tuple[Record, ...]) -> None:
    """Only fixed tasks use the word 逾期."""
    one = judged(*records, of=task(deadline), as_of="2025-12-31")
    assert ({one.headline, one.time_state, *one.suffixes} & LATE_WORDS, one.days_overdue) == (set(), 0)


@pytest.mark.parametrize(
    ("due", "pace"),
    [
        case("2024-09-30", Pace.NOT_COMPARABLE, id="seven days after issue, like task 32"),
        case("2024-11-21", Pace.NOT_COMPARABLE, id="fifty-nine days after issue"),
        case("2024-11-22", Pace.BEHIND, id="sixty days after issue"),
        case("2024-12-31", Pace.BEHIND, id="ninety-nine days after issue"),
        case("2024-06-30", Pace.NOT_COMPARABLE, id="before issue"),
    ],
)
def test_short_window_is_not_measured_against_time(due: str, pace: Pace) -> None:
    """A measured target is compared with time only over at least sixty days."""
    assert judged(entry(measure=Measure(1, 10)), of=task(DueBy(day(due)))).pace is pace


def test_pace_does_not_worsen_by_waiting() -> None:
    """An honest 89 % on 20 December is on pace whether judged that day or on the 31st."""
    filed = entry("2024-12-20", measure=Measure(89, 100))
    assert [judged(filed, as_of=as_of).pace for as_of in ("2024-12-20", "2024-12-31")] == [Pace.ON_PACE] * 2


@pytest.mark.parametrize("hint", ["soft", "hard"])
@pytest.mark.parametrize("reported", list(Reported), ids=lambda one: one.value)
def test_hint_of_dependence_is_no_verdict(hint: str, reported: Reported) -> None:
    """Our parser's hint of a higher level changes nothing without the office's decision."""
    assert judged(entry(reported=reported), of=task(upper_level=hint)) == judged(entry(reported=reported))


@pytest.mark.parametrize("claim", ["whole", "part", "not_yet"])
def test_claim_of_the_notice_never_gives_a_headline(claim: str) -> None:
    """What the notice says is done stays a claim until a person confirms it."""
    maintained = Ongoing(OngoingMode.MAINTAIN)
    assert judged(of=task(maintained, claims=(claim,))).headline is Headline.NOT_REPORTED


@pytest.mark.parametrize(
    "said",
    [
        case({"reported": Reported.DECLARED_COMPLETE}, id="complete without evidence"),
        case({"reported": Reported.AWAITING_UPPER}, id="waiting for a higher level"),
        case({"reported": Reported.ADJUSTMENT_REQUESTED}, id="an adjustment asked for"),
        case({"reported": Reported.NORMAL, "percent": 100.0}, id="a hundred percent"),
        case({"reported": Reported.IN_PROGRESS, "completed_on": "2024-12-20"}, id="a day of completion"),
        case({"reported": Reported.NO_CHANGE, "expected_on": "2025-03-31"}, id="a new expected date"),
    ],
)
def test_words_of_the_unit_alone_never_hide_lateness(said: dict[str, Any]) -> None:
    """Past the due date only evidence, a request in time or a decision keeps a task from 逾期."""
    one = judged(entry(**said))
    assert (one.headline, one.days_overdue) == (Headline.OVERDUE, 6)


@pytest.mark.parametrize(
    ("action", "headline"),
    [
        case(None, Headline.ADVANCED, id="a short text is taken as it is"),
        case(Action.JUDGE_HOLLOW, Headline.NO_ADVANCE, id="after the office's decision"),
    ],
)
def test_empty_words_count_until_the_office_says_so(action: Action | None, headline: Headline) -> None:
    """内容空泛 is the office's judgement, never the machine's."""
    decisions = (decision(action, "2024-12-23"),) if action else ()
    said = entry(progress="正在推进。")
    assert judged(said, *decisions, of=task(Ongoing(OngoingMode.ADVANCE))).headline is headline


@pytest.mark.parametrize("days", [30, 89, 90])
def test_block_lasts_to_its_review_day_and_no_longer(days: int) -> None:
    """The day of review still counts, the day after it lapses, for every allowed length."""
    review = day("2024-12-30") + timedelta(days=days)
    decided = blocked(review_on=review.isoformat())
    found = [judged(decided, as_of=one.isoformat()).headline for one in (review, review + timedelta(days=1))]
    assert found == [Headline.BLOCKED_PAST_DUE, Headline.OVERDUE]


def test_extension_of_the_review_needs_a_new_decision() -> None:
    """A second recognition counts ninety days from its own day."""
    again = blocked("2025-03-20", "2025-06-18")
    assert judged(blocked(), again, as_of="2025-06-18", quarter="2025Q1").headline is Headline.BLOCKED_PAST_DUE


@pytest.mark.parametrize(
    ("records", "headline"),
    [
        case((declared("2024-10-10", quarter="2024Q3"),), Headline.AWAITING_CHECK, id="declared"),
        case((blocked(),), Headline.BLOCKED_PAST_DUE, id="blocked"),
        case(
            (entry("2024-10-10", Reported.EXTENSION_REQUESTED, quarter="2024Q3"),),
            Headline.EXTENSION_PENDING,
            id="pending",
        ),
    ],
)
def test_missed_report_does_not_undo_what_was_settled(records: tuple[Record, ...], headline: Headline) -> None:
    """Blocked, pending and declared tasks stay so without an entry; the absence shows in discipline alone."""
    one = judged(*records)
    assert (one.headline, one.discipline.value) == (headline, "not_reported")
