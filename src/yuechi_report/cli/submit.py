"""submit: received files are checked and entered into the book."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

import click

from yuechi_report.cli.options import MomentType, now, params_options
from yuechi_report.cli.terminal import say
from yuechi_report.domain.progress import History
from yuechi_report.domain.quarter import CHINA, Quarter
from yuechi_report.errors import ExitCode, Fault, InputRefused, ParameterError, Place
from yuechi_report.intake.book.ledger import checkpoint, open_ledger
from yuechi_report.intake.book.receipt import Receipt
from yuechi_report.intake.book.reception import take_in
from yuechi_report.intake.check.against import Against
from yuechi_report.intake.check.returned import write_returned
from yuechi_report.intake.check.row import known_units
from yuechi_report.intake.check.submission import Arrival, Check, Outcome, ReceiptKind, check_file
from yuechi_report.settings.request import QuarterParams
from yuechi_report.settings.workspace import Workspace
from yuechi_report.source.assemble import load_against
from yuechi_report.source.index import refresh_index
from yuechi_report.source.unsettled import TOO_LATE, came_too_late

OUTCOMES = {Outcome.ACCEPTED: "接收", Outcome.PARTIAL: "部分接收", Outcome.REFUSED: "退回", Outcome.STOPPED: "拦截"}


@click.command(help="校验收到的填报表或决定登记表，并登记入账；加--check只校验。")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@params_options
@click.option("--office", is_flag=True, help="这些文件是办公室的决定登记表。")
@click.option("--check", is_flag=True, help="只校验，不登记。")
@click.option("--returns", type=click.Path(path_type=Path, file_okay=False), default=None, help="退回件存放文件夹。")
@click.option("--received-at", type=MomentType(), default=None, help="收到时间，默认为现在。")
@click.option("--channel", default="", help="来件渠道，如政务内网；代录的写明纸质、照片或电话。不写的登记为未注明。")
@click.option("--recorded-by", default="", help="登记人所在岗位。")
@click.option(
    "--attach",
    "originals",
    multiple=True,
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="代录所依据的原件（照片、扫描件、电话记录），可重复；一次只能登记一份表。",
)
@click.option("--confirmed-by", default="", help="代录内容由谁核对确认（岗位）。")
@click.option("--answers", default="", help="所答复文件的编号（如督办单文号）。")
@click.option("--unit", default="", help="来件单位，表内读不出单位时写明；与表内单位不同的不登记。")
def submit(  # noqa: PLR0913 - one argument per option
    *,
    files: tuple[Path, ...],
    params: QuarterParams,
    office: bool,
    check: bool,
    returns: Path | None,
    received_at: datetime | None,
    channel: str,
    recorded_by: str,
    originals: tuple[Path, ...],
    confirmed_by: str,
    answers: str,
    unit: str,
    place: Workspace,
) -> None:
    """Check each file whole; exit 3 when any was refused or taken in part."""
    _check_originals(files, originals, confirmed_by)
    against, period = load_against(place, params.notice), Quarter.parse(params.quarter)
    kind = ReceiptKind.DECISION if office else ReceiptKind.SUBMISSION
    moment = now()
    if received_at:
        _check_received_at(received_at, moment, against, period)
    told = _told_unit(against, unit, office=office)
    arrival = Arrival(
        received_at or moment,
        moment,
        channel,
        recorded_by,
        originals,
        confirmed_by,
        answers=answers.strip(),
        unit_told=told,
    )
    folder = returns or (None if check else place.root / "returns" / params.notice / params.quarter)
    with open_ledger(place.book_file, place.ledger_file, against) as index:
        history = index.history(moment, period)

    def take(path: Path) -> Check:
        if not check:
            return enter(place, path, against, period, arrival=arrival, kind=kind, history=history)[1]
        made = check_file(path, against, period, arrival, kind, history=history)
        _print(path, made)
        return made

    checks, codes = _each(files, take, folder)
    if not check:
        refresh_index(place)
    _print_too_late(params, against, arrival, checks)
    if codes:
        raise SystemExit(min(codes))


def _each(
    files: Sequence[Path], take: Callable[[Path], Check], folder: Path | None
) -> tuple[list[Check], set[ExitCode]]:
    """Every file, whatever became of the one before; what was found, and what the command must answer."""
    checks: list[Check] = []
    codes: set[ExitCode] = set()
    for path in files:
        try:
            made = take(path)
        except InputRefused as error:
            if error.faults[0].place.file != path.name:
                raise  # not this file's fault: the next one would meet it too
            say(f"没有登记：{error}", err=True)
            codes.add(ExitCode.INPUT)
            continue
        checks.append(made)
        if made.outcome is not Outcome.ACCEPTED or made.stopped:
            codes.add(ExitCode.INPUT)
        codes |= _write_returned(folder, path, made)
    return checks, codes


def _write_returned(folder: Path | None, path: Path, check: Check) -> set[ExitCode]:
    """The returned copy and message; where they cannot be written the file stays entered, and the next one comes."""
    try:
        for written in write_returned(folder, path.name, check) if folder else ():
            say(f"  已写出：{written}")
    except OSError as error:
        fault = Fault(
            Place(str(folder)),
            f"退回件没有写出（{error.strerror}）",
            "登记不受影响；请检查文件夹的权限和余量，用submit --check --returns补写",
        )
        say(f"  {fault}", err=True)
        return {ExitCode.ENVIRONMENT}
    return set()


def _check_received_at(received_at: datetime, moment: datetime, against: Against, period: Quarter) -> None:
    """A file cannot come later than now, nor before the notice was issued; before the quarter began is hardly meant."""
    if received_at > moment:
        raise ParameterError.at(
            Place(),
            f"收到时间{received_at:%Y-%m-%d %H:%M}晚于现在",
            "请核对--received-at；迟报与否、以哪份为准都按它判定",
        )
    day, issued_on = received_at.astimezone(CHINA).date(), against.register.notice.issued_on
    if day < issued_on:
        raise ParameterError.at(
            Place(), f"收到时间{day}早于通知印发日{issued_on}", "请核对--received-at；迟报与否、以哪份为准都按它判定"
        )
    if day < period.first_day:
        say(f"注意：收到时间{day}早于填报期{period}的第一天{period.first_day}，请核对--received-at。")


def _print_too_late(params: QuarterParams, against: Against, arrival: Arrival, checks: Sequence[Check]) -> None:
    """What forms do not change any more, where the quarter's report has been judged or cut off."""
    counted = any(check.kind is ReceiptKind.SUBMISSION and check.outcome.counts for check in checks)
    as_of = params.day_judged(task.due for task in against.register if task.due is not None)
    if counted and came_too_late(arrival.received_at, arrival.recorded_at, as_of, params.known_at):
        cut_off = f"，材料截止时刻{params.known_at:%Y-%m-%d %H:%M}" if params.known_at else ""
        say(f"注意：{TOO_LATE}（判定日{as_of}{cut_off}）。")


