"""forms: the workbooks that go out."""

from pathlib import Path

import click

from yuechi_report.cli.options import now, params_options
from yuechi_report.cli.terminal import say
from yuechi_report.settings.request import Moment, QuarterParams
from yuechi_report.settings.workspace import Workspace
from yuechi_report.source.assemble import assemble, load_against
from yuechi_report.source.prefill import write_office_form, write_unit_forms


@click.command(help="生成各单位预填的填报表；加--office生成办公室的决定登记表。")
@params_options
@click.option("--unit", "units", multiple=True, help="只生成这些单位的，可重复。")
@click.option("--office", is_flag=True, help="生成办公室的决定登记表。")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), default=None, help="存放文件夹。")
def forms(*, place: Workspace, params: QuarterParams, units: tuple[str, ...], office: bool, out: Path | None) -> None:
    """Write the workbooks and list them."""
    scope = assemble(place, params, Moment(params.as_of, None, today=now().date()))
    nature = load_against(place, params.notice).nature
    folder = out or place.root / "forms" / params.notice / params.quarter
    written = (write_office_form(scope, nature, folder),) if office else write_unit_forms(scope, nature, folder, units)
    own = {f"{params.quarter}-{name}" for name in ("office", *(unit.slug for unit in scope.units))}
    for path in written:
        kept = "" if path.stem in own else "（原有同名的表内容不同，可能正在填写，没有改动；新表另存于此）"
        say(f"{path}{kept}")
