"""Grounds → plain lines in the register of official documents: what `yuechi-report why` prints."""

from collections.abc import Iterator, Sequence
from datetime import date

from yuechi_report.domain.assessment import Discipline, DueResult, Headline, PaceGround, Verified
from yuechi_report.domain.evidence import Evidence, Proof, proof_of
from yuechi_report.domain.progress import Decision, ProgressEntry, Role, Source
from yuechi_report.page.labels import date_label, label, page_marks, quarter_label, suffix_label
from yuechi_report.page.reasons import RULE_TEXTS, asked_and_refused, own_reason
from yuechi_report.report.context import Report
from yuechi_report.report.why.grounds import Grounds, QuarterBefore
from yuechi_report.report.why.wording import (
    NOTICE_FILE,
    SUFFIX_TEXTS,
    approval_text,
    dates_text,
    deadline_remarks,
    decision_text,
    earlier_text,
    measure_text,
    moment_label,
    overdue_text,
    threshold_text,
)
from yuechi_report.report.words.sentences import clipped
from yuechi_report.report.words.statuses import headline_text, sign_of
from yuechi_report.source.scope import gap_words

_SAID = 120
_EVIDENCE = 3


def explained_lines(grounds: Grounds) -> tuple[str, ...]:
    """The whole explanation; empty lines part its sections."""
    sections = (
        _head(grounds),
        _status(grounds),
        _deadline(grounds),
        _entries(grounds),
        _decisions(grounds),
        _criterion(grounds),
        _history(grounds.report, grounds.quarters_before),
        _reporting(grounds),
    )
    lines: list[str] = []
    for section in sections:
        lines += [*section, ""]
    return tuple(lines[:-1])


def _head(grounds: Grounds) -> Iterator[str]:
    scope, task = grounds.report.scope, grounds.case.task
    yield from page_marks(
        is_example=scope.office.is_example, is_retrospective=bool(scope.label), is_preview=scope.is_preview
    )
    yield f"任务{task.number}　{task.title}"
    if grounds.judged.adjusted_text:
        yield f"经批准调整后的表述：{grounds.judged.adjusted_text}"
    cooperating = "、".join(task.cooperating_units)
    yield f"牵头单位：{'、'.join(task.lead_units)}" + (f"　配合单位：{cooperating}" if cooperating else "")
    known = "" if scope.known_at.date() == scope.as_of else f"，材料截至{moment_label(scope.known_at)}"
    yield f"{quarter_label(scope.period.quarter)}，状态截至{date_label(scope.as_of)}{known}"


def _status(grounds: Grounds) -> Iterator[str]:
    report, judged = grounds.report, grounds.judged
    yield f"一、状态：{sign_of(report, judged.headline)}{headline_text(report, judged, is_issued=False)}"
    yield _item("规则", _rule(grounds))
    for suffix in judged.suffixes:
        yield _item(suffix_label(suffix, judged.days_overdue), f"{SUFFIX_TEXTS[suffix]}。")
    for cause in judged.reason.causes:
        own = clipped(own_reason(cause), _SAID).removesuffix("。")
        yield _item("原因", f"{asked_and_refused(cause, date_label)}{f'：{own}' if own else ''}。")
    if counted := overdue_text(judged):
        is_late = judged.headline in (Headline.OVERDUE, Headline.CLOSED)
        yield _item("逾期天数" if is_late else "超过时限", f"{counted}。")
    yield _item("日期", f"{dates_text(judged.reason.dates)}。")
    if judged.reason.policy:
        yield _item("标准", "；".join(threshold_text(key, value) for key, value in judged.reason.policy) + "。")
    yield _item("核验", f"{label(judged.verified)}。")
    yield _item("时间", f"{label(judged.time_state)}。")
    if judged.office_item is not None and judged.office_since is not None:
        yield _item("本室待办", f"{label(judged.office_item)}，自{date_label(judged.office_since)}起。")


def _rule(grounds: Grounds) -> str:
    place, earlier = grounds.place, earlier_text(grounds.place)
    order = f"第{place.number}条（共{place.total}条）适用"
    applied = f"按{label(grounds.judged.task_class)}规则依次判断，{order}：{RULE_TEXTS[place.rule.id]}。"
    return applied + (f"{earlier}。" if earlier else "")


