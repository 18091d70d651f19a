"""The rules of domain.md §2, §3 and §3.1 written out a second time, plainly; nothing of the product is used here.

Words are those of domain.md, not codes. Every function begins with the sentence it writes out.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from plain_evidence import evidence_kind
from plain_records import LEAD, Row, Ruling, SentBack, TaskQuarter

CLOSING, ENDING = ("核验通过销号", "销号并转常态"), ("终止", "转入新清单")


@dataclass
class Answer:
    """What is printed of the task."""

    headline: str
    suffixes: tuple[str, ...] = ()
    days_overdue: int = 0
    days_past_limit: int = 0


@dataclass
class InForce:
    """What the office's decisions add up to."""

    ended: Ruling | None = None
    closings: list[Ruling] = field(default_factory=list)
    reopened: Ruling | None = None
    block: Ruling | None = None
    due: date | None = None
    has_new_due: bool = False
    kind: str = ""
    units: list[str] = field(default_factory=list)


def known(case: TaskQuarter, record: Row | Ruling | SentBack) -> bool:
    """§3: `known_at` is what had been recorded by then; withdrawn: content and fact both go from then on."""
    was_withdrawn = record.withdrawn is not None and record.withdrawn <= case.known
    return (record.recorded or record.received) <= case.known and not was_withdrawn


def rulings_by(case: TaskQuarter, day: date) -> list[Ruling]:
    """status-rules: the later decision counts; on the same day the order of entry (seq)."""
    found = [ruling for ruling in case.rulings if ruling.day <= day and known(case, ruling)]
    return sorted(found, key=lambda ruling: (ruling.day, ruling.seq))


def came_after(ruling: Ruling, row: Row) -> bool:
    """status-rules 一.5: what is later counts; on the same day the order of the book."""
    return (ruling.day, ruling.seq) > (row.day, row.seq)


def in_force(case: TaskQuarter, rulings: Iterable[Ruling]) -> InForce:
    """§2.2: closing, ending, reopening; "an extension or a newly set date counts, the original stays printed".

    status-rules 二.2: a class set by the office counts; a date set later without one gives the task to its date.
    """
    found = InForce(due=case.due, units=[case.unit])
    for ruling in rulings:
        if ruling.action in ENDING:
            found.ended = ruling
        elif ruling.action in CLOSING:
            found.closings.append(ruling)
            found.reopened = found.block = None
        elif ruling.action == "重新挂账":
            found.ended, found.closings, found.reopened = None, [], ruling
        elif ruling.action == "认定待上级":
            found.block = ruling
        elif ruling.action in ("不予认定", "解除"):
            found.block = None
        elif ruling.action in ("调整", "承接") and ruling.new_unit:
            found.units.append(ruling.new_unit)
        else:
            _dated(found, ruling)
    return found


def _dated(found: InForce, ruling: Ruling) -> None:
    """准予延期 and 核定时限 give a date, 核定时限 a class or, where it names none, back to the date."""
    if ruling.action == "核定时限" and (ruling.new_due or ruling.new_class):
        found.kind = ruling.new_class
    if ruling.action in ("准予延期", "核定时限") and ruling.new_due:
        found.due, found.has_new_due = ruling.new_due, True


def kind_of(case: TaskQuarter, force: InForce) -> str:
    """§2.3: once the office has set it, one of the classes above; 限时类 without a date waits for the date."""
    kind = force.kind or ("限时类" if force.has_new_due else case.kind)
    return "待明确类" if kind == "限时类" and force.due is None else kind


def lead_rows(case: TaskQuarter, units: Collection[str]) -> list[Row]:
    """§3.1: "A row for an earlier quarter never overrides what this quarter says (order: quarter, received_at, seq)"."""
    found = [
        row
        for row in case.rows
        if row.role == LEAD and row.unit in units and row.quarter <= case.quarter and row.day <= case.as_of
    ]
    return sorted(filter(lambda row: known(case, row), found), key=lambda row: (row.quarter, row.received, row.seq))


def declaration(rows: Sequence[Row], rulings: Sequence[Ruling]) -> list[Row]:
    """§2.4: a declaration "stays, also over quarters, while the unit says nothing else: no row, or a row that repeats
    it, ends nothing"; it ends by a decision (退回, 重新挂账) or "the unit's own later row with another 自报状态".
    """
    undoing = [ruling for ruling in rulings if ruling.action in ("退回补正", "重新挂账")]
    run: list[Row] = []
    for row in reversed(rows):
        if row.said != "已完成" or any(came_after(ruling, row) for ruling in undoing):
            break
        run.insert(0, row)
    return run


