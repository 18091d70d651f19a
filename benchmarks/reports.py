"""What a report costs: the usual loops, ours with one and two workers, and the floor, interleaved in one run.

  a  `papermill` and `jupyter nbconvert --to html` as commands, one report after the other
  b  the same by their Python interfaces, in one process
  c  ploomber-engine in one process, then nbconvert's interface; left out where it is not installed
  d  ours: forked children of a warm server; everything a run makes (notebook, HTML, PDF, Word, data files)
  d' ours, notebook and HTML alone, for a like comparison with a to c
  e  floor: the cells' code as plain functions in one warm process, drawing included, nothing written

Steady seconds are those of a warm server; with start-up, those of the whole command for all units.
"""

import argparse
import ast
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import nbformat

from yuechi_report.run.client import ForkServer
from yuechi_report.run.limits import Limits
from yuechi_report.run.order import Order
from yuechi_report.run.plan import Wanted
from yuechi_report.run.prepare import Errand, prepare
from yuechi_report.settings.request import load_request, resolve_moment
from yuechi_report.settings.workspace import Workspace

ROOT = Path(__file__).resolve().parents[1]
SCRIPTS = Path(sys.executable).parent
QUARTER = "2024Q4"
Cost = tuple[float, float]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--many", type=int, default=0, help="also so many reports in one batch, twice: N/10 and N")
    options = parser.parse_args()
    orders = unit_orders()
    few = orders[:4]
    with tempfile.TemporaryDirectory() as name, ForkServer({order.notebook: None for order in orders}) as server:
        scratch = Path(name)
        ways: dict[str, tuple[int, Callable[[], object]]] = {
            "a commands": (len(few), lambda: by_commands(few)),
            "b interfaces": (len(few), lambda: by_interfaces(few, scratch)),
            "d 1 worker": (len(orders), lambda: by_server(server, orders, scratch, workers=1)),
            "d 2 workers": (len(orders), lambda: by_server(server, orders, scratch, workers=2)),
            "d' 1 worker, HTML alone": (len(orders), lambda: by_server(server, html(orders), scratch, workers=1)),
            "d' 2 workers, HTML alone": (len(orders), lambda: by_server(server, html(orders), scratch, workers=2)),
            "e floor": (len(orders), lambda: by_functions(orders, scratch)),
        }
        try:
            import ploomber_engine  # noqa: F401

            ways["c ploomber-engine"] = (len(few), lambda: by_ploomber(few, scratch))
        except ImportError:
            print("c ploomber-engine is not installed")
        by_functions(few, scratch)
        medians = interleaved(ways, options.rounds)
        tell(medians)
        print("whole command, all units, start-up counted:")
        whole = {f"{jobs} worker": (len(orders), lambda jobs=jobs: by_command(jobs)) for jobs in (1, 2)}
        tell(interleaved(whole, options.rounds), against=medians["a commands"])
        again(options.rounds)
        if options.many:
            scale(server, orders, options.many, scratch)


def unit_orders() -> list[Order]:
    """One order for each unit of the shipped example."""
    place = Workspace(ROOT)
    request = load_request(place, place.only_notice(None), QUARTER)
    prepared = prepare(place, Errand(request, resolve_moment(request)), lambda _: Wanted())
    return [order for order in prepared.orders if order.job.unit]


def html(orders: Sequence[Order]) -> list[Order]:
    """The same orders, for pages alone."""
    return [replace(order, media=("html",)) for order in orders]