def _deadline(grounds: Grounds) -> Iterator[str]:
    task, notice, effective_due = grounds.case.task, grounds.report.scope.register.notice, grounds.case.effective_due
    due = f"，有效时限{date_label(effective_due)}" if effective_due else ""
    yield f"二、完成时限：原文“{task.deadline_raw}”{due}"
    yield _item("由来", "；".join(deadline_remarks(grounds.case)) + "。")
    yield _item("通知", f"{notice.title}（{notice.issuer}{date_label(notice.issued_on)}印发）")
    first, last = task.source_lines
    yield _item("原文", f"{NOTICE_FILE}第{first}—{last}行")
    for number, line in enumerate(grounds.quoted_lines, start=first):
        if line.strip():
            yield f"　　　　{number:>4}　{line.strip()}"


def _entries(grounds: Grounds) -> Iterator[str]:
    entries, quarter = grounds.entries, grounds.case.period.quarter
    shown = [entry for entry in entries if entry == grounds.basis or entry.quarter == quarter] or _newest(entries)
    rest = len(entries) - len(shown)
    yield "三、所依据的填报" + ("" if shown else "：没有收到填报")
    for number, entry in enumerate(shown, start=1):
        basis = "，判定以此条为准" if entry == grounds.basis else ""
        earlier = "（最近一次填报，本季度没有新的）" if entry.quarter != quarter else ""
        yield f"　（{number}）{_reported(entry)}{basis}{earlier}"
        yield from _said(entry)
    if rest:
        yield f"　　另有以前各季填报{rest}条，可加--json查看。"


def _newest(entries: Sequence[ProgressEntry]) -> list[ProgressEntry]:
    """What the filling unit said last, where the status does not rest on it."""
    return [entry for entry in entries if entry.role is Role.LEAD][-1:]


def _reported(entry: ProgressEntry) -> str:
    reported = f"，自报“{label(entry.reported)}”" if entry.reported is not None else ""
    measured = measure_text(entry)
    share = f"，完成比例{measured}" if measured else ""
    return f"{quarter_label(entry.quarter)}　{entry.unit}（{label(entry.role)}）{reported}{share}"


def _said(entry: ProgressEntry) -> Iterator[str]:
    texts = (("进展", entry.progress), ("问题", entry.issues), ("下一步", entry.next_steps))
    for word, text in (*texts, ("需协调", entry.coordination)):
        if text:
            yield _item(word, clipped(text, _SAID))
    days = [("预计完成", entry.expected_on), ("自报完成日", entry.completed_on)]
    if dated := "；".join(f"{word}{date_label(day)}" for word, day in days if day is not None):
        yield _item("日期", f"{dated}。")
    if entry.evidence:
        yield _item("佐证", _evidence(entry.evidence, entry.source.received_on))
    yield _item("收件", _origin(entry.source))


def _evidence(pieces: tuple[Evidence, ...], received_on: date) -> str:
    shown = "；".join(_piece(piece, received_on) for piece in pieces[:_EVIDENCE])
    more = f"；等{len(pieces)}件" if len(pieces) > _EVIDENCE else ""
    return f"{shown}{more}。"


def _piece(piece: Evidence, received_on: date) -> str:
    mark = "" if proof_of((piece,), received_on) is Proof.GIVEN else "〔没有文号，也没有已到的日期〕"
    inside = "，".join(part for part in (piece.number, piece.dated) if part)
    return f"{clipped(piece.name, 60)}{f'（{inside}）' if inside else ''}{mark}"


def _decisions(grounds: Grounds) -> Iterator[str]:
    decisions = grounds.decisions
    yield "四、决定事项" + ("" if decisions else "：没有")
    for number, decision in enumerate(decisions, start=1):
        basis = "（判定所依据）" if grounds.is_resting(decision) else ""
        by = f"　{decision.decided_by}" if decision.decided_by else ""
        yield f"　（{number}）{date_label(decision.decided_on)}　{decision_text(decision)}{by}{basis}"
        yield from _decided(decision)


def _decided(decision: Decision) -> Iterator[str]:
    if decision.reason:
        yield _item("理由", clipped(decision.reason, _SAID))
    if approval := approval_text(decision):
        yield _item("批准", f"{approval}。")
    yield _item("收件", _origin(decision.source))