def declared_day(run: Sequence[Row]) -> date:
    """§2.2 rule 3: "days late frozen at the declared day": the day the unit names (the newest), else the first receipt."""
    named = [row.completed for row in run if row.completed]
    return named[-1] if named else next(row.day for row in run if evidence_kind(row.evidence, row.day))


_ANSWERS = (*CLOSING, *ENDING, "重新挂账", "退回补正")


def unanswered(word: str, rows: Sequence[Row], rulings: Sequence[Ruling]) -> list[Row]:
    """§2.4: "A request (申请延期, 申请调整) ends only by a decision"; reporting something else meanwhile ends nothing."""
    own = ("准予延期", "不予延期", "核定时限") if word == "申请延期" else ("调整", "承接")

    def answers(ruling: Ruling) -> bool:
        return ruling.action in (*_ANSWERS, *own) or (ruling.action == "核定时限" and bool(ruling.new_class))

    decided = [ruling for ruling in rulings if answers(ruling)]
    return [row for row in rows if row.said == word and not any(came_after(ruling, row) for ruling in decided)]


def is_recognised(block: Ruling | None) -> bool:
    """§2.4: which body and which step; the county's own letter (number, date); a review date at most 90 days on."""
    if block is None or block.review is None or block.letter_day is None:
        return False
    return bool(block.body and block.step and block.letter) and block.review <= block.day + timedelta(days=90)


def row_judged(case: TaskQuarter, rows: Sequence[Row], units: Collection[str]) -> Row | None:
    """§2.2: "A task whose only row is 待补正 is judged by its last accepted entry"; else by this quarter's newest."""
    if any(row.quarter == case.quarter for row in rows):
        return rows[-1]
    return rows[-1] if rows and faulty(case, units) else None


def faulty(case: TaskQuarter, units: Collection[str]) -> list[SentBack]:
    """§3.1: "accepted by row: good rows enter, bad ones are 待补正"; this quarter's workbooks, oldest first."""
    found = [
        book
        for book in case.sent_back
        if book.unit in units and book.quarter == case.quarter and book.day <= case.as_of and known(case, book)
    ]
    return sorted(found, key=lambda book: (book.received, book.seq))


def missing(case: TaskQuarter) -> Answer:
    """§2.2: "待报送 before the submission day and 首报待收 in a first report (on the day and after), in every class"."""
    days = case.days[case.quarter]
    if case.as_of < days.submission:
        return Answer("待报送")
    return Answer("首报待收" if days.first else "未报送")


def judge(case: TaskQuarter) -> Answer:
    """§2.2 rules 1 and 2 and 待人工确认 come first in every class; then the words of the class."""
    rulings = rulings_by(case, case.as_of)
    force = in_force(case, rulings)
    if force.ended:
        return Answer("已终止" if force.ended.action == "终止" else "已转出")
    if force.closings:
        return closed(case, rulings, force)
    kind = kind_of(case, force)
    if kind == "待人工确认":
        return Answer("待人工确认")
    rows = lead_rows(case, force.units)
    return fixed(case, rows, rulings, force) if kind == "限时类" else other(case, kind, rows, rulings, force)


def closed(case: TaskQuarter, rulings: Sequence[Ruling], force: InForce) -> Answer:
    """§2.2 rule 2: 按期, 按期（补证）, 逾期N天, 印发前已完成, 印发后办结 or 转常态; §2.4: 转常态（逾期79天） where it was late.

    §3: "rows and decisions after the closing never change it": class and due date are those of the closing.
    """
    closing = closing_that_counts(force.closings)
    then = in_force(case, rulings[: rulings.index(closing) + 1])
    done, is_fixed = closing.completed, kind_of(case, then) == "限时类"
    due = then.due if is_fixed and then.due and then.due >= case.issued else None
    days = max(0, (done - due).days) if done and due else 0
    late = (f"逾期{days}天",) if days else ()
    if force.closings[-1].action == "销号并转常态":
        return Answer("已销号", ("转常态", *late), days)
    if done and done < case.issued:
        return Answer("已销号", ("印发前已完成",))
    if not is_fixed:
        return Answer("已销号")
    if due is None:
        return Answer("已销号", ("印发后办结",))
    return Answer(
        "已销号", late or (("按期（补证）",) if proved_later(case, closing, due, rulings, then) else ("按期",)), days
    )


