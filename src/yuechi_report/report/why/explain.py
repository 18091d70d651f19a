"""Grounds → Explanation: the domain's own records under the names that `why --json` prints."""

from collections.abc import Iterator

from yuechi_report.domain.evidence import Proof, proof_of
from yuechi_report.domain.progress import ProgressEntry, Source
from yuechi_report.page.labels import DATE_WORDS, label, page_marks, suffix_label
from yuechi_report.page.reasons import RULE_TEXTS
from yuechi_report.report.context import Report
from yuechi_report.report.why.grounds import Grounds, QuarterBefore
from yuechi_report.report.why.records import (
    CriterionFacts,
    DateFact,
    DeadlineFacts,
    DecisionFacts,
    DisciplineFacts,
    EntryFacts,
    EvidenceFacts,
    Explanation,
    NoticeFacts,
    Origin,
    PaceFacts,
    PolicyFact,
    QuarterFacts,
    RuleFacts,
    StatusFacts,
    TaskFacts,
    Word,
)
from yuechi_report.report.why.wording import (
    NOTICE_FILE,
    approval_text,
    deadline_remarks,
    decision_text,
    measure_text,
    overdue_text,
    threshold_text,
)
from yuechi_report.report.words.statuses import headline_text, sign_of


def explain(grounds: Grounds) -> Explanation:
    """The explanation of one task."""
    judged, scope = grounds.judged, grounds.report.scope
    return Explanation.of(
        scope,
        quarter=scope.period.quarter,
        marks=page_marks(
            is_example=scope.office.is_example, is_retrospective=bool(scope.label), is_preview=scope.is_preview
        ),
        notice=_notice(grounds),
        task=TaskFacts.of(grounds.case.task, task_class=judged.task_class, adjusted_text=judged.adjusted_text),
        deadline=_deadline(grounds),
        status=_status(grounds),
        rule=_rule(grounds),
        dates=tuple(DateFact(key=key, word=DATE_WORDS[key], value=day) for key, day in judged.reason.dates),
        policy=tuple(
            PolicyFact(key=key, value=value, text=threshold_text(key, value)) for key, value in judged.reason.policy
        ),
        entries=tuple(_entries(grounds)),
        decisions=tuple(_decisions(grounds)),
        criterion=_criterion(grounds),
        history=tuple(_quarter(grounds.report, before) for before in grounds.quarters_before),
        discipline=_discipline(grounds),
        pace=_pace(grounds),
    )


def _notice(grounds: Grounds) -> NoticeFacts:
    first, last = grounds.case.task.source_lines
    return NoticeFacts.of(
        grounds.report.scope.register.notice,
        file=NOTICE_FILE,
        first_line=first,
        last_line=last,
        lines=grounds.quoted_lines,
    )


def _deadline(grounds: Grounds) -> DeadlineFacts:
    task = grounds.case.task
    remarks = deadline_remarks(grounds.case)
    return DeadlineFacts.of(grounds.case, printed=task.deadline_raw, kind=task.deadline.kind, remarks=remarks)


def _status(grounds: Grounds) -> StatusFacts:
    report, judged = grounds.report, grounds.judged
    return StatusFacts.of(
        judged,
        text=headline_text(report, judged, is_issued=False),
        sign=sign_of(report, judged.headline),
        suffixes=tuple(
            Word(code=suffix.value, word=suffix_label(suffix, judged.days_overdue)) for suffix in judged.suffixes
        ),
        counted=overdue_text(judged),
    )


def _rule(grounds: Grounds) -> RuleFacts:
    place = grounds.place
    earlier = tuple(Word(code=rule.id, word=label(rule.headline)) for rule in place.earlier)
    return RuleFacts.of(place, id=place.rule.id, text=RULE_TEXTS[place.rule.id], earlier=earlier)


def _entries(grounds: Grounds) -> Iterator[EntryFacts]:
    for entry in grounds.entries:
        is_basis = entry == grounds.basis
        yield EntryFacts.of(
            entry,
            basis=is_basis,
            measure=measure_text(entry),
            origin=_origin(entry.source),
            evidence=tuple(_evidence(entry)),
        )


def _evidence(entry: ProgressEntry) -> Iterator[EvidenceFacts]:
    for piece in entry.evidence:
        proof = proof_of((piece,), entry.source.received_on)
        yield EvidenceFacts.of(piece, counts=proof is Proof.GIVEN)


def _decisions(grounds: Grounds) -> Iterator[DecisionFacts]:
    for decision in grounds.decisions:
        yield DecisionFacts.of(
            decision,
            basis=grounds.is_resting(decision),
            text=decision_text(decision),
            approval=approval_text(decision),
            origin=_origin(decision.source),
        )


def _origin(source: Source) -> Origin:
    return Origin.of(source, receipt=source.seq)


def _criterion(grounds: Grounds) -> CriterionFacts | None:
    if grounds.criterion is None:
        return None
    first, last = grounds.criterion
    return CriterionFacts.of(last, text=last.criterion, first_text=first.criterion, first_quarter=first.quarter)


def _quarter(report: Report, before: QuarterBefore) -> QuarterFacts:
    correction = before.correction
    return QuarterFacts.of(
        before.earlier,
        quarter=before.earlier.period.quarter,
        then=headline_text(report, before.then),
        correction=correction.kind if correction is not None else None,
        now=headline_text(report, correction.now) if correction is not None else "",
        corrected_on=before.corrected_on,
    )


def _discipline(grounds: Grounds) -> DisciplineFacts:
    filed = grounds.case.filed
    return DisciplineFacts.of(
        grounds.judged,
        state=grounds.judged.discipline,
        submission_due=grounds.case.period.submission_due,
        received_at=filed[0].source.received_at if filed else None,
        days_late=grounds.days_late,
    )


def _pace(grounds: Grounds) -> PaceFacts:
    judged, reason, promise = grounds.judged, grounds.judged.reason, grounds.judged.reason.promise
    return PaceFacts.of(
        grounds,
        state=judged.pace,
        ground=reason.pace_ground,
        measure=_measure(judged.entry),
        percent=judged.percent_complete,
        days_window=grounds.case.days_window if grounds.is_measured else None,
        promised_on=promise.expected_on if promise is not None else None,
        promised_in=promise.quarter if promise is not None else "",
    )


def _measure(entry: ProgressEntry | None) -> str:
    return measure_text(entry) if entry is not None else ""
