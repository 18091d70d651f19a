"""The grounds of one assessment as records: deadline, rule, dates, thresholds, entries, decisions."""

from collections.abc import Iterable
from enum import StrEnum

from yuechi_report.domain.assessment import Assessment, Suffix
from yuechi_report.domain.case import Case
from yuechi_report.domain.progress import Action, Decision, ProgressEntry, Source
from yuechi_report.domain.rules import RULES
from yuechi_report.page.labels import DATE_WORDS, POLICY_TEXTS, label, suffix_label
from yuechi_report.page.reasons import RULE_TEXTS
from yuechi_report.report.context import Report
from yuechi_report.report.why.records import (
    DateFact,
    DeadlineFacts,
    DecisionFacts,
    EntryFacts,
    EvidenceFacts,
    Origin,
    PolicyFact,
    RuleFacts,
    StatusFacts,
    Word,
)
from yuechi_report.report.why.wording import approval_text, deadline_remarks, decision_text, measure_text, overdue_text
from yuechi_report.report.words.statuses import headline_text, sign_of


def case_of(report: Report, one: Assessment) -> Case:
    """The case that was judged."""
    return Case.of(report.task(one.task_no), report.docket)


def word(code: StrEnum) -> Word:
    """A code with its reader's word."""
    return Word(code=code.value, word=label(code))


def status_facts(report: Report, one: Assessment) -> StatusFacts:
    """Headline, suffixes and the axes beside them."""
    return StatusFacts(
        text=headline_text(report, one, is_issued=False),
        sign=sign_of(report, one.headline),
        headline=word(one.headline),
        suffixes=tuple(Word(code=code.value, word=suffix_label(code, one.days_overdue)) for code in one.suffixes),
        reported=word(one.reported) if one.reported is not None else None,
        verified=word(one.verified),
        time_state=word(one.time_state),
        office_item=word(one.office_item) if one.office_item is not None else None,
        office_since=one.office_since,
        days_overdue=one.days_overdue,
        counted=overdue_text(one),
        completed_on=one.completed_on,
    )


def deadline_facts(case: Case) -> DeadlineFacts:
    """The deadline as printed and as it counts."""
    return DeadlineFacts(
        printed=case.task.deadline_raw,
        kind=case.task.deadline.kind,
        due=case.task.due,
        effective_due=case.effective_due,
        remarks=deadline_remarks(case),
    )


def rule_facts(one: Assessment) -> RuleFacts:
    """The rule's place in the order of its class, and what was asked before it."""
    rules = RULES[one.task_class]
    index = [rule.id for rule in rules].index(one.reason.rule)
    return RuleFacts(
        id=one.reason.rule,
        number=index + 1,
        total=len(rules),
        text=RULE_TEXTS[one.reason.rule],
        earlier=tuple(Word(code=rule.id, word=label(rule.headline)) for rule in rules[:index]),
    )


def date_facts(one: Assessment) -> tuple[DateFact, ...]:
    """The days the rule looked at."""
    return tuple(DateFact(key=key, word=DATE_WORDS[key], value=day) for key, day in one.reason.dates)


def policy_facts(one: Assessment) -> tuple[PolicyFact, ...]:
    """The thresholds the rule looked at."""
    return tuple(
        PolicyFact(key=key, value=value, text=POLICY_TEXTS[key].format(value=value)) for key, value in one.reason.policy
    )


def entry_facts(entries: Iterable[ProgressEntry], basis: ProgressEntry | None) -> tuple[EntryFacts, ...]:
    """Rows of forms, oldest first."""
    return tuple(
        EntryFacts(
            basis=entry == basis,
            quarter=str(entry.quarter),
            unit=entry.unit,
            role=word(entry.role),
            reported=word(entry.reported) if entry.reported is not None else None,
            measure=measure_text(entry),
            progress=entry.progress,
            issues=entry.issues,
            next_steps=entry.next_steps,
            coordination=entry.coordination,
            expected_on=entry.expected_on,
            completed_on=entry.completed_on,
            evidence=tuple(
                EvidenceFacts(name=one.name, number=one.number, dated=one.dated, counts=one.counts)
                for one in entry.evidence
            ),
            origin=origin(entry.source),
        )
        for entry in entries
    )


def decision_facts(decisions: Iterable[Decision], resting: Iterable[Decision]) -> tuple[DecisionFacts, ...]:
    """Decisions, oldest first."""
    basis = tuple(resting)
    return tuple(
        DecisionFacts(
            basis=one in basis,
            action=word(one.action),
            text=decision_text(one),
            decided_on=one.decided_on,
            decided_by=one.decided_by,
            reason=one.reason,
            approver=one.approver,
            approved_on=one.approved_on,
            document_number=one.document_number,
            approval=approval_text(one),
            origin=origin(one.source),
        )
        for one in decisions
    )


_SUFFIX_RESTS_ON = {
    Suffix.RETURNED: Action.RETURN,
    Suffix.ON_TIME_PROVED_LATER: Action.RETURN,
    Suffix.REOPENED: Action.REOPEN,
    Suffix.BLOCK_NOT_RECOGNISED: Action.REFUSE_BLOCK,
    Suffix.BEHIND: Action.JUDGE_BEHIND,
}


def resting_decisions(case: Case, one: Assessment) -> tuple[Decision, ...]:
    """The decisions that headline, suffixes, class or effective due date rest on, oldest first."""
    standing = case.standing
    found = {one.reason.decision, standing.new_due, standing.new_class, standing.lead}
    found |= {_last(case, _SUFFIX_RESTS_ON[code]) for code in one.suffixes if code in _SUFFIX_RESTS_ON}
    return tuple(decision for decision in case.decisions if decision in found)


def _last(case: Case, action: Action) -> Decision | None:
    return next((one for one in reversed(case.decisions) if one.action is action), None)


def origin(source: Source) -> Origin:
    """Receipt, file, row and times."""
    return Origin(
        receipt=source.seq,
        file=source.file,
        row=source.row,
        channel=source.channel,
        received_at=source.received_at,
        recorded_at=source.recorded_at,
    )