def closing_that_counts(closings: Sequence[Ruling]) -> Ruling:
    """The closing that set the day in force: one that repeats the day of the one before changes nothing."""
    counts = closings[-1]
    for closing in reversed(closings):
        if closing.completed != counts.completed:
            break
        counts = closing
    return counts


def proved_later(case: TaskQuarter, closing: Ruling, due: date, rulings: Sequence[Ruling], then: InForce) -> bool:
    """§3: "the first declaration with evidence that was not returned later was received after the last day the unit had
    for it (the latest of due date, that quarter's results_due, a first report's due day) and before the closing".
    """
    quarter_of_due = f"{due.year}Q{(due.month + 2) // 3}"
    last_days = [due, *(days.submission for days in case.days.values() if days.first)]
    last_days += [case.days[quarter_of_due].results] if quarter_of_due in case.days else []
    returns = [r for r in rulings if r.action == "退回补正" and (r.day, r.seq) < (closing.day, closing.seq)]
    for row in sorted(lead_rows(case, then.units), key=lambda row: (row.received, row.seq)):
        is_proof = row.said == "已完成" and evidence_kind(row.evidence, row.day) == "佐证"
        if is_proof and came_after(closing, row) and not any(came_after(ruling, row) for ruling in returns):
            return row.day > max(last_days)
    return False


def fixed(case: TaskQuarter, rows: Sequence[Row], rulings: Sequence[Ruling], force: InForce) -> Answer:
    """§2.2 rules 3–7a, the first that applies; they hold without a row. Then rules 8–13."""
    due, as_of = force.due, case.as_of
    assert due is not None
    run = declaration(rows, rulings)
    kinds = [evidence_kind(row.evidence, row.day) for row in run]
    if any(kinds):  # 3
        late = max(0, (declared_day(run) - due).days) if due >= case.issued else 0
        return Answer("待核验", () if "佐证" in kinds else ("佐证待补",), late)
    if due < case.issued:  # 4
        return Answer("印发时已到期·待核实")
    block = force.block if is_recognised(force.block) else None
    if block and block.review and as_of <= block.review:  # 5
        past = max(0, (as_of - due).days)
        return Answer("到期受上级制约" if past else "受上级制约", days_past_limit=past)
    asked = [row for row in unanswered("申请延期", rows, rulings) if row.day <= due]
    until = [row.expected for row in asked if row.expected]
    if asked and (not until or as_of <= until[-1]):  # 6
        return Answer("申请延期待批")
    if as_of > due:  # 7
        return Answer("逾期未完成", overdue_suffixes(rows, rulings, force, bool(asked)), (as_of - due).days)
    if as_of == due:  # 7a
        return Answer("到期未完成")
    return not_due(case, due, rows, force)


def not_due(case: TaskQuarter, due: date, rows: Sequence[Row], force: InForce) -> Answer:
    """§2.2 rules 8–13: "9–13 need one: an extended task without an entry is 未报送"."""
    row = row_judged(case, rows, force.units)
    if row is None:  # 8
        return missing(case)
    if row.expected and row.expected > due:  # 9
        return Answer("预计逾期")
    if (due - case.as_of).days <= 30:  # 10
        return Answer("临期")
    if force.has_new_due:  # 11
        return Answer("延期在办")
    return Answer("未启动" if row.said == "未启动" else "推进中")  # 12, 13


def overdue_suffixes(rows: Sequence[Row], rulings: Sequence[Ruling], force: InForce, asked: bool) -> tuple[str, ...]:
    """§2.2 rule 7: "with suffix: 退回补正, 自报完成未填佐证, 自报待上级未认定, 重新挂账", and 申请延期未批复 of rule 6.

    §2.4 "Causes are facts": recognised and lapsed is not 未认定, unless it was asked again after the review day; nor is
    what was recognised and lifted (解除), unless it was asked again after that.
    """
    found = ["重新挂账"] if force.reopened else []
    found += ["申请延期未批复"] if asked else []
    if rows:
        last = rows[-1]
        if any(ruling.action == "退回补正" and came_after(ruling, last) for ruling in rulings):
            found.append("退回补正")
        elif declaration(rows, rulings):
            found.append("自报完成未填佐证")
        lapsed = force.block.review if force.block and is_recognised(force.block) else None
        about = [ruling for ruling in rulings if ruling.action in ("认定待上级", "不予认定", "解除")]
        lifted = bool(about) and about[-1].action == "解除" and came_after(about[-1], last)
        if last.said == "待上级" and not lifted and (lapsed is None or last.day > lapsed):
            found.append("自报待上级未认定")
    return tuple(found)