def enter(  # noqa: PLR0913 - a file, what it is checked against, and what was recorded before
    place: Workspace,
    path: Path,
    against: Against,
    quarter: Quarter,
    *,
    arrival: Arrival,
    kind: ReceiptKind,
    history: History | None = None,
) -> tuple[Receipt, Check]:
    """Take one file in and say what became of it; the index is brought up to date by the caller."""
    read_to = checkpoint(place.ledger_file)
    receipt, check = take_in(
        path, against, quarter, arrival, kind=kind, book_file=place.book_file, read_to=read_to, history=history
    )
    _print(path, check, receipt)
    if receipt.recorded_at > arrival.recorded_at:
        say(
            f"  提醒：前一行的登记时间晚于现在，本行按{receipt.recorded_at:%Y-%m-%d %H:%M}登记；请核对电脑时钟，"
            "时钟无误的，请撤回时钟有误时登记的那一行（ledger withdraw）"
        )
    return receipt, check


def _print(path: Path, check: Check, receipt: Receipt | None = None) -> None:
    """Faults, warnings and proposals apart: only faults keep rows out, proposals are for this office alone."""
    number = f"，登记为第{receipt.seq}号" if receipt else ""
    outcome = OUTCOMES[Outcome.STOPPED if check.stopped else check.outcome]
    say(f"{path.name}：{outcome}，有效{check.rows}行，问题{len(check.faults)}处{number}")
    for fault in check.faults:
        say(f"  {fault}")
    if check.stopped and receipt and receipt.file:
        say(f"  文件原已在存档中，没有移动或删除；须清除的，经批准后用“ledger purge {receipt.seq}”。")
    elif check.stopped:
        done = (
            "文件没有存档，只登记了时间、校验值和原因。" if receipt else "登记时文件不存档，只登记时间、校验值和原因。"
        )
        say(f"  {done}")
    for heading, findings in (("提醒（不影响接收）", check.warnings), ("供本室核实", check.proposals)):
        for finding in findings:
            say(f"  {heading}：{finding}")


def _told_unit(against: Against, name: str, *, office: bool) -> str:
    """The slug of the unit that a person named; a decision form is this office's own."""
    if not name:
        return ""
    if office:
        raise ParameterError.at(Place(), "办公室的决定登记表不写来件单位", "请去掉--unit")
    try:
        return against.units.named(name).slug
    except KeyError as error:
        raise ParameterError.at(Place(), f"没有单位“{name}”", known_units(against.units, name)) from error


def _check_originals(files: tuple[Path, ...], originals: tuple[Path, ...], confirmed_by: str) -> None:
    """A transcription needs its original and who confirmed it, and is one form."""
    if not originals and not confirmed_by:
        return
    if not originals or not confirmed_by.strip():
        raise ParameterError.at(
            Place(), "代录须同时有原件（--attach）和核对确认人（--confirmed-by）", "请补上缺少的一项"
        )
    if len(files) > 1:
        raise ParameterError.at(Place(), "代录一次只能登记一份表", "请把各表分开登记，各附各的原件")
