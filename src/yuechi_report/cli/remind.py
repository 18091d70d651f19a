"""remind: who has not sent, what they last reported, until when, and the text to send them."""

import json
from pathlib import Path

import click

from yuechi_report.cli.options import now, quarter_option, workspace_options
from yuechi_report.intake.book.chain import open_refusals, read_book
from yuechi_report.settings.request import Moment, load_params
from yuechi_report.settings.workspace import Workspace
from yuechi_report.source.assemble import assemble
from yuechi_report.source.reminders import Reminder, reminders


@click.command(help="催报：哪些单位没有报、还差哪几项、期限，附可直接发送的文字。")
@quarter_option
@click.option("--unit", "names", multiple=True, help="只看这些单位，可重复。")
@click.option("--json", "as_json", is_flag=True, help="以JSON输出。")
@workspace_options
def remind(*, quarter: str, names: tuple[str, ...], as_json: bool, workspace: Path | None, notice: str | None) -> None:
    """Look at everything recorded so far, whatever the quarter's known_at."""
    place = Workspace.find(workspace)
    request = load_params(place, place.only_notice(notice), quarter)
    scope = assemble(place, request, Moment(request.as_of, None))
    wanted = {scope.unit_named(name).name for name in names}
    moment = now()
    waiting = open_refusals(read_book(place.book_file), request.notice, quarter, moment)
    every = reminders(scope, moment.date(), {receipt.unit for receipt in waiting})
    found = [reminder for reminder in every if not names or reminder.unit in wanted]
    if as_json:
        from yuechi_report.cli.contracts import REMIND

        click.echo(json.dumps(REMIND.dump_python(tuple(found), mode="json"), ensure_ascii=False, indent=1))
    else:
        _print(found)


def _print(found: list[Reminder]) -> None:
    if not found:
        click.echo("应报单位均已报齐。")
        return
    click.echo(
        f"尚未报齐{len(found)}家：" + "、".join(f"{reminder.unit}（{reminder.state}）" for reminder in found) + "。"
    )
    for reminder in found:
        click.echo(f"\n{reminder.text}")
