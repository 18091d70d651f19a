"""remind: who has not sent, what they last reported, until when, and the text to send them."""

import click

from yuechi_report.cli.options import now, params_options
from yuechi_report.cli.terminal import say, say_json
from yuechi_report.intake.book.chain import open_refusals, read_book
from yuechi_report.settings.request import Moment, QuarterParams
from yuechi_report.settings.workspace import Workspace
from yuechi_report.source.assemble import assemble
from yuechi_report.source.reminders import Reminder, reminders
from yuechi_report.source.unsettled import nobody_fills


@click.command(help="催报：哪些单位没有报、还差哪几项、期限，附可直接发送的文字。")
@params_options
@click.option("--unit", "names", multiple=True, help="只看这些单位，可重复。")
@click.option("--json", "as_json", is_flag=True, help="以JSON输出。")
def remind(*, place: Workspace, params: QuarterParams, names: tuple[str, ...], as_json: bool) -> None:
    """Look at everything recorded so far, whatever the quarter's known_at."""
    moment = now()
    scope = assemble(place, params, Moment(params.as_of, None, today=moment.date()))
    wanted = {scope.unit_named(name).name for name in names}
    waiting = open_refusals(read_book(place.book_file), params.notice, params.quarter, moment)
    every = reminders(scope, moment.date(), {receipt.unit for receipt in waiting})
    found = [reminder for reminder in every if not names or reminder.unit in wanted]
    if as_json:
        say_json(found)
    else:
        _print(found)
        for line in nobody_fills(scope.register):
            say(f"注意：{line}。")


def _print(found: list[Reminder]) -> None:
    if not found:
        say("应报单位均已报齐。")
        return
    say(f"尚未报齐{len(found)}家：" + "、".join(f"{reminder.unit}（{reminder.state}）" for reminder in found) + "。")
    for reminder in found:
        for line in ("", *reminder.text.split("\n")):
            say(line)
