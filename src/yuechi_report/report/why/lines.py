"""Explanation → plain lines in the register of official documents: what `yuechi-report why` prints."""

from collections.abc import Iterator

from yuechi_report.domain.assessment import Discipline, DueResult, Headline, PaceGround, Suffix, Verified
from yuechi_report.domain.progress import Role
from yuechi_report.domain.quarter import Quarter
from yuechi_report.page.labels import date_label, quarter_label
from yuechi_report.report.why.records import (
    CriterionFacts,
    DecisionFacts,
    DisciplineFacts,
    EntryFacts,
    EvidenceFacts,
    Explanation,
    Origin,
    PaceFacts,
    QuarterFacts,
)
from yuechi_report.report.why.wording import SUFFIX_TEXTS, dates_text, earlier_text, moment_label
from yuechi_report.report.words.sentences import clipped

_SAID = 120
_EVIDENCE = 3


def told(one: Explanation) -> tuple[str, ...]:
    """The whole explanation; empty lines part its sections."""
    sections = (
        _head(one),
        _status(one),
        _deadline(one),
        _entries(one),
        _decisions(one),
        _criterion(one.criterion),
        _history(one.history),
        _reporting(one),
    )
    lines: list[str] = []
    for section in sections:
        lines += [*section, ""]
    return tuple(lines[:-1])


def _head(one: Explanation) -> Iterator[str]:
    yield from one.marks
    yield f"任务{one.task.number}　{one.task.title}"
    leads = "、".join(one.task.lead_units)
    if one.task.adjusted_text:
        yield f"经批准调整后的表述：{one.task.adjusted_text}"
    cooperating = "、".join(one.task.cooperating_units)
    yield f"牵头单位：{leads}" + (f"　配合单位：{cooperating}" if cooperating else "")
    known = "" if one.known_at.date() == one.as_of else f"，材料截至{moment_label(one.known_at)}"
    yield f"{quarter_label(Quarter.parse(one.quarter))}，状态截至{date_label(one.as_of)}{known}"


def _status(one: Explanation) -> Iterator[str]:
    status, rule = one.status, one.rule
    yield f"一、状态：{status.sign}{status.text}"
    earlier = earlier_text(rule)
    place = f"按{one.task.task_class.word}规则依次判断，第{rule.number}条（共{rule.total}条）适用：{rule.text}。"
    yield _item("规则", place + (f"{earlier}。" if earlier else ""))
    for suffix in status.suffixes:
        yield _item(suffix.word, f"{SUFFIX_TEXTS[Suffix(suffix.code)]}。")
    if status.counted:
        is_late = status.headline.code in (Headline.OVERDUE, Headline.CLOSED)
        yield _item("逾期天数" if is_late else "超过时限", f"{status.counted}。")
    yield _item("日期", f"{dates_text(one.dates)}。")
    if one.policy:
        yield _item("标准", "；".join(fact.text for fact in one.policy) + "。")
    yield _item("核验", f"{status.verified.word}。")
    yield _item("时间", f"{status.time_state.word}。")
    if status.office_item is not None and status.office_since is not None:
        yield _item("本室待办", f"{status.office_item.word}，自{date_label(status.office_since)}起。")


def _deadline(one: Explanation) -> Iterator[str]:
    deadline, notice = one.deadline, one.notice
    due = f"，有效时限{date_label(deadline.effective_due)}" if deadline.effective_due else ""
    yield f"二、完成时限：原文“{deadline.printed}”{due}"
    yield _item("由来", "；".join(deadline.remarks) + "。")
    yield _item("通知", f"{notice.title}（{notice.issuer}{date_label(notice.issued_on)}印发）")
    yield _item("原文", f"{notice.file}第{notice.first_line}—{notice.last_line}行")
    for number, line in enumerate(notice.lines, start=notice.first_line):
        if line.strip():
            yield f"　　　　{number:>4}　{line.strip()}"


def _entries(one: Explanation) -> Iterator[str]:
    shown = [each for each in one.entries if each.basis or each.quarter == one.quarter] or _newest(one)
    rest = len(one.entries) - len(shown)
    yield "三、所依据的填报" + ("" if shown else "：没有收到填报")
    for number, entry in enumerate(shown, start=1):
        yield from _entry(number, entry, one.quarter)
    if rest:
        yield f"　　另有以前各季填报{rest}条，可加--json查看。"


def _newest(one: Explanation) -> list[EntryFacts]:
    """What the filling unit said last, where the status does not rest on it."""
    return [each for each in one.entries if each.role.code == Role.LEAD][-1:]


def _entry(number: int, entry: EntryFacts, quarter: str) -> Iterator[str]:
    basis = "，判定以此条为准" if entry.basis else ""
    earlier = "（最近一次填报，本季度没有新的）" if entry.quarter != quarter else ""
    reported = f"，自报“{entry.reported.word}”" if entry.reported else ""
    measure = f"，完成比例{entry.measure}" if entry.measure else ""
    when = quarter_label(Quarter.parse(entry.quarter))
    yield f"　（{number}）{when}　{entry.unit}（{entry.role.word}）{reported}{measure}{basis}{earlier}"
    for word, text in (("进展", entry.progress), ("问题", entry.issues), ("下一步", entry.next_steps)):
        if text:
            yield _item(word, clipped(text, _SAID))
    if entry.coordination:
        yield _item("需协调", clipped(entry.coordination, _SAID))
    days = [("预计完成", entry.expected_on), ("自报完成日", entry.completed_on)]
    if told_days := "；".join(f"{word}{date_label(day)}" for word, day in days if day is not None):
        yield _item("日期", f"{told_days}。")
    if entry.evidence:
        yield _item("佐证", _evidence(entry.evidence))
    yield _item("收件", _origin(entry.origin))