def interleaved(ways: dict[str, tuple[int, Callable[[], object]]], rounds: int) -> dict[str, Cost]:
    """Median wall and CPU seconds a report, every way once a round."""
    found: dict[str, list[Cost]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, (reports, way) in ways.items():
            wall, cpu = time.perf_counter(), cpu_seconds()
            used = way()
            inside = used if isinstance(used, float) else 0.0
            found[name].append(((time.perf_counter() - wall) / reports, (cpu_seconds() - cpu + inside) / reports))
    return {
        name: (statistics.median(w for w, _ in all_), statistics.median(c for _, c in all_))
        for name, all_ in found.items()
    }


def tell(medians: dict[str, Cost], against: Cost | None = None) -> None:
    """A row each: seconds a report and how many times quicker than the commands."""
    base = against or medians["a commands"]
    for name, (wall, cpu) in medians.items():
        print(
            f"  {name:<26} wall {wall:7.3f}  CPU {cpu:7.3f}   quicker than a: wall {base[0] / wall:6.1f}×  CPU {base[1] / cpu:6.1f}×"
        )
    if "e floor" in medians:
        floor = medians["e floor"][1]
        print(
            "  CPU against the floor: " + ", ".join(f"{name} {cpu / floor:.2f}×" for name, (_, cpu) in medians.items())
        )


def cpu_seconds() -> float:
    """User and system time of this process and its finished children."""
    usages = (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def call(*command: str, folder: Path) -> None:
    """Run one of our programs quietly in a folder."""
    env = {**os.environ, "YUECHI_WORKSPACE": str(ROOT)}
    subprocess.run([str(SCRIPTS / command[0]), *command[1:]], cwd=folder, env=env, check=True, capture_output=True)


def by_commands(orders: Sequence[Order]) -> None:
    """(a)"""
    with tempfile.TemporaryDirectory() as name:
        for order in orders:
            parameters = [word for key, value in order.job.parameters for word in ("-p", key, value)]
            call("papermill", str(order.notebook), "out.ipynb", *parameters, folder=Path(name))
            call("jupyter", "nbconvert", "--to", "html", "out.ipynb", folder=Path(name))


def by_interfaces(orders: Sequence[Order], scratch: Path) -> None:
    """(b)"""
    import papermill
    from nbconvert import HTMLExporter

    os.environ["YUECHI_WORKSPACE"] = str(ROOT)
    for order in orders:
        out = scratch / "b.ipynb"
        papermill.execute_notebook(
            str(order.notebook), str(out), parameters=dict(order.job.parameters), progress_bar=False
        )
        (scratch / "b.html").write_text(HTMLExporter().from_filename(str(out))[0], encoding="utf-8")


def by_ploomber(orders: Sequence[Order], scratch: Path) -> None:
    """(c)"""
    from nbconvert import HTMLExporter
    from ploomber_engine import execute_notebook

    os.environ["YUECHI_WORKSPACE"] = str(ROOT)
    for order in orders:
        out = scratch / "c.ipynb"
        execute_notebook(order.notebook, out, parameters=dict(order.job.parameters), progress_bar=False, verbose=False)
        (scratch / "c.html").write_text(HTMLExporter().from_filename(str(out))[0], encoding="utf-8")


def by_server(server: ForkServer, orders: Sequence[Order], scratch: Path, *, workers: int) -> float:
    """(d): the CPU seconds the children told, since the server lives on."""
    own = [replace(order, target=scratch / "made") for order in orders]
    records = list(server.make(own, Limits(), workers=workers))
    bad = [record.error for record in records if record.outcome != "succeeded"]
    if bad:
        raise SystemExit(str(bad))
    return sum(record.cpu_seconds for record in records)


def by_functions(orders: Sequence[Order], scratch: Path) -> None:
    """(e): every cell's code in this process; what it shows is made into its bundle, like in a notebook."""
    for order in orders:
        scope = scratch / "scope.json"
        scope.write_bytes(order.scope_json)
        os.environ["YUECHI_SCOPE"] = str(scope)
        names: dict[str, Any] = {"display": lambda *shown: [bundle(one) for one in shown]}
        for cell in nbformat.read(order.notebook, as_version=4).cells:
            if cell.cell_type == "code":
                run_cell(cell.source, names)
                if "parameters" in cell.metadata.get("tags", []):
                    names.update(order.job.parameters)
    os.environ.pop("YUECHI_SCOPE", None)


def run_cell(source: str, names: dict[str, Any]) -> None:
    """A cell's statements; the value of a last expression is shown."""
    tree = ast.parse(source)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "cell", "exec"), names)  # noqa: S102 - our own notebooks' code, as a notebook runs it
    if isinstance(last, ast.Expr):
        bundle(eval(compile(ast.Expression(last.value), "cell", "eval"), names))  # noqa: S307 - as above


def bundle(shown: Any) -> None:
    """What Jupyter would ask of an object."""
    if hasattr(shown, "_repr_mimebundle_"):
        shown._repr_mimebundle_()


def by_command(jobs: int) -> None:
    """The product's own command for all units; --force, so that nothing is reused."""
    units = [word for order in unit_orders() for word in ("--unit", order.job.unit)]
    call("yuechi-report", "run", "--quarter", QUARTER, "--jobs", str(jobs), "--force", *units, folder=ROOT)


def again(rounds: int) -> None:
    """The whole quarter, then once more with nothing changed: CPU seconds of both commands."""
    first, then = [], []
    for _ in range(rounds):
        for found, words in ((first, ["--force"]), (then, [])):
            cpu = cpu_seconds()
            call("yuechi-report", "run", "--quarter", QUARTER, *words, folder=ROOT)
            found.append(cpu_seconds() - cpu)
    made, kept = statistics.median(first), statistics.median(then)
    print(f"whole quarter: CPU {made:.2f} s; again with nothing changed: {kept:.2f} s, 1/{made / kept:.0f}")


def scale(server: ForkServer, orders: Sequence[Order], number: int, scratch: Path) -> None:
    """CPU a report and the server's memory at a tenth of the number and at the number."""
    for count in (number // 10, number):
        many = [replace(orders[n % len(orders)], target=scratch / f"t{n % 50}") for n in range(count)]
        before = server.memory_mb()
        cpu = sum(record.cpu_seconds for record in server.make(many, Limits(), workers=2))
        print(f"{count} reports: CPU {cpu / count:.3f} s each; server {before:.0f} → {server.memory_mb():.0f} MiB")


if __name__ == "__main__":
    main()
