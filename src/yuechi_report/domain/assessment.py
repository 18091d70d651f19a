"""The answer for one task on one day: five axes, one headline, and the reason with its fields."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from yuechi_report.domain.progress import Decision, ProgressEntry, Reported


class TaskClass(StrEnum):
    """By which rules a task is judged (domain.md §2.3)."""

    FIXED = "fixed"  # 限时类
    MAINTAIN = "maintain"  # 保持类
    ADVANCE = "advance"  # 推进类
    TRACK = "track"  # 跟踪类
    UNDEFINED = "undefined"  # 待明确类
    UNRESOLVED = "unresolved"  # 待人工确认


class Headline(StrEnum):
    """The one word a task gets; exhaustive and exclusive (domain.md §2.2, §2.3)."""

    TERMINATED = "terminated"
    TRANSFERRED = "transferred"
    CLOSED = "closed"
    AWAITING_CHECK = "awaiting_check"
    DUE_BEFORE_ISSUE = "due_before_issue"
    BLOCKED_PAST_DUE = "blocked_past_due"
    BLOCKED = "blocked"
    EXTENSION_PENDING = "extension_pending"
    OVERDUE = "overdue"
    NOT_REPORTED = "not_reported"
    AWAITING_REPORT = "awaiting_report"
    FIRST_REPORT_MISSING = "first_report_missing"
    EXPECTED_LATE = "expected_late"
    DUE_SOON = "due_soon"
    EXTENDED = "extended"
    IN_PROGRESS = "in_progress"
    NOT_STARTED = "not_started"
    UNRESOLVED = "unresolved"
    MAINTAINED = "maintained"
    INTERRUPTED = "interrupted"
    REALISED_UNCHECKED = "realised_unchecked"
    ADVANCED = "advanced"
    NO_ADVANCE = "no_advance"
    ADJUSTMENT_REQUESTED = "adjustment_requested"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    UNDEFINED = "undefined"


class Suffix(StrEnum):
    """What is printed next to a headline."""

    ON_TIME = "on_time"
    ON_TIME_PROVED_LATER = "on_time_proved_later"
    LATE = "late"
    DONE_BEFORE_ISSUE = "done_before_issue"
    DONE_AFTER_ISSUE = "done_after_issue"
    TO_ROUTINE = "to_routine"
    RETURNED = "returned"
    NO_EVIDENCE = "no_evidence"
    BLOCK_NOT_RECOGNISED = "block_not_recognised"
    REOPENED = "reopened"
    BEHIND = "behind"


class Verified(StrEnum):
    """What the office has done with the declaration."""

    UNCHECKED = "unchecked"
    CHECKED = "checked"
    RETURNED = "returned"
    CLOSED = "closed"


class TimeState(StrEnum):
    """The task against its effective due date."""

    NO_LIMIT = "no_limit"
    ROUTINE = "routine"
    NOT_DUE = "not_due"
    DUE_SOON = "due_soon"
    DUE_TODAY = "due_today"
    OVERDUE = "overdue"
    DONE_ON_TIME = "done_on_time"
    DONE_LATE = "done_late"
    DUE_BEFORE_ISSUE = "due_before_issue"
    DONE_AFTER_ISSUE = "done_after_issue"
    AWAITING_CHECK = "awaiting_check"


class Pace(StrEnum):
    """Measured progress against the share of time gone."""

    ON_PACE = "on_pace"
    BEHIND = "behind"
    NOT_COMPARABLE = "not_comparable"


class PaceGround(StrEnum):
    """On what ground a pace is said to be what it is."""

    NONE = "none"
    MEASURED = "measured"  # a counted share against the share of time gone
    PROMISE = "promise"  # a day the unit named in an earlier quarter has passed
    JUDGED = "judged"  # the office's own judgement


class DueResult(StrEnum):
    """到期结果补报: the one line owed on a task due between submission day and quarter's end."""

    NOT_OWED = "not_owed"
    AWAITED = "awaited"
    RECEIVED = "received"
    MISSING = "missing"


class OfficeItem(StrEnum):
    """What a task waits for the office to do."""

    CHECK = "check"
    REALISED = "realised"
    EXTENSION = "extension"
    ADJUSTMENT = "adjustment"
    BLOCK = "block"
    DEADLINE_OPEN = "deadline_open"
    DEADLINE_UNREADABLE = "deadline_unreadable"


class Discipline(StrEnum):
    """Whether this quarter's report came, and when. The last three say why it is not judged (yet)."""

    ON_TIME = "on_time"
    LATE = "late"
    NOT_REPORTED = "not_reported"
    FIRST_REPORT = "first_report"
    AWAITING_CORRECTION = "awaiting_correction"
    NOT_YET_DUE = "not_yet_due"
    EXEMPT = "exempt"
    CALENDAR_UNPUBLISHED = "calendar_unpublished"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why a headline: the rule's id, the dates and values it used, the records it rests on.

    `dates` and `policy` are named by their fields in Task, Period, Decision, ProgressEntry and StatusPolicy.
    `entry` is the filling unit's newest, `decision` the one the headline rests on, `decisions` all of the
    task's made by then, oldest first. `pace_ground` says on what the pace rests, `promise` which entry
    named the day that has passed.
    """

    rule: str
    dates: tuple[tuple[str, date], ...] = ()
    policy: tuple[tuple[str, int], ...] = ()
    entry: ProgressEntry | None = None
    decision: Decision | None = None
    source_lines: tuple[int, int] = (0, 0)
    decisions: tuple[Decision, ...] = ()
    pace_ground: PaceGround = PaceGround.NONE
    promise: ProgressEntry | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """One task judged on one day. days_overdue counts from the day after the effective due date.

    `entry` is the one judged by: this quarter's newest, or an earlier quarter's where this quarter's only
    row is 待补正. `filling_unit` leads and fills in on that day. `adjusted_text` is what an approved 调整
    words the task as, printed next to the notice's text and never in its place.
    """

    task_no: int
    task_class: TaskClass
    headline: Headline
    suffixes: tuple[Suffix, ...]
    reported: Reported | None
    verified: Verified
    time_state: TimeState
    pace: Pace
    discipline: Discipline
    due: date | None
    effective_due: date | None
    percent_complete: float | None
    days_overdue: int
    completed_on: date | None
    reason: Reason
    entry: ProgressEntry | None = None
    due_result: DueResult = DueResult.NOT_OWED
    filling_unit: str = ""
    adjusted_text: str = ""
    office_item: OfficeItem | None = None
    office_since: date | None = None

    @property
    def is_fixed(self) -> bool:
        """Whether the task counts among those with a fixed deadline."""
        return self.task_class is TaskClass.FIXED

    @property
    def is_due_today(self) -> bool:
        """Reported on, unfinished, and due on the very day it is judged (domain.md §3)."""
        unfinished = self.headline in (Headline.DUE_SOON, Headline.EXPECTED_LATE)
        return unfinished and self.time_state is TimeState.DUE_TODAY

    @property
    def is_open_past_due(self) -> bool:
        """到期未办结: blocked past due, overdue, or past due with an extension asked for in time (§2.2)."""
        if self.headline is Headline.EXTENSION_PENDING:
            return self.time_state is TimeState.OVERDUE
        return self.headline in (Headline.BLOCKED_PAST_DUE, Headline.OVERDUE)