def _evidence(pieces: tuple[EvidenceFacts, ...]) -> str:
    shown = "；".join(_piece(piece) for piece in pieces[:_EVIDENCE])
    more = f"；等{len(pieces)}件" if len(pieces) > _EVIDENCE else ""
    return f"{shown}{more}。"


def _piece(piece: EvidenceFacts) -> str:
    mark = "" if piece.counts else "〔缺名称，或文号和日期都没有〕"
    inside = "，".join(part for part in (piece.number, piece.dated) if part)
    return f"{clipped(piece.name, 60)}{f'（{inside}）' if inside else ''}{mark}"


def _decisions(one: Explanation) -> Iterator[str]:
    yield "四、决定事项" + ("" if one.decisions else "：没有")
    for number, decision in enumerate(one.decisions, start=1):
        yield from _decision(number, decision)


def _decision(number: int, decision: DecisionFacts) -> Iterator[str]:
    basis = "（判定所依据）" if decision.basis else ""
    by = f"　{decision.decided_by}" if decision.decided_by else ""
    yield f"　（{number}）{date_label(decision.decided_on)}　{decision.text}{by}{basis}"
    if decision.reason:
        yield _item("理由", clipped(decision.reason, _SAID))
    if decision.approval:
        yield _item("批准", f"{decision.approval}。")
    yield _item("收件", _origin(decision.origin))


def _criterion(criterion: CriterionFacts | None) -> Iterator[str]:
    if criterion is None:
        yield "五、销号标准：没有填报"
        return
    yield "五、销号标准"
    when, first = (quarter_label(Quarter.parse(each)) for each in (criterion.quarter, criterion.first_quarter))
    if criterion.text == criterion.first_text:
        yield f"　　{clipped(criterion.text, 2 * _SAID)}（{criterion.unit}{first}填报，此后未改动）"
        return
    yield f"　　{clipped(criterion.text, 2 * _SAID)}（{criterion.unit}{when}填报）"
    yield f"　　{first}原填：{clipped(criterion.first_text, 2 * _SAID)}"


def _history(quarters: tuple[QuarterFacts, ...]) -> Iterator[str]:
    yield "六、以前各季" + ("" if quarters else "：没有")
    for one in quarters:
        yield f"　　{quarter_label(Quarter.parse(one.quarter))}（状态截至{date_label(one.as_of)}）：{one.then}"
        if one.correction is not None and one.corrected_on is not None:
            yield _item("更正", f"{date_label(one.corrected_on)}{one.correction.word}，现为{one.now}；上期数已修订。")


def _reporting(one: Explanation) -> Iterator[str]:
    yield "七、报送和进度"
    yield _item("报送", _discipline(one.discipline))
    if one.discipline.due_result.code != DueResult.NOT_OWED:
        yield _item("到期结果", f"{one.discipline.due_result.word}。")
    yield _item("进度", _pace(one.pace) if one.status.verified.code != Verified.CLOSED else "已销号，不再比较。")


def _discipline(facts: DisciplineFacts) -> str:
    if facts.state.code == Discipline.EXEMPT:
        return f"{facts.state.word}，应报日{date_label(facts.submission_due)}以前已了结。"
    due = f"应于{date_label(facts.submission_due)}前报送"
    if facts.received_at is None:
        return f"{facts.state.word}。{due}，没有收到本季度填报。"
    late = f"，迟{facts.days_late}天" if facts.days_late else ""
    return f"{facts.state.word}。{due}，{moment_label(facts.received_at)}收到{late}。"


def _pace(pace: PaceFacts) -> str:
    said = f"填报的完成比例{pace.measure}" if pace.measure else ""
    if pace.expected_percent is not None and pace.percent is not None and pace.stands_for is not None:
        return (
            f"{pace.state.word}。{said}，即{pace.percent:.0f}%；通知印发至有效时限共{pace.days_window}天，"
            f"截至{date_label(pace.stands_for)}的序时进度为{pace.expected_percent:.0f}%。"
        )
    if pace.promised_on is not None:
        when = quarter_label(Quarter.parse(pace.promised_in))
        return f"{pace.state.word}。{when}填报预计{date_label(pace.promised_on)}完成，该日已过。"
    if pace.ground.code != PaceGround.NONE:
        return f"{pace.state.word}（{pace.ground.word}）。"
    return f"{pace.state.word}。{f'{said}，只列示、不评判。' if said else '没有可与时间比较的量化进度。'}"


def _origin(origin: Origin) -> str:
    received, recorded = moment_label(origin.received_at), moment_label(origin.recorded_at)
    channel = f"经{origin.channel}" if origin.channel else ""
    return f"{received}{channel}收到，{recorded}登记；第{origin.receipt}号收件，{origin.file}第{origin.row}行。"


def _item(word: str, text: str) -> str:
    return f"　　{word}：{text}"