def _criterion(grounds: Grounds) -> Iterator[str]:
    if grounds.criterion is None:
        yield "五、销号标准：没有填报"
        return
    yield "五、销号标准"
    first, last = grounds.criterion
    was, when = quarter_label(first.quarter), quarter_label(last.quarter)
    if last.criterion == first.criterion:
        yield f"　　{clipped(last.criterion, 2 * _SAID)}（{last.unit}{was}填报，此后未改动）"
        return
    yield f"　　{clipped(last.criterion, 2 * _SAID)}（{last.unit}{when}填报）"
    yield f"　　{was}原填：{clipped(first.criterion, 2 * _SAID)}"


def _history(report: Report, quarters: tuple[QuarterBefore, ...]) -> Iterator[str]:
    gaps = gap_words(report.scope.gaps)
    yield "六、以前各季" + ("" if quarters or gaps else "：没有")
    for gap in gaps:
        yield f"　　{gap}。"
    for before in quarters:
        quarter, as_of = quarter_label(before.earlier.period.quarter), date_label(before.earlier.as_of)
        yield f"　　{quarter}（状态截至{as_of}）：{headline_text(report, before.then)}"
        if before.correction is not None and before.corrected_on is not None:
            day, kind = date_label(before.corrected_on), label(before.correction.kind)
            yield _item("更正", f"{day}{kind}，现为{headline_text(report, before.correction.now)}；上期数已修订。")


def _reporting(grounds: Grounds) -> Iterator[str]:
    judged = grounds.judged
    yield "七、报送和进度"
    yield _item("报送", _discipline(grounds))
    if judged.due_result is not DueResult.NOT_OWED:
        yield _item("到期结果", f"{label(judged.due_result)}。")
    yield _item("进度", _pace(grounds) if judged.verified is not Verified.CLOSED else "已销号，不再比较。")


def _discipline(grounds: Grounds) -> str:
    state, submission_due = label(grounds.judged.discipline), date_label(grounds.case.period.submission_due)
    if grounds.judged.discipline is Discipline.EXEMPT:
        return f"{state}，应报日{submission_due}以前已了结。"
    due = f"应于{submission_due}前报送"
    if grounds.judged.content_purged:
        return f"{state}，本季内容已清除。{due}。"
    if not grounds.case.filed:
        return f"{state}。{due}，没有收到本季度填报。"
    if grounds.discharging is None:
        last = moment_label(grounds.case.filed[-1].source.received_at)
        return f"{state}。{due}，{last}收到的填报早于{date_label(grounds.case.period.opens_on)}，不作为本季报送。"
    late = f"，迟{grounds.days_late}天" if grounds.days_late else ""
    return f"{state}。{due}，{moment_label(grounds.discharging.source.received_at)}收到{late}。"


def _pace(grounds: Grounds) -> str:
    judged, reason, promise = grounds.judged, grounds.judged.reason, grounds.judged.reason.promise
    state, measured = label(judged.pace), measure_text(judged.entry) if judged.entry is not None else ""
    said = f"填报的完成比例{measured}" if measured else ""
    expected, day, percent = grounds.expected_percent, grounds.stands_for, judged.percent_complete
    if expected is not None and percent is not None and day is not None:
        return (
            f"{state}。{said}，即{percent:.0f}%；通知印发至有效时限共{grounds.case.days_window}天，"
            f"截至{date_label(day)}的序时进度为{expected:.0f}%。"
        )
    if promise is not None and promise.expected_on is not None:
        return f"{state}。{quarter_label(promise.quarter)}填报预计{date_label(promise.expected_on)}完成，该日已过。"
    if reason.pace_ground is not PaceGround.NONE:
        return f"{state}（{label(reason.pace_ground)}）。"
    return f"{state}。{f'{said}，只列示、不评判。' if said else '没有可与时间比较的量化进度。'}"


def _origin(source: Source) -> str:
    received, recorded = moment_label(source.received_at), moment_label(source.recorded_at)
    channel = f"经{source.channel}" if source.channel else ""
    return f"{received}{channel}收到，{recorded}登记；第{source.seq}号收件，{source.file}第{source.row}行。"


def _item(word: str, text: str) -> str:
    return f"　　{word}：{text}"