def other(case: TaskQuarter, kind: str, rows: Sequence[Row], rulings: Sequence[Ruling], force: InForce) -> Answer:
    """§2.3: the words of 推进类, 跟踪类, 保持类 and 待明确类; §2.4: what was declared or asked stays without a row."""
    block = force.block
    if kind == "推进类" and is_recognised(block) and block and block.review and case.as_of <= block.review:
        return Answer("受上级制约")
    if kind == "推进类" and unanswered("申请调整", rows, rulings):
        return Answer("申请调整")
    if kind in ("保持类", "待明确类") and declaration(rows, rulings):
        return Answer("已实现待核实")
    row = row_judged(case, rows, force.units)
    if row is None:
        return missing(case)
    if kind == "推进类":
        hollow = any(
            ruling.action == "认定内容空泛"
            and came_after(ruling, row)
            and ruling.quarter in (row.quarter, case.quarter)
            for ruling in rulings
        )
        idle = row.said in ("未启动", "无变化") or not row.progress.strip() or hollow
        return Answer("本季无实质进展" if idle else "有实质进展")
    if kind == "跟踪类":
        return Answer("无变化" if row.said in ("无变化", "正常") else "有变化")
    if kind == "保持类":
        return Answer("实施中断" if row.said == "未启动" else "正常实施")
    return Answer("待明确时限")


def owing_unit(case: TaskQuarter) -> str:
    """§3.1: a row is owed by the unit that fills in on the submission day (or on as_of before it)."""
    return in_force(case, rulings_by(case, min(case.as_of, case.days[case.quarter].submission))).units[-1]


def discipline(case: TaskQuarter) -> str:
    """§3.1: a row counts if received on or after `reporting_from`; "per owed row: the last accepted one up to the
    submission day, else the first after it"; a first report has no discipline; closed or ended tasks owe nothing.
    """
    days = case.days[case.quarter]
    then = in_force(case, rulings_by(case, min(case.as_of, days.submission)))
    came = [row.day for row in lead_rows(case, then.units) if row.quarter == case.quarter and row.day >= days.opens]
    is_in_time = any(day <= days.submission for day in came)
    if (then.ended or then.closings) and not is_in_time:
        return "免报"
    if days.first:
        return "首报不评"
    if is_in_time:
        return "按时"
    bad = [book.day for book in faulty(case, then.units) if book.day >= days.opens]
    if came:
        return mended(case, [day for day in bad if day <= days.submission], min(came))
    if bad:
        return "待补正"
    return "待报送" if case.as_of < days.submission else "未报送"


def mended(case: TaskQuarter, sent_in_time: Sequence[date], came: date) -> str:
    """§3.1: "mended within two working days they are not late"; §3: a year not yet published is never guessed."""
    if not sent_in_time:
        return "迟报"
    day, left = sent_in_time[-1], 2
    if (came - day).days <= left:
        return "按时"
    while left:
        day += timedelta(days=1)
        if day.year not in case.calendar_years:
            return "工作日历未发布"
        left -= day.weekday() < 5 and day not in case.holidays
    return "按时" if came <= day else "迟报"


def unit_state(tasks: Sequence[str]) -> str:
    """§3.1: "All in time (or mended in two working days) 按时 · all in, some late 迟报（N项） · some missing
    部分报送（N项未报） · none 未报送"; `tasks` are the answers for the rows the unit owes.
    """
    owed = [state for state in tasks if state != "免报"]
    if not owed or owed[0] == "首报不评":
        return owed[0] if owed else "免报"
    absent, late = owed.count("未报送"), owed.count("迟报")
    here = len(owed) - absent - owed.count("待补正") - owed.count("待报送")
    if "待报送" in owed:
        return "待报送"
    if here == 0:
        return "待补正" if "待补正" in owed else "未报送"
    if absent:
        return f"部分报送（{absent}项未报）"
    if "待补正" in owed:
        return "待补正"
    if late:
        return f"迟报（{late}项）"
    return "工作日历未发布" if "工作日历未发布" in owed else "按时"
