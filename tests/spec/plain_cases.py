"""Random units with one to three tasks in one quarter: single events, and the rare orders of events as short scripts."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from plain_dealer import DAYS, EMPTY, ISSUED, KINDS, PROOFS, UNCLEAR, UNIT, Dealer, UnitQuarter, Workbook
from plain_records import LEAD, Row, Ruling, SentBack, TaskQuarter

Event = Row | Ruling | Workbook
OWN = {"unit": UNIT, "role": LEAD, "withdrawn": None}
REPORTS = {**OWN, "progress": "12条公交线路已开通8条。"}


def some_of_everything(dealer: Dealer, number: int) -> list[Event]:
    """A few rows and decisions without a plan."""
    rows = [dealer.row() for _ in range(dealer.random.choice((0, 1, 1, 2, 3, 4)))]
    return [*rows, *(dealer.ruling() for _ in range(dealer.random.choice((0, 0, 1, 1, 2, 3, 4))))]


def proof_that_comes_late(dealer: Dealer, number: int) -> list[Event]:
    """Declared, perhaps returned, proved around the last day, closed in time, and something after the closing."""
    last_days = (dealer.due, DAYS["2024Q4"].results, DAYS["2024Q3"].submission, DAYS["2025Q1"].results)
    proved = dealer.random.choice([day for day in last_days if day >= dealer.due] or [dealer.due])
    proved += timedelta(days=dealer.random.choice((-2, 0, 1, 3)))
    shut = proved + timedelta(days=dealer.random.choice((0, 1, 6)))
    done = min(shut, dealer.due - timedelta(days=dealer.random.choice((-1, 0, 2))))
    cell = dealer.random.choice((*PROOFS[:3], *UNCLEAR[:2], *EMPTY[:2]))
    found: list[Event] = [
        dealer.row(proved - timedelta(days=15), "已完成", evidence=cell, **OWN),
        dealer.row(proved, dealer.random.choice(("已完成", "已完成", "申请延期")), evidence=PROOFS[1], **OWN),
        dealer.ruling(shut, "核验通过销号", completed=done, withdrawn=None),
        dealer.row(shut + timedelta(days=dealer.random.choice((0, 2))), "已完成", evidence=PROOFS[2], **OWN),
    ]
    if dealer.random.random() < 0.5:
        found.append(dealer.ruling(proved - timedelta(days=dealer.random.choice((0, 3, 8))), "退回补正"))
    if dealer.random.random() < 0.5:
        day = shut + timedelta(days=dealer.random.choice((0, 3)))
        found.append(dealer.ruling(day, "核验通过销号", completed=done, withdrawn=None))
    if dealer.random.random() < 0.5:
        day = shut + timedelta(days=dealer.random.choice((0, 3)))
        found.append(dealer.ruling(day, dealer.random.choice(("核验通过销号", "销号并转常态", "退回补正", "准予延期"))))
    return found


def rows_mended(dealer: Dealer, number: int) -> list[Event]:
    """A row sent back around the submission day and mended in the days after."""
    days = dealer.days[dealer.quarter]
    sent = days.submission + timedelta(days=dealer.random.choice((-4, -1, 0, 0, 1)))
    given = {"quarter": dealer.quarter, "tasks": (number,), "withdrawn": None, "unit": UNIT}
    found: list[Event] = [dealer.workbook((number,), sent, **given)]
    if dealer.random.random() < 0.4:
        found.append(dealer.workbook((number,), sent + timedelta(days=dealer.random.choice((-2, 1))), **given))
    for shift in dealer.random.choice(((), (2,), (3,), (4,), (5,), (6,), (3, 6))):
        day = max(sent + timedelta(days=shift), days.submission)
        found.append(dealer.row(day, quarter=dealer.quarter, **OWN))
    return found


def block_in_its_days(dealer: Dealer, number: int) -> list[Event]:
    """Recognised, judged around the review day; perhaps closed and reopened, lifted, or asked again."""
    day = dealer.due - timedelta(days=dealer.random.choice((-5, 2, 20)))
    review = min(dealer.as_of - timedelta(days=dealer.random.choice((-30, 0, 0, 1, 5))), day + timedelta(days=90))
    found: list[Event] = [dealer.ruling(day, "认定待上级", review=max(review, day), withdrawn=None)]
    found.append(dealer.row(day - timedelta(days=dealer.random.choice((-9, 3))), "待上级", **OWN))
    then = day + timedelta(days=3)
    more = dealer.random.choice(((), (), ("核验通过销号", "重新挂账"), ("终止", "重新挂账"), ("解除",), ("退回补正",)))
    return [*found, *(dealer.ruling(then + timedelta(days=place), action) for place, action in enumerate(more))]


def decisions_of_one_day(dealer: Dealer, number: int) -> list[Event]:
    """Two or three decisions of one day, received in another order than they were entered in; a row that day."""
    day = dealer.as_of - timedelta(days=dealer.random.choice((0, 3, 12)))
    rulings = [dealer.ruling(day, withdrawn=None) for _ in range(dealer.random.choice((2, 2, 3)))]
    return [*rulings, dealer.row(day, **OWN), dealer.row(day - timedelta(days=9), **OWN)]


def extension_asked(dealer: Dealer, number: int) -> list[Event]:
    """Asked around the due date, then something else said, asked again or answered."""
    day = dealer.due - timedelta(days=dealer.random.choice((-1, 0, 0, 3, 12)))
    found: list[Event] = [dealer.row(day, "申请延期", **OWN)]
    if dealer.random.random() < 0.6:
        said = dealer.random.choice(("推进中", "申请延期", "已完成", "待上级"))
        found.append(dealer.row(day + timedelta(days=dealer.random.choice((0, 2, 8))), said, **OWN))
    if dealer.random.random() < 0.4:
        answer = dealer.random.choice(("准予延期", "不予延期", "核定时限", "退回补正", "调整", "不予认定"))
        found.append(dealer.ruling(day + timedelta(days=dealer.random.choice((0, 1, 9))), answer))
    return found


def hollow_or_asked_to_change(dealer: Dealer, number: int) -> list[Event]:
    """A row judged hollow before or after a better one, or a request to change with what follows it."""
    day = dealer.days[dealer.quarter].submission - timedelta(days=dealer.random.choice((0, 6, 40, 90)))
    if dealer.random.random() < 0.5:
        found: list[Event] = [
            dealer.row(day, "推进中", **REPORTS),
            dealer.ruling(day + timedelta(days=2), "认定内容空泛"),
        ]
        again = timedelta(days=dealer.random.choice((1, 2, 4)))
        return [*found, dealer.row(day + again, "推进中", **REPORTS)][: dealer.random.choice((2, 3))]
    found = [dealer.row(day, "申请调整", **REPORTS)]
    if dealer.random.random() < 0.6:
        found.append(dealer.row(day + timedelta(days=4), dealer.random.choice(("推进中", "申请调整")), **REPORTS))
    if dealer.random.random() < 0.4:
        found.append(dealer.ruling(day + timedelta(days=2), dealer.random.choice(("调整", "退回补正", "不予延期"))))
    return found


SCRIPTS: tuple[Callable[[Dealer, int], list[Event]], ...] = (
    proof_that_comes_late,
    rows_mended,
    block_in_its_days,
    decisions_of_one_day,
    extension_asked,
    hollow_or_asked_to_change,
)


def deal(seed: int) -> UnitQuarter:
    """The case of that seed; the book's numbers follow the order of recording."""
    dealer = Dealer(seed)
    numbers = range(1, dealer.random.choice((1, 1, 2, 3)) + 1)
    dealt: dict[int, list[Event]] = {0: []}
    for _ in range(dealer.random.choices((0, 1, 2), (6, 3, 1))[0]):
        dealt[0].append(dealer.workbook(numbers))
    for number in numbers:
        dealt[number] = some_of_everything(dealer, number) if dealer.random.random() < 0.6 else []
        if not dealt[number] or dealer.random.random() < 0.2:
            dealt[number] += dealer.random.choice(SCRIPTS)(dealer, number)
    order = sorted((one for events in dealt.values() for one in events), key=lambda one: (one.recorded, one.seq))
    place = {one.seq: number for number, one in enumerate(order, start=1)}
    numbered = {number: [replace(one, seq=place[one.seq]) for one in events] for number, events in dealt.items()}
    books = [one for events in numbered.values() for one in events if isinstance(one, Workbook)]
    return UnitQuarter(tuple(_task(dealer, number, numbered[number], books) for number in numbers), tuple(books))


def _task(dealer: Dealer, number: int, events: list[Event], books: list[Workbook]) -> TaskQuarter:
    kind = dealer.random.choices(KINDS, (12, 3, 2, 1, 2, 1))[0]
    return TaskQuarter(
        unit=UNIT,
        kind=kind,
        due=dealer.due if kind == "限时类" else None,
        issued=ISSUED,
        quarter=dealer.quarter,
        days=dealer.days,
        as_of=dealer.as_of,
        known=dealer.known,
        rows=[one for one in events if isinstance(one, Row)],
        rulings=[one for one in events if isinstance(one, Ruling)],
        sent_back=[
            SentBack(one.quarter, one.unit, one.received, one.seq, one.recorded, one.withdrawn)
            for one in books
            if number in one.tasks or one.unread
        ],
        holidays=(date(2025, 1, 1),),
        calendar_years=(2023,) if dealer.random.random() < 0.06 else (2024, 2025),
    )
