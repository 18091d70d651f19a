"""Every shipped notebook made both ways, by an ordinary kernel and by a forked child: the same files."""

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from yuechi_report.report.context import LEADERS, Report
from yuechi_report.report.sheet.due import sheets_due
from yuechi_report.run.plan import Order, Wanted
from yuechi_report.run.prepare import Errand, prepare
from yuechi_report.run.workers import Crew, Isolation, make_orders, make_with_kernel
from yuechi_report.settings.request import load_request, resolve_moment
from yuechi_report.settings.workspace import Workspace
from yuechi_report.source.scope import Scope

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reports are forked on Linux only")


def wanted_reports(scope: Scope) -> Wanted:
    """The county, its units, and every sheet that is due."""
    return Wanted(sheets=sheets_due(Report(scope, LEADERS)))


def one_order_a_notebook(place: Workspace) -> list[Order]:
    """The first order of each of the four notebooks."""
    request = load_request(place, place.only_notice(None), "2024Q4")
    errand = Errand(request, resolve_moment(request))
    first: dict[str, Order] = {}
    for wanted in (wanted_reports, lambda _: Wanted(early_warning=True)):
        for order in prepare(place, errand, wanted).orders:
            first.setdefault(order.notebook.name, order)
    return list(first.values())


def published(folder: Path) -> dict[str, bytes]:
    """Every published file but the records, which tell what each report cost."""
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.suffix != ".json"}


def test_kernel_and_forked_child_publish_the_same_files(repository: Workspace, tmp_path: Path) -> None:
    """Executed notebook, HTML and PDF of all four notebooks are equal byte for byte."""
    orders = one_order_a_notebook(repository)
    assert {order.notebook for order in orders} == set(repository.notebooks_dir.glob("*.ipynb"))
    forked = [replace(order, target=tmp_path / "forked", media=("html", "pdf")) for order in orders]
    by_kernel = [replace(order, target=tmp_path / "kernel") for order in forked]
    records = [*make_orders(forked, Crew(workers=1, isolation=Isolation.FORK)), *map(make_with_kernel, by_kernel)]
    assert [record.error for record in records] == [None] * 8
    files = published(tmp_path / "forked")
    assert len(files) == 12
    assert files == published(tmp_path / "kernel")
