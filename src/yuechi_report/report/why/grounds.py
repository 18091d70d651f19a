"""The grounds of one status: the case judged, its answer, and the records, rules and earlier quarters behind it."""

from dataclasses import dataclass, replace
from datetime import date

from yuechi_report.domain.assessment import Assessment, Headline, PaceGround, Suffix
from yuechi_report.domain.case import Case
from yuechi_report.domain.corrections import Correction, corrections
from yuechi_report.domain.pace import expected_percent
from yuechi_report.domain.progress import Action, Decision, ProgressEntry, once
from yuechi_report.domain.rules import RULES, Rule
from yuechi_report.report.context import Past, Report
from yuechi_report.source.scope import Earlier

_MISSING = (Headline.NOT_REPORTED, Headline.AWAITING_REPORT, Headline.FIRST_REPORT_MISSING)

_SUFFIX_RESTS_ON = {
    Suffix.RETURNED: Action.RETURN,
    Suffix.ON_TIME_PROVED_LATER: Action.RETURN,
    Suffix.REOPENED: Action.REOPEN,
    Suffix.BLOCK_NOT_RECOGNISED: Action.REFUSE_BLOCK,
    Suffix.BEHIND: Action.JUDGE_BEHIND,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RulePlace:
    """The rule that applied: `number` of `total` in the order of its class; `earlier` did not apply."""

    rule: Rule
    number: int
    total: int
    earlier: tuple[Rule, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuarterBefore:
    """An earlier quarter, how the task was judged then, and what corrects that with what is known today."""

    earlier: Earlier
    then: Assessment
    correction: Correction | None

    @property
    def corrected_on(self) -> date | None:
        """The day from which the record that caused the correction counts."""
        if self.correction is None:
            return None
        cause = self.correction.cause
        return cause.decided_on if isinstance(cause, Decision) else cause.source.received_on


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """One task of a report as it was judged; everything else is asked of its records when it is printed.

    `notice_lines` are all lines of the notice's file; empty where they are not quoted.
    """

    report: Report
    case: Case
    judged: Assessment
    notice_lines: tuple[str, ...] = ()

    @classmethod
    def of(cls, report: Report, judged: Assessment, *, notice_lines: tuple[str, ...] = ()) -> "Grounds":
        """The grounds of one of the report's assessments."""
        case = Case.of(report.scope.register.task(judged.task_no), report.docket)
        return cls(report=report, case=case, judged=judged, notice_lines=notice_lines)

    @classmethod
    def of_task(cls, report: Report, number: int, *, notice_lines: tuple[str, ...] = ()) -> "Grounds":
        """The same by the task's number; KeyError when the register has none of that number."""
        for judged in report.assessments:
            if judged.task_no == number:
                return cls.of(report, judged, notice_lines=notice_lines)
        raise KeyError(number)

    @property
    def quoted_lines(self) -> tuple[str, ...]:
        """The lines of the notice that hold the task."""
        first, last = self.case.task.source_lines
        return self.notice_lines[first - 1 : last] if first else ()

    @property
    def place(self) -> RulePlace:
        """The rule's place in the order of its class, and what was asked before it."""
        rules = RULES[self.judged.task_class]
        index = [rule.id for rule in rules].index(self.judged.reason.rule)
        return RulePlace(rule=rules[index], number=index + 1, total=len(rules), earlier=rules[:index])

    @property
    def entries(self) -> tuple[ProgressEntry, ...]:
        """Every row about the task in any role that had come by then, oldest first."""
        return self.report.seen(self.judged.task_no).entries

    @property
    def basis(self) -> ProgressEntry | None:
        """The entry the headline rests on; where nothing came this quarter it rests on that alone."""
        return None if self.judged.headline in _MISSING else self.judged.reason.entry

    @property
    def criterion(self) -> tuple[ProgressEntry, ProgressEntry] | None:
        """The entries in which a filling unit first and last gave the completion criterion (销号标准)."""
        found = [entry for entry in self.case.entries if entry.criterion]
        return (found[0], found[-1]) if found else None

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """The task's decisions, oldest first, each once however often its form was sent."""
        return once(self.judged.reason.decisions)

    def is_resting(self, decision: Decision) -> bool:
        """Whether the status rests on the decision, or on one sent again that says the same."""
        return any(decision.says_the_same(resting) for resting in self.resting_decisions)

    @property
    def resting_decisions(self) -> tuple[Decision, ...]:
        """The decisions that headline, suffixes, class or effective due date rest on, oldest first."""
        standing, suffixes = self.case.standing, self.judged.suffixes
        found = {self.judged.reason.decision, standing.new_due, standing.new_class, standing.lead}
        found |= {self._last(_SUFFIX_RESTS_ON[suffix]) for suffix in suffixes if suffix in _SUFFIX_RESTS_ON}
        return tuple(decision for decision in self.case.decisions if decision in found)

    def _last(self, action: Action) -> Decision | None:
        return next((decision for decision in reversed(self.case.decisions) if decision.action is action), None)

    @property
    def days_late(self) -> int:
        """How many days after the submission day the row came that counts as the report; 0 where none came."""
        came_on = self.judged.handed_in_on
        return max(0, (came_on - self.case.period.submission_due).days) if came_on is not None else 0

    @property
    def discharging(self) -> ProgressEntry | None:
        """The row that counts as this quarter's report, the last of its day."""
        came_on = self.judged.handed_in_on
        return next((entry for entry in reversed(self.case.filed) if entry.source.received_on == came_on), None)

    @property
    def is_measured(self) -> bool:
        """Whether the pace rests on a counted share."""
        return self.judged.reason.pace_ground is PaceGround.MEASURED

    @property
    def stands_for(self) -> date | None:
        """The day the figure compared with time stands for."""
        return dict(self.judged.reason.dates).get("stands_for")

    @property
    def expected_percent(self) -> float | None:
        """The share of time gone that a counted share was compared with."""
        due, day = self.case.effective_due, self.stands_for
        if not self.is_measured or due is None or day is None:
            return None
        return expected_percent(self.case.period, due, day)

    @property
    def quarters_before(self) -> tuple[QuarterBefore, ...]:
        """Every quarter before, oldest first."""
        return tuple(self._before(past) for past in self.report.past)

    def _before(self, past: Past) -> QuarterBefore:
        number = self.judged.task_no
        then = next(judged for judged in past.assessments if judged.task_no == number)
        return QuarterBefore(earlier=past.earlier, then=then, correction=_correction(self.report, past.earlier, number))


def _correction(report: Report, earlier: Earlier, number: int) -> Correction | None:
    """The newest correction of that quarter's figure with what is known today."""
    scope = report.scope
    found = corrections(
        replace(scope.register, tasks=(report.task(number),)),
        report.seen(number),
        earlier.period,
        as_of_then=earlier.as_of,
        known_then=earlier.known_at,
        policy=scope.policy,
    )
    return found[-1] if found else None
